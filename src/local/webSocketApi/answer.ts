/** Answers requests that do not ask to connect: calls of `@connections`, and plain requests, which learn why they are refused. */
import { resourcesOfPath, restRefusals } from '../apiGateway/index.js';
import type { WireInfo } from '../http/index.js';
import { logOf } from './authorize.js';
import type { Answered, Authorize } from './authorize.js';
import type { Connections } from './connections.js';
import { answerCall, connectionIdOf, messageTooLong, METHODS } from './connectionsApi.js';

/** The parts of the API that {@link createAnswer} needs. */
interface AnswerOptions {
  readonly authorize: Authorize;
  readonly stage: string;
  /** The beginning of the ARNs of the API's resources. */
  readonly arn: string;
  readonly connections: Connections;
}

/**
 * Makes the function that answers requests.
 * @returns A function of a request, and of what came over the wire.
 */
export function createAnswer({ authorize, stage, arn, connections }: AnswerOptions) {
  const connect = `${arn}/${stage}/$connect`;
  /** A path behind the stage; `undefined` where it is of another stage. */
  const pathIn = (full: string) => (full.startsWith(`/${stage}/`) ? full.slice(stage.length + 1) : undefined);

  return async ({ method }: Request, wire: WireInfo): Promise<Answered> => {
    const sent = { method, target: wire.rawPath, headers: wire.rawHeaders, body: wire.rawBody };
    if (wire.isTooLarge) return { response: messageTooLong(), unusable: 'BodyTooLarge' };
    const isCall = METHODS.includes(method) && pathIn(wire.path)?.startsWith('/@connections/') === true;
    const action = isCall ? 'execute-api:ManageConnections' : 'execute-api:Invoke';
    const result = await authorize(sent, action, ({ path }) =>
      isCall
        ? resourcesOfPath(pathIn(path) ?? '', (reading) => `${arn}/${stage}/${method}${reading}`)
        : { readings: [connect], asSent: connect },
    );
    if (!result.ok) return result;
    const who = logOf(result.caller);
    const id = isCall ? connectionIdOf(pathIn(result.verified.path) ?? '') : undefined;
    if (id !== undefined) return { response: answerCall(method, connections.find(id), wire.rawBody), ...who };
    if (result.verified.path.replace(/\/$/, '') !== `/${stage}`) {
      return { response: restRefusals.noSuchStage(), ...who, unusable: 'NoSuchStage' };
    }
    const headers = { upgrade: 'websocket', connection: 'upgrade' };
    return { response: Response.json({ message: 'Upgrade Required' }, { status: 426, headers }), ...who };
  };
}
