// Create React App and Angular, each as its own generator lays an app out.
import { EXPECTED, appFiles, below } from '../app.mjs';
import { APIG, PLAIN, WEBPACK_4 } from './shared.mjs';

export const REACT_APP = {
  'package.json': JSON.stringify({
    name: 'app',
    private: true,
    eslintConfig: { extends: ['react-app', 'react-app/jest'] },
    browserslist: { production: ['>0.2%', 'not dead', 'not op_mini all'] },
  }),
  'public/index.html': '<!doctype html><link rel="icon" href="data:,"><title>app</title><div id="root"></div>',
};
const REACT_INDEX = `
import { story } from './app';
story().then(console.log, console.error);
`;
/** With `CI` set, a warning of the linter fails the build. */
const CI = { CI: 'true' };

/** Create React App's version, and what it needs. */
export const REACT_SCRIPTS = [
  { workspace: 'react-scripts-4', variables: { ...CI, ...WEBPACK_4 } },
  { workspace: 'react-scripts-5', variables: CI },
];
const reactScripts = ({ workspace, variables }, suffix, options) => ({
  name: `${workspace}${suffix}`,
  workspace,
  variables,
  files: ({ config }) => ({
    ...REACT_APP,
    ...below('src', { ...appFiles(config, 'esm', { extension: '', ...options }), 'index.js': REACT_INDEX }),
  }),
  build: [['react-scripts', 'build']],
  run: { page: 'build' },
});

const REACT_TEST = `
import { story } from './app';
test('the story', async () => {
  expect(await story()).toBe('${EXPECTED}');
});
`;

/** What Jest 27's jsdom lacks of a page: a random source, and text as bytes. */
const REACT_SETUP = `
import { webcrypto } from 'crypto';
import { TextDecoder, TextEncoder } from 'util';
Object.defineProperty(window, 'crypto', { value: webcrypto });
Object.assign(window, { TextDecoder, TextEncoder });
`;

const ANGULAR_MAIN = `
import { Component } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { story } from './app';

@Component({ selector: 'app-root', template: '<p>Notes</p>' })
class App {
  ngOnInit() {
    story().then(console.log, console.error);
  }
}
bootstrapApplication(App).catch(console.error);
`;
const angular = (name, options, allowedCommonJsDependencies) => ({
  name,
  workspace: 'angular',
  needs: 'node-24',
  node: 'node-24', // Angular 22 takes Node from 22.22
  files: ({ config }) => ({
    ...PLAIN,
    'angular.json': JSON.stringify({
      version: 1,
      cli: { analytics: false, cache: { enabled: false } },
      projects: {
        app: {
          projectType: 'application',
          root: '',
          sourceRoot: 'src',
          architect: {
            build: {
              builder: '@angular/build:application',
              options: {
                browser: 'src/main.ts',
                index: 'src/index.html',
                tsConfig: 'tsconfig.json',
                outputPath: 'dist',
                allowedCommonJsDependencies,
              },
            },
          },
        },
      },
    }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        strict: true,
        skipLibCheck: true,
        isolatedModules: true,
        experimentalDecorators: true,
        importHelpers: true,
        target: 'ES2022',
        module: 'preserve',
        moduleResolution: 'bundler',
        types: [],
      },
      files: ['src/main.ts'],
    }),
    ...below('src', {
      ...appFiles(config, 'ts', { extension: '', ...options }),
      'main.ts': ANGULAR_MAIN,
      'index.html': '<!doctype html><title>app</title><link rel="icon" href="data:,"><app-root></app-root>',
    }),
  }),
  build: [['ng', 'build']],
  run: { page: 'dist/browser' },
});

/** aws-sdk, and what it loads in a browser. */
const AWS_SDK = ['aws-sdk', 'buffer', 'events', 'jmespath', 'querystring', 'url', 'util', 'uuid'];

export const frameworkCases = [
  ...REACT_SCRIPTS.flatMap((version) => [reactScripts(version, '', {}), reactScripts(version, '-apig', APIG)]),
  {
    name: 'react-scripts-5-test',
    workspace: 'react-scripts-5',
    variables: CI,
    files: ({ config }) => ({
      ...REACT_APP,
      ...below('src', {
        ...appFiles(config, 'esm', { extension: '' }),
        'setupTests.js': REACT_SETUP,
        'app.test.js': REACT_TEST,
      }),
    }),
    build: [['react-scripts', 'test']],
    run: {},
  },
  angular('angular', {}, ['crypto-js', 'amazon-cognito-identity-js', ...AWS_SDK]),
  angular('angular-apig', APIG, ['crypto-js']),
];
