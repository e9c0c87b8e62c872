// Each of these must stay a compile error: an unused `@ts-expect-error` is one itself.
import { createApigClientFactory } from '../../src/generatedSdk/index.js';
import { notesApi } from '../support/notesApi.js';
import type { paths } from './generatedSdk.right.js';

const client = createApigClientFactory(notesApi).newClient();
const typed = createApigClientFactory<paths>({}).newClient();

// @ts-expect-error a name that is none
export const misnamed: unknown = client.noteGet;
// @ts-expect-error a method that the path does not have
export const absent: unknown = client.notesDelete;
// @ts-expect-error no path parameter
void client.notesIdGet();
// @ts-expect-error a path parameter of another name
void client.notesIdGet({ noteId: '1' });
// @ts-expect-error a parameter that the document does not have
void client.notesGet({ limits: 1 });
// @ts-expect-error parameters where there are none
void client.notesPost({ id: '1' }, { content: '' });
// @ts-expect-error a body of another form
void client.notesPost({}, { text: '' });
// @ts-expect-error a body where there is none
void client.notesGet({}, { content: '' });
// @ts-expect-error a result of another type
export const count: Promise<{ data: number }> = client.notesIdGet({ id: '1' });
// @ts-expect-error by paths: a name that is none
export const absentFromPaths: unknown = typed.notesPut;
// @ts-expect-error by paths: no path parameter
void typed.notesIdPut({}, { content: '' });
// @ts-expect-error by paths: a number where the document says text
void typed.notesIdPut({ id: 1 }, { content: '' });
// @ts-expect-error by paths: a body of another form
void typed.notesIdPut({ id: '1' }, { text: '' });
