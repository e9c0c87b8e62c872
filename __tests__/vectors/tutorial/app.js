// What the tutorial's pages do, one after the other; prints what came of each as a line of JSON.
import { authUser, invokeApig, signOutUser } from './awsLib.js';
import { login } from './login.js';

const { EMAIL, PASSWORD } = process.env;
const show = (name, value) => console.log(JSON.stringify([name, value]));
const failing = (promise) => promise.then(() => 'did not fail', (error) => error.message);

show('before', await failing(invokeApig({ path: '/notes' })));
show('wrong password', await failing(login(EMAIL, 'Wrong-passw0rd')));
await login(EMAIL, PASSWORD);
show('logged in', await authUser());
const made = await invokeApig({
  path: '/notes',
  method: 'POST',
  body: { content: 'Grüße aus der Küche', attachment: 'a file.txt' },
});
show('made', made);
const path = `/notes/${made.id}`;
show('list', await invokeApig({ path: '/notes' }));
show('read', await invokeApig({ path }));
await invokeApig({ path, method: 'PUT', body: { ...made, content: 'Changed' } });
show('changed', (await invokeApig({ path, queryParams: { 'view as': 'reader & writer' } })).content);
await invokeApig({ path, method: 'DELETE' });
show('deleted', await failing(invokeApig({ path })));
show('refused', await failing(invokeApig({ path: '/notes', method: 'POST', body: { wrong: true } })));
signOutUser();
show('after', await failing(invokeApig({ path: '/notes' })));
