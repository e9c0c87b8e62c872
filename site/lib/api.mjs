// The API reference: Markdown that TypeDoc writes from the doc comments, into site/.api.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SITE } from './paths.mjs';

/** Where the Markdown is, below the repository. */
export const API = 'site/.api';

export function writeApi() {
  rmSync(join(ROOT, API), { recursive: true, force: true });
  const typedoc = join(ROOT, 'node_modules/typedoc/bin/typedoc');
  execFileSync(process.execPath, [typedoc, '--options', join(SITE, 'typedoc.json')], { cwd: ROOT, stdio: 'inherit' });
}
