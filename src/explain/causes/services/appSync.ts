/** Refusals of AppSync: GraphQL, and Events. */
import type { Explanation } from '../../../util/index.js';
import type { Answer, Signed } from '../../read/index.js';
import type { ServiceTexts } from './types.js';

const ACTIONS =
  'appsync:GraphQL on arn:aws:appsync:REGION:ACCOUNT:apis/API_ID/* (or on …/types/TYPE/fields/FIELD for single fields); for an Event API appsync:EventConnect, appsync:EventPublish and appsync:EventSubscribe on …/channelNamespace/NAME';
const MODE = 'AWS_IAM has to be the default authorization mode of the API, or one of its additional ones';

function explain(answer: Answer, { place }: Signed): Explanation | undefined {
  const { message, type, status } = answer;
  if (message.includes('Valid authorization header not provided')) {
    return {
      code: place === 'none' ? 'NotSigned' : 'WrongAuthorizer',
      cause:
        place === 'none'
          ? 'The request was not signed, and AppSync found no other authorization that it knows.'
          : 'AppSync found no authorization that this API takes: it does not take IAM signatures, or the header authorization was changed on the way.',
      advice: `Check the authorization modes: ${MODE}. Sign the request for the service appsync.`,
    };
  }
  if (status !== 401 && status !== 403) return undefined;
  if (type !== 'Unauthorized' && !message.includes('not authorized to make this call')) return undefined;
  return {
    code: 'NotAuthorized',
    cause: 'AppSync does not let this caller in; it does not say which permission is missing.',
    advice: `Check, in this order: (1) ${MODE}; (2) a policy of the caller's role allows ${ACTIONS}; (3) in the schema, the type and the field carry @aws_iam where IAM is not the default mode.`,
  };
}

export const appSync: ServiceTexts = {
  explain,
  whereAllowed: `In the schema, the type and the field need @aws_iam where IAM is not the default mode; ${MODE}.`,
  cors: "AppSync's answers can be read by all pages, so that there most likely was none: check the host name and the network. It takes the headers",
};
