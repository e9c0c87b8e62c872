/** The provider name for tokens that an identity pool has issued itself. */

/**
 * The provider name under which an identity pool accepts tokens that it has issued itself. It differs by partition.
 * @param region The identity pool's region.
 */
export function cognitoIdentityProvider(region: string): string {
  if (region.startsWith('cn-')) return `cognito-identity.${region}.amazonaws.com.cn`;
  return region.startsWith('us-gov-') ? 'cognito-identity-us-gov.amazonaws.com' : 'cognito-identity.amazonaws.com';
}
