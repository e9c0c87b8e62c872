/** The flow USER_AUTH of the local user pool, over AWS SDK v3: what there is to choose from, and what is told of it. */
import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { UserPoolOptions } from '../../../src/local/userPool/types';
import { rejection } from '../../support/signedFetchHarness';
import { password, start } from '../../support/userAuthHarness';
import { adminCall } from '../../support/userPoolHarness';

describe('over AWS SDK v3', () => {
  async function wire(options: UserPoolOptions = {}) {
    const { aws } = await start(options);
    const client = new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint: aws.userPool.url });
    const ClientId = aws.userPool.clientId;
    return {
      aws,
      begin: (AuthParameters: Record<string, string>) =>
        client.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_AUTH', AuthParameters })),
      answer: (
        ChallengeName: 'SELECT_CHALLENGE' | 'EMAIL_OTP',
        Session: string | undefined,
        responses: Record<string, string>,
      ) =>
        client.send(
          new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses: responses }),
        ),
    };
  }
  const USERNAME = 'user@example.com';

  test('what there is to choose from; a password that is sent', async () => {
    const { begin, answer } = await wire();
    const asked = await begin({ USERNAME });
    expect(asked.ChallengeName).toBe('SELECT_CHALLENGE');
    expect(asked.AvailableChallenges!.sort()).toEqual(['EMAIL_OTP', 'PASSWORD', 'PASSWORD_SRP', 'SMS_OTP']);
    const given = { USERNAME, ANSWER: 'PASSWORD', PASSWORD: password };
    expect((await answer('SELECT_CHALLENGE', asked.Session, given)).AuthenticationResult).toBeDefined();
    expect(await rejection(answer('SELECT_CHALLENGE', asked.Session, given))).toMatchObject({
      name: 'NotAuthorizedException',
    });
    const preferred = await begin({ USERNAME, PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password });
    expect(preferred.AuthenticationResult).toBeDefined();
  });

  test('codes go to verified addresses alone', async () => {
    const { aws, begin } = await wire();
    const input = { UserPoolId: aws.userPool.userPoolId, Username: USERNAME };
    for (const Name of ['email_verified', 'phone_number_verified']) {
      await adminCall(aws.userPool, 'AdminUpdateUserAttributes', {
        ...input,
        UserAttributes: [{ Name, Value: 'false' }],
      });
    }
    const { AvailableChallenges } = await begin({ USERNAME });
    expect(AvailableChallenges!.sort()).toEqual(['PASSWORD', 'PASSWORD_SRP']);
  });

  test('a choice is the user’s own, and one that there is', async () => {
    const { begin, answer } = await wire();
    const { Session } = await begin({ USERNAME });
    for (const [given, name] of [
      [{ USERNAME: 'mail', ANSWER: 'EMAIL_OTP' }, 'NotAuthorizedException'],
      [{ USERNAME, ANSWER: 'WEB_AUTHN' }, 'InvalidParameterException'],
    ] as const) {
      expect(await rejection(answer('SELECT_CHALLENGE', Session, given))).toMatchObject({ name });
    }
  });

  test('a pool that hides who exists tells nothing: the same choices, a code that is always wrong', async () => {
    const { begin, answer } = await wire({ preventUserExistenceErrors: true, firstFactors: ['PASSWORD', 'EMAIL_OTP'] });
    const shown = [];
    for (const name of ['user@example.com', 'nobody@example.com']) {
      const asked = await begin({ USERNAME: name });
      const user = asked.ChallengeParameters!.USER_ID_FOR_SRP!;
      const sent = await answer('SELECT_CHALLENGE', asked.Session, { USERNAME: name, ANSWER: 'EMAIL_OTP' });
      const wrong = await rejection(answer('EMAIL_OTP', sent.Session, { USERNAME: user, EMAIL_OTP_CODE: '00000' }));
      shown.push({
        available: asked.AvailableChallenges,
        name: sent.ChallengeName,
        form: sent.ChallengeParameters!.CODE_DELIVERY_DESTINATION!.replace(/\w/g, 'x'),
        wrong: `${(wrong as Error).name}: ${(wrong as Error).message}`,
      });
    }
    expect(shown[1]).toEqual(shown[0]);
  });
});
