/** The notes API's export, as `aws apigateway get-export --export-type oas30 --parameters extensions=apigateway` gives it. */

const integration = {
  type: 'aws_proxy',
  httpMethod: 'POST',
  uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:notes/invocations',
  passthroughBehavior: 'when_no_match',
} as const;
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } } as const;
const security = [{ sigv4: [] }] as const;
const note = { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } } as const;
const noteBody = {
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Draft' } } },
  required: true,
} as const;
const cors = {
  responses: { '200': { description: '200 response' } },
  'x-amazon-apigateway-integration': {
    type: 'mock',
    requestTemplates: { 'application/json': '{statusCode:200}' },
    passthroughBehavior: 'when_no_match',
  },
} as const;

export const notesApi = {
  openapi: '3.0.1',
  info: { title: 'notes', version: '2026-01-31T12:00:00Z' },
  servers: [
    {
      url: 'https://abc123.execute-api.us-east-1.amazonaws.com/{basePath}',
      variables: { basePath: { default: '/dev' } },
    },
  ],
  paths: {
    '/notes': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
        responses: {
          '200': {
            description: '200 response',
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Note' } } },
            },
          },
        },
        security,
        'x-amazon-apigateway-integration': integration,
      },
      post: {
        requestBody: noteBody,
        responses: { '201': { description: '201 response', content: note } },
        security,
        'x-amazon-apigateway-integration': integration,
      },
      options: cors,
    },
    '/notes/{id}': {
      get: {
        parameters: [id],
        responses: { '200': { description: '200 response', content: note } },
        security,
        'x-amazon-apigateway-integration': integration,
      },
      put: {
        parameters: [id],
        requestBody: noteBody,
        responses: { '200': { description: '200 response', content: note } },
        security,
        'x-amazon-apigateway-integration': integration,
      },
      delete: {
        parameters: [id],
        responses: { '204': { description: '204 response' } },
        security,
        'x-amazon-apigateway-integration': integration,
      },
      options: { parameters: [id], ...cors },
    },
    '/notes/{id}/file': {
      'x-amazon-apigateway-any-method': {
        parameters: [id, { name: 'name', in: 'query', schema: { type: 'string' } }],
        responses: { '200': { description: '200 response' } },
        security,
        'x-amazon-apigateway-integration': integration,
      },
    },
  },
  components: {
    schemas: {
      Draft: {
        type: 'object',
        required: ['content'],
        properties: { content: { type: 'string' }, attachment: { type: 'string' } },
      },
      Note: {
        type: 'object',
        required: ['id', 'content'],
        properties: {
          id: { type: 'string' },
          content: { type: 'string' },
          attachment: { type: 'string' },
          createdAt: { type: 'string' },
          updatedAt: { type: 'string' },
        },
      },
    },
    securitySchemes: {
      sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    },
  },
} as const;
