/** A command that runs until it is stopped, below the shell that npx starts it in. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { onStop } from '../../src/cli/onStop';
import { bundle, folder } from '../support/cliHarness';

test('it stops once the shell has gone, to which alone npx passes a signal on', async () => {
  const env = { PATH: process.env.PATH, npm_lifecycle_event: 'npx' };
  const command = `"${process.execPath}" "${bundle}" local --port 0; true`;
  const shell = spawn('sh', ['-c', command], { cwd: folder, detached: true, env });
  try {
    shell.stdout.once('data', () => shell.kill('SIGTERM'));
    // The command has the output as well, so that this ends with the command.
    expect(await text(shell.stdout)).toMatch(/Ctrl-C stops it\.\n\nStopped\.\n$/);
  } finally {
    // What is left where the test failed.
    if (shell.pid !== undefined) spawn('kill', ['-KILL', '--', `-${shell.pid}`]);
  }
});

describe('of a process that another one has started', () => {
  const { npm_lifecycle_event: event } = process.env;
  const { ppid } = process;
  const become = (parent: number) => Object.defineProperty(process, 'ppid', { value: parent, configurable: true });
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    become(ppid);
    if (event === undefined) delete process.env.npm_lifecycle_event;
    else process.env.npm_lifecycle_event = event;
  });

  test.each<[string, string | undefined, number]>([
    ['npx', 'npx', 1],
    ['a script, which may put it into the background on purpose,', 'pretest', 0],
    ['a shell', undefined, 0],
  ])('below %s', (_, lifecycle, times) => {
    if (lifecycle === undefined) delete process.env.npm_lifecycle_event;
    else process.env.npm_lifecycle_event = lifecycle;
    const listener = jest.fn();
    const off = onStop(listener);
    jest.advanceTimersByTime(10_000);
    expect(listener).not.toHaveBeenCalled();
    become(1);
    jest.advanceTimersByTime(10_000);
    expect(listener).toHaveBeenCalledTimes(times);
    off();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('it is looked at no more once the command has ended', () => {
    process.env.npm_lifecycle_event = 'npx';
    onStop(() => undefined)();
    expect(jest.getTimerCount()).toBe(0);
    expect(process.listeners('SIGTERM')).toEqual([]);
  });
});
