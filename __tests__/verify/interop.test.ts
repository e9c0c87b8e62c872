// Requests signed by others' signers and sent over real HTTP: taken as they are, refused with any part of them changed.
import { Sha256 } from '@aws-crypto/sha256-js';
import { CognitoIdentityClient, ListIdentityPoolsCommand } from '@aws-sdk/client-cognito-identity';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import aws4 from 'aws4';
import { AwsClient } from 'aws4fetch';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyRequest } from '../../src/verify';
import type { RefusalCode, VerifyOptions, WireRequest } from '../../src/verify';

const region = 'eu-west-1';
const accessKeyId = 'ASIAIOSFODNN7EXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const sessionToken = 'IQoJb3JpZ2luX2Vj/+token==';
const keys = { accessKeyId, secretAccessKey, sessionToken };
const expiration = new Date('2100-01-01T00:00:00Z');

interface Wire extends WireRequest {
  headers: [string, string][];
  body: string;
}

let server: Server;
let origin: string;
let recorded: Wire[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const headers: [string, string][] = [];
      for (let i = 0; i < request.rawHeaders.length; i += 2)
        headers.push([request.rawHeaders[i]!, request.rawHeaders[i + 1]!]);
      recorded.push({ method: request.method!, target: request.url!, headers, body });
      response.setHeader('content-type', 'application/x-amz-json-1.1').end('{}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  const closed = new Promise((done) => server.close(done));
  server.closeAllConnections();
  await closed;
});

const path = "/dev/notes/a%20b/c@d:e(f)*,;=+!'$&~/%C3%A9";
const query = 'b=2&a=1&a=0&empty=&reserved=%26%3D%2B%2F%3F%23&text=%C3%A9%20%E6%BC%A2';
const body = '{"text":"é — 漢字"}';

/** What a signer signs, sent with fetch, which adds headers of its own. */
async function sendSigned(
  url: string,
  method: string,
  headers: Record<string, string>,
  content?: string,
): Promise<void> {
  const sent = Object.entries(headers).filter(([name]) => !/^(host|content-length)$/i.test(name));
  await fetch(url, { method, headers: sent, ...(content === undefined ? {} : { body: content }) });
}

