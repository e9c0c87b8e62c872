/** What a user pool answers to a step of a login: another challenge, or the tokens. */
import type { Challenge } from './loginClient.js';
import { readTokens, storeDevice, storeTokens, usernameOf } from './tokens.js';
import type { UserStorage } from './userStorage.js';

/** The JSON of an answer. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the challenge of an answer.
 * @returns `undefined` where the login is complete
 */
export function readChallenge(answer: Fields): Challenge | undefined {
  const { ChallengeName: name, ChallengeParameters: parameters, AvailableChallenges: available } = answer;
  if (typeof name !== 'string') return undefined;
  return {
    name,
    parameters: Object(parameters) as Fields,
    ...(Array.isArray(available) && { available: available.map(String) }),
  };
}

/**
 * Stores the tokens of a login that is complete, and the key of the device.
 * @param view The login's view of the storage.
 * @param clientId The app client's id.
 * @param result The answer's `AuthenticationResult`.
 * @param known The user's name where the tokens do not tell the pool's own.
 * @returns The user's name.
 * @throws Error where a token is missing
 */
export function storeLogin(view: UserStorage, clientId: string, result: unknown, known: string): string {
  const tokens = readTokens(result);
  const username = usernameOf(tokens) ?? known;
  storeTokens(view, clientId, username, tokens);
  storeDevice(view, clientId, username, result);
  return username;
}
