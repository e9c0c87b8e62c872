// The API reference: Markdown that TypeDoc writes from the doc comments, into site/.api.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { ROOT, SITE } from './paths.mjs';

/** Where the Markdown is, below the repository. */
export const API = 'site/.api';

/** How many characters of code a page shows beside its navigation. */
const WIDTH = 78;

export async function writeApi() {
  rmSync(join(ROOT, API), { recursive: true, force: true });
  const typedoc = join(ROOT, 'node_modules/typedoc/bin/typedoc');
  execFileSync(process.execPath, [typedoc, '--options', join(SITE, 'typedoc.json')], { cwd: ROOT, stdio: 'inherit' });
  for (const name of readdirSync(join(ROOT, API), { recursive: true })) {
    if (name.endsWith('.md')) await breakSignatures(join(ROOT, API, name));
  }
}

/** Breaks signatures and examples that are wider than the page. */
async function breakSignatures(file) {
  const parts = readFileSync(file, 'utf8').split(/(?<=^```ts\n)([^]*?)(?=^```$)/m); // every other one is code
  const broken = await Promise.all(parts.map((part, index) => (index % 2 === 1 ? breakCode(part) : part)));
  writeFileSync(file, broken.join(''));
}

async function breakCode(code) {
  if (!code.split('\n').some((line) => line.length > WIDTH)) return code;
  try {
    return await format(code, { parser: 'typescript', printWidth: WIDTH, singleQuote: true });
  } catch {
    return code; // a method's signature, or a call with … in it, is no program
  }
}
