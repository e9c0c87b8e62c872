// What is built, how, and where it runs. A case: `files` written for it, `build` commands, and how it is `run`: a `page`
// from a folder, an `extension`, a `server` whose page is opened, or a `program` whose output counts. Where its tools do not
// go with the others', it names its `workspace`; where they need a newer Node than the machine's, that `node`; where they
// need variables of the environment, these. `known` is what a tool says in every app, whatever is in it.
import { browserCases } from './browserOnly.mjs';
import { bundlerCases } from './bundlers.mjs';
import { copiedCases } from './copiedFile.mjs';
import { entriesCases } from './entries.mjs';
import { frameworkCases } from './frameworks.mjs';
import { hermesCases } from './hermes.mjs';
import { nextCases } from './next.mjs';
import { phoneCases } from './phone.mjs';
import { reactNativeCases } from './reactNative.mjs';
import { runtimeCases } from './runtimes.mjs';
import { typesCases } from './types.mjs';
import { viteCases } from './vite.mjs';

export const cases = [
  ...viteCases,
  ...bundlerCases,
  ...entriesCases,
  ...browserCases,
  ...runtimeCases,
  ...copiedCases,
  ...typesCases,
  ...nextCases,
  ...frameworkCases,
  ...hermesCases,
  ...reactNativeCases,
  ...phoneCases,
];
