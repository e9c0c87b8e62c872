import { existsSync } from 'node:fs';
import eslint from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import regexp from 'eslint-plugin-regexp';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { zones } from './eslint.rooms.mjs';

/** The library that this project was asked to stand on marks its own exports as deprecated, in favour of Amplify. */
const cognitoClient = {
  from: 'package',
  package: 'amazon-cognito-identity-js',
  name: [
    'AuthenticationDetails',
    'CognitoAccessToken',
    'CognitoIdToken',
    'CognitoRefreshToken',
    'CognitoUser',
    'CognitoUserAttribute',
    'CognitoUserPool',
    'CognitoUserSession',
    'IAuthenticationCallback',
    'ICognitoStorage',
  ],
};

export default tseslint.config(
  // Without its dependencies an example's types resolve to nothing, and each line is a mistake.
  { ignores: ['examples/notes-app', 'examples/cdk'].filter((folder) => !existsSync(`${folder}/node_modules`)) },
  // Next is no dependency of this project; its own build checks its recipes (`npm run test:bundlers`).
  { ignores: ['recipes/next'] },
  { ignores: ['**/dist', 'copy-in', '**/build', '**/cdk.out', '**/.next', 'coverage', 'docs/api', '**/node_modules'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-deprecated': ['error', { allow: [cognitoClient] }],
      '@typescript-eslint/no-non-null-assertion': 'off', // with noUncheckedIndexedAccess it marks what is known to be there
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    files: ['src/**/*.ts', '__tests__/**/*.{ts,mjs}', 'scripts/**/*.{mjs,js}', 'site/**/*.{ts,mjs}'],
    rules: { 'max-lines': ['error', 250], 'max-params': ['error', 5], 'no-nested-ternary': 'error' },
  },
  {
    files: ['__tests__/**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['CatchClause', 'IfStatement', 'ConditionalExpression', 'LogicalExpression'].map((node) => ({
          selector: `${node} CallExpression[callee.name='expect']`,
          message: 'What is expected only at times is not tested: a test that never comes here passes.',
        })),
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { 'import-x': importX, regexp },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error', // does not count `import type`: oxlint does (.oxlintrc.json)
      // No text may take more than linear time. What these cannot see, __tests__/rules/linearExpressions.test.ts attacks.
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: false }],
    },
  },
  { files: ['src/sigv4/**/*.ts'], rules: { 'max-lines': ['error', 200] } },
  {
    files: ['src/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true, IIFEs: true }] },
  },
  { files: ['**/*.mjs', '**/*.js', '**/*.cjs'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
);
