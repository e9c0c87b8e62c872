import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

const silent = Object.fromEntries(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, () => {}]),
);
const logger = { ...silent, isDebugEnabled: () => false };

/**
 * Stryker's mutants of some sources. All of a file's are written into it, each behind a switch.
 * @param names the files' paths in the repository
 * @param folder where the mutated sources are written, at the same paths
 * @returns the mutants: `id`, `file`, `line` and `column` from 1, `mutator`, `original` and `replacement` as code, and the whole first line
 */
export async function makeMutants(names, folder) {
  const sources = new Map(names.map((name) => [name, readFileSync(name, 'utf8')]));
  const files = names.map((name) => ({ name, mutate: true, content: sources.get(name) }));
  const made = await new Instrumenter(logger).instrument(files, { plugins: null, excludedMutations: [], ignorers: [] });
  for (const { name, content } of made.files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return made.mutants.map(({ id, fileName, location, mutatorName, replacement }) => {
    const lines = sources.get(fileName).split('\n');
    return {
      id,
      file: fileName,
      line: location.start.line + 1,
      column: location.start.column + 1,
      mutator: mutatorName,
      original: textAt(lines, location),
      replacement,
      text: lines[location.start.line].trim(),
    };
  });
}

function textAt(lines, { start, end }) {
  const inside = lines.slice(start.line, end.line + 1);
  inside[inside.length - 1] = inside.at(-1).slice(0, end.column);
  inside[0] = inside[0].slice(start.column);
  return inside.join('\n');
}
