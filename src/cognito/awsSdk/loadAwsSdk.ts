/**
 * Loads the package aws-sdk (v2) when it is first needed: it is 86 kB, and apps with credentials of their own need not install it.
 * Its end-of-support notice is not suppressed here, since it is meant for the app's developers, who can do so by
 * `AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE=1`.
 */
import type AwsSdk from 'aws-sdk/global.js';
import { AuthError } from '../../errors.js';
import { safeCause } from '../../util/index.js';

/** The package's exports. */
export type Aws = typeof AwsSdk;

const WITHOUT = 'pass credentials of your own to createApig.';

/** The package's modules import each other in circles, and builds of Vite 4 and 5 run them in the wrong order. */
const BUILD = 'In a build of Vite 4 or 5, set build.commonjsOptions.strictRequires: true; otherwise ' + WITHOUT;

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
    `What was loaded as the package aws-sdk has no CognitoIdentityCredentials. ${BUILD}`,
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
    const advice = `Install it (npm install aws-sdk), or ${WITHOUT}`;
    return new AuthError('MissingDependency', `The package aws-sdk could not be loaded. ${advice}`, { cause });
  }
  const what = `The package aws-sdk could not be loaded: ${/^[^]*[^.\s]/.exec(cause.message)?.[0] ?? ''}.`;
  if (NOT_ARRIVED.test(cause.message)) {
    // The advice to reload: after a deployment, the server may not have the chunks of an older page any more.
    return new AuthError('Unreachable', `${what} Check the network, and reload the page.`, { cause });
  }
  return new AuthError('MissingDependency', `${what} ${BUILD}`, { cause });
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
