import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

it.each(['esm', 'cjs'] as const)('names the package that is missing, in %s', (format) => {
  const folder = mkdtempSync(join(tmpdir(), 'user-pool-test-'));
  try {
    const outfile = join(folder, format === 'esm' ? 'pool.mjs' : 'pool.cjs');
    buildSync({
      entryPoints: [join(process.cwd(), 'src/local/userPool/startUserPool.ts')],
      outfile,
      format,
      bundle: true,
      platform: 'node',
      // Left out of the bundle and not installed beside it.
      external: ['cognito-local'],
    });
    const main = join(folder, 'main.mjs');
    writeFileSync(
      main,
      `import * as pool from ${JSON.stringify(outfile)};
       pool.startUserPool().catch(({ name, code, message }) => console.log(JSON.stringify({ name, code, message })));`,
    );
    expect(JSON.parse(execFileSync(process.execPath, [main], { encoding: 'utf8' }))).toEqual({
      name: 'UserPoolError',
      code: 'MissingPackage',
      message: 'The local user pool needs the package cognito-local 5.3.0: npm install --save-dev cognito-local@5.3.0',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
