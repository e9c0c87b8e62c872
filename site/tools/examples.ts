/** Requests that are refused by the local gateway, and its answers. Runs when the site is built. */
import { once } from 'node:events';
import { request as send } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { compareLines } from '../../src/explain/compareLines.js';
import type { ComparedLine } from '../../src/explain/compareLines.js';
import { explain } from '../../src/explain/index.js';
import type { Explanation } from '../../src/explain/index.js';
import { startApiGateway } from '../../src/local/apiGateway/index.js';
import { CredentialStore } from '../../src/local/credentials/index.js';
import { readPasted } from '../../src/pasted/index.js';
import { newClient } from '../../src/sigv4/index.js';
import type { RequestToSign, SignedRequest } from '../../src/sigv4/index.js';

/** A request and its refusal, as HTTP writes them. */
export interface Example {
  readonly label: string;
  readonly request: string;
  readonly refusal: string;
}

const HOST = 'notes.example.com';
const REQUEST: RequestToSign = {
  method: 'POST',
  path: '/notes',
  queryParams: { draft: true },
  body: { content: 'Buy milk' },
};

/** What happens to the request on its way. */
const DAMAGES: readonly { label: string; secret?: string; damage?: (sent: SignedRequest) => SignedRequest }[] = [
  {
    label: 'A header changed',
    damage: (sent) => ({ ...sent, headers: { ...sent.headers, 'Content-Type': 'application/json; charset=utf-8' } }),
  },
  { label: 'Wrong secret', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  {
    label: 'Query and body rewritten',
    damage: (sent) => ({ ...sent, url: `${sent.url}&v=2`, body: '{"content": "Buy milk"}' }),
  },
];

/** Makes the examples. */
export async function makeExamples(): Promise<Example[]> {
  const store = new CredentialStore();
  const gateway = await startApiGateway({ store, region: 'eu-west-1', handler: () => new Response('never called') });
  try {
    return await Promise.all(
      DAMAGES.map(async ({ label, secret, damage }) => {
        const issued = store.issue({
          identityId: 'eu-west-1:11111111-2222-3333-4444-555555555555',
          authenticated: true,
        });
        const credentials = { ...issued, ...(secret !== undefined && { secretAccessKey: secret }) };
        const client = newClient({ credentials, region: 'eu-west-1', endpoint: `https://${HOST}/dev` });
        const signed = client.signRequest(REQUEST);
        return { label, request: asHttp(signed), refusal: await refuse(damage?.(signed) ?? signed, gateway.port) };
      }),
    );
  } finally {
    await gateway.stop();
  }
}

const targetOf = (url: string): string => url.slice(url.indexOf('/dev'));

function asHttp({ url, method, headers, body }: SignedRequest): string {
  const lines = Object.entries({ Host: HOST, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${targetOf(url)} HTTP/1.1`, ...lines, '', body as string].join('\n');
}

/** Sends a request to the gateway, as if that were the host it is signed for. */
async function refuse({ url, method, headers, body }: SignedRequest, port: number): Promise<string> {
  const outgoing = send({ host: '127.0.0.1', port, method, path: targetOf(url), headers: { ...headers, host: HOST } });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += chunk as string;
  if (answer.statusCode !== 403) throw new Error(`Expected a refusal, got ${String(answer.statusCode)} ${text}`);
  const shown = Object.entries(answer.headers).filter(([name]) => /^(date|content-type|x-amzn-)/.test(name));
  return [`HTTP/1.1 403 Forbidden`, ...shown.map(([name, value]) => `${name}: ${String(value)}`), '', text].join('\n');
}

/**
 * What the refusal reader finds in an example.
 * @param example The example.
 */
export function readExample({ request, refusal }: Example): {
  explanation: Explanation;
  lines: readonly ComparedLine[];
} {
  const [pasted] = readPasted(`${request}\n\n${refusal}`);
  const explanation = pasted && explain(pasted.refusal, pasted.signed);
  const lines = pasted && compareLines(pasted.refusal, pasted.signed);
  if (!explanation || !lines) throw new Error('The example is not explained');
  return { explanation, lines: lines.canonicalRequest };
}
