/** The own answers of an HTTP API, which say next to nothing: no reason, and no `x-amzn-errortype`. */
import { ERROR_TYPES } from './errorTypes.js';
import { refusal } from './refusals.js';
import type { Refusals } from './refusals.js';

const answer = (status: number, message: string): Response => refusal(status, { message });

/** How an HTTP API refuses. */
export const httpRefusals: Refusals = {
  signatureRefused: ({ code }) =>
    ERROR_TYPES[code] === 'BadRequestException' ? answer(400, 'Bad Request') : answer(403, 'Forbidden'),
  accessDenied: () => answer(403, 'Forbidden'),
  noSuchStage: () => answer(404, 'Not Found'),
  bodyTooLarge: () => answer(413, 'Request Entity Too Large'),
  bodyNotPassedOn: () => answer(400, 'Bad Request'),
  handlerFailed: () => answer(500, 'Internal Server Error'),
  targetFailed: () => answer(503, 'Service Unavailable'),
  timedOut: () => answer(503, 'Service Unavailable'),
};
