/**
 * Loads the package aws-sdk (v2) when it is first needed: it is 86 kB, and apps with credentials of their own need not install it.
 * Its end-of-support notice is not suppressed here, since it is meant for the app's developers, who can do so by
 * `AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE=1`.
 */
import type AwsSdk from 'aws-sdk/global.js';
import { AuthError } from '../../errors.js';
import { safeCause } from '../../util/index.js';
import { withoutFullStop } from '../shared/index.js';

/** The exports of aws-sdk. */
export type Aws = typeof AwsSdk;

/** How to do without aws-sdk; the end of a sentence. */
const ALTERNATIVE = 'pass credentials of your own to createApig.';

/** What cures a broken build: aws-sdk imports its modules in circles, which builds of Vite 4 and 5 run in the wrong order. */
const BUILD_ADVICE =
  'In a build of Vite 4 or 5, set build.commonjsOptions.strictRequires: true; otherwise ' + ALTERNATIVE;

/**
 * Loads aws-sdk.
 * @returns The package.
 * @throws AuthError `MissingDependency` where it is not installed or cannot run; `Unreachable` where a page gets no answer for it.
 */
export async function loadAwsSdk(): Promise<Aws> {
  const AWS = await importAwsSdk().catch((cause: unknown) => {
    throw loadingFailed(safeCause(cause));
  });
  if (typeof (AWS as Partial<Aws>).CognitoIdentityCredentials === 'function') return AWS;
  throw new AuthError(
    'MissingDependency',
    `What was loaded as the package aws-sdk has no CognitoIdentityCredentials. ${BUILD_ADVICE}`,
  );
}

async function importAwsSdk(): Promise<Aws> {
  const loaded: { readonly default?: Aws } = await import('aws-sdk/global.js');
  return loaded.default ?? (loaded as Aws); // with Parcel, the module has no `default`
}

/** How browsers and bundlers say that a chunk's file could not be fetched. */
const NOT_ARRIVED = /dynamically imported module|importing a module script|loading( css)? chunk/i;

function loadingFailed(cause: Error & { readonly code?: unknown }): AuthError {
  if (isNotInstalled(cause)) {
    const advice = `Install it (npm install aws-sdk), or ${ALTERNATIVE}`;
    return new AuthError('MissingDependency', `The package aws-sdk could not be loaded. ${advice}`, { cause });
  }
  const what = `The package aws-sdk could not be loaded: ${withoutFullStop(cause.message)}.`;
  if (NOT_ARRIVED.test(cause.message)) {
    // Reloading helps since the server may not have the chunks of an older page any more after a deployment.
    return new AuthError('Unreachable', `${what} Check the network, and reload the page.`, { cause });
  }
  return new AuthError('MissingDependency', `${what} ${BUILD_ADVICE}`, { cause });
}

/** Whether aws-sdk itself is not installed, and not a package that it needs. */
function isNotInstalled({ code, message }: { readonly code?: unknown; readonly message: string }): boolean {
  const isNotFound =
    code === 'MODULE_NOT_FOUND' ||
    code === 'ERR_MODULE_NOT_FOUND' ||
    /cannot find (module|package)|could not resolve|failed to resolve module/i.test(message);
  // The rest of the message names the importing file, which may be one of aws-sdk's own.
  const missing = message.replace(/( imported (from|by) |\n).*/s, '');
  return isNotFound && /(^|[\s'"])aws-sdk\b/.test(missing);
}
