import { build } from 'esbuild';

/** The packages and modules that an entry reaches, as a bundler that does not tree-shake sees them. */
async function reached(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    treeShaking: false,
    platform: 'neutral',
    packages: 'external',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const packages = Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter(({ external }) => external));
  return [...Object.keys(metafile.inputs), ...packages.map(({ path }) => path)];
}

test('sigv4-client/apig does not reach aws-sdk, sigv4-client/invoke-apig does', async () => {
  const isAwsSdk = (path: string): boolean => path.includes('aws-sdk') || path.includes('awsSdk');
  expect((await reached('src/apig/index.ts')).filter(isAwsSdk)).toEqual([]);
  expect((await reached('src/apig/invokeApig.ts')).filter(isAwsSdk)).toContain('aws-sdk/global.js');
});
