/** The file that a state is written to before it takes its place: in a folder of many users, others may have put one there. */
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStateFile } from '../../../src/local/state';
import { temporaryFolder } from '../../support/temporaryFolder';

async function save(path: string): Promise<void> {
  const file = await openStateFile(path, () => undefined);
  file.part('secrets').keep(() => ({ key: 'a secret' }));
  await file.save();
}

const left = (path: string): string => `${path}.${process.pid}.tmp`;

it('is not the target of a link that lies in its place', async () => {
  const folder = temporaryFolder();
  const [path, other] = [join(folder, 'aws.state'), join(folder, 'other')];
  writeFileSync(other, 'of somebody else');
  symlinkSync(other, left(path));
  await save(path);
  expect(readFileSync(other, 'utf8')).toBe('of somebody else');
  expect(readFileSync(path, 'utf8')).toContain('a secret');
  expect(existsSync(left(path))).toBe(false);
});

it('is no file that was left there, which others may read', async () => {
  const path = join(temporaryFolder(), 'aws.state');
  writeFileSync(left(path), '', { mode: 0o644 });
  await save(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
