/** The configuration object of tutorial apps: its type, and the check that names what is wrong with one. */
import { AuthError } from '../errors.js';

/** Where the users are and where their credentials come from. */
export interface CognitoSettings {
  /** The region, such as `eu-west-1`. Optional: the ids below begin with it. */
  readonly REGION?: string | undefined;
  /** The user pool's id, such as `eu-west-1_AbCdEfGhI`. */
  readonly USER_POOL_ID: string;
  /** The id of an app client without a secret. */
  readonly APP_CLIENT_ID: string;
  /** The identity pool's id, such as `eu-west-1:01234567-89ab-cdef-0123-456789abcdef`. */
  readonly IDENTITY_POOL_ID: string;
  /** The user pool's URL, where it is not AWS's own. */
  readonly USER_POOL_ENDPOINT?: string | undefined;
  /** The identity pool's URL, where it is not AWS's own. */
  readonly IDENTITY_POOL_ENDPOINT?: string | undefined;
}

/** The API to call. */
export interface ApiGatewaySettings {
  /** The API's region. Optional where the URL names it (`https://….execute-api.eu-west-1.amazonaws.com/prod`). */
  readonly REGION?: string | undefined;
  /** The API's URL with its stage; paths are appended to it. */
  readonly URL: string;
}

/** The configuration object that tutorial apps already have. */
export interface ApigConfig {
  /** The users, and where their credentials come from. */
  readonly cognito: CognitoSettings;
  /** The API to call. */
  readonly apiGateway: ApiGatewaySettings;
}

/** For apps that get their credentials or logins elsewhere, and have no user pool or no identity pool. */
export interface PartialApigConfig {
  /** What is left of the users and their credentials. */
  readonly cognito?: Partial<CognitoSettings>;
  /** The API to call. */
  readonly apiGateway: ApiGatewaySettings;
}

/** A checked user pool. */
export interface UserPoolConfig {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly region: string;
  readonly endpoint: string;
  /** The name under which an identity pool takes its tokens. */
  readonly providerName: string;
}

/** A checked identity pool. */
export interface IdentityPoolConfig {
  readonly identityPoolId: string;
  readonly region: string;
  readonly endpoint: string;
}

/** A checked configuration: ids with their regions, endpoints filled in. */
export interface CheckedConfig {
  readonly userPool: UserPoolConfig | undefined;
  readonly identityPool: IdentityPoolConfig | undefined;
  /** `region` is left out where the URL's host names it. */
  readonly apiGateway: { readonly url: string; readonly region: string | undefined };
}

/**
 * Checks a configuration.
 * @param config What the app passed.
 * @param needs Which pools must be there; one that need not be is checked only where it is set.
 * @returns The settings in their checked form.
 * @throws AuthError `InvalidConfig`, which names the key, what was expected and what came.
 */
export function checkConfig(config: unknown, needs: { userPool: boolean; identityPool: boolean }): CheckedConfig {
  const root = section(config, 'the configuration', '{ cognito: { … }, apiGateway: { … } }');
  const isNeeded = needs.userPool || needs.identityPool || root.cognito !== undefined;
  const cognito = isNeeded
    ? section(root.cognito, 'cognito', '{ REGION, USER_POOL_ID, APP_CLIENT_ID, IDENTITY_POOL_ID }')
    : {};
  const has = (id: keyof CognitoSettings) => cognito[id] !== undefined;
  return {
    userPool: needs.userPool || has('USER_POOL_ID') || has('APP_CLIENT_ID') ? userPoolConfig(cognito) : undefined,
    identityPool:
      needs.identityPool || has('IDENTITY_POOL_ID')
        ? identityPoolConfig(cognito, 'cognito.', 'IDENTITY_POOL_ID', 'IDENTITY_POOL_ENDPOINT')
        : undefined,
    apiGateway: apiGatewayConfig(section(root.apiGateway, 'apiGateway', '{ REGION, URL }')),
  };
}

/**
 * Checks an identity pool's settings under the names that the caller gave them.
 * @param settings What holds them.
 * @param prefix What stands before the names in messages.
 * @param idName The name of the pool's id.
 * @param endpointName The name of its URL.
 */
