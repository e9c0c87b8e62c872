// Files that several tools' apps have.

export const ESM = { 'package.json': '{ "private": true, "type": "module" }' };
export const PLAIN = { 'package.json': '{ "private": true }' };
export const APIG = { entry: 'apig' };

/** A page around a module, without the icon that a browser would ask for. */
export const pageWith = (script) =>
  `<!doctype html><link rel="icon" href="data:,"><title>app</title><script type="module" src="${script}"></script>`;

/** A classic script in `dist/main.js`. */
export const CLASSIC_PAGE = { page: 'dist', type: 'script' };

/** What webpack 4 needs on Node 17 and later: its hash is one that OpenSSL 3 keeps for old programs. */
export const WEBPACK_4 = { NODE_OPTIONS: '--openssl-legacy-provider' };
