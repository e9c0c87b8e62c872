/** The answers where a function failed, which never tell the client why. */
import { ApiFailure } from '../apiGateway/index.js';
import type { LambdaFrontend } from './types.js';

/** The kind of a failure: the function threw or gave no valid answer, or it took too long. */
export type FailureKind = 'failed' | 'timedOut';

const JSON_TYPE = { 'content-type': 'application/json' };
const REST_TYPE = { ...JSON_TYPE, 'x-amzn-errortype': 'InternalServerErrorException' };

/**
 * AWS's own answers, to the byte.
 * - REST: https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html, with a space in its JSON.
 * - HTTP: a function that takes too long is a 503 there (https://github.com/serverless/serverless/issues/11222).
 * - Function URLs: the text alone, called JSON (https://juxt.pro/blog/http-and-lambda). No gateway limits the time there; a
 *   function that reaches its own has failed.
 */
const FAILURES: Record<LambdaFrontend, Record<FailureKind, readonly [number, string, HeadersInit]>> = {
  rest: {
    failed: [502, '{"message": "Internal server error"}', REST_TYPE],
    timedOut: [504, '{"message": "Endpoint request timed out"}', REST_TYPE],
  },
  http: {
    failed: [500, '{"message":"Internal Server Error"}', JSON_TYPE],
    timedOut: [503, '{"message":"Service Unavailable"}', JSON_TYPE],
  },
  functionUrl: {
    failed: [502, 'Internal Server Error', JSON_TYPE],
    timedOut: [502, 'Internal Server Error', JSON_TYPE],
  },
};

/**
 * The error that makes the gateway answer as AWS does.
 * @param frontend What is in front of the function.
 * @param kind The kind of the failure.
 * @param cause The error for `onError`.
 */
export function failure(frontend: LambdaFrontend, kind: FailureKind, cause: unknown): ApiFailure {
  const [status, body, headers] = FAILURES[frontend][kind];
  return new ApiFailure(new Response(body, { status, headers }), cause);
}

/**
 * The answer where no route fits. A REST API has the same text for it as for a missing signature, an HTTP API `Not Found`.
 * @param frontend What is in front of the function.
 * @returns The gateway's answer.
 */
export function noRoute(frontend: LambdaFrontend): Response {
  if (frontend === 'http') return new Response('{"message":"Not Found"}', { status: 404, headers: JSON_TYPE });
  const headers = { ...JSON_TYPE, 'x-amzn-errortype': 'MissingAuthenticationTokenException' };
  return new Response('{"message":"Missing Authentication Token"}', { status: 403, headers });
}

/** The result of a function is no answer that the gateway can read. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';

  /**
   * @param expected What it should have been.
   * @param came What came.
   */
  constructor(expected: string, came: string) {
    super(`The function's answer cannot be read: expected ${expected}, got ${came}`);
  }
}
