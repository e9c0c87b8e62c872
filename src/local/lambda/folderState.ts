/** Tells whether the code in a folder has changed. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const CODE = /\.(?:[cm]?[jt]s|json)$/;

/**
 * The state of the code in a folder and the folders below it, which differs after a file was changed, added or removed. Packages and
 * folders whose name begins with a dot are left out.
 * @param folder The folder's path.
 * @returns A text that is equal as long as nothing has changed.
 */
export async function folderState(folder: string): Promise<string> {
  const states = await Promise.all(
    (await readdir(folder, { withFileTypes: true })).map(async (entry): Promise<string> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return entry.name === 'node_modules' || entry.name.startsWith('.') ? '' : folderState(path);
      }
      if (!CODE.test(entry.name)) return '';
      // The file has just been removed, which the next call notices.
      const { mtimeNs, size } = await stat(path, { bigint: true }).catch(() => ({ mtimeNs: 0, size: 0 }));
      return `${path} ${mtimeNs} ${size}\n`;
    }),
  );
  return states.join('');
}
