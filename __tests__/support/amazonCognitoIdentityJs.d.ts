// Private modules of the library, which has no types for them.
declare module 'amazon-cognito-identity-js/lib/*' {
  const exported: unknown;
  export default exported;
}
