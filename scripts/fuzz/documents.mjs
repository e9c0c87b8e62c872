// Exports of an API, from which fuzzing begins: OpenAPI 3.0 and 3.1, and Swagger 2.0, with what readers of them follow.
const parameters = {
  id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
  limit: { name: 'limit', in: 'query' },
  trace: { $ref: '#/components/parameters/limit' },
};

export const documents = [
  {
    openapi: '3.0.1',
    info: { title: 'notes', version: '1' },
    servers: [
      {
        url: 'https://abc123.execute-api.eu-west-1.amazonaws.com/{basePath}',
        variables: { basePath: { default: '/prod' } },
      },
    ],
    components: { parameters },
    paths: {
      '/notes': {
        parameters: [{ $ref: '#/components/parameters/trace' }],
        get: { parameters: [{ $ref: '#/components/parameters/limit' }] },
        post: {},
      },
      '/notes/{id}': { parameters: [{ $ref: '#/components/parameters/id' }], put: {}, delete: {} },
      '/all/{proxy+}': { 'x-amazon-apigateway-any-method': {} },
      '/again': { $ref: '#/paths/~1notes~1{id}' },
    },
  },
  { openapi: '3.1.0', servers: [{ url: 'http://127.0.0.1:1/dev/' }], paths: { '/': { get: {}, head: {} } } },
  {
    swagger: '2.0',
    host: 'abc123.execute-api.eu-west-1.amazonaws.com',
    basePath: '/prod',
    schemes: ['https'],
    parameters: { q: { name: 'q', in: 'query' } },
    paths: {
      '/pets/{petId}': { get: { parameters: [{ $ref: '#/parameters/q' }, { name: 'petId', in: 'path' }] } },
      'x-note': {},
    },
  },
].map((document) => JSON.stringify(document));
