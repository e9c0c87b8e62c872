/** Answers that have no body by their status. */
import { listen } from '../../../src/local/http';
import { rawRequest, sendRaw } from '../../support/rawHttp';

test.each([204, 205])('announces no body with %i, whatever the handler says', async (status) => {
  const onError = jest.fn();
  const handler = () => new Response(null, { status, headers: { 'content-length': '5' } });
  const server = await listen(handler, 0, { onError });
  try {
    const answer = await sendRaw(server.port, rawRequest('GET /', { Host: 'h', Connection: 'close' }));
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).not.toMatch(/content-length: 5/i);
    expect(onError).not.toHaveBeenCalled();
  } finally {
    await server.close();
  }
});
