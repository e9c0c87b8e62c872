/** The kinds of APIs that AWS puts in front of a backend, and what is different among them. */
import { randomBytes, randomUUID } from 'node:crypto';
import { FUNCTION_URL_MAX_BODY, functionUrlRefusals } from './functionUrlRefusals.js';
import type { LambdaFrontend } from './handler.js';
import { httpRefusals } from './httpRefusals.js';
import type { Refusals } from './refusals.js';
import { REST_MAX_BODY, restRefusals } from './restRefusals.js';

/** What is different among the kinds. */
export interface Frontend {
  readonly kind: LambdaFrontend;
  /** What requests are signed for. */
  readonly service: 'execute-api' | 'lambda';
  /** The actions that the caller needs permission for, all of them. */
  readonly actions: readonly [string, ...string[]];
  /** The stage where none is stated. */
  readonly stage: string;
  /** How many bytes a body may have. */
  readonly maxBody: number;
  readonly refusals: Refusals;
  /** Makes the id of a request. */
  makeRequestId(): string;
  /** The headers that tell the request's id. */
  idHeaders(requestId: string): Record<string, string>;
}

/** An id as API Gateway has it: `JKJaXmPLvHcESHA=`. */
const shortId = (): string => randomBytes(11).toString('base64');

/** The kinds by name. */
export const FRONTENDS: Readonly<Record<LambdaFrontend, Frontend>> = {
  rest: {
    kind: 'rest',
    service: 'execute-api',
    actions: ['execute-api:Invoke'],
    stage: 'dev',
    maxBody: REST_MAX_BODY,
    refusals: restRefusals,
    makeRequestId: randomUUID,
    idHeaders: (requestId) => ({ 'x-amzn-requestid': requestId, 'x-amz-apigw-id': shortId() }),
  },
  http: {
    kind: 'http',
    service: 'execute-api',
    actions: ['execute-api:Invoke'],
    stage: '$default',
    maxBody: REST_MAX_BODY,
    refusals: httpRefusals,
    makeRequestId: shortId,
    idHeaders: (requestId) => ({ 'apigw-requestid': requestId }),
  },
  functionUrl: {
    kind: 'functionUrl',
    service: 'lambda',
    // Both since October 2025: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
    actions: ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
    stage: '$default',
    maxBody: FUNCTION_URL_MAX_BODY,
    refusals: functionUrlRefusals,
    makeRequestId: randomUUID,
    idHeaders: (requestId) => ({ 'x-amzn-requestid': requestId }),
  },
};
