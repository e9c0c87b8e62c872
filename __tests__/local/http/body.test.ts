/** A body in the smallest of chunks takes no more memory than its bytes: in a process with little of it. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { temporaryFolder } from '../../support/temporaryFolder';

const run = promisify(execFile);
const CHUNKS = 600_000;

test(`a body of ${CHUNKS} chunks of one byte each arrives in a process with 64 MB`, async () => {
  const folder = temporaryFolder();
  const outfile = join(folder, 'http.cjs');
  const entryPoints = [join(process.cwd(), 'src/local/http/index.ts')];
  buildSync({ entryPoints, outfile, format: 'cjs', bundle: true, platform: 'node' });
  const main = join(folder, 'main.cjs');
  writeFileSync(
    main,
    `const { listen } = require(${JSON.stringify(outfile)});
     const { connect } = require('node:net');
     (async () => {
       const handler = (_, { rawBody }) => Response.json(rawBody.length);
       const server = await listen(handler, 0, { maxBody: ${CHUNKS} });
       const socket = connect(server.port, '127.0.0.1');
       socket.write('POST / HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n');
       socket.write('1\\r\\nx\\r\\n'.repeat(${CHUNKS}) + '0\\r\\n\\r\\n');
       let answer = '';
       for await (const part of socket) answer += part;
       console.log(answer.split('\\r\\n\\r\\n')[1]);
       await server.close();
     })();`,
  );
  const { stdout } = await run(process.execPath, ['--max-old-space-size=64', main]);
  expect(stdout).toContain(String(CHUNKS));
});
