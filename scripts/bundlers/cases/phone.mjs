// React Native's own JavaScript (its URL, fetch, XMLHttpRequest, AbortController, timers, Blob, FormData), bundled by Metro and run by a
// real Hermes over native modules that phone/native.js and phone/host.mjs stand in for: the network is real HTTP on loopback.
import { readFileSync } from 'node:fs';

const read = (name) => readFileSync(new URL(`../phone/${name}`, import.meta.url), 'utf8');

const METRO = (tools) => `
const { getDefaultConfig, mergeConfig } = require('@react-native/metro-config');
module.exports = mergeConfig(getDefaultConfig(__dirname), { watchFolders: [${JSON.stringify(tools)}] });
`;

const EXPECTED = `
signRequest: UnsupportedPlatform, react-native-url-polyfill
presignUrl: UnsupportedPlatform, react-native-url-polyfill
createSignedFetch: UnsupportedPlatform, react-native-url-polyfill
invokeApig: UnsupportedPlatform, react-native-url-polyfill
fetch: UnsupportedPlatform, react-native-url-polyfill
login: UnsupportedPlatform, react-native-url-polyfill
login, with URL: MissingDependency, react-native-get-random-values
wrong password: WrongPassword
login: in time
session: user@example.com
post: Käse ✓
get: Käse ✓
next launch: user@example.com
renewed: string
fetch, text: a note
fetch, bytes: a note
fetch, part of a buffer: a note
fetch, buffer: a note
fetch, blob: a note
fetch, form: InvalidBody
invokeApig, blob: a note
invokeApig, form: InvalidBody
invokeApig, bytes: a note
form-urlencoded: content=%C3%A9+%2B
Request: 200
no-store: 200
upper case: 200
arrayBuffer: true
time is up: Timeout
stopped: AbortError
no answer: NetworkError
no such path: HttpError
refused: HttpError, WrongSecretKey
logout: null
after it: null
`.trim();

const phone = ({ name, workspace, node, platform }) => ({
  name: `${name}-${platform}-phone`,
  workspace,
  node,
  known: /^Bridgeless mode is enabled$/m, // 0.76 says so
  needs: ['hermes', ...(node ? [node] : [])],
  files: ({ config, tools }) => ({
    'app.js': read('app.js'),
    'config.json': JSON.stringify(config),
    'package.json': '{ "private": true }',
    'babel.config.js': "module.exports = { presets: [require.resolve('@react-native/babel-preset')] };\n",
    'metro.config.js': METRO(tools),
    ...Object.fromEntries(['native.js', 'host.mjs', 'network.mjs'].map((file) => [`phone/${file}`, read(file)])),
  }),
  build: [['metro', 'build', 'app.js', '--out', 'bundle.js', '--platform', platform, '--dev', 'false']],
  run: { program: ['node', 'phone/host.mjs', platform, 'bundle.js'] },
  expected: EXPECTED,
});

const PLATFORMS = ['ios', 'android'];

export const phoneCases = [
  ...PLATFORMS.map((platform) => phone({ name: 'react-native-0.76', workspace: 'react-native-0.76', platform })),
  ...PLATFORMS.map((platform) => phone({ name: 'react-native-0.85', workspace: 'expo', node: 'node-24', platform })),
];
