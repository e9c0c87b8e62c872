// Next, as its own generator lays an app out, and the recipes for it.
import { readFileSync } from 'node:fs';
import { appFiles } from '../app.mjs';
import { PLAIN } from './shared.mjs';

const NEXT_PAGE = `
'use client';
import { useEffect } from 'react';
import { story } from '../app';

export default function Page() {
  useEffect(() => {
    story().then(console.log, console.error);
  }, []);
  return <p>Notes</p>;
}
`;
const NEXT_LAYOUT = `
export default function Layout({ children }: { children: React.ReactNode }) {
  return <html lang="en"><head><link rel="icon" href="data:," /></head><body>{children}</body></html>;
}
`;
const NEXT_ROUTE = `
import { story } from '../../../app';
export const dynamic = 'force-dynamic';
export async function GET() {
  return new Response(await story());
}
`;
const next = (name, bundler) => ({
  name,
  files: ({ config }) => ({
    ...appFiles(config, 'ts', { extension: '' }),
    ...PLAIN,
    'app/page.tsx': NEXT_PAGE,
    'app/layout.tsx': NEXT_LAYOUT,
    'app/api/story/route.ts': NEXT_ROUTE,
  }),
  build: [['next', 'build', bundler]],
  run: {
    server: (port) => ['next', 'start', '--hostname', '127.0.0.1', '--port', port],
    open: ['/'],
    ask: ['/api/story'],
  },
});

const recipe = (name) => readFileSync(new URL(`../../../recipes/${name}`, import.meta.url), 'utf8');

/** Sees the page before and after a login, and what its scripts can see of the session. */
const nextTryOut = ({ username, password }) => `
'use client';
import { useEffect } from 'react';

async function story(): Promise<string> {
  const show = async () => {
    const page = await (await fetch('/notes')).text();
    return /<main>(.*?)<\\/main>/.exec(page.replace(/<!--.*?-->/g, ''))?.[1];
  };
  const logIn = async (password: string) => {
    const body = JSON.stringify({ username: '${username}', password });
    const { status } = await fetch('/login', { method: 'POST', body });
    return status;
  };
  const before = await show();
  const statuses = [await logIn('wrong-Passw0rd!'), await logIn('${password}')];
  const { content } = await (await fetch('/api/notes', { method: 'POST' })).json();
  const listed = await (await fetch('/api/notes?limit=1')).json();
  return [before, ...statuses, content, await show(), listed.length, document.cookie].join('|');
}

export default function Page() {
  useEffect(() => {
    story().then((result) => console.log('RESULT ' + result), console.error);
  }, []);
  return null;
}
`;
const NEXT_NOTES_ROUTE = `
import config from '../../../lib/config';
import { handler } from '../../../lib/handler';
import { apigOfRequest } from '../../../lib/session';

export async function GET(request: Request) {
  const { credentials } = await apigOfRequest();
  return handler(credentials, config.apiGateway.URL)(request);
}
export async function POST() {
  const apig = await apigOfRequest();
  return Response.json(await apig.invokeApig({ path: '/notes', method: 'POST', body: { content: 'Buy milk' } }));
}
`;

/** The recipes for Next as they are, typed by Next itself, with the session in cookies. */
const nextRecipes = {
  name: 'next-recipes',
  files: ({ config: { aws, username, password } }) => ({
    ...PLAIN,
    'lib/config.ts': `export default ${JSON.stringify(aws)};`,
    'lib/session.ts': recipe('next/session.ts'),
    'lib/handler.ts': recipe('next-route-handler.ts'),
    'app/layout.tsx': NEXT_LAYOUT.replace('{children}', '<main>{children}</main>'),
    'app/login/route.ts': recipe('next/login-route.ts'),
    'app/notes/page.tsx': recipe('next/notes-page.tsx'),
    'app/page.tsx': nextTryOut({ username, password }),
    'app/api/notes/route.ts': NEXT_NOTES_ROUTE,
  }),
  build: [['next', 'build', '--turbopack']],
  run: { server: (port) => ['next', 'start', '--hostname', '127.0.0.1', '--port', port], open: ['/'] },
  expected: 'RESULT <p>Please log in.</p>|401|204|Buy milk|<ul><li>Buy milk</li></ul>|1|',
};

export const nextCases = [next('next-turbopack', '--turbopack'), next('next-webpack', '--webpack'), nextRecipes];
