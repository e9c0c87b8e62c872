/** Refusals of Bedrock, and of its AgentCore. */
import type { Explanation } from '../../../util/index.js';
import type { Answer } from '../../read/index.js';
import type { ServiceTexts } from './types.js';

function explainModel({ message, status }: Answer): Explanation | undefined {
  const isModel = /access to the model with the specified model ID|Model access is denied/.test(message);
  if (status !== 403 || !isModel) return undefined;
  return {
    code: 'NotAuthorized',
    cause: "The signature is good, but this account or role has no access to the model in this host's region.",
    advice:
      'Check, in this order: (1) the model id is one of this region, or of an inference profile (us., eu., apac., global.), whose every region the policy has to allow; (2) access to the model was granted to the account (Bedrock console, Model access; for third parties a subscription in AWS Marketplace); (3) a policy of the role allows bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream on the model and the inference profile, and no control policy of the organization denies them.',
  };
}

function explainAgent({ message, status }: Answer): Explanation | undefined {
  const isOAuth = /Authorization method mismatch|requires OAuth Bearer token/.test(message);
  if (!isOAuth || (status !== 401 && status !== 403)) return undefined;
  return {
    code: 'WrongAuthorizer',
    cause:
      'This runtime takes no signatures: it is configured for tokens of an identity provider (customJWTAuthorizer).',
    advice:
      "Send the token of the runtime's identity provider as Authorization: Bearer, without signing; or remove the authorizer configuration of the runtime, which then takes IAM signatures.",
  };
}

export const bedrock: ServiceTexts = { explain: explainModel };
export const agentCore: ServiceTexts = {
  explain: explainAgent,
  whereAllowed:
    'The action is needed on the runtime and on its endpoint: arn:aws:bedrock-agentcore:REGION:ACCOUNT:runtime/ID and …/runtime-endpoint/NAME.',
};
