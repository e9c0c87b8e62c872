// What the API answers, whatever keeps the notes.
import { randomUUID } from 'node:crypto';

const OK = 200;

/**
 * Answers a request for the notes of one user.
 *
 *   GET, POST          /notes
 *   GET, PUT, DELETE   /notes/{id}
 *   GET, PUT           /notes/{id}/file
 *
 * @param request Method, path, query, content type and body.
 * @param notes The user's notes: see memoryStore.mjs.
 * @returns `status`, and `json` or `file`.
 */
export async function answer(request, notes) {
  const [, id, file] = /^\/notes(?:\/([^/]+)(\/file)?)?\/?$/.exec(request.path) ?? [undefined, '', ''];
  if (id === undefined) return collection(request, notes);
  const note = await notes.get(id);
  if (note === undefined) return failure(404, 'Note not found');
  return file === undefined ? oneNote(request, notes, note) : fileOf(request, notes, note);
}

async function collection({ method, body }, notes) {
  if (method === 'GET') return { status: OK, json: await notes.list() };
  if (method !== 'POST') return failure(405, 'Method Not Allowed');
  const input = readInput(body);
  if (input === undefined) return failure(400, 'content: expected a text that is not empty.');
  const now = new Date().toISOString();
  const note = { id: randomUUID(), ...input, createdAt: now, updatedAt: now };
  await notes.put(note);
  return { status: 201, json: note };
}

async function oneNote({ method, body }, notes, note) {
  if (method === 'GET') return { status: OK, json: note };
  if (method === 'DELETE') {
    await notes.remove(note.id);
    return { status: 204 };
  }
  if (method !== 'PUT') return failure(405, 'Method Not Allowed');
  const input = readInput(body);
  if (input === undefined) return failure(400, 'content: expected a text that is not empty.');
  const changed = { id: note.id, ...input, createdAt: note.createdAt, updatedAt: new Date().toISOString() };
  await notes.put(changed);
  return { status: OK, json: changed };
}

async function fileOf({ method, query, contentType, body }, notes, note) {
  if (method === 'GET') {
    const file = await notes.getFile(note.id);
    return file === undefined ? failure(404, 'The note has no file.') : { status: OK, file };
  }
  if (method !== 'PUT') return failure(405, 'Method Not Allowed');
  await notes.putFile(note.id, { bytes: body, type: contentType ?? 'application/octet-stream' });
  const changed = { ...note, attachment: query.name || 'file', updatedAt: new Date().toISOString() };
  await notes.put(changed);
  return { status: OK, json: changed };
}

/** What may be written of a note; `undefined` for what is none. */
function readInput(body) {
  const { content, attachment } = parse(body) ?? {};
  if (typeof content !== 'string' || content.trim() === '') return undefined;
  return typeof attachment === 'string' ? { content, attachment } : { content };
}

function parse(body) {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const failure = (status, message) => ({ status, json: { message } });
