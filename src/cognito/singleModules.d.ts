/** They have no types of their own; those of the package are the ones that count. */
declare module 'amazon-cognito-identity-js/es/*' {
  const member: unknown;
  export default member;
}
