import { createNotesApi } from '../../../src/local/apiGateway/notes';
import type { Note } from '../../../src/local/apiGateway/notes';
import type { ApiCaller } from '../../../src/local/apiGateway/handler';

const callerOf = (identityId: string): ApiCaller => ({
  identityId,
  accessKeyId: 'ASIAAAAAAAAAAAAAAAAA',
  authenticated: true,
  userArn: 'arn:aws:sts::123456789012:assumed-role/Cognito_localAuth_Role/CognitoIdentityCredentials',
  requestId: '1',
});

function client() {
  let time = Date.parse('2024-01-01T00:00:00Z');
  const api = createNotesApi(() => new Date((time += 1000)));
  return async (method: string, path: string, body?: unknown, identityId = 'us-east-1:a') => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const init = { method, ...(body === undefined ? {} : { body: text }) };
    const response = await api(new Request(`http://localhost${path}`, init), callerOf(identityId));
    const answer = await response.text();
    return { status: response.status, body: (answer === '' ? undefined : JSON.parse(answer)) as unknown, response };
  };
}

it('creates, reads, lists, changes and deletes', async () => {
  const call = client();
  const created = await call('POST', '/notes', { content: 'Buy milk', attachment: 'list.png', other: 'ignored' });
  const note = created.body as Note;
  expect(created.status).toBe(200);
  expect(note).toEqual({
    id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    content: 'Buy milk',
    attachment: 'list.png',
    createdAt: '2024-01-01T00:00:01.000Z',
    updatedAt: '2024-01-01T00:00:01.000Z',
  });
  expect(await call('GET', `/notes/${note.id}`)).toMatchObject({ status: 200, body: note });
  const second = (await call('POST', '/notes', { content: 'Second' })).body as Note;
  expect(await call('GET', '/notes')).toMatchObject({ status: 200, body: [note, second] });

  const changed = await call('PUT', `/notes/${note.id}`, { content: 'Buy bread' });
  expect(changed.status).toBe(200);
  expect(changed.body).toEqual({
    id: note.id,
    content: 'Buy bread',
    createdAt: note.createdAt,
    updatedAt: '2024-01-01T00:00:05.000Z',
  });
  expect(await call('DELETE', `/notes/${note.id}`)).toMatchObject({ status: 200, body: { status: true } });
  expect(await call('DELETE', `/notes/${note.id}`)).toMatchObject({ status: 404, body: { message: 'Note not found' } });
  expect(await call('GET', '/notes/')).toMatchObject({ status: 200, body: [second] });
});

it("keeps each identity's notes from the others", async () => {
  const call = client();
  const { id } = (await call('POST', '/notes', { content: 'Mine' })).body as Note;
  expect(await call('GET', '/notes', undefined, 'us-east-1:b')).toMatchObject({ body: [] });
  for (const [method, body] of [['GET'], ['PUT', { content: 'Yours' }], ['DELETE']] as const) {
    expect(await call(method, `/notes/${id}`, body, 'us-east-1:b')).toMatchObject({ status: 404 });
  }
  expect(await call('GET', `/notes/${id}`)).toMatchObject({ status: 200, body: { content: 'Mine' } });
});

it.each([
  ['no body', undefined, 'The body must be JSON.'],
  ['broken JSON', '{"content":', 'The body must be JSON.'],
  ['a list', [], 'The body must be a JSON object.'],
  ['null', null, 'The body must be a JSON object.'],
  ['no content', {}, 'content: expected a text that is not empty.'],
  ['blank content', { content: ' ' }, 'content: expected a text that is not empty.'],
  ['content of another type', { content: 1 }, 'content: expected a text that is not empty.'],
  ['long content', { content: 'x'.repeat(10_001) }, 'content: expected at most 10000 characters.'],
  ['attachment of another type', { content: 'x', attachment: 1 }, 'attachment: expected a text.'],
])('refuses %s', async (_, body, message) => {
  const call = client();
  const { id } = (await call('POST', '/notes', { content: 'Mine' })).body as Note;
  expect(await call('POST', '/notes', body)).toMatchObject({ status: 400, body: { message } });
  expect(await call('PUT', `/notes/${id}`, body)).toMatchObject({ status: 400, body: { message } });
  expect(await call('GET', `/notes/${id}`)).toMatchObject({ body: { content: 'Mine' } });
});

it('knows no other paths and methods', async () => {
  const call = client();
  for (const path of ['/', '/other', '/notes/1/2', '/Notes'])
    expect(await call('GET', path)).toMatchObject({ status: 404 });
  const patch = await call('PATCH', '/notes/1', {});
  expect([patch.status, patch.response.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT, DELETE']);
  const all = await call('DELETE', '/notes');
  expect([all.status, all.response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
});
