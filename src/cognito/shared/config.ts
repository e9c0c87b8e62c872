/** Checks the configuration object of tutorial apps, with errors that name the setting. */
import { AuthError } from '../../errors.js';
import { awsDomain, checkKnown, readAwsHost } from '../../sigv4/index.js';
import { isObject, looksSecret } from '../../util/index.js';
import type {
  ApiGatewaySettings,
  CheckedConfig,
  CognitoSettings,
  IdentityPoolConfig,
  UserPoolConfig,
} from './configTypes.js';
import { ADVICE } from './failureRules.js';
import { isMissingFunction } from './missingFunction.js';
import { describeSetting, unexpected, unknownSetting } from './options.js';

/**
 * Checks a configuration.
 * @param config What the app passed.
 * @param needs Which pools must be configured; the other is checked only where it is set.
 * @returns The settings in their checked form.
 * @throws AuthError `InvalidConfig`, which names the key, what was expected and what came.
 */
export function checkConfig(config: unknown, needs: { userPool: boolean; identityPool: boolean }): CheckedConfig {
  // Other sections are the app's own, such as `s3` and `MAX_ATTACHMENT_SIZE` in tutorial configurations.
  const root = section(config, 'the configuration', '{ cognito: { … }, apiGateway: { … } }');
  checkSectionNames(root);
  const isNeeded = needs.userPool || needs.identityPool || root.cognito !== undefined;
  const cognito = isNeeded
    ? section(root.cognito, 'cognito', '{ REGION, USER_POOL_ID, APP_CLIENT_ID, IDENTITY_POOL_ID }')
    : {};
  if (cognito.APP_CLIENT_SECRET !== undefined)
    throw new AuthError('InvalidConfig', `cognito.APP_CLIENT_SECRET: ${ADVICE.clientSecret}`);
  checkKnown(cognito, COGNITO_SETTINGS, unknownSetting, 'cognito');
  const apiGateway = section(root.apiGateway, 'apiGateway', '{ REGION, URL }');
  checkKnown(apiGateway, API_GATEWAY_SETTINGS, unknownSetting, 'apiGateway');
  const has = (id: keyof CognitoSettings) => cognito[id] !== undefined;
  return {
    userPool: needs.userPool || has('USER_POOL_ID') || has('APP_CLIENT_ID') ? userPoolConfig(cognito) : undefined,
    identityPool:
      needs.identityPool || has('IDENTITY_POOL_ID')
        ? identityPoolConfig(cognito, 'cognito.', 'IDENTITY_POOL_ID', 'IDENTITY_POOL_ENDPOINT')
        : undefined,
    apiGateway: apiGatewayConfig(apiGateway),
  };
}

/**
 * Checks an identity pool's settings under the names that the caller gave them.
 * @param settings The object with the settings.
 * @param prefix Text in front of the names in messages, such as `cognito.`.
 * @param idName The setting with the pool's id.
 * @param endpointName The setting with the pool's URL.
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

type Section = Readonly<Record<string, unknown>>;

const COGNITO_SETTINGS = Object.keys({
  REGION: true,
  USER_POOL_ID: true,
  APP_CLIENT_ID: true,
  IDENTITY_POOL_ID: true,
  USER_POOL_ENDPOINT: true,
  IDENTITY_POOL_ENDPOINT: true,
} satisfies Record<keyof CognitoSettings, true>);

const API_GATEWAY_SETTINGS = Object.keys({ REGION: true, URL: true } satisfies Record<keyof ApiGatewaySettings, true>);

/** The form of a setting, with an example for error messages. */
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
    const where = `cognito.USER_POOL_ID ${describeSetting(userPoolId)} is in ${describeRegion(region)}`;
    const what = `cognito.REGION is ${describeSetting(named)}`;
    throw new AuthError('InvalidConfig', `${what}, but ${where}: one of them is wrong`);
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

/** Throws for a section with a name in the wrong case, such as `apigateway` or `Cognito`. */
function checkSectionNames(root: Section): void {
  for (const section of ['cognito', 'apiGateway']) {
    const other = Object.keys(root).find((name) => name.toLowerCase() === section.toLowerCase() && name !== section);
    if (other === undefined || root[section] !== undefined) continue;
    throw unexpected(other, `it under the name ${section}`, root[other]);
  }
}

function apiGatewayConfig({ REGION: region, URL: given }: Section): CheckedConfig['apiGateway'] {
  const address = url(given, 'apiGateway.URL');
  if (address === undefined) throw unexpected('apiGateway.URL', "the API's URL with its stage", given);
  if (region !== undefined) return { url: address, region: text(region, 'apiGateway.REGION', REGION) };
  const stated = readAwsHost(hostOf(address).toLowerCase(), 'https:/');
  if (stated.service !== 'execute-api' || stated.region === undefined) {
    const expected = `${REGION[1]}, since the host of apiGateway.URL does not name it`;
    throw unexpected('apiGateway.REGION', expected, region);
  }
  return { url: address, region };
}

function section(value: unknown, name: string, expected: string): Section {
  if (isObject(value)) return value;
  throw unexpected(name, `an object ${expected}`, value);
}

function text(value: unknown, name: string, [pattern, example]: Form): string {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw unexpected(name, example, value);
}

/** Finds the host of a URL. Not by `URL`, of which React Native's own has no working `protocol` and `host`. */
const ORIGIN = /^\s*https?:\/\/([^/\\?#\s]+)/i;

function url(value: unknown, name: string): string | undefined {
  if (value === undefined) return undefined;
  const authority = typeof value === 'string' && isUrl(value) ? ORIGIN.exec(value)?.[1] : undefined;
  if (authority === undefined) throw unexpected(name, 'a URL that begins with https:// or http://', value);
  if (authority.includes('@')) {
    throw new AuthError('InvalidConfig', `${name}: expected a URL without a user name and password in it`);
  }
  if (/[?#]/.test(value as string)) throw unexpected(name, 'a URL without a query and fragment', value);
  return value as string;
}

/** Whether a text is a URL. Where the platform lacks `URL`, that is the error, and not the setting. */
function isUrl(text: string): boolean {
  try {
    return Boolean(new URL(text));
  } catch (error) {
    if (isMissingFunction(error)) throw error;
    return false;
  }
}

function hostOf(url: string): string {
  return ORIGIN.exec(url)![1]!.replace(/:\d*$/, '');
}

/** The region that a pool's id begins with. */
function regionOf(id: string): string {
  return id.replace(/[_:].*/, '');
}

function describeRegion(region: string): string {
  return looksSecret(region) ? 'another' : region;
}

/** AWS's own URL of a service. */
function awsUrl(service: string, region: string): string {
  return `https://${service}.${region}.${awsDomain(region)}/`;
}
