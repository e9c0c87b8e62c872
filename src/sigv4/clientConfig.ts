/** A client's configuration, checked, and completed by what the host of an AWS endpoint says. */
import { signedHeadersRule } from './canonicalHeaders.js';
import type { SignedHeadersRule } from './canonicalHeaders.js';
import { cryptoJsHash } from './cryptoJsHash.js';
import { parseEndpoint, parseSignedHost } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { invalidOption, SigV4Error } from './errors.js';
import { checkFlags, checkKeyId, checkKnown, checkSecret, checkSpelling, readScopePart } from './options.js';
import { checkHeaderValue } from './requestHeaders.js';
import type { Destination } from './requestTarget.js';
import type { ClientConfig, ClientConfigWithCredentials, HashEngine } from './types.js';
import { isS3Service } from './signingNames.js';
import { isMissing, typeTag } from './values.js';

/** A checked configuration. */
export interface ClientSettings extends Destination {
  /** The value of the `Host` header that is signed. */
  readonly host: string;
  /** The same, where the app states it since requests are sent to another host. */
  readonly signedHost: string | undefined;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  /** Whether the session token is among what is signed; `false` adds it after signing. */
  readonly signSessionToken: boolean;
  readonly region: string;
  readonly service: string;
  /** Whether requests must equal the old client's byte for byte. The query is then sent sorted. */
  readonly isOldBytes: boolean;
  /** Whether a GET with a body is an error. Where the client stands in for the old one, the body is left out instead. */
  readonly isStrict: boolean;
  readonly signBody: boolean;
  readonly normalizePath: boolean;
  readonly doubleEncodePath: boolean;
  readonly isSigned: SignedHeadersRule;
  readonly defaultAcceptType: string;
  readonly defaultContentType: string;
  readonly hash: HashEngine;
  readonly now: () => Date | number;
}

const CLIENT_OPTIONS = [
  'accessKey',
  'secretKey',
  'sessionToken',
  'credentials',
  'endpoint',
  'signedHost',
  'region',
  'service',
  'serviceName',
  'defaultAcceptType',
  'defaultContentType',
  'signSessionToken',
  'signBody',
  'normalizePath',
  'doubleEncodePath',
  'unsignedHeaders',
  'extraSignedHeaders',
  'hash',
  'now',
];

/** The names of the options that are true or false. */
export const FLAGS = ['signSessionToken', 'signBody', 'normalizePath', 'doubleEncodePath'];

type Config = ClientConfig | ClientConfigWithCredentials;

let lastToken: string | null | undefined;

/** Checking a token takes a twentieth of a signature's time, so the last one is remembered. */
function checkToken(given: string | null | undefined, option: string): string | undefined {
  if (isMissing(given) || given === '') return undefined;
  if (given !== lastToken) lastToken = checkSecret(given, option);
  return given;
}

/** What the keys are called elsewhere: in environment variables, and in Cognito's own answers. */
const OTHER_NAMES = {
  accessKeyId: /^(?:aws_?)?access_?key(?:_?id)?$/i,
  secretAccessKey: /^(?:aws_?)?secret(?:_?access)?_?key$/i,
};

/** Throws for a key that was given under another name, and says which name is expected here. */
function checkNames(credentials: object, place: string): void {
  for (const [name, others] of Object.entries(OTHER_NAMES)) {
    const other = Object.keys(credentials).find((one) => others.test(one) && one !== name);
    if (other === undefined || !isMissing(Reflect.get(credentials, name))) continue;
    throw new SigV4Error('InvalidCredentials', place + name, `it under this name, not as ${other}`, undefined);
  }
}

/** Reads the keys, which come as `credentials` or under the old client's names. */
export function readKeys(config: Config): Pick<ClientSettings, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'> {
  const { accessKey, secretKey, sessionToken } = config;
  const credentials = 'credentials' in config ? config.credentials : undefined;
  const isOld = credentials === undefined;
  const given = isOld ? { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken } : credentials;
  if (typeTag(given) !== 'Object' || !(isOld || isMissing(accessKey ?? secretKey ?? sessionToken))) {
    const expected = '{ accessKeyId, secretAccessKey, sessionToken } alone (a function: await what it gives)';
    throw new SigV4Error('InvalidCredentials', 'credentials', expected, credentials);
  }
  if (!isOld) {
    checkNames(given, 'credentials.');
    checkSpelling(given, ['accessKeyId', 'secretAccessKey', 'sessionToken']);
  }
  const [id, secret, token] = isOld
    ? ['accessKey', 'secretKey', 'sessionToken']
    : ['credentials.accessKeyId', 'credentials.secretAccessKey', 'credentials.sessionToken'];
  return {
    accessKeyId: checkKeyId(given.accessKeyId, id),
    secretAccessKey: checkSecret(given.secretAccessKey, secret),
    sessionToken: checkToken(given.sessionToken, token),
  };
}

