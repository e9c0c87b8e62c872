// Asks newClient whom it signs for at every URL that botocore's endpoint rules give, and counts what it says: right, refused
// (a SigV4Error that asks for serviceName or region), silently wrong. Fails where any is silently wrong.
//
//   node scripts/botocore-hosts.mjs [--list]    all that are not right, with what botocore signs for
//
// It needs a Python with botocore 1.29 or later, such as Debian's python3-botocore; PYTHON names another Python. Where
// there is none it says so, and checks nothing. It runs the TypeScript sources, so no build is needed.
import { importSource } from './importSource.mjs';
import { readBotocore } from './readBotocore.mjs';

const found = readBotocore();
if (found === undefined) {
  console.log('Skipped: no Python here has botocore 1.29 or later (on Debian: apt-get install python3-botocore).');
} else {
  await compare(found.version, found.rows);
}

async function compare(version, rows) {
  const { newClient, SigV4Error } = await importSource("export { newClient, SigV4Error } from './src/sigv4/index.ts';");
  const counts = { right: 0, refused: 0, silent: 0 };
  for (const [url, wanted] of rows) {
    const [outcome, said] = outcomeOf(url, wanted);
    counts[outcome]++;
    if (outcome === 'silent' || (outcome !== 'right' && process.argv.includes('--list'))) {
      console.log(`${outcome}  ${url}  ${said}  botocore: ${wanted.map((names) => names.join(' ')).join(' | ')}`);
    }
  }
  console.log(`botocore ${version}: ${rows.length} hosts`);
  console.log(`right ${counts.right}, refused ${counts.refused}, silently wrong ${counts.silent}`);
  process.exitCode = counts.silent > 0 ? 1 : 0;

  function outcomeOf(endpoint, wanted) {
    try {
      const { serviceName, region } = newClient({ accessKey: 'AKIDEXAMPLE', secretKey: 'secret', endpoint });
      const isRight = wanted.some(([name, where]) => name === serviceName && where === region);
      return [isRight ? 'right' : 'silent', `${serviceName} ${region}`];
    } catch (error) {
      if (!(error instanceof SigV4Error) || !/^(serviceName|region)$/.test(error.option)) throw error;
      return ['refused', error.option];
    }
  }
}
