import type { Writable } from 'node:stream';
import type { LambdaContext, LambdaFrontend, LambdaFunction } from '../../../src/local/lambda';
import { lambdaHandler } from '../../../src/local/lambda';
import { call, seen } from '../../support/lambdaHarness';

interface Streamed extends Writable {
  setContentType(type: string): void;
}
interface Awslambda {
  streamifyResponse: <T>(handler: T) => T;
  HttpResponseStream: { from: (stream: Streamed, prelude: unknown) => Streamed };
}
type Write = (stream: Streamed, context: LambdaContext) => Promise<void> | void;

lambdaHandler({ handler: () => undefined }); // makes the global known
const { streamifyResponse, HttpResponseStream } = (globalThis as unknown as { awslambda: Awslambda }).awslambda;
const streaming = (write: Write): LambdaFunction =>
  streamifyResponse(async (_event: unknown, stream: Streamed, context: LambdaContext) => {
    await write(stream, context);
  });
const stream = (frontend: LambdaFrontend, write: Write) => call({ handler: streaming(write), frontend });
const prelude = { statusCode: 201, headers: { 'Content-Type': 'text/html', 'X-Own': 'a' }, cookies: ['a=1', 'b=2'] };

describe.each(['rest', 'functionUrl'] as const)('%s', (frontend) => {
  test('begins with the status, headers and cookies of the prelude', async () => {
    const { response } = await stream(frontend, (plain) => {
      const html = HttpResponseStream.from(plain, prelude);
      html.write('<p>');
      html.end();
    });
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-own')]).toEqual([
      201,
      'text/html',
      'a',
    ]);
    expect(response.headers.getSetCookie()).toEqual(prelude.cookies);
    expect(await response.text()).toBe('<p>');
  });

  test('is there before its body is, which comes as it is written', async () => {
    let open: Streamed | undefined;
    const { response } = await stream(frontend, (plain) => {
      open = HttpResponseStream.from(plain, prelude);
      open.write('first');
    });
    const reader = response.body!.getReader();
    const read = async () => Buffer.from((await reader.read()).value!).toString();
    expect(await read()).toBe('first');
    open!.write({ second: 2 });
    expect(await read()).toBe('{"second":2}');
    open!.end();
    expect((await reader.read()).done).toBe(true);
  });

  test('takes a prelude that is written by hand, in parts', async () => {
    const { response } = await stream(frontend, (plain) => {
      plain.setContentType('application/vnd.awslambda.http-integration-response');
      plain.write('{"status');
      plain.write('Code":202}');
      plain.write(Buffer.alloc(5));
      plain.write(Buffer.concat([Buffer.alloc(3), Buffer.from('body')]));
      plain.end();
    });
    expect([response.status, await response.text()]).toEqual([202, 'body']);
  });

  test('is broken off where the function fails later on', async () => {
    const { response } = await stream(frontend, async (plain) => {
      const html = HttpResponseStream.from(plain, prelude);
      html.write('first');
      await new Promise(setImmediate);
      throw new Error('private');
    });
    await expect(response.text()).rejects.toThrow('private');
  });

  test('fails where the function does at once', async () => {
    const { response, error } = await stream(frontend, () => {
      throw new Error('private');
    });
    expect([response.status, String(error)]).toEqual([502, 'Error: private']);
  });

  test('fails where the function is not async', async () => {
    const handler = streamifyResponse((_event: unknown, plain: Streamed) => void plain.end());
    const { response, error } = await call({ handler, frontend });
    expect([response.status, String(error)]).toEqual([502, 'Error: Streaming does not support non-async handlers.']);
  });

  test('lets go of the function’s stream where nobody reads on', async () => {
    let open: Streamed | undefined;
    const { response } = await stream(frontend, (plain) => {
      open = HttpResponseStream.from(plain, prelude);
      open.write('first');
    });
    await response.body!.cancel();
    expect(open!.destroyed).toBe(true);
  });

  test('has no prelude where nothing is written, as at Lambda', async () => {
    const { response, error } = await stream(frontend, (plain) => {
      HttpResponseStream.from(plain, prelude).end();
    });
    expect(response.status).toBe(502);
    expect(String(error)).toContain('expected a stream from awslambda.HttpResponseStream.from that is written to');
  });

  test('gets the context as its third argument', async () => {
    let id = '';
    await stream(frontend, (plain, { awsRequestId }) => {
      id = awsRequestId;
      HttpResponseStream.from(plain, prelude).end(' ');
    });
    expect(id).toBe('3c3ecbaa-1690-11e8-ae31-8f39f1d24afd');
  });
});

test('a function URL takes bytes without a prelude, of the type that was set', async () => {
  const typed = await stream('functionUrl', (plain) => {
    plain.setContentType('text/plain');
    plain.end('a');
  });
  expect(await seen(typed)).toEqual({ status: 200, type: 'text/plain', body: 'a' });
  const untyped = await stream('functionUrl', (plain) => void plain.end());
  expect(await seen(untyped)).toEqual({ status: 200, type: 'application/octet-stream', body: '' });
});

test('a REST API does not, and lets go of the stream', async () => {
  let open: Streamed | undefined;
  const { response } = await stream('rest', (plain) => {
    open = plain;
    plain.write('a'.repeat(20_000));
  });
  expect(response.status).toBe(502);
  expect(open!.destroyed).toBe(true);
});

test('the type cannot be set once something is written', async () => {
  let refused: unknown;
  await stream('functionUrl', (plain) => {
    plain.write('a');
    try {
      plain.setContentType('text/plain');
    } catch (error) {
      refused = error;
    }
  });
  expect(refused).toEqual(new Error('Cannot set content-type, too late.'));
});

test('an HTTP API does not stream: it takes JSON, and refuses all else', async () => {
  const answer = await stream('http', (plain) => void plain.end('{"statusCode":201,"body":"a"}'));
  expect(await seen(answer)).toMatchObject({ status: 201, body: 'a' });
  const { response, error } = await stream('http', (plain) => {
    HttpResponseStream.from(plain, prelude).end('a');
  });
  expect([response.status, String(error)]).toEqual([500, expect.stringContaining('an HTTP API does not stream')]);
});
