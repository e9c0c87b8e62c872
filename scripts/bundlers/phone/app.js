// The app on the phone: what each part comes to before its polyfill is there, then a session with all of them. A line for each.
import 'react-native/Libraries/Core/InitializeCore';
import AsyncStorage from '@react-native-async-storage/async-storage';
import { createSignedFetch, newClient } from 'sigv4-client';
import { createApig } from 'sigv4-client/apig';
import { aws, password, username } from './config.json';

const { URL: endpoint, REGION: region } = aws.apiGateway;
const notes = `${endpoint}/notes`;
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const bytesOf = (text) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const open = () => createApig(aws, { storage: AsyncStorage });

/** Who is logged in once the app is started anew. */
async function nextLaunch() {
  const apig = open();
  await apig.ready();
  return apig.getSession();
}

/** Prints what something came to, or the error: what was to be imported, or the cause that was found. */
async function report(name, act) {
  try {
    console.log(`${name}: ${await act()}`);
  } catch (error) {
    const missing = /import '?(react-native-[\w-]+)/.exec(error.message);
    const more = missing ? missing[1] : error.explanation?.code;
    console.log(`${name}: ${[error.code ?? error.name, more].filter(Boolean).join(', ')}`);
  }
}

/** Everything that reads or writes a URL. */
async function withoutUrl() {
  const client = () => newClient({ accessKey: 'AKIDEXAMPLE', secretKey: 'secret', region, endpoint });
  const apig = () => createApig(aws, { credentials });
  await report('signRequest', () => client().signRequest({ path: '/' }).url);
  await report('presignUrl', () => client().presignUrl({ path: '/' }));
  await report('createSignedFetch', () => createSignedFetch({ credentials, region })(notes));
  await report('invokeApig', () => apig().invokeApig({ path: '/notes' }));
  await report('fetch', () => apig().fetch(notes));
  await report('login', () => open().login(username, password));
}

/** Whether a login is quick enough, in one of three: the machine may have other work. */
async function loginTime(apig) {
  const times = [];
  while (times.length < 3) {
    const started = Date.now();
    await apig.login(username, password);
    times.push(Date.now() - started);
    if (times[times.length - 1] < 2000) return 'in time';
  }
  return `${times} ms`;
}

async function session(apig) {
  await report('login', () => loginTime(apig));
  await report('session', async () => (await apig.getSession()).claims.email);
  await report('post', async () => {
    const note = await apig.invokeApig({ path: '/notes', method: 'POST', body: { content: 'Käse ✓' } });
    return note.content;
  });
  await report('get', async () => {
    const listed = await apig.invokeApig({ path: '/notes', queryParams: { limit: 10, q: 'a b+c', empty: '' } });
    return listed.map(({ content }) => content);
  });
  await report('next launch', async () => (await nextLaunch())?.claims.email);
  await report('renewed', async () => typeof (await apig.getUserToken({ forceRefresh: true })));
}

/** A body of each kind. */
async function bodies(apig) {
  const json = JSON.stringify({ content: 'a note' });
  const bytes = bytesOf(json);
  const blob = new Blob([json], { type: 'application/json' });
  const headers = { 'content-type': 'application/json' };
  const sent = {
    text: json,
    bytes,
    'part of a buffer': bytesOf(`[${json}]`).subarray(1, bytes.length + 1),
    buffer: bytes.buffer,
    blob,
    form: new FormData(),
  };
  for (const [kind, body] of Object.entries(sent)) {
    await report(`fetch, ${kind}`, async () =>
      (await apig.fetch(notes, { method: 'POST', headers, body })).json().then(({ content }) => content),
    );
  }
  for (const [kind, body] of [
    ['blob', blob],
    ['form', new FormData()],
    ['bytes', bytes],
  ]) {
    await report(
      `invokeApig, ${kind}`,
      async () => (await apig.invokeApig({ path: '/notes', method: 'POST', headers, body })).content,
    );
  }
  const params = new URLSearchParams({ content: 'é +' });
  await report('form-urlencoded', () =>
    createSignedFetch({
      credentials,
      region,
      service: 'execute-api',
      fetch: async (_, { body }) => new Response(String.fromCharCode(...body)),
    })(notes, { method: 'POST', body: params }).then((response) => response.text()),
  );
}

/** What React Native's fetch has in its own way. */
async function calls(apig) {
  const stopped = new AbortController();
  await report(
    'Request',
    async () => (await apig.fetch(new Request(notes, { headers: new Headers({ accept: '*/*' }) }))).status,
  );
  await report('no-store', async () => (await apig.fetch(notes, { cache: 'no-store' })).status);
  await report('upper case', async () => (await apig.fetch(`${notes.replace('http', 'HTTP')}?q&a=%20é`)).status);
  await report(
    'arrayBuffer',
    async () => (await apig.invokeApig({ path: '/notes', responseType: 'arrayBuffer' })).byteLength > 0,
  );
  await report('time is up', () => apig.fetch(notes, { timeout: 1 }));
  await report('stopped', () => {
    setTimeout(() => stopped.abort(), 1);
    return apig.fetch(notes, { signal: stopped.signal });
  });
  await report('no answer', () => apig.fetch(notes.replace(/:\d+/, ':9'), { retry: false }));
  await report('no such path', () => apig.invokeApig({ path: '/nowhere' }));
  await report('refused', async () => {
    const stranger = { ...(await apig.getAwsCredentials()), secretAccessKey: 'another' };
    return createApig(aws, { credentials: stranger }).invokeApig({ path: '/notes' });
  });
}

async function main() {
  await withoutUrl();
  require('react-native-url-polyfill/auto');
  await report('login, with URL', () => open().login(username, password));
  require('react-native-get-random-values');
  await report('wrong password', () => open().login(username, 'Another1!'));
  const apig = open();
  await session(apig);
  await bodies(apig);
  await calls(apig);
  apig.logout();
  await report('logout', () => apig.getSession());
  await report('after it', nextLaunch);
}

main()
  .catch((error) => console.error(error.stack))
  .then(() => console.log('END'));
