/**
 * The global object, under Node's name as well. amazon-cognito-identity-js needs that name, which browsers and workers do not
 * have: its copy of `buffer` reads it while it loads. So this module is imported before that package, and its export is
 * used, since bundlers drop a module of which nothing is used.
 */
export const globalObject: typeof globalThis = provideGlobal();

function provideGlobal(): typeof globalThis {
  if (!Reflect.has(globalThis, 'global')) Reflect.set(globalThis, 'global', globalThis);
  return globalThis;
}
