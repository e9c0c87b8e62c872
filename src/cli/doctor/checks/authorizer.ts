/** Whether the path is there, and takes signed calls. */
import { fault, ok, skipped, warning } from '../types.js';
import type { Check } from '../types.js';

export const authorizer: Check = {
  name: 'authorization',
  run: async ({ api }) => {
    if (!api) return [skipped('no address of an API')];
    const { id, method, url } = api;
    const call = `${method} ${new URL(url).pathname}`;
    const { status, headers, message } = await api.unsigned();
    const where = `API Gateway → APIs → ${id} → Resources → ${call} → Method request → Authorization: AWS_IAM; then Deploy API`;
    const template = 'AWS::Serverless::Api: { Auth: { DefaultAuthorizer: AWS_IAM } }';
    if (status === 401) {
      return [
        fault('WrongAuthorizer', `${call} has an authorizer that does not look at signatures (${message})`, {
          where,
          template,
        }),
      ];
    }
    if (status < 400) {
      return [
        warning('NotProtected', `${call} is answered without a signature, with ${status}: anybody can call it`, {
          where,
          template,
        }),
      ];
    }
    if (status !== 403) return [skipped(`an unsigned ${call} is answered with ${status}`)];
    const isForbidden =
      message === 'Forbidden' && (headers.get('x-amzn-errortype') ?? '').startsWith('ForbiddenException');
    if (!isForbidden) return [ok(`an unsigned ${call} is refused`)];
    return [
      fault(
        'StageNotFound',
        `${call} begins with no stage of the API, or its resource policy or a firewall lets nobody in`,
        {
          where: `API Gateway → APIs → ${id} → Stages → Invoke URL; it goes to apiGateway.URL. If that is right: Resource policy, and WAF`,
          command: `aws apigateway get-stages --rest-api-id ${id}`,
        },
      ),
    ];
  },
};
