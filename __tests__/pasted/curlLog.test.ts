/** `curl -v`, in the forms in which its versions print it. */
import { readPasted } from '../../src/pasted';
import { explainPasted, flat, readOne, sample } from '../support/pastedHarness';

const log = (...lines: string[]) => lines.join('\n');
const asked = ['> GET /dev/notes HTTP/1.1', '> Host: abc123.example.com', '> x-amz-date: 20240501T120000Z', '>'];
const refused = ['< HTTP/1.1 403 Forbidden', '< x-amzn-errortype: ForbiddenException', '<'];
const body = '{"message":"Forbidden"}';

const expected = {
  kind: 'curl',
  status: 403,
  headers: ['x-amzn-errortype: ForbiddenException'],
  body,
  signed: {
    url: 'https://abc123.example.com/dev/notes',
    method: 'GET',
    headers: ['Host: abc123.example.com', 'x-amz-date: 20240501T120000Z'],
  },
};

describe('the body', () => {
  it.each<[string, string[]]>([
    ['on a line of its own', [body]],
    ['in front of the rest of the log', [`${body}* Connection #0 to host abc123.example.com left intact`]],
    ['behind the log', ['* Connection #0 to host abc123.example.com left intact', body]],
    ['between what curl does not show', ['{ [23 bytes data]', body, '* Closing connection']],
    [
      'behind progress on the same line',
      [`\r100    68    0    68    0     0    671      0 --:--:-- --:--:-- --:--:--   673${body}`],
    ],
    ['behind headers that -i printed again', ['HTTP/1.1 403 Forbidden', 'x: y', '', body]],
    ['with a prompt behind it', [`${body}user@example:~$ `]],
    ['with the mark of zsh behind it', [`${body}%`, '']],
    ['over several lines', ['{"message":', '"Forbidden"}']],
  ])('%s', (_, lines) => {
    const read = readOne(log(...asked, ...refused, ...lines));
    expect({ ...read, body: String(read.body).replace('\n', '') }).toEqual(expected);
  });

  it('in front of the log, which is printed elsewhere', () => {
    expect(readOne(log(body, ...asked, ...refused))).toEqual(expected);
  });

  it('in XML', () => {
    const xml = '<Error><Code>AccessDenied</Code></Error>';
    expect(readOne(log(...asked, ...refused, `${xml}* Connection #0 to host x left intact`)).body).toBe(xml);
  });

  it('a message without any form', () => {
    expect(readOne(log(...asked, ...refused, 'Forbidden* Connection #0 to host x left intact')).body).toBe('Forbidden');
  });

  it('is empty where none was printed', () => {
    expect(readOne(log(...asked, ...refused)).body).toBe('');
  });
});

describe('the URL', () => {
  const urlOf = (...lines: string[]) => readOne(log(...lines)).signed?.url;

  it.each<[string, string[], string]>([
    ['https, for all that the log shows', [], 'https://abc123.example.com/dev/notes'],
    ['http, where no TLS was spoken', ['*   Trying 192.0.2.1:80...'], 'http://abc123.example.com/dev/notes'],
    [
      'https, where it was',
      ['*   Trying 192.0.2.1:443...', '* TLSv1.3 (OUT), TLS handshake, Client hello (1):'],
      'https://abc123.example.com/dev/notes',
    ],
  ])('%s', (_, lines, url) => {
    expect(urlOf(...lines, ...asked, ...refused)).toBe(url);
  });

  it('is that of its own connection', () => {
    const moved = ['*   Trying 192.0.2.1:443...', '* SSL connection using TLSv1.3', '> GET / HTTP/1.1', '> Host: h', '>', '< HTTP/1.1 302 Found', '<']; // prettier-ignore
    expect(urlOf(...moved, '*   Trying 192.0.2.2:80...', ...asked, ...refused)).toBe(
      'http://abc123.example.com/dev/notes',
    );
  });

  it('is http on loopback', () => {
    expect(urlOf('> GET /x HTTP/1.1', '> Host: localhost:9400', ...refused)).toBe('http://localhost:9400/x');
  });

  it('is that of the request, not of a proxy’s CONNECT', () => {
    const connect = ['> CONNECT abc123.example.com:443 HTTP/1.1', '> Host: abc123.example.com:443', '>'];
    const open = ['< HTTP/1.1 200 Connection established', '<', '* SSL connection using TLSv1.3'];
    expect(readOne(log('*   Trying 192.0.2.1:3128...', ...connect, ...open, ...asked, ...refused, body))).toEqual(
      expected,
    );
    expect(() => readPasted(log(...connect, ...refused))).toThrow('a curl -v log with an answer that refuses');
  });
});

