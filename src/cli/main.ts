#!/usr/bin/env node
/** `npx sigv4-client`. */
import { onStop } from './onStop.js';
import { runCli } from './runCli.js';
import { createTerminal } from './terminal.js';

// Whoever reads the output may stop before its end, as `| head` does: that is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

const terminal = createTerminal({
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  onStop,
  onUncaught(listener) {
    process.on('uncaughtException', listener);
    return () => process.off('uncaughtException', listener);
  },
});

void runCli(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});
