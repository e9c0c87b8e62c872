/** What calls reject with where the API answers with anything but 2xx. */
import { SigV4ClientError } from '../errors.js';
import type { Explanation } from '../util/index.js';
import type { ApigClientErrorDetails, ApigResult, ResultConfig } from './types.js';

/**
 * The API answered with something other than 2xx. It has the fields of the answer itself, since the generated SDK rejects with that
 * (`error.status`, `error.data`), and the same answer as `response`, where axios 0.13 and later have it (`error.response.data`).
 * @example
 * client.notesIdGet({ id: '1' }).catch((error) => console.log(error.status, error.data));
 */
export class ApigClientError extends SigV4ClientError {
  override readonly name = 'ApigClientError';
  declare readonly code: 'HttpError';
  /** The HTTP status of the answer. */
  declare readonly status: number;
  /** The reason phrase, which HTTP/2 does not have. */
  declare readonly statusText: string;
  /** The answer's JSON, parsed; its text where it is no JSON; `''` where it is empty. */
  declare readonly data: unknown;
  /** The answer's headers, by their names in lower case. Not shown when the error is logged or serialized. */
  declare readonly headers: Readonly<Record<string, string>>;
  /** The request that was answered. Not shown when the error is logged or serialized. */
  declare readonly config: ResultConfig;
  /** The answer, with the fields above. Not shown when the error is logged or serialized. */
  declare readonly response: ApigResult;
  /** Why the gateway refused the signature, where it did. */
  declare readonly explanation?: Explanation;

  /** @param details The answer. */
  constructor({ explanation, ...response }: ApigClientErrorDetails) {
    super('HttpError', `Request failed with status code ${response.status}`); // axios's words
    const { status, statusText, data, headers, config } = response;
    Object.assign(this, { status, statusText, data }, explanation && { explanation });
    // Headers and bodies can hold cookies, keys and passwords.
    for (const [name, value] of Object.entries({ headers, config, response }))
      Object.defineProperty(this, name, { value });
  }
}
