/** When the body of a request comes to the function as text, and when in base64. */
import { call } from '../../support/lambdaHarness';
import type { LambdaHandlerOptions } from '../../../src/local/lambda';

describe('a body in the event', () => {
  const bodyOf = async (options: LambdaHandlerOptions, type: string | undefined, body = 'a=ä') => {
    let event: { body?: string | null; isBase64Encoded?: boolean } = {};
    const handler = (given: typeof event): Promise<string> => {
      event = given;
      return Promise.resolve('{}');
    };
    const headers: [string, string][] = type === undefined ? [] : [['Content-Type', type]];
    await call({ handler, ...options }, { headers, body: Buffer.from(body) });
    return [event.body, event.isBase64Encoded];
  };
  const text = ['a=ä', false];
  const base64 = [Buffer.from('a=ä').toString('base64'), true];

  // https://github.com/ministackorg/ministack/pull/766 and /767: measured at AWS
  test.each([
    ['http', 'text/csv; charset=utf-8', text],
    ['http', 'application/json', text],
    ['http', 'application/xml', text],
    ['http', 'application/javascript', text],
    ['http', 'application/x-www-form-urlencoded', base64],
    ['http', 'multipart/form-data; boundary=a', base64],
    ['http', 'image/png', base64],
    ['http', undefined, base64],
    ['functionUrl', 'Application/JSON;charset=utf-8', text],
    ['functionUrl', 'application/octet-stream', base64],
    ['rest', 'application/octet-stream', text],
    ['rest', undefined, text],
  ] as const)('%s, %s', async (frontend, type, expected) => {
    expect(await bodyOf({ frontend }, type)).toEqual(expected);
  });

  test('of a REST API is base64 for its binary media types', async () => {
    const options: LambdaHandlerOptions = {
      frontend: 'rest',
      binaryMediaTypes: ['image/*', 'application/octet-stream'],
    };
    expect(await bodyOf(options, 'image/png')).toEqual(base64);
    expect(await bodyOf(options, 'application/octet-stream')).toEqual(base64);
    expect(await bodyOf(options, 'application/json')).toEqual(text);
  });
});
