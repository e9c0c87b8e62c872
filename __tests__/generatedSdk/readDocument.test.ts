import { readDocument } from '../../src/generatedSdk/readDocument';

const paths = { '/a': { get: {} } };
const openapi = '3.0.1';

test.each<[string, object, string | undefined]>([
  [
    'variables, as get-export has them',
    {
      openapi,
      paths,
      servers: [{ url: 'https://h.example.com/{basePath}', variables: { basePath: { default: '/prod' } } }],
    },
    'https://h.example.com/prod',
  ],
  ['no path', { openapi, paths, servers: [{ url: 'https://h.example.com' }] }, 'https://h.example.com'],
  ['none', { openapi, paths }, undefined],
  ['relative to the document', { openapi, paths, servers: [{ url: '/v1' }] }, undefined],
  [
    'Swagger',
    { swagger: '2.0', paths, host: 'h.example.com', basePath: '/prod', schemes: ['https'] },
    'https://h.example.com/prod',
  ],
  [
    'Swagger, over https where http is there as well',
    { swagger: '2.0', paths, host: 'h.example.com', schemes: ['http', 'https'] },
    'https://h.example.com',
  ],
  ['Swagger without basePath, over http', { swagger: '2.0', paths, host: 'h:1', schemes: ['http'] }, 'http://h:1'],
])('where the API is: %s', (_, document, url) => {
  expect(readDocument(document).url).toBe(url);
});

test('parameters: those of the path, those of the operation before them, references, and none of bodies', () => {
  const document = {
    swagger: '2.0',
    parameters: { q: { name: 'q', in: 'query' } },
    paths: {
      'x-note': {},
      '/a/{id}': {
        parameters: [{ $ref: '#/parameters/q' }, { name: 'h', in: 'header' }],
        post: {
          parameters: [
            { name: 'h', in: 'header', required: true },
            { name: 'Note', in: 'body' },
          ],
        },
      },
      '/b': { $ref: '#/paths/~1a~1{id}' },
    },
  };
  const { operations } = readDocument(document);
  expect(operations.map(({ name }) => name)).toEqual(['aIdPost', 'bPost']);
  expect(operations[0]!.parameters()).toEqual([
    { name: 'id', in: 'path', required: true },
    { name: 'q', in: 'query', required: false },
    { name: 'h', in: 'header', required: true },
  ]);
});

// RFC 6901, section 4: `~1` first, so that `~01` is `~1` and no slash.
test('the escapes of a reference', () => {
  const parameters = { 'a~1b/c%': { name: 'q', in: 'query' } };
  const get = { parameters: [{ $ref: '#/components/parameters/a~01b~1c%25' }] };
  const { operations } = readDocument({ openapi, paths: { '/a': { get } }, components: { parameters } });
  expect(operations[0]!.parameters()).toEqual([{ name: 'q', in: 'query', required: false }]);
});

test.each<[string, unknown]>([
  ['document#', 'text'],
  ['document#/openapi', {}],
  ['document#/openapi', { openapi: '4.0.0', paths }],
  ['document#/openapi', { openapi: '3.10', paths }],
  ['document#/swagger', { swagger: '1.2', paths }],
  ['document#/paths', { openapi }],
  ['document#/paths/a', { openapi, paths: { a: {} } }],
  ['document#/paths/~1a', { openapi, paths: { '/a': 1 } }],
  ['document#/paths/~1a~1{id}/get', { openapi, paths: { '/a/{id}': { get: [] } } }],
  ['document#/paths/~1a/get/parameters', { openapi, paths: { '/a': { get: { parameters: {} } } } }],
  [
    'document#/paths/~1a/get/parameters/0/name',
    { openapi, paths: { '/a': { get: { parameters: [{ in: 'query' }] } } } },
  ],
  ['document#/paths/~1a/get/parameters/0/in', { openapi, paths: { '/a': { get: { parameters: [{ name: 'q' }] } } } }],
  ['document#/paths/~1a/parameters/0/$ref', { openapi, paths: { '/a': { parameters: [{ $ref: '#/nowhere' }] } } }],
  ['document#/paths/~1a/parameters/0/$ref', { openapi, paths: { '/a': { parameters: [{ $ref: 'other.json#/a' }] } } }],
  [
    'document#/paths/~1a/parameters',
    { openapi, paths: { '/a': { parameters: [{ $ref: '#/paths/~1a/parameters' }] } } },
  ],
  ['document#/b/$ref', { openapi, b: { $ref: '#/b' }, paths: { '/a': { $ref: '#/b' } } }],
  ['document#/servers', { openapi, paths, servers: {} }],
  ['document#/servers/0/url', { openapi, paths, servers: [{ url: 'nowhere' }] }],
  ['document#/servers/0/variables/stage/default', { openapi, paths, servers: [{ url: 'https://a/{stage}' }] }],
  ['document#/host', { swagger: '2.0', paths, host: 1 }],
  ['document#/basePath', { swagger: '2.0', paths, host: 'a', basePath: 1 }],
])('a bad document is refused at its place: %s', (place, document) => {
  expect(() => readDocument(document)).toThrow(`${place}: expected`);
});

describe('work grows with the text of a document, not with what it stands for', () => {
  const SIZE = 200;
  const each = <T>(make: (index: number) => T): [string, T][] =>
    Array.from({ length: SIZE }, (_, index) => [`/p${index}`, make(index)]);
  let reads = 0;
  const counted = (fields: Record<string, unknown>, key: string): object =>
    Object.defineProperty({ ...fields }, key, { enumerable: true, get: () => ((reads += 1), fields[key]) });
  beforeEach(() => (reads = 0));

  test('a chain of references to which all paths lead', () => {
    const chain = Object.fromEntries(
      Array.from({ length: SIZE }, (_, i) => [
        `c${i}`,
        i === SIZE - 1 ? { get: {} } : counted({ $ref: `#/x/c${i + 1}` }, '$ref'),
      ]),
    );
    const document = { openapi, x: chain, paths: Object.fromEntries(each(() => ({ $ref: '#/x/c0' }))) };
    expect(readDocument(document).operations).toHaveLength(SIZE);
    expect(reads).toBeLessThan(10 * SIZE);
  });

  test('a list of parameters that all paths share', () => {
    const parameters = Array.from({ length: SIZE }, (_, i) => counted({ name: `q${i}`, in: 'query' }, 'name'));
    const paths = Object.fromEntries(each(() => ({ $ref: '#/x' })));
    const { operations } = readDocument({ openapi, x: { parameters, get: {} }, paths });
    expect(reads).toBeLessThan(10 * SIZE);
    expect(operations[SIZE - 1]!.parameters()).toHaveLength(SIZE);
  });

  test('a URL whose variables are named often', () => {
    const variables = { v: { default: 'x'.repeat(1000) } };
    const url = (times: number) => `https://h.example.com/${'{v}'.repeat(times)}`;
    const read = (times: number) => readDocument({ openapi, paths, servers: [{ url: url(times), variables }] }).url;
    expect(read(3)).toBe(`https://h.example.com/${'x'.repeat(3000)}`);
    expect(() => read(1_000_000)).toThrow('document#/servers/0/url: expected a URL of at most 10000 characters');
  });
});