async function withAws4(method: string, signQuery: boolean, content?: string): Promise<void> {
  const signed = aws4.sign(
    {
      host: new URL(origin).host,
      path: `${path}?${query}`,
      method,
      service: 'execute-api',
      region,
      signQuery,
      headers: { 'X-Mine': '  two   words ', ...(content === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(content === undefined ? {} : { body: content }),
    },
    keys,
  );
  await sendSigned(origin + signed.path!, method, signed.headers as Record<string, string>, content);
}

const smithy = (): SignatureV4 =>
  new SignatureV4({ service: 'execute-api', region, credentials: { ...keys }, sha256: Sha256 });
function smithyRequest(method: string, content?: string): HttpRequest {
  const { hostname, port, host } = new URL(origin);
  return new HttpRequest({
    protocol: 'http:',
    hostname,
    port: Number(port),
    method,
    path,
    query: { a: ['1', '0'], b: '2', reserved: '&=+/?#', text: 'é 漢', empty: '' },
    headers: { host, 'x-mine': 'value', 'content-type': 'application/json' },
    ...(content === undefined ? {} : { body: content }),
  });
}
function urlOf({ query: parameters = {}, path: signedPath }: { path: string; query?: HttpRequest['query'] }): string {
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  const pairs = Object.entries(parameters).flatMap(([name, values]) =>
    [values ?? ''].flat().map((value) => `${encode(name)}=${encode(value)}`),
  );
  return `${origin}${signedPath}?${pairs.join('&')}`;
}

const aws4fetch = (): AwsClient => new AwsClient({ ...keys, service: 'execute-api', region, retries: 0 });

// What the signer does with it, and the service it signs for.
const signers: Record<string, { send: () => Promise<unknown>; service?: string }> = {
  'aws4, GET': { send: () => withAws4('GET', false) },
  'aws4, PUT': { send: () => withAws4('PUT', false, body) },
  'aws4, in the query': { send: () => withAws4('GET', true) },
  '@smithy/signature-v4, POST': {
    send: async () => {
      const signed = await smithy().sign(smithyRequest('POST', body));
      await sendSigned(urlOf(signed), 'POST', signed.headers, body);
    },
  },
  '@smithy/signature-v4, DELETE': {
    send: async () => {
      const signed = await smithy().sign(smithyRequest('DELETE'));
      await sendSigned(urlOf(signed), 'DELETE', signed.headers);
    },
  },
  '@smithy/signature-v4, presigned': {
    send: async () => {
      const signed = await smithy().presign(smithyRequest('GET'), { expiresIn: 900 });
      await sendSigned(urlOf(signed), 'GET', signed.headers);
    },
  },
  'aws4fetch, GET': { send: () => aws4fetch().fetch(`${origin}${path}?${query}`) },
  'aws4fetch, POST': {
    send: () =>
      aws4fetch().fetch(`${origin}${path}?${query}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-mine': 'a,  b' },
        aws: { allHeaders: true },
      }),
  },
  'aws4fetch, in the query': {
    send: () => aws4fetch().fetch(`${origin}${path}?${query}`, { aws: { signQuery: true } }),
  },
  'AWS SDK v3': {
    service: 'cognito-identity',
    send: async () => {
      const client = new CognitoIdentityClient({ region, endpoint: origin, credentials: { ...keys } });
      try {
        await client.send(new ListIdentityPoolsCommand({ MaxResults: 5 }));
      } finally {
        client.destroy();
      }
    },
  },
};

type Change = (wire: Wire) => Wire | undefined;

const headerOf = (wire: Wire, name: string): string | undefined =>
  wire.headers.find((header) => header[0].toLowerCase() === name)?.[1];
const setHeader = (wire: Wire, name: string, change: (value: string) => string | undefined): Wire | undefined => {
  if (headerOf(wire, name) === undefined) return undefined;
  const headers = wire.headers.flatMap(([key, value]): [string, string][] => {
    if (key.toLowerCase() !== name) return [[key, value]];
    const changed = change(value);
    return changed === undefined ? [] : [[key, changed]];
  });
  return { ...wire, headers };
};
/** Changes a part of the signature wherever it stands: `Credential`, `SignedHeaders`, `Signature`. */
const setPart = (wire: Wire, part: string, change: (value: string) => string): Wire => {
  const inHeader = setHeader(wire, 'authorization', (value) =>
    value.replace(new RegExp(`(${part}=)([^,]*)`), (_, name: string, old: string) => name + change(old)),
  );
  return inHeader ?? setParameter(wire, `X-Amz-${part}`, change)!;
};
const setParameter = (wire: Wire, name: string, change: (value: string) => string): Wire | undefined => {
  const pattern = new RegExp(`([?&]${name}=)([^&]*)`);
  if (!pattern.test(wire.target)) return undefined;
  const replaced = wire.target.replace(
    pattern,
    (_, start: string, old: string) => start + encodeURIComponent(change(decodeURIComponent(old))),
  );
  return { ...wire, target: replaced };
};
const setScope =
  (index: number, value: string): Change =>
  (wire) =>
    setPart(wire, 'Credential', (old) =>
      old
        .split('/')
        .map((part, at) => (at === index ? value : part))
        .join('/'),
    );
const signedHeadersOf = (wire: Wire): string[] => {
  let names: string[] = [];
  setPart(wire, 'SignedHeaders', (value) => {
    names = value.split(';');
    return value;
  });
  return names;
};
const dateOf = (wire: Wire): Date => {
  const text = headerOf(wire, 'x-amz-date') ?? /X-Amz-Date=(\w+)/.exec(wire.target)![1]!;
  return new Date(text.replace(/^(.{4})(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
};
/** A second off, on the same day. */
const nudge = (text: string): string =>
  text.endsWith('59Z')
    ? text.replace('59Z', '58Z')
    : text.replace(/(\d)Z$/, (_, d: string) => `${(Number(d) + 1) % 10}Z`);
const flip = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);

const changes: [string, Change, RefusalCode][] = [
  ['the method', (wire) => ({ ...wire, method: 'PATCH' }), 'SignatureMismatch'],
  ['the case of the method', (wire) => ({ ...wire, method: wire.method.toLowerCase() }), 'SignatureMismatch'],
  ['the path', (wire) => ({ ...wire, target: wire.target.replace('/', '/x') }), 'SignatureMismatch'],
  [
    'a slash at the end of the path',
    (wire) => ({ ...wire, target: wire.target.replace(/(?=\?|$)/, 'x/') }),
    'SignatureMismatch',
  ],
  [
    'another escape in the path',
    (wire) => (wire.target.includes('a%20b') ? { ...wire, target: wire.target.replace('a%20b', 'a%21b') } : undefined),
    'SignatureMismatch',
  ],
  [
    'a query value',
    (wire) => (wire.target.includes('b=2') ? { ...wire, target: wire.target.replace('b=2', 'b=3') } : undefined),
    'SignatureMismatch',
  ],
  [
    'a query name',
    (wire) => (wire.target.includes('b=2') ? { ...wire, target: wire.target.replace('b=2', 'B=2') } : undefined),
    'SignatureMismatch',
  ],
  [
    'one query value fewer',
    (wire) => (wire.target.includes('b=2') ? { ...wire, target: wire.target.replace(/b=2&?/, '') } : undefined),
    'SignatureMismatch',
  ],
  [
    'one query value more',
    (wire) => ({ ...wire, target: `${wire.target}${wire.target.includes('?') ? '&' : '?'}z=1` }),
    'SignatureMismatch',
  ],
  [
    'the date, by a second',
    (wire) => setHeader(wire, 'x-amz-date', nudge) ?? setParameter(wire, 'X-Amz-Date', nudge),
    'SignatureMismatch',
  ],
  [
    'the date, to another form',
    (wire) => setHeader(wire, 'x-amz-date', () => '2026-01-01') ?? setParameter(wire, 'X-Amz-Date', () => '2026-01-01'),
    'InvalidDate',
  ],
  ['the expiry', (wire) => setParameter(wire, 'X-Amz-Expires', () => '800'), 'SignatureMismatch'],
  ['the expiry, to nothing', (wire) => setParameter(wire, 'X-Amz-Expires', () => '0'), 'InvalidExpires'],
  ['the expiry, to too much', (wire) => setParameter(wire, 'X-Amz-Expires', () => '604801'), 'InvalidExpires'],
  [
    'the token',
    (wire) =>
      setHeader(wire, 'x-amz-security-token', (value) => flip(value, 5)) ??
      setParameter(wire, 'X-Amz-Security-Token', (value) => flip(value, 5)),
    'InvalidSessionToken',
  ],
  [
    'no token',
    (wire) =>
      setHeader(wire, 'x-amz-security-token', () => undefined) ?? {
        ...wire,
        target: wire.target.replace(/&?X-Amz-Security-Token=[^&]*/, ''),
      },
    'InvalidSessionToken',
  ],
  ['the access key id', setScope(0, 'ASIAIOSFODNN7EXAMPLF'), 'UnknownAccessKey'],
  ["the scope's date", setScope(1, '20150830'), 'ScopeDateMismatch'],
  ["the scope's region", setScope(2, 'us-east-1'), 'RegionMismatch'],
  ["the scope's service", setScope(3, 's3'), 'ServiceMismatch'],
  ["the scope's end", setScope(4, 'aws5_request'), 'TerminatorMismatch'],
  ['a longer scope', setScope(4, 'aws4_request/x'), 'IncompleteSignature'],
  [
    "the signature's first character",
    (wire) => setPart(wire, 'Signature', (value) => flip(value, 0)),
    'SignatureMismatch',
  ],
  [
    "the signature's last character",
    (wire) => setPart(wire, 'Signature', (value) => flip(value, 63)),
    'SignatureMismatch',
  ],
  ["the signature's case", (wire) => setPart(wire, 'Signature', (value) => value.toUpperCase()), 'SignatureMismatch'],
  ['a shorter signature', (wire) => setPart(wire, 'Signature', (value) => value.slice(0, -1)), 'SignatureMismatch'],
  ['a longer signature', (wire) => setPart(wire, 'Signature', (value) => `${value}0`), 'SignatureMismatch'],
  ['no signature', (wire) => setPart(wire, 'Signature', () => ''), 'IncompleteSignature'],
  [
    'the algorithm',
    (wire) =>
      setHeader(wire, 'authorization', (value) => value.replace('SHA256', 'SHA1')) ??
      setParameter(wire, 'X-Amz-Algorithm', () => 'AWS4-HMAC-SHA1'),
    'UnsupportedAlgorithm',
  ],
  ['a signed header more', (wire) => setPart(wire, 'SignedHeaders', (value) => `${value};x-new`), 'SignatureMismatch'],
  [
    'both ways at once',
    (wire) =>
      headerOf(wire, 'authorization') === undefined
        ? { ...wire, headers: [...wire.headers, ['Authorization', 'x']] }
        : { ...wire, target: `${wire.target}${wire.target.includes('?') ? '&' : '?'}X-Amz-Signature=x` },
    'AmbiguousAuthentication',
  ],
  [
    'no signing at all',
    (wire) => setHeader(wire, 'authorization', () => undefined) ?? { ...wire, target: path },
    'MissingAuthentication',
  ],
  [
    'a broken escape in the query',
    (wire) => ({ ...wire, target: `${wire.target}${wire.target.includes('?') ? '&' : '?'}z=%zz` }),
    'MalformedQuery',
  ],
];

const tried = new Set<string>();
afterAll(() => {
  expect([...tried].sort()).toEqual(changes.map(([name]) => name).sort()); // each, with some signer
});

describe.each(Object.entries(signers))('%s', (_, { send, service = 'execute-api' }) => {
  let wire: Wire;
  let now: Date;
  const verify = (request: Wire, options: Partial<VerifyOptions<typeof keys>> = {}) =>
    verifyRequest(request, {
      credentials: (id) => (id === accessKeyId ? { ...keys, expiration, user: 'user@example.com' } : undefined),
      region,
      service,
      now: () => now,
      ...options,
    });

  beforeAll(async () => {
    recorded = [];
    await send();
    expect(recorded).toHaveLength(1);
    wire = recorded[0]!;
    now = new Date(dateOf(wire).getTime() + 1500);
  });

  it('is taken', async () => {
    const url = new URL(origin + wire.target);
    const kept = url.search
      .slice(1)
      .split('&')
      .filter((part) => !part.startsWith('X-Amz-'))
      .join('&');
    const parameters = [...url.searchParams].filter(([name]) => !name.startsWith('X-Amz-'));
    expect(await verify(wire)).toEqual({
      ok: true,
      caller: { accessKeyId, expiration, user: 'user@example.com' },
      accessKeyId,
      region,
      service,
      date: dateOf(wire),
      signedHeaders: signedHeadersOf(wire),
      place: headerOf(wire, 'authorization') === undefined ? 'query' : 'header',
      method: wire.method,
      host: headerOf(wire, 'host'),
      path: url.pathname,
      query: parameters,
      target: url.pathname + (kept === '' ? '' : `?${kept}`),
    });
  });

  it('is taken with what is not signed changed: other headers, the order of the query, + for a space', async () => {
    const signed = new Set([...signedHeadersOf(wire), 'authorization']);
    const headers = wire.headers.filter(([name]) => signed.has(name.toLowerCase())).reverse();
    const [target, search] = wire.target.split('?');
    const reversed = search?.split('&').reverse().join('&').replaceAll('%20', '+');
    const request = { ...wire, target: search === undefined ? wire.target : `${target}?${reversed}`, headers };
    expect(await verify({ ...request, headers: [...headers, ['x-forwarded-for', '127.0.0.1']] })).toMatchObject({
      ok: true,
    });
  });

  it.each(changes)('is refused with a change: %s', async (name, change, code) => {
    const changed = change(wire);
    if (changed === undefined) return; // this signer has no such part
    tried.add(name);
    expect(changed).not.toEqual(wire);
    const result = await verify(changed);
    expect(result).toMatchObject({ ok: false, code });
    expect(JSON.stringify(result)).not.toContain(secretAccessKey);
  });

  it('is refused with any signed header changed, removed, or no longer signed', async () => {
    const names = signedHeadersOf(wire);
    for (const name of names) {
      const special: Partial<Record<string, [RefusalCode, RefusalCode, RefusalCode]>> = {
        host: ['SignatureMismatch', 'SignatureMismatch', 'HeaderNotSigned'],
        'x-amz-date': ['InvalidDate', 'IncompleteSignature', 'HeaderNotSigned'],
        'x-amz-security-token': ['InvalidSessionToken', 'InvalidSessionToken', 'SignatureMismatch'],
        'x-amz-content-sha256': ['PayloadHashMismatch', 'SignatureMismatch', 'HeaderNotSigned'],
      };
      const unsigned = name.startsWith('x-amz-') ? 'HeaderNotSigned' : 'SignatureMismatch';
      const expected = special[name] ?? ['SignatureMismatch', 'SignatureMismatch', unsigned];
      const others = names.filter((other) => other !== name);
      const got = await Promise.all([
        verify(setHeader(wire, name, (value) => `${value}x`)!),
        verify(setHeader(wire, name, () => undefined)!),
        verify(setPart(wire, 'SignedHeaders', () => others.join(';'))),
      ]);
      const codes = got.map((result) => (result.ok ? 'ok' : result.code));
      const none = others.length === 0 ? 'IncompleteSignature' : expected[2];
      expect([name, ...codes]).toEqual([name, expected[0], expected[1], none]);
    }
  });

  it('is refused with another body', async () => {
    const code = headerOf(wire, 'x-amz-content-sha256') === undefined ? 'SignatureMismatch' : 'PayloadHashMismatch';
    for (const other of [`${wire.body} `, wire.body === '' ? 'x' : '', wire.body.replace('e', 'E') || 'y']) {
      if (other !== wire.body) expect(await verify({ ...wire, body: other })).toMatchObject({ ok: false, code });
    }
  });

  it('is refused with another secret, token or expired credentials', async () => {
    const other = { ...keys, secretAccessKey: secretAccessKey.replace('w', 'W') };
    expect(await verify(wire, { credentials: () => other })).toMatchObject({ code: 'SignatureMismatch' });
    const permanent = { accessKeyId, secretAccessKey, sessionToken: undefined } as unknown as typeof keys;
    expect(await verify(wire, { credentials: () => permanent })).toMatchObject({ code: 'InvalidSessionToken' });
    const expired = { ...keys, expiration: now };
    expect(await verify(wire, { credentials: () => expired })).toMatchObject({ code: 'CredentialsExpired' });
  });

  it('is refused too late and too early', async () => {
    const expiresIn = Number(/X-Amz-Expires=(\d+)/.exec(wire.target)?.[1] ?? 300);
    const at = (seconds: number) => verify(wire, { now: () => new Date(dateOf(wire).getTime() + seconds * 1000) });
    expect(await at(expiresIn)).toMatchObject({ ok: true });
    expect(await at(expiresIn + 1)).toMatchObject({ code: 'SignatureExpired' });
    expect(await at(-300)).toMatchObject({ ok: true });
    expect(await at(-301)).toMatchObject({ code: 'SignatureNotYetCurrent' });
  });

  it('is refused with any one character of the signature changed', async () => {
    for (let at = 0; at < 64; at++) {
      const changed = setPart(wire, 'Signature', (value) => flip(value, at));
      expect(await verify(changed)).toMatchObject({ code: 'SignatureMismatch' });
    }
  });

  it('covers region and service, where the server expects none', async () => {
    const any = { region: undefined, service: undefined };
    expect(await verify(wire, any)).toMatchObject({ ok: true });
    expect(await verify(setScope(2, 'us-east-1')(wire)!, any)).toMatchObject({ code: 'SignatureMismatch' });
    expect(await verify(setScope(3, 'lambda')(wire)!, any)).toMatchObject({ code: 'SignatureMismatch' });
  });
});
