/** HTTP as bytes over a socket, for requests that no client would send. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Sends bytes just as they are given, and gives all that comes back until the server closes, or the time is up. */
export async function sendRaw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // a reset ends the answer as well
  socket.write(bytes, 'latin1');
  return text(socket).catch(() => '');
}

/** A request's bytes. A body is not counted: its length is for the test to state. */
export function rawRequest(line: string, headers: Record<string, string> | string[], body = ''): string {
  const lines = Array.isArray(headers) ? headers : Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${line} HTTP/1.1\r\n${lines.map((each) => `${each}\r\n`).join('')}\r\n${body}`;
}

/** The statuses of the answers in what came back. */
export const statusesOf = (answers: string): number[] =>
  [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
