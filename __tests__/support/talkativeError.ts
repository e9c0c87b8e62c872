/** An error as clients throw it, full of secrets. */

// Made up, in the form of the real ones.
export const password = 'Correct-horse-7';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
export const sessionToken = 'IQoJb3JpZ2luX2VjEXAMPLEtoken//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==';
export const idToken = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"sub":"1"}').toString('base64url')}.c2lnbmF0dXJlLWJ5dGVz`;
export const authorization = `AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20150830/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7`;
export const secrets = [password, secretAccessKey, sessionToken, idToken, authorization];

/** An error as clients throw it, with everything on it. */
export function talkative(): Error {
  const request = {
    headers: { Authorization: authorization, 'x-amz-security-token': sessionToken },
    body: { password },
  };
  const inner = Object.assign(new Error(`connect failed: ${idToken}`), { code: 'ECONNREFUSED', request });
  return Object.assign(
    new Error(`token ${idToken}; authorization ${authorization}; password ${password}`, { cause: inner }),
    {
      code: 'NotAuthorizedException',
      request,
      config: { headers: request.headers },
      credentials: { secretAccessKey, sessionToken },
    },
  );
}
