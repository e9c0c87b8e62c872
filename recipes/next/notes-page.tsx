// app/notes/page.tsx
import { apigOfRequest } from '../../lib/session';

interface Note {
  readonly id: string;
  readonly content: string;
}

export default async function Notes() {
  const apig = await apigOfRequest();
  if (!apig.getCurrentUser()) return <p>Please log in.</p>;
  const notes = await apig.invokeApig<Note[]>({ path: '/notes' });
  return (
    <ul>
      {notes.map(({ id, content }) => (
        <li key={id}>{content}</li>
      ))}
    </ul>
  );
}
