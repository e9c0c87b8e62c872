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

test('sigv4-client/apig needs crypto-js alone, sigv4-client/invoke-apig aws-sdk and amazon-cognito-identity-js as well', async () => {
  const packagesOf = async (entry: string): Promise<string[]> => {
    const outside = (await reached(entry)).filter((path) => !path.startsWith('src/'));
    return [...new Set(outside.map((path) => path.replace(/\/.*/, '')))].sort();
  };
  expect(await packagesOf('src/apig/index.ts')).toEqual(['crypto-js']);
  expect(await packagesOf('src/apig/invokeApig.ts')).toEqual(['amazon-cognito-identity-js', 'aws-sdk', 'crypto-js']);
});

test('no text of one entry speaks of the other', async () => {
  // Minified, so that comments are gone.
  const textOf = async (entry: string): Promise<string> => {
    const how = { bundle: true, minify: true, format: 'esm', packages: 'external', platform: 'neutral' } as const;
    const { outputFiles } = await build({ entryPoints: [entry], ...how, write: false, logLevel: 'silent' });
    return outputFiles[0]!.text;
  };
  const ofLibraries = /aws-?sdk|amazon-cognito-identity-js|invoke-apig|shareWithAwsConfig/i;
  const [alone, overLibraries] = await Promise.all(['src/apig/index.ts', 'src/apig/invokeApig.ts'].map(textOf));
  expect([ofLibraries.exec(alone!), /sigv4-client\/apig/.exec(overLibraries!)]).toEqual([null, null]);
  expect(overLibraries).toMatch(ofLibraries);
});
