/** What amazon-cognito-identity-js computes for a login, for given random numbers: an implementation that is not ours. */
import { createHmac } from 'node:crypto';
import AuthenticationHelperModule from 'amazon-cognito-identity-js/lib/AuthenticationHelper.js';
import BigIntegerModule from 'amazon-cognito-identity-js/lib/BigInteger.js';
import DateHelperModule from 'amazon-cognito-identity-js/lib/DateHelper.js';
import type { PasswordClaim } from '../../src/cognito/userPool/srp';

/** As much as is needed of the library's big numbers. */
interface BigNumber {
  toString(radix: number): string;
}

type Callback<T> = (error: Error | null, value: T) => void;

/** As much as is needed of the library's private half of the exchange. */
interface Helper {
  smallAValue: BigNumber;
  largeAValue: BigNumber;
  calculateA(a: BigNumber, callback: Callback<BigNumber>): void;
  getPasswordAuthenticationKey(
    username: string,
    password: string,
    serverB: BigNumber,
    salt: BigNumber,
    callback: Callback<Uint8Array>,
  ): void;
}

/** The class of a module: what loads it may have taken it out already. */
const classOf = (module: unknown): unknown => (module as { default?: unknown }).default ?? module;

const AuthenticationHelper = classOf(AuthenticationHelperModule) as new (poolName: string) => Helper;
const BigInteger = classOf(BigIntegerModule) as new (text: string, radix: number) => BigNumber;
const DateHelper = classOf(DateHelperModule) as new () => { getNowString(): string };

/** The time now, as the library states it. */
export const libraryTimestamp = (): string => new DateHelper().getNowString();

const wait = <T>(start: (callback: Callback<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    start((error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });

/**
 * The library's public value and proof.
 * @param secret `a`, in hex.
 * @param claim What the server sent, and what the proof covers.
 */
export async function libraryProof(
  secret: string,
  { poolName, userId, password, salt, serverPublic, secretBlock, timestamp }: PasswordClaim,
): Promise<{ clientPublic: string; signature: string }> {
  const helper = new AuthenticationHelper(poolName);
  helper.smallAValue = new BigInteger(secret, 16);
  helper.largeAValue = await wait<BigNumber>((callback) => {
    helper.calculateA(helper.smallAValue, callback);
  });
  const [serverB, saltNumber] = [new BigInteger(serverPublic, 16), new BigInteger(salt, 16)];
  const key = await wait<Uint8Array>((callback) => {
    helper.getPasswordAuthenticationKey(userId, password, serverB, saltNumber, callback);
  });
  const signature = createHmac('sha256', key)
    .update(`${poolName}${userId}`, 'utf8')
    .update(Buffer.from(secretBlock, 'base64'))
    .update(timestamp, 'utf8')
    .digest('base64');
  return { clientPublic: helper.largeAValue.toString(16), signature };
}
