/**
 * amazon-cognito-identity-js needs Node's name for the global object, which browsers and workers do not have: its copy of
 * `buffer` reads it while it loads. Imported before that package, so that no bundler has to be told.
 */
if (!Reflect.has(globalThis, 'global')) Reflect.set(globalThis, 'global', globalThis);
