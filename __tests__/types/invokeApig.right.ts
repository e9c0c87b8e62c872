// Calls that are typed by an API's document. All of these must compile as they stand.
import { configure, createApig, invokeApig } from '../../src/apig/index.js';
import type { Apig, ApigConfig, InvokeApig, PoolUser, SessionInfo } from '../../src/apig/index.js';
import { createApig as createApigOverSdk } from '../../src/apig/invokeApig.js';
import type { paths } from '../support/notesApiPaths.js';

declare const config: ApigConfig;
declare const id: string;

/** Paths of every kind, in an order of which nothing may follow. */
export interface ManyPaths {
  '/files/{proxy+}': { get: { responses: { 200: { content: { 'text/plain': string } } } } };
  '/files/{name}': { get: { responses: { 200: { content: { 'application/json': { name: string } } } } } };
  '/files/latest': { get: { responses: { 200: { content: { 'application/hal+json': { latest: true } } } } } };
  '/files/{name}/versions/{version}.json': {
    get: { responses: { 200: { content: { 'application/json; charset=utf-8': { version: number } } } } };
  };
  '/search': {
    get: {
      parameters: { query: { q: string; tags?: string[] }; header: { 'x-trace'?: string } };
      responses: { '2XX': { content: { 'application/json': string[] } }; default: { content: object } };
    };
  };
  '/proxy': { post: { responses: object }; head: { responses: { 200: { content?: never } } } };
  '/': { get: { responses: { 200: { content: { 'application/json': 'root' } }; 204: { content?: never } } } };
}

/** Whether types take each other's place; `any`, which takes every place, takes that of `unknown` alone. */
type Equal<A, B> = [A, B, unknown extends A ? 1 : 0] extends [B, A, unknown extends B ? 1 : 0] ? true : false;
/** Compiles where a call results in this very type, neither a wider nor a narrower one. */
const resultsIn =
  <Expected>() =>
  <Given>(_call: Promise<Given>, _isSame: Equal<Expected, Given>) =>
    true;

interface Note {
  id: string;
  content: string;
  attachment?: string;
  createdAt?: string;
  updatedAt?: string;
}

export async function byNotesApi(): Promise<void> {
  const apig = createApig<paths>(config);
  for (const call of [apig.invokeApig, createApigOverSdk<paths>(config).invokeApig]) {
    const notes: Note[] = await call({ path: '/notes', queryParams: { limit: 10 } });
    const made: Note = await call({ path: '/notes', method: 'POST', body: { content: 'Milk' } });
    const changed: Note = await call({ path: `/notes/${id}`, method: 'put', body: { content: 'Bread' }, retry: 1 });
    resultsIn<undefined>()(call({ path: '/notes/1', method: 'DELETE', timeout: 1000 }), true);
    const text: string = await call({ path: `/notes/${made.id}`, responseType: 'text', headers: { 'x-note': '1' } });
    const response: Response = await call({ path: '/notes', method: 'GET', responseType: 'response' });
    console.log(notes, changed.attachment, text, response);
  }
}

export function byPathsOfEveryKind(): void {
  const { invokeApig: call } = configure<ManyPaths>({ apiGateway: config.apiGateway }, { guests: true });
  const own: InvokeApig<ManyPaths> = invokeApig; // the module's own function, typed by a line of the app's
  resultsIn<{ name: string }>()(call({ path: '/files/1' }), true);
  resultsIn<{ name: string }>()(call({ path: `/files/${id}` }), true);
  resultsIn<{ latest: true }>()(own({ path: '/files/latest' }), true);
  resultsIn<{ version: number }>()(call({ path: `/files/${id}/versions/2.json` }), true);
  resultsIn<unknown>()(call({ path: '/files/a/b' }), true);
  resultsIn<unknown>()(call({ path: '/files/latest/versions/2' }), true);
  resultsIn<string[]>()(call({ path: '/search', queryParams: { q: 'milk', tags: ['a', 'b'] } }), true);
  resultsIn<string[]>()(call({ path: '/search', method: undefined, queryParams: { q: id, tags: undefined } }), true);
  resultsIn<unknown>()(call({ path: '/proxy', method: 'POST', body: new Uint8Array(1) }), true);
  resultsIn<undefined>()(call({ path: '/proxy', method: 'head', headers: { 'x-any': '1' } }), true);
  resultsIn<'root' | undefined>()(call({ path: '/' }), true);
  resultsIn<Blob>()(call({ path: '/', responseType: 'blob' }), true);
}

/** An API of which the compiler knows nothing is called as ever. */
export function untyped(apig: Apig, typed: Apig<PoolUser, paths>): Promise<Note>[] {
  const anyPaths: InvokeApig<Record<string, object>> = apig.invokeApig;
  void typed.getSession();
  return [apig.invokeApig<Note>({ path: '/anything' }), anyPaths<Note>({ path: '/anything' })];
}
export const generic = <T>(apig: Apig, path: string): Promise<T> => apig.invokeApig<T>({ path });

/** The claims that a user pool writes are text; all others are unknown. */
export const shownOf = ({ claims }: SessionInfo): [string | undefined, readonly string[] | undefined, unknown] => [
  claims.email,
  claims['cognito:groups'],
  claims['custom:team'],
];
