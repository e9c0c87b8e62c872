// Each of these must stay a compile error: an unused `@ts-expect-error` is one itself.
import { createApig } from '../../src/apig/index.js';
import type { ApigConfig, InvokeApig } from '../../src/apig/index.js';
import type { paths } from '../support/notesApiPaths.js';
import type { ManyPaths } from './invokeApig.right.js';

declare const config: ApigConfig;
declare const anyText: string;
const { invokeApig } = createApig<paths>(config);
declare const call: InvokeApig<ManyPaths>;

// @ts-expect-error a path that is none
void invokeApig({ path: '/note' });
// @ts-expect-error a path of which the compiler knows nothing
void invokeApig({ path: anyText });
// @ts-expect-error no path at all
void invokeApig({ queryParams: { limit: 1 } });
// @ts-expect-error nothing in the place of the path's parameter
void invokeApig({ path: '/notes/' });
// @ts-expect-error a path that goes on
void invokeApig({ path: `/notes/${anyText}/comments` });
// @ts-expect-error a path without an operation
void invokeApig({ path: `/notes/${anyText}/file` });
// @ts-expect-error a query that could not be checked
void invokeApig({ path: '/notes/1?limit=1' });
// @ts-expect-error a method that the path does not have
void invokeApig({ path: '/notes', method: 'PATCH' });
// @ts-expect-error no method, where there is no GET
void call({ path: '/proxy' });
// @ts-expect-error a query parameter that the document does not have
void invokeApig({ path: '/notes', queryParams: { limits: 1 } });
// @ts-expect-error a query parameter of another type
void invokeApig({ path: '/notes', queryParams: { limit: 'ten' } });
// @ts-expect-error a query where there is none
void invokeApig({ path: '/notes/1', queryParams: { limit: 1 } });
// @ts-expect-error no query, where it is required
void call({ path: '/search' });
// @ts-expect-error no required query parameter
void call({ path: '/search', queryParams: { tags: [] } });
// @ts-expect-error a required query parameter that may be missing
void call({ path: '/search', queryParams: { q: undefined } });
// @ts-expect-error no body, where it is required
void invokeApig({ path: '/notes', method: 'POST' });
// @ts-expect-error a body of another form
void invokeApig({ path: '/notes', method: 'POST', body: { text: '' } });
// @ts-expect-error a body with a GET
void invokeApig({ path: '/notes', body: { content: '' } });
// @ts-expect-error a result of another type
export const count: Promise<number> = invokeApig({ path: '/notes' });
// @ts-expect-error a result without a field of this name
export const named: Promise<{ name: string }> = invokeApig({ path: '/notes/1' });
// @ts-expect-error an answer that is empty
export const deleted: Promise<object> = invokeApig({ path: '/notes/1', method: 'DELETE' });
// @ts-expect-error an option that is none
void invokeApig({ path: '/notes', retries: 1 });
// @ts-expect-error the document typed, the user pool still missing
createApig<paths>({ apiGateway: config.apiGateway });
