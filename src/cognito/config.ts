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
  const needsCognito = needs.userPool || needs.identityPool;
  const cognito =
    root.cognito === undefined && !needsCognito
      ? {}
      : section(root.cognito, 'cognito', '{ REGION, USER_POOL_ID, APP_CLIENT_ID, IDENTITY_POOL_ID }');
  const apiGateway = section(root.apiGateway, 'apiGateway', '{ REGION, URL }');
  return {
    userPool: checkUserPool(cognito, needs.userPool),
    identityPool: checkIdentityPool(cognito, needs.identityPool),
    apiGateway: checkApiGateway(apiGateway),
  };
}

/** Checks an identity pool's settings under the names that the caller gave them. */
export function identityPoolConfig(
  identityPoolId: unknown,
  endpoint: unknown,
  names: { id: string; endpoint: string },
): IdentityPoolConfig {
  const id = text(identityPoolId, names.id, IDENTITY_POOL_ID);
  const region = id.slice(0, id.indexOf(':'));
  return {
    identityPoolId: id,
    region,
    endpoint: url(endpoint, names.endpoint) ?? awsEndpoint('cognito-identity', region),
  };
}

type Section = Record<string, unknown>;

interface Expected {
  readonly pattern: RegExp;
  readonly example: string;
}

const REGION: Expected = { pattern: /^[a-z][a-z0-9-]*$/, example: "a region, such as 'eu-west-1'" };
const USER_POOL_ID: Expected = {
  pattern: /^[a-z0-9-]+_[0-9a-zA-Z]+$/,
  example: "a user pool's id, such as 'eu-west-1_AbCdEfGhI'",
};
const APP_CLIENT_ID: Expected = {
  pattern: /^[\w+-]+$/,
  example: "an app client's id, such as '1h57kf5cpq17m0eml12EXAMPLE'",
};
const IDENTITY_POOL_ID: Expected = {
  pattern: /^[a-z0-9-]+:[\w-]+$/,
  example: "an identity pool's id, such as 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef'",
};

function checkUserPool(cognito: Section, required: boolean): UserPoolConfig | undefined {
  if (!required && cognito.USER_POOL_ID === undefined && cognito.APP_CLIENT_ID === undefined) return undefined;
  const userPoolId = text(cognito.USER_POOL_ID, 'cognito.USER_POOL_ID', USER_POOL_ID);
  const region = userPoolId.slice(0, userPoolId.indexOf('_'));
  if (cognito.REGION !== undefined) {
    const named = text(cognito.REGION, 'cognito.REGION', REGION);
    if (named !== region) {
      throw invalid(
        `cognito.REGION is '${named}', but cognito.USER_POOL_ID '${userPoolId}' is in ${region}: one of them is wrong`,
      );
    }
  }
  return {
    userPoolId,
    clientId: text(cognito.APP_CLIENT_ID, 'cognito.APP_CLIENT_ID', APP_CLIENT_ID),
    region,
    endpoint: url(cognito.USER_POOL_ENDPOINT, 'cognito.USER_POOL_ENDPOINT') ?? awsEndpoint('cognito-idp', region),
    providerName: `cognito-idp.${region}.${domain(region)}/${userPoolId}`,
  };
}

function checkIdentityPool(cognito: Section, required: boolean): IdentityPoolConfig | undefined {
  if (!required && cognito.IDENTITY_POOL_ID === undefined) return undefined;
  return identityPoolConfig(cognito.IDENTITY_POOL_ID, cognito.IDENTITY_POOL_ENDPOINT, {
    id: 'cognito.IDENTITY_POOL_ID',
    endpoint: 'cognito.IDENTITY_POOL_ENDPOINT',
  });
}

function checkApiGateway(apiGateway: Section): CheckedConfig['apiGateway'] {
  const address = url(apiGateway.URL, 'apiGateway.URL');
  if (address === undefined)
    throw invalid(`apiGateway.URL: expected the API's URL with its stage, got ${shown(undefined)}`);
  if (apiGateway.REGION !== undefined) {
    return { url: address, region: text(apiGateway.REGION, 'apiGateway.REGION', REGION) };
  }
  if (!/\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(new URL(address).hostname)) {
    throw invalid(
      `apiGateway.REGION: expected ${REGION.example}, since the host of apiGateway.URL does not name it, got ${shown(undefined)}`,
    );
  }
  return { url: address, region: undefined };
}

function section(value: unknown, name: string, expected: string): Section {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(`${name}: expected an object ${expected}, got ${shown(value)}`);
  }
  return value as Section;
}

function text(value: unknown, name: string, expected: Expected): string {
  if (typeof value !== 'string' || !expected.pattern.test(value)) {
    throw invalid(`${name}: expected ${expected.example}, got ${shown(value)}`);
  }
  return value;
}

function url(value: unknown, name: string): string | undefined {
  if (value === undefined) return undefined;
  const parsed = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (typeof value !== 'string' || parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw invalid(`${name}: expected a URL that begins with https:// or http://, got ${shown(value)}`);
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw invalid(`${name}: expected a URL without a user name and password in it`);
  }
  if (/[?#]/.test(value)) throw invalid(`${name}: expected a URL without a query and fragment, got ${shown(value)}`);
  return value;
}

function awsEndpoint(service: string, region: string): string {
  return `https://${service}.${region}.${domain(region)}/`;
}

function domain(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty string' : `'${value}'`;
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

function invalid(message: string): AuthError {
  return new AuthError('InvalidConfig', message);
}
