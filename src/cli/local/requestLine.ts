/** A request that the local gateway has answered, as a line. */
import type { LoggedRequest } from '../../local/index.js';
import type { Style } from '../terminal.js';

/**
 * Method, path, who, and whether it was let through or why not.
 * @param request What the gateway tells of it.
 * @param style Makes text stand out.
 */
export function requestLine({ method, path, status, ...about }: LoggedRequest, style: Style): string {
  const { username, identityId, accessKeyId, denied } = about;
  const who = username ?? identityId ?? accessKeyId ?? 'nobody';
  const refusal = about.refusal ?? about.unusable ?? (denied && `denied by the policy (${denied})`);
  return `${method} ${path} ${status}  ${who}  ${style(refusal === undefined ? 'green' : 'red', refusal ?? 'allowed')}`;
}
