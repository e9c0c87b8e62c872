import { join } from 'node:path';
import { lambdaHandler } from '../../../src/local/lambda';

const handler = (): undefined => undefined;
const refused = (options: object): unknown => {
  try {
    return lambdaHandler(options);
  } catch (error) {
    return error;
  }
};

test.each<[object, string]>([
  [{}, 'handler and file: expected one of them, got neither'],
  [{ handler, file: 'notes.mjs' }, 'handler and file: expected one of them, got both'],
  [{ handler: {} }, 'handler: expected a function, got Object'],
  [{ handler, exportName: 'main' }, 'exportName: expected none without file, got a string of 4 characters'],
  [{ handler, routs: [] }, 'routs: expected a known option, such as routes, got Array'],
  [{ handler, timeoutMs: 1 }, 'timeoutMs: expected a known option, such as timeout, got 1'],
  [
    { handler, functionname: 'notes' },
    'functionname: expected a known option, such as functionName, got a string of 5 characters',
  ],
  [{ handler, frontend: 'alb' }, "frontend: expected 'rest', 'http' or 'functionUrl', got \"alb\""],
  [{ handler, frontend: 'toString' }, "frontend: expected 'rest', 'http' or 'functionUrl', got \"toString\""],
  [{ handler, timeout: 0 }, 'timeout: expected milliseconds above 0, got 0'],
  [{ handler, functionName: '' }, 'functionName: expected a name, got a string of 0 characters'],
  [{ handler, routes: [] }, "routes: expected an array such as ['/notes', 'GET /notes/{id}'], got Array"],
  [{ handler, routes: ['/'], frontend: 'functionUrl' }, 'routes: expected none for a function URL, got Array'],
  [
    { handler, binaryMediaTypes: 'image/*' },
    "binaryMediaTypes: expected types such as ['image/*'], for a REST API, got a string of 7 characters",
  ],
  [
    { handler, binaryMediaTypes: ['image/*'], frontend: 'http' },
    "binaryMediaTypes: expected types such as ['image/*'], for a REST API, got Array",
  ],
  [
    { handler, binaryMediaTypes: ['png'] },
    'binaryMediaTypes: expected types such as image/png and image/*, got a string of 3 characters',
  ],
  [{ handler, stageVariables: { table: 1 } }, 'stageVariables.table: expected text, got 1'],
  [
    { handler, stageVariables: {}, frontend: 'functionUrl' },
    'stageVariables: expected text by name, for a REST or HTTP API, got Object',
  ],
  [{ file: 'missing.mjs' }, `file: ${join(process.cwd(), 'missing.mjs')} does not exist`],
  [
    { file: 'package.json' },
    `file: expected a .mjs, .cjs, .js or .ts file, got ${join(process.cwd(), 'package.json')}`,
  ],
  [
    { file: 'jest.config.js', exportName: '' },
    'exportName: expected the name of an export, got a string of 0 characters',
  ],
])('%j is refused', (options, message) => {
  expect(refused(options)).toMatchObject({ name: 'LocalAwsError', code: 'InvalidOption', message });
});

test.each([
  ['rest', 29_000],
  ['http', 30_000],
  ['functionUrl', 900_000],
] as const)('%s has the time of AWS', (frontend, timeout) => {
  expect(lambdaHandler({ handler, frontend }).timeout).toBe(timeout);
});
