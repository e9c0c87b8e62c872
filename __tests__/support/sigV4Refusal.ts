/** What the tests of refused input share: an error names its option, what was expected and what came. */
import { newClient, SigV4ClientError, SigV4Error } from '../../src/sigv4';
import type { RequestToPresign, RequestToSign, SigV4ErrorCode } from '../../src/sigv4';
import { configOf } from './sigV4Harness';

export type Refusal = [name: string, given: unknown, code: SigV4ErrorCode, option: string, came: RegExp];

export function errorOf(act: () => unknown): SigV4Error {
  try {
    act();
  } catch (error) {
    if (error instanceof SigV4Error) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Code, option, and a message that names the option, what was expected and what came. */
export function expectRefusal(act: () => unknown, code: SigV4ErrorCode, option: string, came: RegExp): void {
  const error = errorOf(act);
  expect(error).toBeInstanceOf(SigV4ClientError);
  expect({ name: error.name, code: error.code, option: error.option }).toEqual({ name: 'SigV4Error', code, option });
  expect(error.message.startsWith(`${option}: expected `)).toBe(true);
  expect(error.message).toMatch(/: expected \S.*, got \S/);
  expect(error.message.replace(/.*, got /s, '')).toMatch(came);
}

/** A client with options that its types do not allow. */
export const clientOf = (changes: object) => newClient(configOf(changes));
export const sign = (request: unknown) => newClient(configOf()).signRequest(request as RequestToSign);
export const presign = (request: unknown) => newClient(configOf()).presignUrl(request as RequestToPresign);

/** Both forms of a signature refuse the request alike. */
export function expectBothRefuse([, request, code, option, came]: Refusal): void {
  expectRefusal(() => sign(request), code, option, came);
  expectRefusal(() => presign(request), code, option, came);
}
