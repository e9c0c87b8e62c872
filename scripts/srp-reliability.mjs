// Logs in over SRP against the local user pool, many times over: with sigv4-client/apig, and with amazon-cognito-identity-js. And
// for as many proofs, compares ours with what that library computes for the same random numbers.
//
//   node scripts/srp-reliability.mjs [right logins = 2000] [wrong logins = 200] [seed = 1]
//
// Every right login uses a password of its own: 6 to 99 characters of many scripts, drawn from the seed. A wrong login uses
// a near miss of a right password. All right ones must succeed, and all wrong ones must fail with "Incorrect username or
// password."; any deviation is printed and makes the exit code 1.
//
// It runs the TypeScript sources, bundled by esbuild into a temporary file, so no build is needed.
import { randomBytes } from 'node:crypto';
import cognito from 'amazon-cognito-identity-js';
import { importSource } from './importSource.mjs';

const { AuthenticationDetails, CognitoUser, CognitoUserPool } = cognito;
const AT_ONCE = 8;

const [right = 2000, wrong = 200, seed = 1] = process.argv.slice(2).map(Number);
if (![right, wrong, seed].every((count) => Number.isSafeInteger(count) && count >= 0) || right + wrong === 0) {
  console.error('usage: node scripts/srp-reliability.mjs [right logins] [wrong logins] [seed]');
  process.exit(2);
}

// Mulberry32: small, and the same numbers for the same seed.
let state = seed >>> 0;
function random(below) {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
}

// First and last code points: ASCII without space, Latin-1, Greek, Cyrillic, Arabic, combining marks, CJK, emoji.
const RANGES = [
  [0x21, 0x7e],
  [0xa1, 0xff],
  [0x391, 0x3c9],
  [0x410, 0x44f],
  [0x621, 0x64a],
  [0x300, 0x36f],
  [0x4e00, 0x9fff],
  [0x1f300, 0x1f64f],
];

function randomPassword() {
  const onlyAscii = random(2) === 0;
  return Array.from({ length: 6 + random(94) }, () => {
    const [first, last] = RANGES[onlyAscii ? 0 : random(RANGES.length)];
    return String.fromCodePoint(first + random(last - first + 1));
  }).join('');
}

const NEAR_MISSES = [
  (password) => `${password} `,
  (password) => ` ${password}`,
  (password) => `${password}\u0000`,
  (password) => password.slice(0, -1),
  (password) => password.slice(1),
  (password) => `${password.slice(0, 3)}~${password.slice(3)}`,
  (password) => `${password}${password}`,
  () => randomPassword(),
];

const accounts = Array.from({ length: Math.max(right, 1) }, (_, i) => ({
  username: i % 2 === 0 ? `user${i}@example.com` : `user${i}`,
  password: randomPassword(),
}));
const attempts = [
  ...accounts.slice(0, right).map((account) => ({ ...account, isRight: true })),
  ...Array.from({ length: wrong }, (_, i) => {
    const { username, password } = accounts[random(accounts.length)];
    return { username, password: NEAR_MISSES[i % NEAR_MISSES.length](password), isRight: false };
  }),
];

const { startLocalAws, createApig, createSrpExchange, libraryProof } = await importSource(`
  export { startLocalAws } from './src/local/index.js';
  export { createApig } from './src/apig/index.js';
  export { createSrpExchange } from './src/cognito/userPool/srp.js';
  export { libraryProof } from './__tests__/support/libraryProof.js';
`);
const aws = await startLocalAws({ userPool: { users: accounts }, onError: (error) => console.error(error) });
const pool = aws.userPool;
const failures = [];

/** Takes a kind of logins through all attempts. */
async function run(kind, login) {
  const started = performance.now();
  const found = [];
  const queue = attempts.entries();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const [index, attempt] of queue) {
        const outcome = await login(attempt);
        const expected = attempt.isRight ? 'success' : 'Incorrect username or password.';
        const isRight = attempt.isRight ? outcome === expected : outcome.includes(expected);
        if (!isRight) found.push({ kind, index, isRight: attempt.isRight, expected, outcome });
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const failedRight = found.filter(({ isRight }) => isRight).length;
  console.log(`${kind}:
  right logins:  ${right}, of which ${right - failedRight} succeeded
  wrong logins:  ${wrong}, of which ${wrong - (found.length - failedRight)} were refused
  ${AT_ONCE} at once, ${seconds.toFixed(1)} s, ${((seconds * 1000) / attempts.length).toFixed(0)} ms per login`);
  failures.push(...found);
}

/** Proofs for random numbers of the client's and of the server's. */
async function compareProofs() {
  let same = 0;
  for (let index = 0; index < right; index++) {
    const { username: userId, password } = accounts[index];
    const [secret, salt, serverPublic] = [32, 16, 383].map((bytes) => randomBytes(bytes).toString('hex'));
    const secretBlock = randomBytes(600).toString('base64');
    const timestamp = 'Wed Nov 5 10:02:03 UTC 2026';
    const claim = { poolName: 'AbCdEfGhI', userId, password, salt, serverPublic, secretBlock, timestamp };
    const { clientPublic, prove } = createSrpExchange(secret);
    const theirs = await libraryProof(secret, claim);
    const outcome = JSON.stringify({ clientPublic, signature: prove(claim) });
    const expected = JSON.stringify(theirs);
    if (outcome === expected) same++;
    else failures.push({ kind: `proof with a = ${secret}`, index, expected, outcome });
  }
  console.log(`proofs for the same random numbers: ${right}, of which ${same} are amazon-cognito-identity-js's`);
}

console.log(
  `seed ${seed}; passwords with characters beyond ASCII: ${accounts.filter(({ password }) => /[^\x21-\x7e]/.test(password)).length}`,
);
await run('sigv4-client/apig', logIn);
await compareProofs();
await run('amazon-cognito-identity-js', logInWithLibrary);
await aws.stop();

for (const { kind, index, expected, outcome } of failures) {
  console.error(`${kind}, ${index}: expected ${expected}, got ${outcome}`);
}
if (failures.length > 0) console.error(`The same again: node scripts/srp-reliability.mjs ${right} ${wrong} ${seed}`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function logIn({ username, password }) {
  try {
    const apig = createApig(aws.config);
    await apig.login(username, password);
    return (await apig.getUserToken()).startsWith('eyJ') ? 'success' : 'no token';
  } catch (error) {
    return `${error.code}: ${error.message}`;
  }
}

function logInWithLibrary({ username, password }) {
  const items = new Map();
  const Storage = {
    setItem: (key, value) => items.set(key, value),
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => items.delete(key),
    clear: () => items.clear(),
  };
  const Pool = new CognitoUserPool({
    UserPoolId: pool.userPoolId,
    ClientId: pool.clientId,
    endpoint: pool.url,
    Storage,
  });
  return new Promise((resolve) => {
    new CognitoUser({ Username: username, Pool, Storage }).authenticateUser(
      new AuthenticationDetails({ Username: username, Password: password }),
      {
        onSuccess: (session) => resolve(session.isValid() ? 'success' : 'an invalid session'),
        onFailure: (error) => resolve(`${error.code}: ${error.message}`),
      },
    );
  });
}
