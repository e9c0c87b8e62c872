/** A local AWS for each test that lets users in by passwords, codes and passkeys, and an app that logs in over USER_AUTH. */
import { createApig } from '../../src/apig/index';
import type { Apig } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import type { UserPoolOptions } from '../../src/local/userPool/types';
import { lastCode } from './accountHarness';

export const password = 'Passw0rd!';
const started: LocalAws[] = [];
afterAll(() => Promise.all(started.map((aws) => aws.stop())));

export async function start(userPool: UserPoolOptions = {}) {
  const aws = await startLocalAws({
    userPool: {
      users: [
        { username: 'user@example.com', password, attributes: { phone_number: '+15555550123' } },
        { username: 'mail', password, mfa: 'EMAIL' },
        { username: 'several', password, mfa: ['EMAIL', 'TOTP'] },
      ],
      firstFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
      ...userPool,
    },
    apiGateway: { handler: (_request, { identityId }) => Response.json(identityId) },
  });
  started.push(aws);
  const apig = createApig(aws.config, { authFlow: 'USER_AUTH' });
  return { aws, apig, lastCode: (name: string) => lastCode(aws.userPool, name) };
}

export const call = (apig: Pick<Apig, 'invokeApig'>) => apig.invokeApig<string>({ path: '/' });
export const identityId = expect.stringMatching(/^us-east-1:/) as string;
