/** The canonical query is sorted; what is sent keeps the caller's order, which says what the API is to do first. */
import axios from 'axios';
import { createApig } from '../../src/apig/index';
import { signAxios } from '../../src/axios/index';
import { createSignedFetch } from '../../src/signedFetch/index';
import { newClient } from '../../src/sigv4';
import { closeAll, startGateway } from '../support/signedFetchHarness';
import type { Echo } from '../support/signedFetchHarness';

afterAll(closeAll);

type Signing = Awaited<ReturnType<typeof startGateway>>;

const PATH = '/notes?sort=price&sort=name&b=2&a=1';

const clientFor = ({ url, credentials }: Signing) => newClient({ credentials, endpoint: url, region: 'us-east-1' });

/** Each sends a request, and gives what the API behind a gateway that checks signatures got. */
const WAYS: Record<string, (signing: Signing) => Promise<Echo>> = {
  async signRequest(signing) {
    const signed = clientFor(signing).signRequest({ method: 'GET', path: PATH });
    return (await (await fetch(signed.url, signed)).json()) as Echo;
  },
  async presignUrl(signing) {
    return (await (await fetch(clientFor(signing).presignUrl({ path: PATH }))).json()) as Echo;
  },
  async createSignedFetch({ url, credentials }) {
    const signedFetch = createSignedFetch({ credentials, region: 'us-east-1', service: 'execute-api' });
    return (await (await signedFetch(url + PATH)).json()) as Echo;
  },
  async signAxios({ url, credentials }) {
    const api = axios.create({ baseURL: url });
    signAxios(api, { credentials, region: 'us-east-1', service: 'execute-api' });
    return (await api.get<Echo>('/notes?sort=price', { params: { sort: 'name', b: 2, a: 1 } })).data;
  },
  async invokeApig({ url, credentials }) {
    const { invokeApig } = createApig({ apiGateway: { REGION: 'us-east-1', URL: url } }, { credentials });
    return invokeApig<Echo>({ path: '/notes?sort=price', queryParams: { sort: 'name', b: 2, a: 1 } });
  },
};

test.each(Object.keys(WAYS))('%s sends the query in the order in which it was given', async (way) => {
  const { url } = await WAYS[way]!(await startGateway());
  const query = new URL(url).search.slice(1).split('&');
  expect(query.filter((pair) => !pair.startsWith('X-Amz-'))).toEqual(['sort=price', 'sort=name', 'b=2', 'a=1']);
});

test("signRequest sends it sorted with the old client's bytes", async () => {
  const { url, credentials } = await startGateway();
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const keys = { accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken };
  const client = newClient({ ...keys, endpoint: url, region: 'us-east-1', signSessionToken: false });
  const signed = client.signRequest({ method: 'GET', path: PATH });
  expect(new URL(signed.url).search).toBe('?a=1&b=2&sort=name&sort=price');
  expect((await fetch(signed.url, signed)).status).toBe(200);
});
