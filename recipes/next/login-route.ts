// app/login/route.ts
import { isAuthError } from 'sigv4-client/apig';
import { apigOfRequest } from '../../lib/session';

export async function POST(request: Request): Promise<Response> {
  const { username, password } = await request.json();
  const apig = await apigOfRequest();
  try {
    await apig.login(username, password);
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return Response.json({ code: error.code }, { status: 401 });
  }
  return new Response(null, { status: 204 });
}
