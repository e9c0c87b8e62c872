/** App clients: finds the one that a request comes from, and has an administrator's operations on them. */
import { createHmac, randomInt } from 'node:crypto';
import { equalInConstantTime } from '../../util/index.js';
import { AwsJsonError } from '../http/index.js';
import { invalidParameter, notAuthorized } from './errors.js';
import { pageOf } from './pages.js';
import type { Fields, Operation, Pool } from './state.js';
import { fieldsOf, optionalText, text, textList } from './state.js';
import type { AppClient } from './stored.js';
import type { AuthFlow } from './types.js';

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** The flows of a client that is made without stating any. */
const DEFAULT_FLOWS = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];

/** The settings of a client beside its name and flows, which an administrator may state. */
const SETTINGS = [
  'AccessTokenValidity',
  'AllowedOAuthFlows',
  'AllowedOAuthFlowsUserPoolClient',
  'AllowedOAuthScopes',
  'CallbackURLs',
  'DefaultRedirectURI',
  'EnableTokenRevocation',
  'IdTokenValidity',
  'LogoutURLs',
  'PreventUserExistenceErrors',
  'ReadAttributes',
  'RefreshTokenValidity',
  'SupportedIdentityProviders',
  'TokenValidityUnits',
  'WriteAttributes',
];

/** Makes a random id (26 characters, as AWS's) or secret (51 characters) of a client. */
const newClientText = (length: number): string =>
  Array.from({ length }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]!).join('');

/**
 * How a request proves that its app client knows its secret: by the secret itself, or by a hash with the name of the user whom the
 * request is about. Each operation has its own place for them, and ignores what stands in the place of another.
 */
export type SecretProof =
  | { readonly secret: string | undefined }
  | { readonly hash: string | undefined; readonly username: string | undefined };

/** The proof of an operation that names a user at its top. */
export const proofOf = (request: Fields): SecretProof => ({
  hash: optionalText(request, 'SecretHash'),
  username: optionalText(request, 'Username'),
});

/**
 * The proof of a login's step.
 *
 * @param parameters `AuthParameters`, or `ChallengeResponses`.
 * @param username Whom the step is about. Default: whom the parameters name.
 */
export const loginProofOf = (parameters: Fields, username = optionalText(parameters, 'USERNAME')): SecretProof => ({
  hash: optionalText(parameters, 'SECRET_HASH'),
  username,
});

/**
 * The id of the app client that a request comes from, which has proven that it knows the client's secret, where it has one.
 *
 * @param proof What the request states of it.
 * @throws AwsJsonError ResourceNotFoundException, NotAuthorizedException
 */
export function clientOf(pool: Pool, request: Fields, proof: SecretProof): string {
  const client = clientNamed(pool, request);
  if (client.ClientSecret !== undefined) checkSecret(client, client.ClientSecret, proof);
  return client.ClientId;
}

/** Whether a client allows a flow. */
export function allowsFlow(pool: Pool, clientId: string, flow: AuthFlow): boolean {
  const { ExplicitAuthFlows: flows = [] } = pool.store.clients.get(clientId) ?? {};
  return flows.includes(`ALLOW_${flow}`);
}

/**
 * How many seconds a client's refresh token stays valid after it was traded for another; `undefined` where they are not rotated.
 */
export function graceOf(pool: Pool, clientId: string): number | undefined {
  const { Feature, RetryGracePeriodSeconds = 0 } = pool.store.clients.get(clientId)?.RefreshTokenRotation ?? {};
  return Feature === 'ENABLED' ? RetryGracePeriodSeconds : undefined;
}

function clientNamed(pool: Pool, request: Fields): AppClient {
  const clientId = text(request, 'ClientId');
  const client = pool.store.clients.get(clientId);
  if (client !== undefined) return client;
  throw new AwsJsonError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
}

/** `SECRET_HASH`: HMAC-SHA256 over the user's name and the client's id, with the secret. */
function checkSecret({ ClientId }: AppClient, secret: string, proof: SecretProof): void {
  if ('secret' in proof) {
    if (equalInConstantTime(proof.secret ?? '', secret)) return;
    throw notAuthorized(`Client ${ClientId} is configured with secret but ClientSecret was not received`);
  }
  const { hash, username = '' } = proof;
  if (hash === undefined) {
    throw notAuthorized(`Client ${ClientId} is configured with secret but SECRET_HASH was not received`);
  }
  const expected = createHmac('sha256', secret)
    .update(username + ClientId)
    .digest('base64');
  if (!equalInConstantTime(hash, expected)) throw notAuthorized(`Unable to verify secret hash for client ${ClientId}`);
}

