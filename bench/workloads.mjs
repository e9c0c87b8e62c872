// What is signed: 256 different requests per workload, temporary credentials, and a clock that moves, so that no cache of
// whole requests or of dates helps anyone.
const HOST = 'abc123.execute-api.us-east-1.amazonaws.com';

export const credentials = {
  accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: text(1200, 7),
};
export const region = 'us-east-1';
export const service = 'execute-api';
export const origin = `https://${HOST}`;
export const host = HOST;

/** Letters that look random and are the same in every run. */
function text(length, seed) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const pieces = [];
  for (let i = 0, state = seed; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    pieces.push(alphabet[state >>> 26]);
  }
  return pieces.join('');
}

function workload(name, method, bodyLength, calls) {
  const base = text(bodyLength + 256, 1);
  const requests = Array.from({ length: 256 }, (_, i) => ({
    method,
    path: `/prod/notes/${i}`,
    query: method === 'GET' ? { limit: '10', cursor: `page-${i}` } : {},
    // Slices of one text: different bodies without 256 times the memory.
    body: method === 'GET' ? undefined : base.slice(i, i + bodyLength),
  }));
  return { name, requests, calls };
}

/** `calls` is how many signatures one round measures. */
export const workloads = [
  workload('GET', 'GET', 0, 400),
  workload('PUT 1 kB', 'PUT', 1_000, 300),
  workload('POST 100 kB', 'POST', 100_000, 15),
  workload('POST 5 MB', 'POST', 5_000_000, 1),
];

let time = Date.UTC(2026, 0, 1);
/** Each request is signed in a second of its own. */
export const nextDate = () => new Date((time += 1_300));
