/** The file that keeps the state of a local AWS. It holds secrets: only its owner may read it. */
import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LocalAwsError } from '../options/index.js';
import { readState, writeState } from './stateText.js';
import type { State } from './stateText.js';
import type { Keeper } from './types.js';

/** How long changes are collected before they are written, in milliseconds. */
const DELAY = 50;

/** An open state file. */
export interface StateFile {
  /** The keeper of a part. */
  readonly part: (name: string) => Keeper;
  /** Writes what has changed, now. */
  readonly save: () => Promise<void>;
}

/**
 * Opens a state file, or begins a new one where there is none.
 * @param given Its path.
 * @param onError Called where the state could not be written later on.
 * @throws LocalAwsError `InvalidState`, where the file is damaged or something else: it is left as it is
 */
export async function openStateFile(given: string, onError: (error: unknown) => void): Promise<StateFile> {
  const path = await realpath(given).catch(() => resolve(given)); // a link to the file stays one
  const kept = await read(path);
  const readers = new Map<string, () => object>();
  let written: string | undefined;
  let stamp = await stampOf(path);
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    const state: Record<string, unknown> = { ...kept };
    for (const [name, reader] of readers) state[name] = reader();
    const text = writeState(state);
    if (text === written) return;
    if ((await stampOf(path)) !== stamp) {
      throw invalid(`${path} was changed by another program, and is not written any more`);
    }
    stamp = await replace(path, text);
    written = text;
  }

  /** One write after the other. */
  const save = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const next = writing.then(write);
    writing = next.catch(() => undefined);
    return next;
  };

  let told: string | undefined;
  /** Tells of a fault, and not again with each change that meets it. */
  function tell(error: unknown): void {
    const { message } = error as Error;
    if (message !== told) onError(error);
    told = message;
  }

  return {
    part: (name) => ({
      kept: kept[name],
      keep: (reader) => void readers.set(name, reader),
      changed: () => {
        timer ??= setTimeout(() => {
          save().catch(tell);
        }, DELAY);
      },
    }),
    save,
  };
}

async function read(path: string): Promise<State> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw invalid(`${path} could not be read: ${(error as Error).message}`, error);
  }
  const found = readState(text);
  if ('state' in found) return found.state;
  throw invalid(`${path} ${found.fault}. It is left as it is; give another file, or remove this one`);
}

/**
 * Whoever reads the file sees the old state or the new one, never half of it. The name of the other file is a new one each time: a second
 * local AWS on the same state, in this process or in another container with the same number, would write to it as well.
 * @returns The stamp of what was written.
 */
async function replace(path: string, text: string): Promise<string | undefined> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    // Never through a file or a link that lies there: those would keep their own mode, or lead elsewhere.
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
    const stamp = await stampOf(temporary); // before another program can put its own in the place
    await rename(temporary, path);
    return stamp;
  } catch (error) {
    await rm(temporary, { force: true });
    throw invalid(`${path} could not be written: ${(error as Error).message}`, error);
  }
}

/** What tells the file that was written here from another one in its place. */
async function stampOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && `${found.ino} ${found.mtimeMs} ${found.size}`;
}

const invalid = (message: string, cause?: unknown): LocalAwsError =>
  new LocalAwsError('InvalidState', `state: ${message}`, { cause });
