const { existsSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { default: tsJest } = require('ts-jest');

/** Where the sources with all their mutants lie, at the paths that they have in the repository. */
const folder = process.env.MUTANTS_FOLDER;

const mutated = (source, path) => {
  const file = join(folder, relative(process.cwd(), path));
  return existsSync(file) ? readFileSync(file, 'utf8') : source;
};

/** ts-jest, as the tests have it, but for the sources that are mutated. */
module.exports = {
  createTransformer: (options) => {
    const inner = tsJest.createTransformer(options);
    return {
      process: (source, path, context) => inner.process(mutated(source, path), path, context),
      getCacheKey: (source, path, context) => inner.getCacheKey(mutated(source, path), path, context),
    };
  },
};
