// The API behind the local gateway: notes, and a file to each. On AWS this is a Lambda function with a table and a bucket.
import { randomUUID } from 'node:crypto';

/**
 * Makes the API: a function from a request to a response, as `startLocalAws` takes it. Everything is kept in memory, each
 * identity's notes apart from the others'.
 *
 *   GET, POST          /notes
 *   GET, PUT, DELETE   /notes/{id}
 *   GET, PUT           /notes/{id}/file
 */
export function createApi() {
  const notesOf = new Map(); // by identity, and then by the note's id
  const files = new Map();

  return async (request, { identityId }) => {
    const url = new URL(request.url);
    const [, id, file] = /^\/notes(?:\/([^/]+)(\/file)?)?\/?$/.exec(url.pathname) ?? [undefined, '', ''];
    if (!notesOf.has(identityId)) notesOf.set(identityId, new Map());
    const notes = notesOf.get(identityId);

    if (id === undefined) return collection(request, notes);
    const note = notes.get(id);
    if (note === undefined) return failure(404, 'Note not found');
    if (file === undefined) return oneNote(request, notes, note);
    return fileOf(request, note, url.searchParams.get('name') || 'file');
  };

  async function collection(request, notes) {
    if (request.method === 'GET') return Response.json([...notes.values()]);
    if (request.method !== 'POST') return failure(405, 'Method Not Allowed');
    const input = await readInput(request);
    if (input === undefined) return failure(400, 'content: expected a text that is not empty.');
    const now = new Date().toISOString();
    const note = { id: randomUUID(), ...input, createdAt: now, updatedAt: now };
    notes.set(note.id, note);
    return Response.json(note, { status: 201 });
  }

  async function oneNote(request, notes, note) {
    if (request.method === 'GET') return Response.json(note);
    if (request.method === 'DELETE') {
      notes.delete(note.id);
      files.delete(note.id);
      return new Response(null, { status: 204 });
    }
    if (request.method !== 'PUT') return failure(405, 'Method Not Allowed');
    const input = await readInput(request);
    if (input === undefined) return failure(400, 'content: expected a text that is not empty.');
    const changed = { id: note.id, ...input, createdAt: note.createdAt, updatedAt: new Date().toISOString() };
    notes.set(note.id, changed);
    return Response.json(changed);
  }

  async function fileOf(request, note, name) {
    if (request.method === 'GET') {
      const file = files.get(note.id);
      if (file === undefined) return failure(404, 'The note has no file.');
      return new Response(file.bytes, { headers: { 'Content-Type': file.type } });
    }
    if (request.method !== 'PUT') return failure(405, 'Method Not Allowed');
    const type = request.headers.get('content-type') ?? 'application/octet-stream';
    files.set(note.id, { bytes: await request.arrayBuffer(), type });
    Object.assign(note, { attachment: name, updatedAt: new Date().toISOString() });
    return Response.json(note);
  }
}

/** What may be written of a note; `undefined` for what is none. */
async function readInput(request) {
  const { content, attachment } = (await request.json().catch(() => undefined)) ?? {};
  if (typeof content !== 'string' || content.trim() === '') return undefined;
  return typeof attachment === 'string' ? { content, attachment } : { content };
}

function failure(status, message) {
  return Response.json({ message }, { status });
}
