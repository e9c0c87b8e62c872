/** Refusals of Lambda's function URLs. */
import type { Explanation } from '../../../util/index.js';
import type { Answer, Signed } from '../../read/index.js';
import type { ServiceTexts } from './types.js';

/** The two statements that every function URL's policy has needed since 2026-11-01. */
const STATEMENTS = [
  { Effect: 'Allow', Action: 'lambda:InvokeFunctionUrl', Resource: 'arn:aws:lambda:REGION:ACCOUNT:function:NAME' },
  {
    Effect: 'Allow',
    Action: 'lambda:InvokeFunction',
    Resource: 'arn:aws:lambda:REGION:ACCOUNT:function:NAME',
    Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
  },
];
const BOTH = `A function URL wants two permissions, lambda:InvokeFunctionUrl and lambda:InvokeFunction. Add both to a policy of the caller's role: ${JSON.stringify(STATEMENTS)}`;
const OTHER_ACCOUNT =
  "For a caller of another account, the function's resource-based policy has to allow both as well (aws lambda add-permission, with --function-url-auth-type AWS_IAM for the first).";

/** Explains `Forbidden`, which a function URL answers to all that it refuses but wrong signatures. */
function explain({ message, type, status }: Answer, signed: Signed): Explanation | undefined {
  const isForbidden = status === 403 && (type === 'AccessDenied' || /^Forbidden\b/.test(message));
  if (!isForbidden) return undefined;
  if (signed.place === 'none') {
    return {
      code: 'NotSigned',
      cause: 'The request was not signed, and the function URL takes signed ones only (its AuthType is AWS_IAM).',
      difference: 'the header authorization: missing in what was sent',
      advice: `${signed.words.sign} ${BOTH}`,
    };
  }
  return {
    code: 'NotAuthorized',
    cause:
      'The function URL does not let this caller in. It does not say more, but a wrong signature gets an answer of its own: a permission is missing.',
    advice: `${BOTH} ${OTHER_ACCOUNT}`,
  };
}

export const functionUrl: ServiceTexts = {
  explain,
  whereAllowed: `${BOTH} ${OTHER_ACCOUNT}`,
  cors: 'Switch CORS on in the configuration of the function URL: AllowOrigins with the origin of your page, AllowMethods, and AllowHeaders with',
};
