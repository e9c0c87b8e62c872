// Metro: React Native for iOS and Android, and Expo, whose web build runs in Chromium.
import { appFiles } from '../app.mjs';
import { APIG } from './shared.mjs';

const BABEL = (preset) => `module.exports = { presets: [require.resolve('${preset}')] };\n`;

/** Metro's own settings for React Native, but for what starts the phone's side. */
const METRO = (tools) => `
const { getDefaultConfig, mergeConfig } = require('@react-native/metro-config');
module.exports = mergeConfig(getDefaultConfig(__dirname), {
  watchFolders: [${JSON.stringify(tools)}],
  serializer: { getModulesRunBeforeMainModule: () => [] },
});
`;

const metro = ({ workspace, node, platform, entry }) => ({
  name: `${workspace}-${platform}-${entry}`,
  workspace,
  node,
  needs: node ?? [],
  files: ({ config, tools }) => ({
    ...appFiles(config, 'ts', { entry, extension: '' }),
    'package.json': '{ "private": true }',
    'babel.config.js': BABEL('@react-native/babel-preset'),
    'metro.config.js': METRO(tools),
  }),
  build: [
    ['metro', 'build', 'main.ts', '--out', 'dist/main.js', '--platform', platform, '--dev', 'false', '--reset-cache'],
  ],
  // aws-sdk calls with a phone's XMLHttpRequest, which Node has not: there the bundle is made, and not run.
  run: entry === 'apig' ? { program: ['node', 'dist/main.js'] } : {},
});

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
  build: [['expo', 'export', '--platform', platform, '--output-dir', 'dist', '--no-bytecode', '--clear']],
  run,
});

const ENTRIES = ['apig', 'invoke-apig'];
const PLATFORMS = ['ios', 'android'];
const all = (given) => PLATFORMS.flatMap((platform) => ENTRIES.map((entry) => metro({ ...given, platform, entry })));

export const reactNativeCases = [
  ...all({ workspace: 'react-native-0.76' }),
  ...all({ workspace: 'expo', node: 'node-24' }).map((test) => ({
    ...test,
    name: test.name.replace('expo', 'react-native-0.85'),
  })),
  expo('web', {}, { page: 'dist' }),
  expo('web', APIG, { page: 'dist' }),
  expo('ios', APIG, {}),
  expo('android', APIG, {}),
];