export function identityPoolConfig(
  settings: Section,
  prefix: string,
  idName: string,
  endpointName: string,
): IdentityPoolConfig {
  const identityPoolId = text(settings[idName], prefix + idName, IDENTITY_POOL_ID);
  const region = regionOf(identityPoolId);
  const endpoint = url(settings[endpointName], prefix + endpointName) ?? awsUrl('cognito-identity', region);
  return { identityPoolId, region, endpoint };
}

/** Timers take no more milliseconds, and fire at once for more: 24.8 days. */
const MAX_TIMER = 2 ** 31 - 1;

/** How long one answer may take, in milliseconds. */
export const answerTimeout = (given = 30_000): number => Math.min(given, MAX_TIMER);

type Section = Readonly<Record<string, unknown>>;

/** What a setting looks like, and how to say so. */
type Form = readonly [pattern: RegExp, example: string];

const REGION: Form = [/^[a-z][a-z0-9-]*$/, "a region, such as 'eu-west-1'"];
const USER_POOL_ID: Form = [/^[a-z0-9-]+_[0-9a-zA-Z]+$/, "a user pool's id, such as 'eu-west-1_AbCdEfGhI'"];
const APP_CLIENT_ID: Form = [/^[\w+-]+$/, "an app client's id, such as '1h57kf5cpq17m0eml12EXAMPLE'"];
const IDENTITY_POOL_ID: Form = [
  /^[a-z0-9-]+:[\w-]+$/,
  "an identity pool's id, such as 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef'",
];

function userPoolConfig(cognito: Section): UserPoolConfig {
  const userPoolId = text(cognito.USER_POOL_ID, 'cognito.USER_POOL_ID', USER_POOL_ID);
  const region = regionOf(userPoolId);
  const named = cognito.REGION === undefined ? region : text(cognito.REGION, 'cognito.REGION', REGION);
  if (named !== region) {
    throw invalid(
      `cognito.REGION is '${named}', but cognito.USER_POOL_ID '${userPoolId}' is in ${region}: one of them is wrong`,
    );
  }
  const clientId = text(cognito.APP_CLIENT_ID, 'cognito.APP_CLIENT_ID', APP_CLIENT_ID);
  const own = awsUrl('cognito-idp', region);
  return {
    userPoolId,
    clientId,
    region,
    endpoint: url(cognito.USER_POOL_ENDPOINT, 'cognito.USER_POOL_ENDPOINT') ?? own,
    providerName: own.slice('https://'.length) + userPoolId,
  };
}

function apiGatewayConfig({ REGION: region, URL: given }: Section): CheckedConfig['apiGateway'] {
  const address = url(given, 'apiGateway.URL');
  if (address === undefined) throw unexpected('apiGateway.URL', "the API's URL with its stage", given);
  if (region !== undefined) return { url: address, region: text(region, 'apiGateway.REGION', REGION) };
  if (!/\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(new URL(address).hostname)) {
    const expected = `${REGION[1]}, since the host of apiGateway.URL does not name it`;
    throw unexpected('apiGateway.REGION', expected, region);
  }
  return { url: address, region };
}

function section(value: unknown, name: string, expected: string): Section {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Section;
  throw unexpected(name, `an object ${expected}`, value);
}

function text(value: unknown, name: string, [pattern, example]: Form): string {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw unexpected(name, example, value);
}

function url(value: unknown, name: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && URL.canParse(value)) {
    const { protocol, username, password } = new URL(value);
    if (/^https?:$/.test(protocol)) {
      if (username || password) throw invalid(`${name}: expected a URL without a user name and password in it`);
      if (/[?#]/.test(value)) throw unexpected(name, 'a URL without a query and fragment', value);
      return value;
    }
  }
  throw unexpected(name, 'a URL that begins with https:// or http://', value);
}

/** The region that a pool's id begins with. */
function regionOf(id: string): string {
  return id.replace(/[_:].*/, '');
}

/** AWS's own URL of a service. */
function awsUrl(service: string, region: string): string {
  return `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;
}

/** What a setting that cannot be used is refused with. */
export function unexpected(name: string, expected: string, value: unknown): AuthError {
  return invalid(`${name}: expected ${expected}, got ${shown(value)}`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty string' : `'${value}'`;
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

function invalid(message: string): AuthError {
  return new AuthError('InvalidConfig', message);
}
