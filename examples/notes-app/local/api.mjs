// The API behind the local gateway: the package's notes, with a file to each. On AWS this is a Lambda function.
import { createNotesApi } from 'sigv4-client/local';

/** Adds `PUT` and `GET /notes/{id}/file` to the notes API. Everything is kept in memory. */
export function createApi() {
  const notes = createNotesApi();
  const files = new Map();

  return async (request, caller) => {
    const url = new URL(request.url);
    const [, id] = /^\/notes\/([^/]+)\/file$/.exec(url.pathname) ?? [];
    if (id === undefined) return notes(request, caller);

    // The notes API knows whose note it is.
    const noteUrl = new URL(`/notes/${id}`, url);
    const found = await notes(new Request(noteUrl), caller);
    if (!found.ok) return found;
    if (request.method === 'GET') {
      const file = files.get(id);
      if (file === undefined) return Response.json({ message: 'The note has no file.' }, { status: 404 });
      return new Response(file.bytes, { headers: { 'Content-Type': file.type } });
    }
    if (request.method !== 'PUT') return Response.json({ message: 'Method Not Allowed' }, { status: 405 });

    const name = url.searchParams.get('name') || 'file';
    const type = request.headers.get('content-type') ?? 'application/octet-stream';
    files.set(id, { bytes: await request.arrayBuffer(), type });
    const { content } = await found.json();
    return notes(new Request(noteUrl, { method: 'PUT', body: JSON.stringify({ content, attachment: name }) }), caller);
  };
}
