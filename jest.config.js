// ts-jest compiles to CommonJS, so that `npx jest` needs no flags; the ESM build is tested from the packed tarball.
const { availableParallelism } = require('node:os');
const { compilerOptions } = require('./tsconfig.json');
const compile = (options) => [
  'ts-jest',
  { tsconfig: { ...compilerOptions, module: 'CommonJS', ...options }, diagnostics: false },
];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Jest leaves one core idle: of two, that is half of the machine. A quarter of the tests' time they wait for servers, so that more fit.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testTimeout: 300_000, // for a busy machine: no test waits for it, and none sets its own
  // From Node 22 on, looking up a global in Jest's sandbox is slow, and a login's arithmetic does it a million times: 6 s each.
  sandboxInjectedGlobals: ['Math'],
  setupFilesAfterEnv: ['<rootDir>/__tests__/support/everyTestAsserts.ts'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': compile({}),
    'node_modules/ky/.+\\.js$': compile({ allowJs: true }), // published as ESM alone
  },
  transformIgnorePatterns: ['/node_modules/(?!ky/)'],
  // Sources import each other as './x.js', as Node's ESM needs it.
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^sigv4-client$': '<rootDir>/src/index.ts', // as recipes/ import it
    '^sigv4-client/(apig|axios|socket|verify)$': '<rootDir>/src/$1/index.ts',
  },
};
