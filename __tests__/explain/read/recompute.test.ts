/** What the signer computed, again: a refusal whose only fault is the secret key shows that it is the same. */
import aws4 from 'aws4';
import { canonicalLines, mismatch, presign, read, sha256, sign } from '../../support/awsTexts';

const { body: _, ...signed } = sign();
const lines = (sent: string) => mismatch(canonicalLines({}, sent));

it.each<[string, unknown, string]>([
  ['text', 'é', 'é'],
  ['no body', undefined, ''],
  ['null', null, ''],
  ['bytes', new TextEncoder().encode('ab'), 'ab'],
  ['a part of a buffer', new TextEncoder().encode('xab').subarray(1), 'ab'],
  ['a buffer', new TextEncoder().encode('ab').buffer, 'ab'],
  ['a view of a buffer', new DataView(new TextEncoder().encode('ab').buffer), 'ab'],
  ['URLSearchParams', new URLSearchParams({ a: 'b c' }), 'a=b+c'],
])('the hash of a body: %s', (_name, body, sent) => {
  expect(read({ message: lines(sent) }, { ...signed, body })?.code).toBe('WrongSecretKey');
  expect(read({ message: lines('other') }, { ...signed, body })?.code).toBe('BodyChanged');
});

it('a stated hash counts before that of the body, and a given one before that of the header', () => {
  const hash = sha256('x');
  const stated = { ...signed, body: 'y', headers: { ...signed.headers, 'x-amz-content-sha256': hash } };
  expect(read({ message: lines('x') }, stated)?.code).toBe('WrongSecretKey');
  expect(read({ message: lines('z') }, { ...stated, payloadHash: sha256('z') })?.code).toBe('WrongSecretKey');
});

it.each(['s3', 's3express', 's3-object-lambda', 's3-outposts'])(
  '%s: presigned URLs leave the body unsigned, and the path is encoded once and not resolved',
  (service) => {
    const more = { service, endpoint: 'https://bucket.test/a%20b//c', region: 'eu-west-1' };
    const url = presign(more);
    const query = [...new URL(url).searchParams]
      .filter(([name]) => name !== 'X-Amz-Signature')
      .map((pair) => pair.map(encodeURIComponent).join('='))
      .sort()
      .join('&');
    const seen = (hash: string, path = '/a%20b//c/notes') =>
      mismatch(['GET', path, query, 'host:bucket.test', '', 'host', hash]).replace('execute-api', service);
    // The double slash is a doubt of its own.
    expect(read({ message: seen('UNSIGNED-PAYLOAD') }, { url })?.difference).toContain(
      'everything that can be compared is equal',
    );
    expect(read({ message: seen(sha256('')) }, { url })?.code).toBe('UnsignedPayload');
    expect(read({ message: seen('UNSIGNED-PAYLOAD', '/a%20d') }, { url })?.difference).toContain(
      'signed as "/a%20b//c/notes", arrived as "/a%20d"',
    );
  },
);

it('S3: of several parameters of one name the first counts, and a raw + in the path is a space, as aws4 signs them', () => {
  const headers = { host: 'bucket.test', 'X-Amz-Date': '20240501T120000Z' };
  const request = { service: 's3', region: 'eu-west-1', path: '/a+b?versionId=2&versionId=1&x=3', headers };
  const signer = new aws4.RequestSigner(request, { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' });
  const { path, headers: sent = {} } = signer.sign();
  const seen = (text: string) => mismatch(text.split('\n')).replace('execute-api', 's3');
  const canonical = signer.canonicalString();
  const given = { url: `https://bucket.test${path!}`, method: 'GET', headers: sent };
  expect(read({ message: seen(canonical) }, given)?.code).toBe('WrongSecretKey');
  const other = seen(canonical.replace('versionId=2', 'versionId=1'));
  expect(read({ message: other }, given)?.code).toBe('QueryChanged');
});

it('VPC Lattice: presigned URLs leave the body unsigned', () => {
  const url = presign({ service: 'vpc-lattice-svcs', endpoint: 'https://notes.test', region: 'eu-west-1' });
  const query = new URL(url).search.slice(1).replace(/&X-Amz-Signature=.*/, '');
  const lines = ['GET', '/notes', query, 'host:notes.test', '', 'host', 'UNSIGNED-PAYLOAD'];
  const message = mismatch(lines).replace('execute-api', 'vpc-lattice-svcs');
  expect(read({ message }, { url })?.code).toBe('WrongSecretKey');
});

it('headers that clients add: Host, and Content-Length in bytes', () => {
  const withLength = { ...signed, body: 'é', headers: { ...signed.headers } };
  withLength.headers.Authorization = withLength.headers.Authorization!.replace(
    'content-type',
    'content-length;content-type',
  );
  const message = (length: string) => mismatch(canonicalLines({ 'content-length': length }, 'é'));
  expect(read({ message: message('2') }, withLength)?.code).toBe('WrongSecretKey');
  expect(read({ message: message('1') }, withLength)?.difference).toBe(
    'the header content-length: signed as "2", arrived as "1"',
  );
  expect(read({ message: message('2') }, { ...withLength, body: new Uint8Array(2) })?.code).toBe('BodyChanged');
});

it('the length of bytes, and none of a body that is not known', () => {
  const signedWith = (body: unknown) => {
    const withLength = { ...signed, body, headers: { ...signed.headers } };
    withLength.headers.Authorization = withLength.headers.Authorization!.replace(
      'content-type',
      'content-length;content-type',
    );
    return withLength;
  };
  const bytes = new TextEncoder().encode('é');
  expect(read({ message: mismatch(canonicalLines({ 'content-length': '2' }, 'é')) }, signedWith(bytes))?.code).toBe(
    'WrongSecretKey',
  );
  const { readable } = new TransformStream();
  expect(read({ message: mismatch(canonicalLines({ 'content-length': '2' })) }, signedWith(readable))).toMatchObject({
    code: 'SignatureMismatch',
    difference: 'not comparable: the body, the header content-length',
    advice:
      'Most likely something of this changed after signing: the body, the header content-length. If not, the secret access key does not belong to the access key id.',
  });
});

it('a request without a signature, or without a method, cannot be compared', () => {
  for (const request of [{ url: signed.url }, { ...signed, method: '' }]) {
    expect(read({ message: lines('') }, request)).toMatchObject({
      code: 'SignatureMismatch',
      cause:
        'The gateway computed another signature than the request carries; what was signed cannot be read from the request given here.',
    });
  }
});

it('S3: a signature in the header covers the body, also where its hash is not stated', () => {
  const more = { service: 's3', endpoint: 'https://bucket.test', region: 'eu-west-1', signBody: false };
  const { body, ...request } = sign({}, more);
  const seen = (sent: string) => {
    const canonical = canonicalLines({ host: 'bucket.test' }, sent);
    canonical[1] = '/notes';
    return mismatch(canonical).replace('execute-api', 's3');
  };
  expect(read({ message: seen(body as string) }, { ...request, body })?.code).toBe('WrongSecretKey');
  expect(read({ message: seen('other') }, { ...request, body })?.code).toBe('BodyChanged');
});

it('another header without a value is not compared', () => {
  const { Accept: _accept, ...headers } = signed.headers;
  const message = mismatch(canonicalLines({ accept: 'text/html', 'content-type': 'x/y' }));
  expect(read({ message }, { ...sign(), headers })?.difference).toBe(
    'the header content-type: signed as "application/json", arrived as "x/y"',
  );
});
