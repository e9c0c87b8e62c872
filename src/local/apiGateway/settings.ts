/** Where a gateway's API is: its frontend, stage and paths, and the ARN of its resources. */
import { arnOf } from '../iam/index.js';
import { optionError } from '../options/index.js';
import { FRONTENDS } from './frontends.js';
import type { Frontend } from './frontends.js';
import type { ApiHandler } from './handler.js';
import type { ApiGatewayOptions } from './options.js';

/** The account that everything is in. */
export const ACCOUNT = '123456789012';
/** The API's id. */
export const API_ID = 'local00api';

/** Where the API is. */
export interface ApiPlace {
  readonly frontend: Frontend;
  readonly region: string;
  readonly stage: string;
  /** What paths begin with: `/dev`, the base path of a custom domain, or nothing. */
  readonly prefix: string;
  /** Of a custom domain: `/v1`, or empty for none. `undefined` where the stage stands in its place. */
  readonly basePath: string | undefined;
  /** The beginning of the ARNs of the API's resources; for a function URL, the function's whole ARN. */
  readonly arn: string;
}

/**
 * Reads where the API is.
 * @param options What was given.
 * @param handler What stands behind the gateway, which may know its frontend.
 * @throws LocalAwsError `InvalidOption`
 */
export function readPlace(options: ApiGatewayOptions, handler: ApiHandler | undefined): ApiPlace {
  const { region = 'us-east-1' } = options;
  const kind = options.frontend ?? handler?.frontend ?? 'rest';
  if (!Object.hasOwn(FRONTENDS, kind)) throw optionError('frontend', "'rest', 'http' or 'functionUrl'", kind);
  if (handler?.frontend !== undefined && handler.frontend !== kind) {
    throw optionError('frontend', `'${handler.frontend}', as the function behind it has it`, kind);
  }
  const frontend = FRONTENDS[kind];
  const stage = readStage(options.stage, frontend);
  const basePath = readBasePath(options.basePath, frontend);
  const stagePrefix = stage === '$default' ? '' : `/${stage}`;
  const arn =
    kind === 'functionUrl'
      ? `${arnOf(region)}:lambda:${region}:${ACCOUNT}:function:${handler?.functionName ?? 'function'}`
      : `${arnOf(region)}:execute-api:${region}:${ACCOUNT}:${API_ID}`;
  return { frontend, region, stage, prefix: basePath ?? stagePrefix, basePath, arn };
}

function readStage(stage: unknown, frontend: Frontend): string {
  if (stage === undefined) return frontend.stage;
  if (frontend.kind === 'functionUrl') throw optionError('stage', 'none for a function URL', stage);
  if (stage === '$default' && frontend.kind === 'http') return stage;
  if (typeof stage === 'string' && /^[\w-]{1,128}$/.test(stage)) return stage;
  throw optionError('stage', "letters, digits, - and _; $default for frontend 'http'", stage);
}

function readBasePath(basePath: unknown, frontend: Frontend): string | undefined {
  if (basePath === undefined) return undefined;
  if (frontend.kind === 'functionUrl') throw optionError('basePath', 'none for a function URL', basePath);
  if (basePath === '/') return '';
  if (typeof basePath === 'string' && /^(?:\/[\w.~-]*[\w~-])+$/.test(basePath)) return basePath;
  throw optionError('basePath', "a path such as /v1, or '/' for none", basePath);
}
