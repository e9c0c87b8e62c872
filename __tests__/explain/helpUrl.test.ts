/** Errors and explanations lead to the page of their code. */
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { explain, newClient, RequestError, SigV4ClientError, SigV4Error } from '../../src';

const { homepage } = JSON.parse(readFileSync('package.json', 'utf8')) as { homepage: string };

test('an explanation, below the address that package.json states', () => {
  const explanation = explain({ status: 403, body: '{"message":"Missing Authentication Token"}' }, undefined);
  expect(explanation?.helpUrl).toBe(`${homepage}/e/NotSigned`);
});

test('an error of any class: consoles and logs show it, its message does not, which apps show to users', () => {
  const thrown = [
    new SigV4Error('InvalidHeader', 'headers', 'an object', 7),
    new RequestError('Timeout', 'No answer', { method: 'GET', url: 'https://api.test/' }),
    new SigV4ClientError('Usage', 'call: expected a URL'),
  ];
  expect(thrown.map((error) => error.helpUrl)).toEqual(
    ['InvalidHeader', 'Timeout', 'Usage'].map((code) => `${homepage}/e/${code}`),
  );
  for (const error of thrown) {
    expect(inspect(error)).toContain(`helpUrl: '${error.helpUrl}'`);
    expect(JSON.stringify(error)).toContain(error.helpUrl);
    expect(error.message).not.toContain(homepage);
  }
});

test('what newClient throws', () => {
  const isOfEndpoint = expect.objectContaining({ helpUrl: `${homepage}/e/InvalidEndpoint` }) as Error;
  expect(() => newClient({ accessKey: 'AKIDEXAMPLE', secretKey: 'secret', endpoint: 'api.test' })).toThrow(
    isOfEndpoint,
  );
});
