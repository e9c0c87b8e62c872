/** Other services than API Gateway, by their host or by option: each address is signed as an independent signer signs it. */
import aws4 from 'aws4';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { SignedWebSocket } from '../../src/socket';
import type { SignedWebSocketOptions } from '../../src/socket';

const credentials = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'a/session+token==',
};
const date = new Date('2026-11-27T22:00:00Z');

/** The address that a connection is asked for at. */
function addressOf(url: string, options: Partial<SignedWebSocketOptions> = {}): Promise<URL> {
  return new Promise((resolve) => {
    class Recorder {
      constructor(address: string) {
        resolve(new URL(address));
      }
      addEventListener(): void {
        // It never opens.
      }
      close(): void {
        // It was never open.
      }
    }
    const socket = new (SignedWebSocket.with({ credentials, now: () => date, WebSocket: Recorder, ...options }))(url);
    setTimeout(() => {
      socket.close();
    }, 10);
  });
}

/** What Smithy's signer makes of it. */
async function bySmithy(url: string, service: string, region: string): Promise<URL> {
  const { protocol, host, hostname, port, pathname, searchParams } = new URL(url.replace('wss:', 'https:'));
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 });
  const request = new HttpRequest({
    ...{ method: 'GET', protocol, hostname, port: Number(port), path: pathname, headers: { host } },
    query: Object.fromEntries(searchParams),
  });
  const { query = {} } = await signer.presign(request, { signingDate: date, expiresIn: 300 });
  const signed = new URL(url);
  for (const [name, value] of Object.entries(query)) signed.searchParams.set(name, String(value));
  return signed;
}

const sorted = ({ searchParams }: URL) => [...searchParams].sort(([a], [b]) => (a < b ? -1 : 1));

it.each<[string, string, Partial<SignedWebSocketOptions>, string, string]>([
  ['API Gateway', 'wss://abc123.execute-api.eu-west-1.amazonaws.com/prod', {}, 'execute-api', 'eu-west-1'],
  [
    'API Gateway in China',
    'wss://abc.execute-api.cn-north-1.amazonaws.com.cn/prod?x=1',
    {},
    'execute-api',
    'cn-north-1',
  ],
  ['a domain of one’s own', 'wss://ws.example.com/', { region: 'eu-central-1' }, 'execute-api', 'eu-central-1'],
  [
    'Bedrock AgentCore',
    'wss://bedrock-agentcore.us-west-2.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aus-west-2%3A123456789012%3Aruntime%2Fagent/ws?qualifier=DEFAULT',
    {},
    'bedrock-agentcore',
    'us-west-2',
  ],
  [
    'Transcribe',
    'wss://transcribestreaming.us-east-1.amazonaws.com:8443/stream-transcription-websocket?media-encoding=pcm',
    { service: 'transcribe' },
    'transcribe',
    'us-east-1',
  ],
])('%s', async (_, url, options, service, region) => {
  expect(sorted(await addressOf(url, options))).toEqual(sorted(await bySmithy(url, service, region)));
});

it('AWS IoT, whose session token is not signed', async () => {
  const host = 'abc123-ats.iot.eu-west-1.amazonaws.com';
  const signed = await addressOf(`wss://${host}/mqtt`);
  const { sessionToken, ...keys } = credentials;
  const path = '/mqtt?X-Amz-Date=20261127T220000Z&X-Amz-Expires=300';
  const request = { host, path, service: 'iotdevicegateway', region: 'eu-west-1', signQuery: true };
  const expected = new URL(aws4.sign(request, keys).path!, `https://${host}`);
  expected.searchParams.set('X-Amz-Security-Token', sessionToken);
  expect(sorted(signed)).toEqual(sorted(expected));
});
