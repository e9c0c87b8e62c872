/**
 * The rooms whose code is mutated, the tests that are to notice it, and the share of mutants, in per cent, that they must kill.
 * A room answers to its own tests (a folder's, or a file's): what only a distant test would notice counts as unnoticed.
 */
export const rooms = {
  sigv4: { folder: 'src/sigv4', tests: ['__tests__/sigv4', '__tests__/signedFetch/signedHost.test.ts'], limit: 95 },
  verify: { folder: 'src/verify', tests: ['__tests__/verify'], limit: 95 },
  explain: { folder: 'src/explain', tests: ['__tests__/explain'], limit: 90 },
  signedFetch: { folder: 'src/signedFetch', tests: ['__tests__/signedFetch'], limit: 90 },
  userPool: {
    folder: 'src/cognito/userPool',
    tests: [
      '__tests__/cognito/userPool',
      ...['changesUnderWay', 'logout', 'remadeAccount', 'renewedIdToken', 'restart', 'sessionEvents', 'usersApart'].map(
        (name) => `__tests__/cognito/${name}.test.ts`,
      ),
    ],
    limit: 90,
  },
};
