// Whole logins, over HTTP: ours and those of amazon-cognito-identity-js, in turn. Runs in Node and in the page.
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { createApig } from '../dist/esm/apig/index.js';

const ROUNDS = 25;
const WARM_UP = 5;

const memory = () => {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
};

const part = (value) => btoa(JSON.stringify(value)).replace(/=/g, '');
const hex = (digits) => Array.from({ length: digits }, () => Math.floor(Math.random() * 16).toString(16)).join('');

/** Answers in the pool's place. It checks no proof, so that it has nothing to compute. */
function answerAtOnce(_url, { headers }) {
  const isProof = new Headers(headers).get('x-amz-target').endsWith('RespondToAuthChallenge');
  if (!isProof) {
    const ChallengeParameters = {
      USER_ID_FOR_SRP: 'user',
      SALT: hex(32),
      SRP_B: hex(767),
      SECRET_BLOCK: btoa(hex(900)),
    };
    return Promise.resolve(Response.json({ ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters }));
  }
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sub: 'sub', 'cognito:username': 'user', username: 'user', iat, exp: iat + 3600 };
  const token = [part({ alg: 'RS256' }), part(claims), hex(340)].join('.');
  const AuthenticationResult = { IdToken: token, AccessToken: token, RefreshToken: hex(1000) };
  return Promise.resolve(Response.json({ AuthenticationResult }));
}

/** The kinds of logins, by name. Each begins with nothing stored. */
const kinds = ({ config, username, password }) => ({
  'sigv4-client/apig': () => createApig(config, { storage: memory() }).login(username, password),
  'amazon-cognito-identity-js': () => {
    const { USER_POOL_ID: UserPoolId, APP_CLIENT_ID: ClientId, USER_POOL_ENDPOINT: endpoint } = config.cognito;
    const Storage = memory();
    const user = new CognitoUser({
      Username: username,
      Pool: new CognitoUserPool({ UserPoolId, ClientId, endpoint, Storage }),
      Storage,
    });
    const details = new AuthenticationDetails({ Username: username, Password: password });
    return new Promise((onSuccess, onFailure) => user.authenticateUser(details, { onSuccess, onFailure }));
  },
});

/** Times in ms, by round: kind → ms. `atOnce`: with answers at once in place of the pool's. */
export async function measureLogins({ atOnce, ...account }) {
  const { fetch } = globalThis;
  if (atOnce) globalThis.fetch = answerAtOnce; // the library takes no other
  try {
    return await measure(account);
  } finally {
    globalThis.fetch = fetch;
  }
}

async function measure(account) {
  const logins = Object.entries(kinds(account));
  const times = Object.fromEntries(logins.map(([name]) => [name, []]));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (let turn = 0; turn < logins.length; turn++) {
      const [name, login] = logins[Math.abs(round + turn) % logins.length]; // each comes first in turn
      const start = performance.now();
      await login();
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return times;
}
