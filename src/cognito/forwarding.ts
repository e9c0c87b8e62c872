/** Functions that find out when they are called what is to be called in their place. */

/**
 * Makes functions of the given names.
 * @param names Their names.
 * @param call Told which was called, and with what. Where it throws, they reject.
 */
export function forwarded<Target, Name extends keyof Target>(
  names: readonly Name[],
  call: (name: Name, args: unknown[]) => Promise<unknown>,
): Pick<Target, Name> {
  const functions = names.map((name) => [name, async (...args: unknown[]) => call(name, args)] as const);
  return Object.fromEntries(functions) as Pick<Target, Name>;
}
