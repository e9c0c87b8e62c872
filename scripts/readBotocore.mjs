/** Reads botocore's endpoint rules with the Python that is there. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PYTHONS = process.env.PYTHON ? [process.env.PYTHON] : ['/usr/bin/python3', 'python3'];

/**
 * What the first Python that has botocore 1.29 or later says of it.
 * @param pythons The Pythons to try. Default: PYTHON of the environment, or those that systems have.
 * @returns The version, and rows of a URL and the pairs of signing name and region that botocore has for it; `undefined`
 *   where there is no such Python.
 */
export function readBotocore(pythons = PYTHONS) {
  const script = fileURLToPath(new URL('botocoreHosts.py', import.meta.url));
  const python = pythons.find((one) => spawnSync(one, ['-c', 'import botocore.endpoint_provider']).status === 0);
  if (python === undefined) return undefined;
  const { status, stdout, stderr } = spawnSync(python, [script], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`botocore could not be read: ${stderr}`);
  const lines = stdout.trim().split('\n');
  const [version, ...rows] = lines.map((line) => JSON.parse(line));
  return { version, rows };
}