const createUserPoolClient: Operation = (pool, request) => {
  const client: AppClient = {
    ...settingsOf(request),
    ClientId: newClientText(26),
    ...(request.GenerateSecret === true ? { ClientSecret: newClientText(51) } : {}),
    UserPoolId: pool.id,
    CreationDate: pool.now(),
    LastModifiedDate: pool.now(),
  };
  pool.store.clients.set(client.ClientId, client);
  return { UserPoolClient: client };
};

/** Changes a client. As on AWS, settings that the update does not state go back to their defaults. */
const updateUserPoolClient: Operation = (pool, request) => {
  const { ClientId, ClientName, ClientSecret, UserPoolId, CreationDate } = clientNamed(pool, request);
  const client: AppClient = {
    ...settingsOf({ ClientName, ...request }),
    ClientId,
    ...(ClientSecret === undefined ? {} : { ClientSecret }),
    UserPoolId,
    CreationDate,
    LastModifiedDate: pool.now(),
  };
  pool.store.clients.set(ClientId, client);
  return { UserPoolClient: client };
};

const describeUserPoolClient: Operation = (pool, request) => ({ UserPoolClient: clientNamed(pool, request) });

const deleteUserPoolClient: Operation = (pool, request) => {
  pool.store.clients.delete(clientNamed(pool, request).ClientId);
  return {};
};

const listUserPoolClients: Operation = (pool, request) => {
  const { items, next } = pageOf([...pool.store.clients.values()], request, 'MaxResults', 'NextToken');
  const UserPoolClients = items.map(({ ClientId, ClientName, UserPoolId }) => ({ ClientId, ClientName, UserPoolId }));
  return { UserPoolClients, ...next };
};

function settingsOf(request: Fields): Pick<AppClient, 'ClientName' | 'ExplicitAuthFlows' | 'RefreshTokenRotation'> {
  const given = SETTINGS.filter((name) => request[name] !== undefined).map((name) => [name, request[name]] as const);
  const flows = request.ExplicitAuthFlows === undefined ? DEFAULT_FLOWS : textList(request, 'ExplicitAuthFlows');
  const unknown = flows.find((flow) => !/^(?:ALLOW_)?[A-Z]+(?:_[A-Z]+)*$/.test(flow));
  if (unknown !== undefined) throw invalidParameter(`ExplicitAuthFlows: ${unknown} is no flow`);
  const rotation = rotationOf(request);
  if (rotation?.Feature === 'ENABLED' && flows.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw invalidParameter('Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.');
  }
  return {
    ...Object.fromEntries(given),
    ClientName: text(request, 'ClientName'),
    ExplicitAuthFlows: flows,
    ...(rotation === undefined ? {} : { RefreshTokenRotation: rotation }),
  };
}

function rotationOf(request: Fields): AppClient['RefreshTokenRotation'] {
  if (request.RefreshTokenRotation === undefined) return undefined;
  const { Feature, RetryGracePeriodSeconds = 0 } = fieldsOf(request, 'RefreshTokenRotation');
  if (Feature !== 'ENABLED' && Feature !== 'DISABLED') throw invalidParameter('Feature: ENABLED or DISABLED');
  const grace = Number(RetryGracePeriodSeconds);
  if (Number.isInteger(grace) && grace >= 0 && grace <= 60) return { Feature, RetryGracePeriodSeconds: grace };
  throw invalidParameter('RetryGracePeriodSeconds: a whole number from 0 to 60');
}

/** The operations of this file by their names on the wire. */
export const appClientOperations: Readonly<Record<string, Operation>> = {
  CreateUserPoolClient: createUserPoolClient,
  UpdateUserPoolClient: updateUserPoolClient,
  DescribeUserPoolClient: describeUserPoolClient,
  DeleteUserPoolClient: deleteUserPoolClient,
  ListUserPoolClients: listUserPoolClients,
};
