/** Refusals of services other than API Gateway in IAM's words: the policy that is missing, and where it stands. */
import type { SignedParts } from '../../../src/explain/index';
import {
  API_GATEWAY_ADVICE,
  agentCore,
  bedrock,
  containing,
  denied,
  functionUrl,
  lattice,
  openSearch,
  read,
  signFor,
} from '../../support/serviceRefusals';

describe("IAM's words, which all services have", () => {
  const model = 'arn:aws:bedrock:eu-west-1::foundation-model/m';
  it.each<[string, SignedParts, string, string]>([
    [
      'Bedrock',
      bedrock,
      denied('bedrock:InvokeModel', model, 'no identity-based policy allows the bedrock:InvokeModel action'),
      `Add this statement to a policy of the role App (and widen it with * where that is meant): {"Effect":"Allow","Action":"bedrock:InvokeModel","Resource":"${model}"}`,
    ],
    [
      'VPC Lattice',
      lattice,
      `AccessDeniedException: ${denied('vpc-lattice-svcs:Invoke', 'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0/notes', 'no service-based policy allows the vpc-lattice-svcs:Invoke action')}`,
      'the auth policy of the service (the service-based one), and that of the service network (the network-based one)',
    ],
    [
      'OpenSearch',
      openSearch,
      denied(
        'es:ESHttpGet',
        'arn:aws:es:eu-west-1:123456789012:domain/notes/_search',
        'no identity-based policy allows the es:ESHttpGet action',
      ),
      "The domain's access policy may allow the caller in its place.",
    ],
    [
      'AgentCore',
      agentCore,
      denied(
        'bedrock-agentcore:InvokeAgentRuntime',
        'arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/r',
        'no identity-based policy allows the bedrock-agentcore:InvokeAgentRuntime action',
      ),
      'The action is needed on the runtime and on its endpoint',
    ],
    [
      'a function URL',
      functionUrl,
      denied(
        'lambda:InvokeFunction',
        'arn:aws:lambda:eu-west-1:123456789012:function:notes',
        'no resource-based policy allows the lambda:InvokeFunction action',
      ),
      'A function URL wants two permissions',
    ],
    [
      'a service of which nothing more is known',
      signFor('sqs.eu-west-1.amazonaws.com', 'sqs'),
      denied(
        'sqs:SendMessage',
        'arn:aws:sqs:eu-west-1:123456789012:notes',
        'no identity-based policy allows the sqs:SendMessage action',
      ),
      '"Resource":"arn:aws:sqs:eu-west-1:123456789012:notes"}',
    ],
  ])('of %s', (_, signed, message, advice) => {
    const explanation = read(signed, { body: message.startsWith('User') ? { message } : message });
    expect(explanation).toMatchObject({ code: 'NotAuthorized', advice: containing(advice) });
    expect(explanation?.advice).not.toMatch(API_GATEWAY_ADVICE);
  });

  it('name the kind of policy that is missing', () => {
    const message = denied(
      'vpc-lattice-svcs:Invoke',
      'arn:aws:vpc-lattice:r:1:service/s',
      'no network-based policy allows the vpc-lattice-svcs:Invoke action',
    );
    expect(read(lattice, { body: message })?.difference).toMatch(/^the network-based policy of the role App: /);
  });
});
