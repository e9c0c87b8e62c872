// Metro: React Native for iOS and Android, and Expo, whose web build runs in Chromium.
import { appFiles } from '../app.mjs';
import { APIG } from './shared.mjs';

const BABEL = (preset) => `module.exports = { presets: [require.resolve('${preset}')] };\n`;

/** Metro's own settings for React Native, but for what starts the phone's side. */
const METRO = (tools, aliases) => `
const { getDefaultConfig, mergeConfig } = require('@react-native/metro-config');
const aliases = ${JSON.stringify(aliases)};
module.exports = mergeConfig(getDefaultConfig(__dirname), {
  watchFolders: [${JSON.stringify(tools)}],
  serializer: { getModulesRunBeforeMainModule: () => [] },
  resolver: {
    resolveRequest: (context, name, platform) =>
      name in aliases
        ? { type: 'sourceFile', filePath: require('path').join(__dirname, aliases[name]) }
        : context.resolveRequest(context, name, platform),
  },
});
`;

/** What Node has in place of a phone: its names for the global object, storage in memory, and a random source. The arithmetic is then JavaScript's. */
const PHONE = {
  'phone/globals.js': 'globalThis.window = globalThis.self = globalThis;\n',
  'phone/react-native.js': `
export const NativeModules = {
  ExpoRandom: { getRandomBase64String: (length) => Buffer.from(crypto.getRandomValues(new Uint8Array(length))).toString('base64') },
};
`,
  'phone/storage.js': `
const items = new Map();
export default {
  setItem: async (key, value) => void items.set(key, value),
  getItem: async (key) => items.get(key) ?? null,
  removeItem: async (key) => void items.delete(key),
  getAllKeys: async () => [...items.keys()],
  multiGet: async (keys) => keys.map((key) => [key, items.get(key) ?? null]),
  multiRemove: async (keys) => keys.forEach((key) => items.delete(key)),
};
`,
};
const PHONE_ALIASES = {
  'react-native': 'phone/react-native.js',
  '@react-native-async-storage/async-storage': 'phone/storage.js',
};

/**
 * A bundle for a phone, which Hermes's compiler takes. Without aws-sdk it runs in Node, the phone's own modules replaced; aws-sdk calls with a phone's
 * XMLHttpRequest, which Node has not: there the bundle is made, with all that it imports, and not run.
 */
const metro = ({ name, workspace, node, platform, entry }) => {
  const runs = entry === 'apig';
  return {
    name: `${name}-${platform}${runs ? '-apig' : ''}`,
    workspace,
    node,
    needs: ['hermesc', ...(node ? [node] : [])],
    files: ({ config, tools }) => ({
      ...appFiles(config, 'ts', { entry, extension: '' }),
      ...(runs ? PHONE : {}),
      'package.json': '{ "private": true }',
      'babel.config.js': BABEL('@react-native/babel-preset'),
      'metro.config.js': METRO(tools, runs ? PHONE_ALIASES : {}),
    }),
    build: [
      ['metro', 'build', 'main.ts', '--out', 'bundle.js', '--platform', platform, '--dev', 'false'],
      ['hermesc', '-w', '-O', '-emit-binary', '-out', 'bundle.hbc', 'bundle.js'],
    ],
    run: runs ? { program: ['node', '--require', './phone/globals.js', 'bundle.js'] } : {},
  };
};

const EXPO_METRO = (tools) => `
const { getDefaultConfig } = require('expo/metro-config');
const config = getDefaultConfig(__dirname);
config.watchFolders = [${JSON.stringify(tools)}];
module.exports = config;
`;
const EXPO_INDEX = `
import { registerRootComponent } from 'expo';
import { useEffect } from 'react';
import { Text } from 'react-native';
import { story } from './app';

function App() {
  useEffect(() => {
    story().then(console.log, console.error);
  }, []);
  return <Text>Notes</Text>;
}
registerRootComponent(App);
`;
const expo = (platform, options, run) => ({
  name: `expo-${platform}${options.entry ? `-${options.entry}` : ''}`,
  workspace: 'expo',
  node: 'node-24',
  needs: 'node-24',
  known: /^warning: Bundler cache is empty.*$/m,
  files: ({ config, tools }) => ({
    ...appFiles(config, 'ts', { extension: '', ...options }),
    'package.json': JSON.stringify({ name: 'app', version: '1.0.0', private: true, main: 'index.jsx' }),
    'app.json': JSON.stringify({
      expo: {
        name: 'app',
        slug: 'app',
        platforms: ['ios', 'android', 'web'],
        web: { bundler: 'metro', output: 'single' },
      },
    }),
    'metro.config.js': EXPO_METRO(tools),
    'index.jsx': EXPO_INDEX,
  }),
  build: [['expo', 'export', '--platform', platform, '--output-dir', 'dist', '--no-bytecode']],
  run,
});

const ENTRIES = ['apig', 'invoke-apig'];
const PLATFORMS = ['ios', 'android'];
const reactNative = (given) =>
  PLATFORMS.flatMap((platform) => ENTRIES.map((entry) => metro({ ...given, platform, entry })));

export const reactNativeCases = [
  ...reactNative({ name: 'react-native-0.76', workspace: 'react-native-0.76' }),
  ...reactNative({ name: 'react-native-0.85', workspace: 'expo', node: 'node-24' }),
  expo('web', {}, { page: 'dist' }),
  expo('web', APIG, { page: 'dist' }),
  expo('ios', APIG, {}),
  expo('android', APIG, {}),
];
