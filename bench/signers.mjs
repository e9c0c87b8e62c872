// Who signs: this library in its forms, the rivals, and the floor, which is the bare hash work with the default engine.
import SHA256 from 'crypto-js-of-the-old-client/sha256.js';
import HmacSHA256 from 'crypto-js-of-the-old-client/hmac-sha256.js';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { HttpRequest } from '@smithy/protocol-http';
import { signRequest as amplifySign } from '@aws-amplify/core/internals/aws-client-utils';
import { AwsV4Signer } from 'aws4fetch';
import AWS from 'aws-sdk/global.js';
import { createCanonicalRequest, cryptoJsHash, newClient, sha256Hex } from '../dist/esm/index.js';
import { deriveSigningKey } from '../dist/esm/index.js';
import { credentials, host, nextDate, origin, region, service } from './workloads.mjs';

const { accessKeyId, secretAccessKey, sessionToken } = credentials;
const queryOf = (query) => new URLSearchParams(query).toString();
const urlOf = ({ path, query }) => origin + path + (queryOf(query) && `?${queryOf(query)}`);
const headersOf = ({ body }) => ({
  Accept: 'application/json',
  ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
});

/** This library. `hash` is an engine; `fresh` makes a new client for every call, as tutorials do. */
export function ours(name, { hash, fresh = false } = {}) {
  const config = () => ({
    accessKey: accessKeyId,
    secretKey: secretAccessKey,
    sessionToken,
    region,
    endpoint: origin,
    hash,
    now: nextDate,
  });
  const reused = newClient(config());
  return {
    name,
    sign({ method, path, query, body }) {
      const client = fresh ? newClient(config()) : reused;
      return client.signRequest({ method, path, queryParams: query, body });
    },
  };
}

/** The hashes that a signature cannot do without, with the default engine and the key's HMAC state at hand. */
export function floor(name, engine) {
  const date = '20260101';
  const sign = engine.hmac(deriveSigningKey({ secretAccessKey, date, region, service }));
  const canonical = ({ method, path, query, body }) =>
    createCanonicalRequest({
      method,
      path,
      query: Object.entries(query),
      headers: [
        ['host', host],
        ...Object.entries(headersOf({ body })),
        ['x-amz-date', `${date}T000000Z`],
        ['x-amz-security-token', sessionToken],
      ],
      payloadHash: sha256Hex(''),
    });
  const texts = new WeakMap();
  const stringToSign = `AWS4-HMAC-SHA256\n${date}T000000Z\n${date}/${region}/${service}/aws4_request\n${sha256Hex('')}`;
  return {
    name,
    prepare: (request) => texts.set(request, canonical(request)),
    sign(request) {
      if (request.body !== undefined) engine.sha256(request.body);
      engine.sha256(texts.get(request));
      return sign(stringToSign);
    },
  };
}

/**
 * The old client's crypto-js calls in their order; they are all but 5 % of its time. The token is not signed. The copy of
 * crypto-js is its own: its arrays are of another kind, and code compiled for both is slower for both.
 */
const oldClient = {
  name: 'old client (token not signed)',
  sign({ method, path, query, body }) {
    const amzDate = nextDate()
      .toISOString()
      .replace(/[:-]|\.\d{3}/g, '');
    const date = amzDate.slice(0, 8);
    const canonicalRequest = [
      method,
      path,
      queryOf(query),
      `accept:application/json\nhost:${host}\nx-amz-date:${amzDate}\n`,
      'accept;host;x-amz-date',
      SHA256(body ?? '').toString(),
    ].join('\n');
    const scope = `${date}/${region}/${service}/aws4_request`;
    const stringToSign = `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${SHA256(canonicalRequest).toString()}`;
    let key = `AWS4${secretAccessKey}`;
    for (const part of [date, region, service, 'aws4_request']) key = HmacSHA256(part, key);
    return HmacSHA256(stringToSign, key).toString();
  },
};

const smithySigner = new SignatureV4({ service, region, credentials, sha256: Sha256 });
const smithy = {
  name: '@smithy/signature-v4 + sha256-js',
  sign: ({ method, path, query, body }) =>
    smithySigner.sign(
      new HttpRequest({
        method,
        protocol: 'https:',
        hostname: host,
        path,
        query,
        body,
        headers: { host, ...headersOf({ body }) },
      }),
      { signingDate: nextDate() },
    ),
};

const amplify = {
  name: 'Amplify signRequest',
  sign: (request) =>
    amplifySign(
      { method: request.method, url: new URL(urlOf(request)), headers: headersOf(request), body: request.body },
      { credentials, signingDate: nextDate(), signingRegion: region, signingService: service },
    ),
};

const aws4fetchCache = new Map();
const aws4fetch = {
  name: 'aws4fetch',
  sign: (request) =>
    new AwsV4Signer({
      method: request.method,
      url: urlOf(request),
      headers: headersOf(request),
      body: request.body,
      accessKeyId,
      secretAccessKey,
      sessionToken,
      service,
      region,
      cache: aws4fetchCache,
      allHeaders: true, // Content-Type too
      datetime: nextDate()
        .toISOString()
        .replace(/[:-]|\.\d{3}/g, ''),
    }).sign(),
};

const awsSdk = {
  name: 'aws-sdk v2 signer',
  sign({ method, path, query, body }) {
    const search = queryOf(query);
    const request = {
      method,
      path: path + (search && `?${search}`),
      region,
      endpoint: { host },
      headers: { Host: host, ...headersOf({ body }) },
      body,
      pathname: () => path,
      search: () => search,
    };
    new AWS.Signers.V4(request, service).addAuthorization(credentials, nextDate());
    return request;
  },
};

/** Those that run anywhere. */
export const signers = [
  ours('ours'),
  ours('ours, a new client per call', { fresh: true }),
  floor('floor: hash work alone', cryptoJsHash),
  oldClient,
  smithy,
  amplify,
  aws4fetch,
  awsSdk,
];
