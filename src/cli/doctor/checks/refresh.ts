/** How sessions are renewed: with `REFRESH_TOKEN_AUTH`, or with refresh tokens that are rotated. */
import { parametersOf } from '../pools.js';
import { ok, skipped, warning } from '../types.js';
import type { Check } from '../types.js';
import { readFlow } from './flow.js';

export const refresh: Check = {
  name: 'renewal',
  run: async ({ pools }) => {
    if (!pools) return [skipped('no configuration names an app client')];
    const { id, clientId, initiateAuth } = pools.userPool;
    const answer = await initiateAuth('REFRESH_TOKEN_AUTH', parametersOf('REFRESH_TOKEN_AUTH'));
    const verdict = readFlow(answer);
    if (verdict === 'allowed') return [ok('REFRESH_TOKEN_AUTH is allowed; refresh tokens are not rotated')];
    if (verdict !== 'not allowed') return [skipped('the app client cannot be used')];
    return [
      warning(
        'RefreshTokenRotation',
        'REFRESH_TOKEN_AUTH is refused: refresh tokens are rotated, or the flow was never allowed. With rotation each renewal gives a new ' +
          'refresh token, and the old one ends after the grace period. sigv4-client/apig renews by GetTokensFromRefreshToken either way; ' +
          'with amazon-cognito-identity-js the session ends with its first ID token',
        {
          where: `Cognito → User pools → ${id} → App clients → ${clientId} → Edit: refresh token rotation with a grace period (for tabs that renew at once), or ALLOW_REFRESH_TOKEN_AUTH without rotation`,
          template:
            'AWS::Cognito::UserPoolClient: { RefreshTokenRotation: { Feature: ENABLED, RetryGracePeriodSeconds: 60 } }, or ExplicitAuthFlows: [ALLOW_REFRESH_TOKEN_AUTH, …]',
        },
      ),
    ];
  },
};
