import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Apig } from 'sigv4-client/apig';

/** A client of an MCP server behind IAM: streamable HTTP, and the server-sent events of its answers. */
export async function callTool(apig: Apig, url: string): Promise<unknown> {
  const client = new Client({ name: 'example', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { fetch: apig.fetch });
  await client.connect(transport);
  try {
    const { content } = await client.callTool({ name: 'greet' });
    return content;
  } finally {
    await client.close();
  }
}
