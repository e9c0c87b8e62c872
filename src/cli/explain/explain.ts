/** `sigv4-client explain`: why a refusal came, from what someone pasted. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { explainPasted, readPasted } from '../../pasted/index.js';
import type { Pasted } from '../../pasted/index.js';
import { SigV4Error } from '../../sigv4/index.js';
import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { EXIT } from '../exitCodes.js';
import { explanationText } from '../explanation.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usageError.js';

const OPTIONS = {
  json: { help: 'print a line of JSON for each refusal' },
  'show-secrets': { help: 'do not hide tokens and keys in what is printed' },
} as const;

/** The command `explain`. */
export const explainCommand: Command = {
  help: {
    usage: 'explain [FILE] [options]',
    summary:
      'Says why a request was refused, from a HAR, a log of curl -v, a raw answer, its JSON or XML alone, or what a browser shows.\n' +
      'Reads FILE, or what is piped in. Where the request that was signed stands there as well, it is compared.',
    options: OPTIONS,
    examples: ['explain refused.har', 'explain < curl.log'],
  },

  async run(args, terminal) {
    const { options, positionals } = readArguments(args, OPTIONS, 1);
    if (options['show-secrets']) terminal.showSecrets();
    for (const pasted of await readRefusals(positionals[0], terminal)) {
      const { signed } = pasted;
      const explanation = explainPasted(pasted);
      const about = signed === undefined ? '' : `${signed.method ?? 'GET'} ${signed.url.split('?')[0]!}`;
      if (options.json) {
        terminal.print(JSON.stringify({ request: about || undefined, explanation }));
        continue;
      }
      if (about !== '') terminal.print(terminal.style('dim', about));
      terminal.print(
        explanation === undefined
          ? 'Nothing in it is a refusal of a signature that is known here: the API itself may have answered.'
          : explanationText(explanation, terminal.style),
      );
    }
    return EXIT.done;
  },
};

/** Reads the refusals in the file or in what is piped in. Errors name which of the two it was. */
async function readRefusals(file: string | undefined, terminal: Terminal): Promise<Pasted[]> {
  const text = await readText(file, terminal);
  const name = file === undefined || file === '-' ? 'what is piped in' : file;
  if (text.trim() === '')
    throw new UsageError(`${name}: expected a refusal (explain --help names the forms), got nothing`);
  try {
    return readPasted(text);
  } catch (error) {
    if (!(error instanceof SigV4Error)) throw error;
    throw new UsageError(error.message.replace(/^text/, name), { cause: error });
  }
}

async function readText(file: string | undefined, terminal: Terminal): Promise<string> {
  if (file === undefined || file === '-') return terminal.readInput();
  try {
    return await readFile(resolve(terminal.cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`${file} could not be read: ${(error as Error).message}`, { cause: error });
  }
}
