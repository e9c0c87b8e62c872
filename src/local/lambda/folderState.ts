/** Whether what a file imports from its folder has changed. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const CODE = /\.(?:[cm]?[jt]s|json)$/;

/**
 * The state of the code in a folder and those below it: another one where a file was changed, added or removed. Packages and
 * folders whose name begins with a dot are left out.
 * @param folder Its path.
 * @returns A text to compare.
 */
export async function folderState(folder: string): Promise<string> {
  const states = await Promise.all(
    (await readdir(folder, { withFileTypes: true })).map(async (entry): Promise<string> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return entry.name === 'node_modules' || entry.name.startsWith('.') ? '' : folderState(path);
      }
      if (!CODE.test(entry.name)) return '';
      // A file that is gone by now is a change that the next look finds.
      const { mtimeNs, size } = await stat(path, { bigint: true }).catch(() => ({ mtimeNs: 0, size: 0 }));
      return `${path} ${mtimeNs} ${size}\n`;
    }),
  );
  return states.join('');
}
