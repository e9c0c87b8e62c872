// The page of `npm run bench:browser`.
import { AwsClient } from 'aws4fetch';
import { createSignedFetch } from '../dist/esm/index.js';
import { measure } from './measure.mjs';
import { signers } from './signers.mjs';
import { credentials, nextDate, origin, region, service, workloads } from './workloads.mjs';

/** The way of signedFetch: large bodies are digested by WebCrypto. Nothing is sent. */
const signedFetch = createSignedFetch({
  credentials,
  region,
  now: nextDate,
  retry: false,
  fetch: () => Promise.resolve(new Response()),
});
const urlOf = ({ path, query }) => {
  const search = new URLSearchParams(query).toString();
  return origin + path + (search && `?${search}`);
};
const whole = {
  name: 'ours, createSignedFetch',
  sign: (request) => signedFetch(urlOf(request), { method: request.method, body: request.body }),
};

/** The same of aws4fetch, whose signer alone, above, makes nothing that could be sent: as far as the Request that it fetches. */
const client = new AwsClient({ ...credentials, service, region });
const rival = {
  name: 'aws4fetch, AwsClient',
  sign: (request) => {
    const datetime = nextDate()
      .toISOString()
      .replace(/[:-]|\.\d{3}/g, '');
    return client.sign(urlOf(request), { method: request.method, body: request.body, aws: { datetime } });
  },
};

const results = await measure([...signers, whole, rival], (name) => console.log(`${name} …`));

/** A timer that should fire every few milliseconds: the longest wait for it is the longest block. */
async function longestBlock(work) {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await work();
  await new Promise((resolve) => setTimeout(resolve, 20));
  clearInterval(timer);
  return longest;
}

const large = workloads.at(-1).requests;
const blocks = [];
for (let i = 0; i < 5; i++) blocks.push(await longestBlock(() => whole.sign(large[i])));
globalThis.done = { results, blocked: blocks.sort((a, b) => a - b)[2] };
