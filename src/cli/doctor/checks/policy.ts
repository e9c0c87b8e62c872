/** Whether whoever signs may make the call. */
import { findExplanation } from '../../../explain/findExplanation.js';
import { sentRequest } from '../../../signedFetch/index.js';
import { readAwsError } from '../../../util/index.js';
import type { Explanation } from '../../../util/index.js';
import { sessionFetch } from '../../sessionFetch.js';
import type { Api } from '../api.js';
import { fault, ok, skipped } from '../types.js';
import type { Check, Fix } from '../types.js';

export const policy: Check = {
  name: 'policy',
  run: async ({ api, signer, signing, config, configFault }) => {
    if (!api) return [skipped('no address of an API')];
    if (signer.kind === 'none') return [skipped('nobody signs: --user, --guest, --profile or --access-key')];
    if (signer.kind === 'refused') return [skipped('the user is not logged in')];
    const call = `${api.method} ${new URL(api.url).pathname}`;
    const { session } = signer;
    const signedFetch = sessionFetch(session, api.url, signing, configFault === undefined ? config : undefined);
    let answer: Response;
    try {
      answer = await signedFetch(api.url, { method: api.method, redirect: 'manual', timeout: 30_000, retry: false });
    } catch (error) {
      return [skipped(`${call} could not be sent: ${(error as Error).message}`)];
    }
    const { status, headers } = answer;
    const body = await answer.text();
    const signed = sentRequest(answer)?.signed;
    const signedBy = signedFetch === session.apig?.fetch ? 'invokeApig' : 'commandLine';
    const explanation =
      answer.ok || !signed ? undefined : findExplanation({ status, headers, body }, signed, Date.now, signedBy);
    if (!explanation) return [ok(`${call} is let through, and answered with ${status}`)];
    const { code, cause, difference } = explanation;
    const where = difference === undefined ? '' : ` (${difference.replaceAll('\n', '; ')})`;
    return [fault(code, `${call} is refused: ${cause}${where}`, fixOf(explanation, body, api))];
  },
};

/** The statement that is missing, where it is one; otherwise what the explanation advises. */
function fixOf({ code, advice }: Explanation, body: string, { id }: Api): Fix {
  const { message } = readAwsError(body);
  const [, role = 'the role'] = /:assumed-role\/([^/\s]+)\//.exec(message) ?? [];
  // AWS hides most of the account's number, which a policy may leave open.
  const resource = / on resource: (arn:\S+)/.exec(message)?.[1]?.replace(/:\*+\d*:/, ':*:');
  if (resource === undefined || (code !== 'NotAuthorized' && code !== 'ExplicitDeny')) return { where: advice };
  if (code === 'ExplicitDeny')
    return { where: `IAM → Roles → ${role} → Permissions: the statement that denies ${resource} (API ${id})` };
  const statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resource };
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return {
    where: `IAM → Roles → ${role} → Add permissions → Create inline policy: ${JSON.stringify(statement)}`,
    command: `aws iam put-role-policy --role-name ${role} --policy-name invoke-api --policy-document '${document}'`,
    template: `AWS::IAM::Role: { Policies: [{ PolicyName: invoke-api, PolicyDocument: ${document} }] }`,
  };
}
