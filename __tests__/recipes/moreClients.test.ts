/** The recipes for MCP, SWR and AppSync. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createElement } from 'react';
import useSWR, { SWRConfig } from 'swr';
import { createApig } from '../../src/apig';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { fromNodeRequest, verifyRequest } from '../../src/verify';
import { client } from '../../recipes/graphql-request';
import { callTool } from '../../recipes/mcp-client';
import { fetcher } from '../../recipes/swr';
import { password, username, users } from '../support/localAwsHarness';
import { closeServer, listenLocally } from '../support/localServer';

const ends: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));

/** A local AWS, and a user who is logged in. */
async function start(handler?: (request: Request) => Promise<Response>) {
  const aws: LocalAws = await startLocalAws({ userPool: { users }, ...(handler && { apiGateway: { handler } }) });
  ends.push(() => aws.stop());
  const apig = createApig(aws.config, { retry: false });
  await apig.login(username, password);
  return { apig, url: aws.config.apiGateway.URL };
}

/** An MCP server of one request, as a Lambda function serves it. */
async function serveMcp(request: Request): Promise<Response> {
  const server = new McpServer({ name: 'greeter', version: '1.0.0' });
  server.registerTool('greet', {}, () => ({ content: [{ type: 'text', text: 'Hello' }] }));
  const transport = new WebStandardStreamableHTTPServerTransport();
  await server.connect(transport);
  return transport.handleRequest(request);
}

test('the MCP SDK, against a server behind IAM', async () => {
  const types: string[] = [];
  const handler = async (request: Request): Promise<Response> => {
    const response = await serveMcp(request);
    types.push(response.headers.get('content-type') ?? '');
    return response;
  };
  const { apig, url } = await start(handler);
  expect(await callTool(apig, url)).toEqual([{ type: 'text', text: 'Hello' }]);
  expect(types).toContain('text/event-stream');
});

test('SWR, which shows what its fetcher has loaded', async () => {
  const { apig } = await start();
  await apig.invokeApig({ path: '/notes', method: 'POST', body: { content: 'Milk' } });
  const reactDom = 'react-dom/server'; // which has no types of its own
  const { renderToString } = (await import(reactDom)) as { renderToString: (element: object) => string };
  const load = fetcher(apig);
  const fallback = { '/notes': await load('/notes') };
  function Notes() {
    const { data } = useSWR<{ content: string }[]>('/notes');
    return createElement(
      'p',
      null,
      data?.map(({ content }) => content),
    );
  }
  expect(renderToString(createElement(SWRConfig, { value: { fetcher: load, fallback } }, createElement(Notes)))).toBe(
    '<p>Milk</p>',
  );
});

test('graphql-request at AppSync, here a server that verifies', async () => {
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const body = await buffer(request);
      const options = { credentials: () => keys, region: 'us-east-1', service: 'appsync' };
      const { ok } = await verifyRequest(fromNodeRequest(request, { body }), options);
      response.writeHead(ok ? 200 : 403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data: { query: (JSON.parse(String(body)) as { query: string }).query } }));
    };
    answer().catch(() => response.writeHead(500).end());
  });
  const { url } = await listenLocally(server);
  ends.push(() => closeServer(server));
  const query = '{ notes { content } }';
  expect(await client(keys, `${url}/graphql`).request(query)).toEqual({ query });
  const wrong = client({ ...keys, secretAccessKey: 'x'.repeat(40) }, `${url}/graphql`);
  await expect(wrong.request(query)).rejects.toMatchObject({ response: { status: 403 } });
});
