// npm run bench: µs per signature, and in brackets the ratio to this library's default engine. `npm run bench -- GET`
// measures one workload.
process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import axios from 'axios';
import aws4 from 'aws4';
import { aws4Interceptor } from 'aws4-axios';
import { nodeHash } from '../dist/esm/hash/node.js';
import { measure, report } from './measure.mjs';
import { floor, ours, signers } from './signers.mjs';
import { withCryptoJs, withNodeHash } from './verifiers.mjs';
import { credentials, host, nextDate, origin, region, service } from './workloads.mjs';

const withQuery = ({ path, query }) => path + (Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '');
const headersOf = (body) => ({
  Accept: 'application/json',
  ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
});

const nodeOnly = [
  ours('ours, nodeHash', { hash: nodeHash }),
  ours('ours, nodeHash, new client', { hash: nodeHash, fresh: true }),
  floor('floor: nodeHash alone', nodeHash),
  {
    name: 'aws4',
    sign: ({ method, body, ...rest }) =>
      aws4.sign(
        {
          method,
          host,
          path: withQuery(rest),
          service,
          region,
          body,
          headers: {
            ...headersOf(body),
            'X-Amz-Date': nextDate()
              .toISOString()
              .replace(/[:-]|\.\d{3}/g, ''),
          },
        },
        credentials,
      ),
  },
  aws4Axios(),
];

/** The interceptor alone: what it does to a request's configuration before axios sends it. */
function aws4Axios() {
  const intercept = aws4Interceptor({ options: { region, service }, credentials, instance: axios });
  return {
    name: 'aws4-axios',
    sign: ({ method, body, ...rest }) =>
      intercept({
        method,
        url: origin + withQuery(rest),
        data: body,
        headers: new axios.AxiosHeaders(headersOf(body)),
        transformRequest: [(data) => data],
      }),
  };
}

const version = (name) =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url))).version;
const packages = [
  'crypto-js',
  'aws4',
  'aws4fetch',
  '@smithy/signature-v4',
  '@aws-crypto/sha256-js',
  'aws-sdk',
  '@aws-amplify/core',
  'aws4-axios',
];

console.log(
  `Node ${process.version}, ${os.cpus().length} × ${os.cpus()[0].model.trim()}, ${os.platform()} ${os.arch()}`,
);
console.log(packages.map((name) => `${name} ${version(name)}`).join(', '));
const log = (name) => process.stderr.write(`${name} …\n`);
const only = process.argv[2];
const results = await measure([...signers, ...nodeOnly], log, only);
console.log(`\nµs per signature, median (ratio to ours)\n\n${report(results, 'ours')}`);
for (const verifiers of [withNodeHash, withCryptoJs]) {
  const checks = await measure(verifiers, log, only);
  console.log(`\nµs per check, median (ratio to a signature)\n\n${report(checks, verifiers[0].name)}`);
}
