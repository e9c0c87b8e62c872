#!/usr/bin/env node
/** `npx sigv4-client`. */
import { runCli } from './runCli.js';
import { createTerminal } from './terminal.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const terminal = createTerminal({
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  onStop(listener) {
    for (const signal of SIGNALS) process.on(signal, listener);
    return () => {
      for (const signal of SIGNALS) process.off(signal, listener);
    };
  },
  onUncaught(listener) {
    process.on('uncaughtException', listener);
    return () => process.off('uncaughtException', listener);
  },
});

void runCli(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});
