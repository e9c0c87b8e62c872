/**
 * The global object, under Node's name as well. amazon-cognito-identity-js needs that name, which browsers and workers do not
 * have: its copy of `buffer` reads it while it loads. So this module is imported before that package, and its export is
 * called, since bundlers drop a module of which nothing is used.
 */
provideGlobal();

/** Gives the global object the name `global`, where it has not got it. */
export function provideGlobal(): void {
  if (!Reflect.has(globalThis, 'global')) Reflect.set(globalThis, 'global', globalThis);
}
