/** The options of a Lambda function behind the local gateway, and their checks. */
import { basename, extname } from 'node:path';
import { checkOptions, isObject } from '../../util/index.js';
import { LocalAwsError, optionError } from '../options/index.js';
import { checkFile } from './loadHandler.js';
import type { FunctionSource, LambdaFrontend, LambdaFunction, PayloadFormat, TextMap } from './types.js';

/** Options of `lambdaHandler`, of which either `handler` or `file` must be given. */
export interface LambdaHandlerOptions {
  /** The function: async, with a callback, or wrapped in `awslambda.streamifyResponse`. */
  readonly handler?: LambdaFunction | undefined;
  /** The path of the file that exports the function. It is loaded again when it, or code in its folder, changes. */
  readonly file?: string | undefined;
  /** The name of the export of `file`. Default `handler`. */
  readonly exportName?: string | undefined;
  /**
   * What is in front of the function on AWS, which decides the form of its event, its answer and its errors: a REST API (`rest`), an
   * HTTP API with payload format 2.0 (`http`), or a function URL (`functionUrl`). Default `rest`.
   */
  readonly frontend?: LambdaFrontend | undefined;
  /** The version of event and answer, which an HTTP API leaves open: `1.0`, near to a REST API's, or `2.0`. Default there `2.0`. */
  readonly payloadFormat?: PayloadFormat | undefined;
  /**
   * The API's routes, such as `/notes/{id}`, or `GET /notes/{id}` for one method, from which the event's `resource` or `routeKey` and
   * its `pathParameters` follow. Requests that fit none do not reach the function. Default: `/{proxy+}` and `/`, or `$default`.
   */
  readonly routes?: readonly string[] | undefined;
  /** The variables of the stage, for REST and HTTP APIs. Default: none. */
  readonly stageVariables?: TextMap | undefined;
  /** The content types that a REST API treats as binary, such as `image/*`. Default: none, as on AWS. */
  readonly binaryMediaTypes?: readonly string[] | undefined;
  /** The function's name in its context. Default: the file's name without its extension, or `function`. */
  readonly functionName?: string | undefined;
  /**
   * How long the function may take until its answer begins, in milliseconds. Default, as on AWS: 29,000 for a REST API, 30,000 for an
   * HTTP API, 900,000 for a function URL.
   */
  readonly timeout?: number | undefined;
}

const OPTIONS = [
  'handler',
  'file',
  'exportName',
  'frontend',
  'payloadFormat',
  'routes',
  'stageVariables',
  'binaryMediaTypes',
  'functionName',
  'timeout',
] as const satisfies readonly (keyof LambdaHandlerOptions)[];

/** The payload formats of a frontend; the first is its default. */
const FORMATS: Record<LambdaFrontend, readonly PayloadFormat[]> = {
  rest: ['1.0'],
  http: ['2.0', '1.0'],
  functionUrl: ['2.0'],
};

const TIMEOUTS: Record<LambdaFrontend, number> = { rest: 29_000, http: 30_000, functionUrl: 900_000 };

/** The checked options with their defaults, and the function or its file. */
export interface LambdaSettings {
  readonly source: FunctionSource;
  readonly frontend: LambdaFrontend;
  readonly payloadFormat: PayloadFormat;
  readonly stageVariables: TextMap | undefined;
  readonly binaryMediaTypes: readonly string[];
  readonly functionName: string;
  readonly timeout: number;
}

/**
 * Checks all options but the routes.
 * @throws LocalAwsError `InvalidOption`
 */
export function readOptions(options: LambdaHandlerOptions): LambdaSettings {
  checkOptions(options, OPTIONS, optionError);
  const { frontend = 'rest', stageVariables, binaryMediaTypes } = options;
  if (!Object.hasOwn(TIMEOUTS, frontend)) throw optionError('frontend', "'rest', 'http' or 'functionUrl'", frontend);
  const formats = FORMATS[frontend];
  const { payloadFormat = formats[0]! } = options;
  if (!formats.includes(payloadFormat)) {
    throw optionError('payloadFormat', `${formats.join(' or ')} for frontend '${frontend}'`, payloadFormat);
  }
  const source = sourceOf(options);
  const { functionName = typeof source === 'function' ? 'function' : basename(source.file, extname(source.file)) } =
    options;
  if (typeof functionName !== 'string' || functionName === '')
    throw optionError('functionName', 'a name', functionName);
  const { timeout = TIMEOUTS[frontend] } = options;
  if (!(timeout > 0)) throw optionError('timeout', 'milliseconds above 0', timeout);
  if (binaryMediaTypes !== undefined) {
    const isList = frontend === 'rest' && Array.isArray(binaryMediaTypes);
    if (!isList) throw optionError('binaryMediaTypes', "types such as ['image/*'], for a REST API", binaryMediaTypes);
    for (const type of binaryMediaTypes) {
      const isType = typeof type === 'string' && /^[^/\s]+\/[^/\s]+$/.test(type);
      if (!isType) throw optionError('binaryMediaTypes', 'types such as image/png and image/*', type);
    }
  }
  checkVariables(stageVariables, frontend);
  const types = binaryMediaTypes ?? [];
  return { source, frontend, payloadFormat, stageVariables, binaryMediaTypes: types, functionName, timeout };
}

function sourceOf({ handler, file, exportName }: LambdaHandlerOptions): FunctionSource {
  if ((handler === undefined) === (file === undefined)) {
    const came = handler === undefined ? 'neither' : 'both';
    throw new LocalAwsError('InvalidOption', `handler and file: expected one of them, got ${came}`);
  }
  if (file === undefined) {
    if (typeof handler !== 'function') throw optionError('handler', 'a function', handler);
    if (exportName !== undefined) throw optionError('exportName', 'none without file', exportName);
    return handler;
  }
  if (typeof file !== 'string') throw optionError('file', 'the path of a .mjs, .cjs, .js or .ts file', file);
  if (exportName !== undefined && (typeof exportName !== 'string' || exportName === '')) {
    throw optionError('exportName', 'the name of an export', exportName);
  }
  return { file: checkFile(file), exportName: exportName ?? 'handler' };
}

function checkVariables(variables: unknown, frontend: LambdaFrontend): void {
  if (variables === undefined) return;
  if (!isObject(variables) || frontend === 'functionUrl') {
    throw optionError('stageVariables', 'text by name, for a REST or HTTP API', variables);
  }
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value !== 'string') throw optionError(`stageVariables.${name}`, 'text', value);
  }
}
