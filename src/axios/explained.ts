/** Tells on axios's errors why a gateway refused. */
import type { AxiosResponse } from 'axios';
import { explainRefusal } from '../signedFetch/index.js';
import { typeTag } from '../sigv4/index.js';
import type { SignedRequest } from '../sigv4/index.js';
import { headersOf } from './response.js';

/**
 * Reads the body of an answer as text.
 * @param response The answer, before `transformResponse`.
 * @returns The text; `undefined` for a stream, which is left for the app to read.
 */
export async function readText({ data }: AxiosResponse<unknown>): Promise<string | undefined> {
  if (typeof data === 'string') return data;
  const isRead = /^(Uint8Array|ArrayBuffer|Blob)$/.test(typeTag(data));
  return isRead ? new Response(data as BodyInit).text() : undefined;
}

/**
 * Adds the explanation to an error, where there is one.
 * @param error What axios rejected with.
 * @param sent The last request.
 * @param response The answer; `undefined` where none came.
 * @returns The error.
 */
export async function explained(
  error: unknown,
  sent: SignedRequest,
  response?: AxiosResponse<unknown>,
): Promise<unknown> {
  if (typeof error !== 'object' || error === null) return error;
  const explanation = await explanationOf(error, sent, response);
  if (explanation) Object.assign(error, { explanation });
  return error;
}

async function explanationOf(networkError: object, sent: SignedRequest, response?: AxiosResponse<unknown>) {
  if (!response) return explainRefusal({ networkError }, sent, { signer: 'functions' });
  const body = await readText(response);
  if (body === undefined) return undefined;
  const answer = { status: response.status, headers: headersOf(response), body };
  return explainRefusal(answer, sent, { signer: 'functions' });
}