describe('HTTP/2', () => {
  const old = sample('curl-7.88-http2-secret.txt');

  it('by curl 8: pseudo headers with a stream', () => {
    const text = old.replaceAll('* h2h3 [', '* [HTTP/2] [1] [').replace('* using HTTP/2', '* [HTTP/2] [1] OPENED stream for https://localhost:9481/dev/notes?tag=a%20b'); // prettier-ignore
    expect(text).toContain('* [HTTP/2] [1] [:path: /dev/notes?tag=a%20b]');
    expect(readOne(text)).toEqual(readOne(old));
    expect(readOne(old).signed?.url).toBe('https://localhost:9481/dev/notes?tag=a%20b');
  });

  it('the pseudo headers name the host where no line does', () => {
    const lines = ['* [HTTP/2] [1] [:method: GET]', '* [HTTP/2] [1] [:scheme: https]', '* [HTTP/2] [1] [:authority: abc123.example.com]', '* [HTTP/2] [1] [:path: /dev/notes]']; // prettier-ignore
    const read = readOne(
      log(...lines, '> GET /dev/notes HTTP/2', '> x-amz-date: 20240501T120000Z', '>', '< HTTP/2 403', '<'),
    );
    expect(read.signed).toEqual({ ...expected.signed, headers: ['x-amz-date: 20240501T120000Z'] });
  });
});

describe('the body that was sent', () => {
  const sent = ['> POST /dev/notes HTTP/1.1', '> Host: h', '> Content-Length: 7', '>', '} [7 bytes data]'];

  it('is known by the command in front', () => {
    const text = log(`user@example:~$ curl -v -d '{"a":1}' \\`, '  https://h/dev/notes', ...sent, ...refused, body);
    expect(readOne(text)).toMatchObject({ body, signed: { body: '{"a":1}' } });
  });

  it('is unknown without, and is not taken for empty', () => {
    expect(readOne(log(...sent, ...refused, body)).signed?.body).toEqual({});
    expect(readOne(log(...asked, ...refused, body)).signed).not.toHaveProperty('body');
  });

  it('is unknown where the command’s has another length', () => {
    expect(readOne(log(`$ curl -v -d '{"a":10}' https://h/dev/notes`, ...sent, ...refused)).signed?.body).toEqual({});
  });
});

describe('several exchanges', () => {
  it('each refusal is read with its request', () => {
    const second = [
      '> DELETE /dev/notes/1 HTTP/1.1',
      '> Host: abc123.example.com',
      '>',
      '< HTTP/1.1 400 Bad Request',
      '<',
    ];
    const read = readPasted(log(...asked, ...refused, body, ...second, '{"message":"x"}'));
    expect(read.map(flat).map((one) => [one.signed?.method, one.body])).toEqual([
      ['GET', body],
      ['DELETE', '{"message":"x"}'],
    ]);
  });

  it('a redirect was signed for where it was sent first', () => {
    const text = sample('curl-7.88-http2-redirect.txt');
    expect(readOne(text).signed?.url).toBe('https://localhost:9481/moved/notes?tag=a%20b');
    expect(explainPasted(text)?.difference).toContain('/moved/notes');
  });

  it('what is answered before the answer does not count', () => {
    expect(readOne(log(...asked, '< HTTP/1.1 100 Continue', '<', ...refused, body))).toEqual(expected);
  });
});

it('times in front of the lines are left out', () => {
  const timed = [...asked, ...refused].map((line) => `12:00:00.123456 ${line}`);
  expect(readOne(log(...timed, body))).toEqual(expected);
});

it('the answer alone is read', () => {
  expect(readOne(log(...refused, body))).toEqual({ ...expected, signed: undefined });
  expect(readPasted(log(...refused, body, ...refused, body))).toHaveLength(2);
});

it('says what it looks for where nothing was refused', () => {
  expect(() => readPasted(log(...asked, '< HTTP/1.1 200 OK', '<', '[]'))).toThrow(
    'text: expected a curl -v log with an answer that refuses (4xx, 5xx), got a string of 108 characters',
  );
});
