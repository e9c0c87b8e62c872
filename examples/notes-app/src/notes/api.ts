import { invokeApig } from 'sigv4-client/apig';

export interface Note {
  readonly id: string;
  readonly content: string;
  /** The name of the attached file. */
  readonly attachment?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function listNotes(signal: AbortSignal): Promise<Note[]> {
  return invokeApig<Note[]>({ path: '/notes', signal });
}

export function createNote(content: string): Promise<Note> {
  return invokeApig<Note>({ path: '/notes', method: 'POST', body: { content } });
}

export function updateNote({ id, attachment }: Note, content: string): Promise<Note> {
  return invokeApig<Note>({ path: `/notes/${id}`, method: 'PUT', body: { content, attachment } });
}

export function deleteNote(id: string): Promise<void> {
  return invokeApig({ path: `/notes/${id}`, method: 'DELETE' });
}

/** Uploads a file, as it is; the note that comes back carries its name. */
export function attachFile(id: string, file: File): Promise<Note> {
  return invokeApig<Note>({
    path: `/notes/${id}/file`,
    method: 'PUT',
    queryParams: { name: file.name },
    headers: { 'Content-Type': file.type || 'application/octet-stream' },
    body: file,
  });
}

export function downloadFile(id: string): Promise<Blob> {
  return invokeApig<Blob>({ path: `/notes/${id}/file`, headers: { Accept: '*/*' }, responseType: 'blob' });
}
