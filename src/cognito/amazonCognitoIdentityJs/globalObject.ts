/**
 * Gives the global object Node's name `global`, which browsers and workers lack: amazon-cognito-identity-js's copy of `buffer` reads
 * it while it is loaded. So this module is imported before that package. Its export is called as well, since bundlers drop a module
 * of which nothing is used.
 */
provideGlobal();

/** Gives the global object the name `global`, where that name is missing. */
export function provideGlobal(): void {
  if (!Reflect.has(globalThis, 'global')) Reflect.set(globalThis, 'global', globalThis);
}
