import { corsHeaders } from '../../../src/local/http';

describe('corsHeaders', () => {
  const asked = (method: string, headers: Record<string, string>) =>
    corsHeaders(new Request('http://127.0.0.1/', { method, headers }));

  it('is empty for requests that come from no browser', () => {
    expect(asked('POST', {})).toEqual({});
  });

  it('allows what a preflight asks for', () => {
    expect(
      asked('OPTIONS', {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'cache-control,content-type,x-amz-target,x-amz-user-agent',
      }),
    ).toMatchObject({
      'Access-Control-Allow-Origin': 'http://localhost:5173',
      'Access-Control-Allow-Methods': expect.stringContaining('POST') as string,
      'Access-Control-Allow-Headers': 'cache-control,content-type,x-amz-target,x-amz-user-agent',
    });
  });

  it('exposes the headers that errors are explained with', () => {
    const exposed = asked('GET', { Origin: 'null' })['Access-Control-Expose-Headers'];
    expect(exposed?.split(', ')).toEqual(expect.arrayContaining(['Date', 'x-amzn-RequestId', 'x-amzn-ErrorType']));
  });
});
