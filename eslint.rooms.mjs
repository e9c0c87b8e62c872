// The rooms of src: who may import whom, and through which door. CONTRIBUTING.md says what lives in each.

import { readdirSync } from 'node:fs';

/** Imports go down this list only; what stands behind a room is what it may import. */
const ROOMS = {
  sigv4: [],
  hash: ['sigv4'],
  util: ['sigv4'],
  errors: ['sigv4', 'util'],
  errorGuards: ['sigv4', 'errors'],
  explain: ['sigv4', 'util'],
  pasted: ['sigv4', 'util', 'explain'],
  signedFetch: ['sigv4', 'hash', 'util', 'errors', 'explain'],
  axios: ['sigv4', 'util', 'signedFetch'],
  socket: ['sigv4', 'util', 'errors', 'signedFetch'],
  generatedSdk: ['sigv4', 'util', 'errors', 'signedFetch'],
  cognito: ['sigv4', 'util', 'errors'],
  apig: ['sigv4', 'util', 'errors', 'errorGuards', 'signedFetch', 'cognito'],
  verify: ['sigv4', 'hash', 'util'],
  local: ['hash', 'sigv4', 'util', 'verify'],
  index: ['sigv4', 'util', 'errors', 'errorGuards', 'explain', 'signedFetch'],
  cli: ['sigv4', 'util', 'explain', 'pasted', 'signedFetch', 'apig', 'local'],
};

/** The doors of a room where they are not `index.ts` alone. */
const DOORS = {
  hash: ['node.ts', 'web.ts'], // one for each platform: in one door, pages would load node:crypto
  explain: ['index.ts', 'findExplanation.ts'], // the second is loaded late
  // Doors of their own: whoever does without these libraries must not reach them.
  cognito: ['index.ts', 'awsSdk/index.ts', 'amazonCognitoIdentityJs/index.ts'],
};

/** Rooms within rooms: their neighbours import the door only. */
const INNER = {
  cognito: ['shared', 'userPool', 'identityPool', 'awsSdk', 'amazonCognitoIdentityJs'],
  explain: ['read', 'compare', 'causes'],
  cli: ['credentials', 'request', 'login', 'local', 'call', 'presign', 'explain', 'doctor'],
  local: [
    ...['userPool', 'identityPool', 'apiGateway', 'webSocketApi', 'lambda'],
    ...['iam', 'http', 'options', 'credentials', 'state'],
  ],
};

/** Rooms that are a file. */
const FILES = ['errors', 'errorGuards', 'index'];
for (const { name } of readdirSync(new URL('src', import.meta.url), { withFileTypes: true })) {
  // Without this line a new room could import what it likes, and nobody would see it.
  if (!Object.hasOwn(ROOMS, name.replace(/\.ts$/, ''))) throw new Error(`eslint.rooms.mjs knows no room src/${name}`);
}
const pathOf = (room) => (FILES.includes(room) ? `./src/${room}.ts` : `./src/${room}`);

const between = Object.entries(ROOMS).flatMap(([target, allowed]) =>
  Object.keys(ROOMS)
    .filter((from) => from !== target)
    .map((from) => {
      if (!allowed.includes(from)) {
        return { target: pathOf(target), from: pathOf(from), message: `src/${target} may not import src/${from}.` };
      }
      const doors = FILES.includes(from) ? undefined : (DOORS[from] ?? ['index.ts']);
      return (
        doors && {
          target: pathOf(target),
          from: pathOf(from),
          except: doors.map((door) => `./${door}`),
          message: `Import the door of src/${from}: ${doors.join(' or ')}.`,
        }
      );
    })
    .filter((zone) => zone !== undefined),
);

const within = Object.entries(INNER).flatMap(([room, inner]) =>
  inner.flatMap((from) =>
    [`./src/${room}/*.ts`, ...inner.filter((other) => other !== from).map((other) => `./src/${room}/${other}`)].map(
      (target) => ({
        target,
        from: `./src/${room}/${from}`,
        except: ['./index.ts'],
        message: `Import the door of src/${room}/${from}: index.ts.`,
      }),
    ),
  ),
);

export const zones = [...between, ...within];
