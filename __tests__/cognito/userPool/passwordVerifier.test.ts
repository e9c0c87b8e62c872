/** A challenge PASSWORD_VERIFIER that lacks what the proof needs: nothing is sent, and the error says what is missing. */
import { createApig } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';

const [username, password] = ['user@example.com', 'Passw0rd!'];
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users: [{ username, password }] } });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

/** The user pool, whose challenge is changed on its way, and what is asked of it. */
async function between(change: Record<string, unknown>) {
  const asked: string[] = [];
  const server = await startServer(async (request) => {
    const target = request.headers.get('x-amz-target')!;
    asked.push(target.replace(/^.*\./, ''));
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const answer = await fetch(aws.userPool.url, { method: 'POST', headers, body: await request.text() });
    const fields = (await answer.json()) as { ChallengeName?: string; ChallengeParameters?: object };
    if (fields.ChallengeName !== 'PASSWORD_VERIFIER') return Response.json(fields, { status: answer.status });
    return Response.json({ ...fields, ChallengeParameters: { ...fields.ChallengeParameters, ...change } });
  });
  const apig = createApig({ ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } });
  return { asked, apig };
}

test('a challenge that is whole is answered', async () => {
  const { asked, apig } = await between({});
  await apig.login(username, password);
  expect(asked).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
});

test.each<[string, Record<string, unknown>]>([
  ['no SALT', { SALT: undefined }],
  ['an empty SALT', { SALT: '' }],
  ['a SALT that begins as none', { SALT: 'x1f' }],
  ['a SALT that ends as none', { SALT: '1fx' }],
  ['a SALT that is a number', { SALT: 15 }],
  ['no SRP_B', { SRP_B: null }],
  ['an SRP_B in base64', { SRP_B: 'qrs=' }],
  ['no SECRET_BLOCK', { SECRET_BLOCK: undefined }],
  ['a SECRET_BLOCK that is no text', { SECRET_BLOCK: 7 }],
])('with %s, nothing is proven', async (_, change) => {
  const { asked, apig } = await between(change);
  expect(await rejection(apig.login(username, password))).toMatchObject({
    code: 'UnexpectedResponse',
    message: expect.stringContaining('the challenge PASSWORD_VERIFIER lacks SALT, SRP_B or SECRET_BLOCK') as string,
  });
  expect(asked).toEqual(['InitiateAuth']);
  expect(apig.getCurrentUser()).toBeNull();
});

test('hexadecimal digits may be capitals', async () => {
  const { asked, apig } = await between({ SALT: 'ABCDEF0123456789' });
  // Another salt than the pool's own: the proof is made and sent, and the pool finds it wrong.
  expect(await rejection(apig.login(username, password))).toMatchObject({ code: 'WrongPassword' });
  expect(asked).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
});
