/** Sends the requests of the checks, and reads the server's clock in each answer. */
import { readAwsError } from '../../util/index.js';

/** How long an answer may take, in milliseconds. */
const TIMEOUT = 10_000;

/** An answer that was read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** AWS's name of the error; empty where there is none. */
  readonly code: string;
  /** AWS's text of the error; empty where there is none. */
  readonly message: string;
}

/** What a server's clock showed. */
export interface ClockReading {
  /** The host whose clock it is. */
  readonly host: string;
  /** How far this machine's clock is ahead of it, in milliseconds. */
  readonly ahead: number;
}

/** Sends requests, each only once. */
export interface Prober {
  /**
   * Sends a request. The same request is sent only once, so that all checks see the same answer to it.
   * @throws NoAnswer
   */
  readonly send: (url: string, init?: RequestInit) => Promise<Answer>;
  /** The clocks that were read on the way, by their hosts. */
  readonly clocks: () => readonly ClockReading[];
}

/** Makes a prober, which has sent nothing yet. */
export function createProber(): Prober {
  const answers = new Map<string, Promise<Answer>>();
  const clocks = new Map<string, ClockReading>();

  async function sendOnce(url: string, init: RequestInit): Promise<Answer> {
    const sentAt = Date.now();
    const { host } = new URL(url);
    try {
      const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) });
      const here = (sentAt + Date.now()) / 2;
      const there = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(there)) clocks.set(host, { host, ahead: here - there });
      const { status, headers } = response;
      const body = await response.text();
      const { code, message } = readAwsError(body);
      return { status, headers, body, code, message };
    } catch (error) {
      throw new NoAnswer(host, error);
    }
  }

  return {
    send(url, init = {}) {
      const key = JSON.stringify([url, init]);
      const answer = answers.get(key) ?? sendOnce(url, init);
      answers.set(key, answer);
      return answer;
    },
    clocks: () => [...clocks.values()],
  };
}

/** The request for an operation of a pool that anybody may call. */
export function awsJson(service: string, operation: string, input: object): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${service}.${operation}` },
    body: JSON.stringify(input),
  };
}

/** No answer came, or none that could be read to its end. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  /**
   * @param host The host that was called.
   * @param cause What `fetch` threw.
   */
  constructor(host: string, cause: unknown) {
    const { message, cause: reason } = cause as Error;
    super(`no answer came from ${host}: ${reason instanceof Error ? reason.message || reason.name : message}`, {
      cause,
    });
  }
}
