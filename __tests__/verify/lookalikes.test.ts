/** Which parameters of a query are the signature's own, and which only look like them. */
import { secretAccessKey, signed, vanilla, verify } from '../support/verifyHarness';

describe('the query', () => {
  const presigned = signed({ path: '/a?b=c', signQuery: true });

  it('with two expiries: refused', async () => {
    const wire = signed({ path: '/?X-Amz-Expires=60', signQuery: true });
    expect(await verify({ ...wire, target: `${wire.target}&X-Amz-Expires=60` })).toMatchObject({
      code: 'IncompleteSignature',
      message: "AWS query-string parameters must include 'X-Amz-Expires' only once.",
    });
  });

  it.each(['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature'])(
    'with %s, beside a header that is signed: refused',
    async (name) => {
      expect(await verify(signed({ path: `/?${name}=x` }))).toMatchObject({ code: 'AmbiguousAuthentication' });
    },
  );

  it.each(['X-Amz-Signature-Old', 'My-X-Amz-Credential', 'x-amz-signature'])(
    'with %s, which is a parameter like any other: taken',
    async (name) => {
      const wire = signed({ path: `/?${name}=x` });
      expect(await verify(wire)).toMatchObject({ ok: true, place: 'header', query: [[name, 'x']] });
    },
  );

  it('may leave the token to a header', async () => {
    const credentials = () => ({ secretAccessKey, sessionToken: 'a-token' });
    const headers = { ...presigned.headers, 'X-Amz-Security-Token': 'a-token' };
    expect(await verify({ ...presigned, headers }, { credentials })).toMatchObject({ ok: true });
    const other = { ...headers, 'X-Amz-Security-Token': 'other' };
    expect(await verify({ ...presigned, headers: other }, { credentials })).toMatchObject({
      code: 'InvalidSessionToken',
    });
  });

  it('is given on without the parameters of the signature, and with those that look like them', async () => {
    const names = ['X-Amz-Date-From', 'my-X-Amz-Date', 'X-Amz-Signature-Old', 'X-Amz-Expires-At'];
    const wire = signed({ path: `/?${names.map((name) => `${name}=1`).join('&')}`, signQuery: true });
    const query = names.map((name) => [name, '1']);
    expect(await verify(wire)).toMatchObject({ ok: true, place: 'query', query });
  });
});

// RFC 9113, section 8.3.1, and RFC 9110, section 4.2: the port that a scheme has by default may be left out.
it.each([
  ['https', '443', true],
  ['http', '80', true],
  ['https', '80', false],
  ['http', '443', false],
])('over HTTP/2, :authority with the scheme %s and the port %s names the host without a port: %p', async (...row) => {
  const [scheme, port, isSame] = row;
  const headers = { ...vanilla.headers, ':scheme': scheme, ':authority': `example.amazonaws.com:${port}` };
  const result = await verify({ ...vanilla, headers, body: '' });
  expect(result).toMatchObject(isSame ? { ok: true } : { code: 'HostMismatch' });
});
