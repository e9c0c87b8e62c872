/** Whether a caller may call what they call. */
import type { Verified } from '../../verify/index.js';
import type { IssuedCredentials } from '../credentials/index.js';
import { arnOf, createPolicyCheck } from '../iam/index.js';
import type { Denial } from '../iam/index.js';
import type { ApiGatewayOptions } from './options.js';
import type { DeniedCall } from './refusals.js';
import { pathReadings } from './resourcePath.js';
import { ACCOUNT } from './settings.js';
import type { ApiPlace } from './settings.js';

/** A caller, as IAM names it. */
export interface Principal {
  /** The name of the role. */
  readonly role: string;
  /** `arn:aws:sts::…:assumed-role/ROLE/CognitoIdentityCredentials`, as policies and refusals name the caller. */
  readonly userArn: string;
}

/** The role of a caller: that of the identity pool for users or for guests, where the credentials name none. */
export function principalOf({ caller, region }: Verified<IssuedCredentials>): Principal {
  const role = caller.role ?? (caller.authenticated ? 'Cognito_localAuth_Role' : 'Cognito_localUnauth_Role');
  return { role, userArn: `${arnOf(region)}:sts::${ACCOUNT}:assumed-role/${role}/CognitoIdentityCredentials` };
}

/** A caller as policies see them: what conditions and principals may ask for. */
export function iamCallerOf(verified: Verified<IssuedCredentials>, sourceIp: string) {
  const { role, userArn } = principalOf(verified);
  const roleArn = `${arnOf(verified.region)}:iam::${ACCOUNT}:role/${role}`;
  return { ...verified.caller, accountId: ACCOUNT, roleArn, sessionArn: userArn, sourceIp };
}

/**
 * Makes the check of the policies.
 * @param options The policies.
 * @param place Where the API is.
 * @param sourceIp Where callers come from.
 * @returns Decides on a verified request, whose path is given without the stage: `undefined` where it is allowed.
 * @throws LocalAwsError `InvalidOption`
 */
export function createAuthorizer(
  options: Pick<ApiGatewayOptions, 'policy' | 'resourcePolicy'>,
  place: ApiPlace,
  sourceIp: string,
): (verified: Verified<IssuedCredentials>, path: string) => DeniedCall | undefined {
  const check = createPolicyCheck(options);
  return (verified, path) => {
    const { method } = verified;
    const request = { ...iamCallerOf(verified, sourceIp), isFunctionUrl: place.frontend.kind === 'functionUrl' };
    const resources = resourcesOf(place, method, path);
    const found = judgeReadings(resources, (resource) =>
      place.frontend.actions.map((action) => check({ ...request, action, resource })),
    );
    return found && { ...found, userArn: request.sessionArn, resource: resources.readings[0] };
  };
}

/** The resources that a call is about, as policies name them. */
export interface Resources {
  /** One for each reading of the path; a refusal names the first. */
  readonly readings: readonly [string, ...string[]];
  /** The one with the path as it was sent, escapes included. */
  readonly asSent: string;
}

/**
 * The resources that a path may stand for.
 * @param path What was verified, without the stage.
 * @param resourceOf Makes the resource of a reading.
 */
export function resourcesOfPath(path: string, resourceOf: (reading: string) => string): Resources {
  const [first, ...others] = pathReadings(path);
  return { readings: [resourceOf(first), ...others.map(resourceOf)], asSent: resourceOf(path) };
}

/**
 * Decides on a call by all readings of its path.
 * @param resources What is called.
 * @param decide Decides on one resource, for each action that the call needs.
 * @returns Why it is denied; `undefined` where every reading is allowed.
 */
export function judgeReadings(
  { readings, asSent }: Resources,
  decide: (resource: string) => readonly (Denial | undefined)[],
): Denial | undefined {
  const denials = readings.flatMap(decide);
  // A policy may also state the path as it was sent, with its escapes. That can deny the call, but not allow it.
  denials.push(...decide(asSent).filter((denial) => denial?.kind === 'explicit-deny'));
  return mostExplicit(denials);
}

/** The resources of a call. A function URL is one resource, whatever the path. */
function resourcesOf({ frontend, arn, stage }: ApiPlace, method: string, path: string): Resources {
  if (frontend.kind === 'functionUrl') return { readings: [arn], asSent: arn };
  return resourcesOfPath(path, (reading) => `${arn}/${stage}/${method}${reading}`);
}

function mostExplicit(denials: readonly (Denial | undefined)[]): Denial | undefined {
  return denials.find((denial) => denial?.kind === 'explicit-deny') ?? denials.find((denial) => denial !== undefined);
}
