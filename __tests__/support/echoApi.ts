/** A local AWS whose API answers with what it got, for tests of what a call sends and brings back. */
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { password, username } from './localAwsHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

/** Answers with what it got; `/status/404` with that status, `/raw` with the body as it came. */
async function mirror(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const status = /\/status\/(\d+)$/.exec(url.pathname)?.[1];
  const body = await request.text();
  if (status === '204') return new Response(null, { status: 204 });
  if (status !== undefined) return new Response(body || `status ${status}`, { status: Number(status) });
  if (url.pathname.endsWith('/raw')) return new Response(body);
  const { method, headers } = request;
  return Response.json({
    method,
    path: url.pathname,
    query: [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : Number(a > b))),
    type: headers.get('content-type'),
    accept: headers.get('accept'),
    custom: headers.get('x-custom'),
    body,
  });
}

/** With a user; one who goes by a plain name; one who claims the name and the address of both; and one with an address only. */
export function startEcho(): Promise<LocalAws> {
  const claims = { email: username, email_verified: 'false', preferred_username: 'plain' };
  const users = [
    { username, password },
    { username: 'plain', password },
    { username: 'claimant', password, attributes: claims },
    { username: 'newcomer', password, attributes: { email: 'new@example.com' } },
  ];
  return startLocalAws({ userPool: { users }, apiGateway: { handler: mirror } });
}
