/** The file that a state is written to before it takes its place: in a folder of many users, others may have put one there. */
import crypto from 'node:crypto';
import type { UUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStateFile } from '../../../src/local/state';
import { temporaryFolder } from '../../support/temporaryFolder';

afterEach(() => {
  jest.restoreAllMocks();
});

async function openSecrets(path: string, key = 'a secret') {
  const file = await openStateFile(path, () => undefined);
  file.part('secrets').keep(() => ({ key }));
  return file;
}

/** Where the next one will lie, for somebody who can guess it. */
function guess(path: string): string {
  jest.spyOn(crypto, 'randomUUID').mockReturnValue('guessed' as UUID);
  return `${path}.guessed.tmp`;
}

it('is not the target of a link that lies in its place', async () => {
  const folder = temporaryFolder();
  const [path, other] = [join(folder, 'aws.state'), join(folder, 'other')];
  writeFileSync(other, 'of somebody else');
  symlinkSync(other, guess(path));
  await expect((await openSecrets(path)).save()).rejects.toThrow('could not be written: EEXIST');
  expect(readFileSync(other, 'utf8')).toBe('of somebody else');
  expect(existsSync(path)).toBe(false);
});

it('is no file that was left there, which others may read', async () => {
  const path = join(temporaryFolder(), 'aws.state');
  writeFileSync(guess(path), '', { mode: 0o644 });
  const file = await openSecrets(path);
  await expect(file.save()).rejects.toThrow('could not be written: EEXIST');
  jest.restoreAllMocks();
  await file.save();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toContain('a secret');
});

it('is not the one of another local AWS on the same state', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'aws.state');
  const files = await Promise.all(Array.from({ length: 20 }, (_, i) => openSecrets(path, `secret ${i}`)));
  const results = await Promise.allSettled(files.map((file) => file.save()));
  // Who came late is told that the file is not his alone; nobody found his file gone, or somebody else's in its place.
  const reasons = results.map((result) => (result.status === 'fulfilled' ? '' : String(result.reason)));
  expect(reasons).toContain('');
  expect(reasons.filter((reason) => !/^$|changed by another program/.test(reason))).toEqual([]);
  expect(readdirSync(folder)).toEqual(['aws.state']);
  const [written] = files.map((_, i) => i).filter((i) => readFileSync(path, 'utf8').includes(`secret ${i}"`));
  expect(results[written!]).toMatchObject({ status: 'fulfilled' });
});
