/** The API behind the gateway when no other is given. */
import { randomUUID } from 'node:crypto';
import { isMissing } from '../../sigv4/index.js';
import { parseJsonObject } from '../http/index.js';
import type { Clock } from '../options/index.js';
import type { ApiCaller } from './handler.js';

/** A note, as the API gives it. */
export interface Note {
  /** The note's id, a UUID. */
  id: string;
  /** The text, at most 10,000 characters. */
  content: string;
  /** A file's name or URL, where one was given. */
  attachment?: string;
  /** When it was made, in ISO 8601. */
  createdAt: string;
  /** When it was last changed, in ISO 8601. */
  updatedAt: string;
}

const MAX_CONTENT = 10_000;

/**
 * Notes, kept in memory, each identity's apart from the others'. Every success is a 200 with JSON, since that is all that the
 * tutorials' own `invokeApig` takes: it throws on 201, and on 204 for want of JSON.
 *
 * | request | answer |
 * |---|---|
 * | `POST /notes` `{ content, attachment? }` | 200 and the note |
 * | `GET /notes` | 200 and the caller's notes, the oldest first |
 * | `GET /notes/{id}` | 200 and the note |
 * | `PUT /notes/{id}` `{ content, attachment? }` | 200 and the note |
 * | `DELETE /notes/{id}` | 200 and `{ status: true }` |
 *
 * A bad body is a 400, an unknown note or path a 404, another method a 405, each with `{ "message": … }`.
 *
 * @param now The clock for `createdAt` and `updatedAt`.
 * @returns A handler for `startApiGateway` and `startLocalAws`, with no notes in it yet.
 */
export function createNotesApi(
  now: Clock = () => new Date(),
): (request: Request, caller: ApiCaller) => Promise<Response> {
  const notesOf = new Map<string, Map<string, Note>>();

  return async (request, { identityId }) => {
    const [, collection, id, ...rest] = new URL(request.url).pathname.replace(/\/$/, '').split('/');
    if (collection !== 'notes' || rest.length > 0) return failure(404, 'Not Found');
    const notes = notesOf.get(identityId) ?? new Map<string, Note>();
    const time = now().toISOString();

    if (id === undefined) {
      if (request.method === 'GET' || request.method === 'HEAD') return Response.json([...notes.values()]);
      if (request.method !== 'POST') return methodNotAllowed('GET, HEAD, POST');
      const input = await readInput(request);
      if (typeof input === 'string') return failure(400, input);
      const note: Note = { id: randomUUID(), ...input, createdAt: time, updatedAt: time };
      notesOf.set(identityId, notes.set(note.id, note));
      return Response.json(note);
    }

    if (!['GET', 'HEAD', 'PUT', 'DELETE'].includes(request.method)) return methodNotAllowed('GET, HEAD, PUT, DELETE');
    const note = notes.get(id);
    if (!note) return failure(404, 'Note not found');
    if (request.method === 'DELETE') {
      notes.delete(id);
      return Response.json({ status: true });
    }
    if (request.method !== 'PUT') return Response.json(note);
    const input = await readInput(request);
    if (typeof input === 'string') return failure(400, input);
    const changed: Note = { id, ...input, createdAt: note.createdAt, updatedAt: time };
    notes.set(id, changed);
    return Response.json(changed);
  };
}

/** What may be written, or what is wrong with it. */
async function readInput(request: Request): Promise<Pick<Note, 'content' | 'attachment'> | string> {
  const input = parseJsonObject(await request.text());
  if (input.fault === 'NotJson') return 'The body must be JSON.';
  if (input.fault !== undefined) return 'The body must be a JSON object.';
  const { content, attachment } = input.object;
  if (typeof content !== 'string' || content.trim() === '') return 'content: expected a text that is not empty.';
  if (content.length > MAX_CONTENT) return `content: expected at most ${MAX_CONTENT} characters.`;
  if (isMissing(attachment)) return { content };
  return typeof attachment === 'string' ? { content, attachment } : 'attachment: expected a text.';
}

function methodNotAllowed(allow: string): Response {
  const response = failure(405, 'Method Not Allowed');
  response.headers.set('Allow', allow);
  return response;
}

function failure(status: number, message: string): Response {
  return Response.json({ message }, { status });
}
