/** What looks like a secret, though it is none: the examples of AWS's documentation, and texts of our own. */
export const LOOK_SECRET: readonly [what: string, text: string][] = [
  ['an access key id', 'AKIAIOSFODNN7EXAMPLE'],
  ['a temporary access key id', 'ASIAIOSFODNN7EXAMPLE'],
  ['a secret access key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
  ['a token in hexadecimal', '3f786850e387550fdab836ed7e6dc881de23001b'],
  ['a token in base64url', 'x7Gh2-Kq9Lm4Np8_Rs3Tv6Wx1Yz5Ab0Cd2Ef7Gh4Jk'],
];
