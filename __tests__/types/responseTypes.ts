// What invokeApig resolves with follows from responseType.
import { createApig, invokeApig } from '../../src/apig/index.js';
import type { ResponseType } from '../../src/apig/index.js';

interface Note {
  readonly id: string;
}
declare const responseType: ResponseType;
const apig = createApig({ apiGateway: { URL: 'https://api.example.com' } }, { guests: true });

for (const invoke of [invokeApig, apig.invokeApig]) {
  const path = '/notes';
  const text: string = await invoke({ path, responseType: 'text' });
  const blob: Blob = await invoke({ path, responseType: 'blob' });
  const bytes: ArrayBuffer = await invoke({ path, responseType: 'arrayBuffer' });
  const response: Response = await invoke({ path, responseType: 'response' });
  const notes: Note[] = await invoke<Note[]>({ path });
  const note: Note = await invoke<Note>({ path, responseType: 'json' });
  const own: string = await invoke<string>({ path, responseType });
  // @ts-expect-error text is no Blob
  const wrong: Blob = await invoke({ path, responseType: 'text' });
  console.log(text, blob, bytes, response, notes, note, own, wrong);
}