/** Reads the default for requests that state no `Accept` or `Content-Type`. */
const mediaType = (config: Config, option: 'defaultAcceptType' | 'defaultContentType'): string =>
  (isMissing(config[option]) ? '' : checkHeaderValue(config[option], option)) || 'application/json';

/** Throws where an AWS host does not state the service or the region and the app does not either: AWS would refuse a guess. */
function checkStated(config: Config, stated: Endpoint, service?: string, region?: string): void {
  const { host } = stated;
  if (service && region) {
    if (!stated.isRegional || service !== stated.service || region === stated.region) return;
    throw invalidOption('region', `${stated.region!}, that of the host ${host}`, region);
  }
  const serviceOption = 'service' in config ? 'service' : 'serviceName';
  const expected = service ? 'the region' : "the service's signing name";
  const why = host.includes('.s3-global.') ? ' (a Multi-Region Access Point takes SigV4a, which is not supported)' : '';
  const option = service ? 'region' : serviceOption;
  throw invalidOption(option, `${expected}, which the host ${host} does not state${why}`, undefined);
}

/**
 * Checks a client's configuration.
 * @throws SigV4Error for a missing, malformed or unknown option
 */
export function readConfig(config: Config): ClientSettings {
  if (typeTag(config) !== 'Object') throw invalidOption('config', 'an object', config);
  checkKnown(config, CLIENT_OPTIONS);
  checkFlags(config, FLAGS);
  const { hash = cryptoJsHash, now = Date.now } = config;
  if (typeof now !== 'function') throw invalidOption('now', 'a function', now);
  if (typeof (hash as HashEngine | null)?.hmac !== 'function') throw invalidOption('hash', 'an engine', hash);
  const { accessKeyId, secretAccessKey, sessionToken } = readKeys(config);
  const sentTo = parseEndpoint(config.endpoint);
  const isElsewhere = config.signedHost !== undefined;
  const stated = isElsewhere ? parseSignedHost(config.signedHost, sentTo) : sentTo;
  const { origin, path: basePath } = sentTo;
  const named = readScopePart(config, 'service');
  const statedService = readScopePart(config, 'serviceName') ?? named ?? stated.service;
  const isIot = statedService?.startsWith('iot');
  const { signSessionToken = statedService !== 'iotdevicegateway' } = config; // AWS IoT wants the token added after signing
  const isOld = !(signSessionToken || isIot); // the old client did not take the region from the host
  const region = readScopePart(config, 'region') ?? (isOld ? undefined : stated.region);
  if (stated.isAws && !isOld) checkStated(config, stated, statedService, region);
  const service = statedService ?? 'execute-api';
  if (named && named !== service) throw invalidOption('serviceName', 'the same as service', service);
  const isS3 = isS3Service(service);
  const isBehindOther = service === 'lambda' && !sentTo.isAws && !isOld; // such as behind CloudFront, which needs the hash
  const { signBody = isS3 || isBehindOther || /^(?:aoss|glacier)$/.test(service) } = config;
  const { normalizePath = !isS3, doubleEncodePath = !isS3 } = config;
  // Each property is written out: with a spread object in here, V8 takes five times as long for the whole function.
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    origin,
    basePath,
    host: stated.host,
    signedHost: isElsewhere ? stated.host : undefined,
    isS3,
    region: region ?? 'us-east-1',
    service,
    signSessionToken,
    isOldBytes: isOld,
    isStrict: 'credentials' in config,
    signBody,
    normalizePath,
    doubleEncodePath,
    isSigned: signedHeadersRule(config),
    defaultContentType: mediaType(config, 'defaultContentType'),
    defaultAcceptType: mediaType(config, 'defaultAcceptType'),
    hash,
    now,
  };
}
