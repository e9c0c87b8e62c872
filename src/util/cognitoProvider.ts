/** The name under which identity pools take their own tokens. */

/**
 * The name under which an identity pool takes the tokens that it has issued itself, by partition.
 * @param region The identity pool's region.
 */
export function cognitoIdentityProvider(region: string): string {
  if (region.startsWith('cn-')) return `cognito-identity.${region}.amazonaws.com.cn`;
  return region.startsWith('us-gov-') ? 'cognito-identity-us-gov.amazonaws.com' : 'cognito-identity.amazonaws.com';
}
