import { setImmediate as turn } from 'node:timers/promises';
import { createMessageQueue, MAX_RUNNING } from '../../../src/local/webSocketApi/messageQueue';
import { connect, start } from '../../support/webSocketHarness';

let ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends) end();
});

/** A route whose function ends when the test lets it. */
async function startHeld() {
  const begun: string[] = [];
  ends = [];
  const held = (event: { body: string }) => {
    begun.push((JSON.parse(event.body) as { n: string }).n);
    return new Promise<object>((resolve) => {
      ends.push(() => {
        resolve({ body: 'done' });
      });
    });
  };
  const echo = { lambda: () => Promise.resolve({ body: 'echo' }), routeResponse: true };
  const { api, credentials } = await start({ routes: { held: { lambda: held, routeResponse: true }, echo } });
  const client = await connect(api, credentials);
  return { api, credentials, client, begun };
}

const numbered = (n: number) => JSON.stringify({ action: 'held', n: String(n) });
const TOTAL = 3 * MAX_RUNNING;

it('begins a hundred functions for one connection, and the next as they end, in order', async () => {
  const { api, credentials, client, begun } = await startHeld();
  for (let n = 0; n < TOTAL; n++) client.socket.send(numbered(n));
  while (begun.length < MAX_RUNNING) await turn();
  // What another connection is told shows that the server goes on, and that the others are not held up.
  const other = await connect(api, credentials);
  other.socket.send('{"action":"echo"}');
  expect(await other.next()).toBe('echo');
  expect(begun).toHaveLength(MAX_RUNNING);
  for (let n = 0; n < TOTAL; n++) {
    const end = ends[n];
    if (!end) throw new Error(`message ${n} has not begun`);
    end();
    expect(await client.next()).toBe('done');
  }
  expect(begun).toEqual(Array.from({ length: TOTAL }, (_, n) => String(n)));
});

it('reads on once nothing waits any more', async () => {
  const { client, begun } = await startHeld();
  for (let n = 0; n < MAX_RUNNING + 1; n++) client.socket.send(numbered(n));
  while (begun.length < MAX_RUNNING) await turn();
  ends[0]!();
  expect(await client.next()).toBe('done');
  client.socket.send('{"action":"echo"}');
  ends[1]!();
  expect([await client.next(), await client.next()].sort()).toEqual(['done', 'echo']);
});

it('begins nothing more for a connection that has ended', async () => {
  const { api, client, begun } = await startHeld();
  for (let n = 0; n < TOTAL; n++) client.socket.send(numbered(n));
  while (begun.length < MAX_RUNNING) await turn();
  await api.stop();
  await client.closed;
  for (const end of ends) end();
  await turn();
  expect(begun).toHaveLength(MAX_RUNNING);
});

it('reads nothing from the client from the first message that waits to the last', async () => {
  const calls: string[] = [];
  const held: (() => void)[] = [];
  const queue = createMessageQueue({
    answer: () => new Promise((resolve) => held.push(resolve)),
    pause: () => calls.push('pause'),
    resume: () => calls.push('resume'),
  });
  for (let n = 0; n < MAX_RUNNING; n++) queue.push('runs');
  expect(calls).toEqual([]);
  queue.push('waits');
  queue.push('waits too');
  expect(calls).toEqual(['pause']);
  held[0]!();
  while (held.length < MAX_RUNNING + 1) await turn();
  expect(calls).toEqual(['pause']);
  held[1]!();
  while (held.length < MAX_RUNNING + 2) await turn();
  expect(calls).toEqual(['pause', 'resume']);
});

it('lets the others have their turn, however many wait and however soon each is answered', async () => {
  const begun: number[] = [];
  const queue = createMessageQueue({
    answer: (text) => Promise.resolve(void begun.push(Number(text))),
    pause: () => undefined,
    resume: () => undefined,
  });
  for (let n = 0; n < 20 * MAX_RUNNING; n++) queue.push(String(n));
  const inTurns: number[] = [];
  while (begun.length < 20 * MAX_RUNNING) {
    const before = begun.length;
    await turn();
    inTurns.push(begun.length - before);
  }
  expect(Math.max(...inTurns)).toBeLessThanOrEqual(MAX_RUNNING);
  expect(begun).toEqual(Array.from({ length: 20 * MAX_RUNNING }, (_, n) => n));
});
