// Logs in over SRP with the real client library, amazon-cognito-identity-js, against the local user pool, many times over.
//
//   node scripts/srp-reliability.mjs [right logins = 2000] [wrong logins = 200] [seed = 1]
//
// Every right login uses a password of its own: 6 to 99 characters of many scripts, drawn from the seed. A wrong login uses
// a near miss of a right password. All right ones must succeed, and all wrong ones must fail with NotAuthorizedException
// "Incorrect username or password."; any deviation is printed and makes the exit code 1.
//
// It runs the TypeScript sources, bundled by esbuild into a temporary file, so no build is needed.
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

const { startUserPool } = await importSource(`export { startUserPool } from './src/local/index.js';`);
const pool = await startUserPool({ users: accounts, onError: (error) => console.error(error) });
const failures = [];
const started = performance.now();
const queue = attempts.entries();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const [index, attempt] of queue) {
      const outcome = await login(attempt);
      const expected = attempt.isRight ? 'success' : 'NotAuthorizedException: Incorrect username or password.';
      if (outcome !== expected) failures.push({ index, isRight: attempt.isRight, expected, outcome });
    }
  }),
);
const seconds = (performance.now() - started) / 1000;
await pool.stop();

const failedRight = failures.filter(({ isRight }) => isRight).length;
console.log(`right logins:  ${right}, of which ${right - failedRight} succeeded`);
console.log(`wrong logins:  ${wrong}, of which ${wrong - (failures.length - failedRight)} were refused`);
console.log(
  `passwords with characters beyond ASCII: ${accounts.filter(({ password }) => /[^\x21-\x7e]/.test(password)).length}`,
);
console.log(
  `seed ${seed}, ${AT_ONCE} at once, ${seconds.toFixed(1)} s, ${((seconds * 1000) / attempts.length).toFixed(0)} ms per login`,
);
for (const { index, expected, outcome } of failures) {
  console.error(`login ${index}: expected ${expected}, got ${outcome}`);
}
if (failures.length > 0) console.error(`The same again: node scripts/srp-reliability.mjs ${right} ${wrong} ${seed}`);
process.exitCode = failures.length === 0 ? 0 : 1;

function login({ username, password }) {
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
