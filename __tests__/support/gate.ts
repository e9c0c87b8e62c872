/** A place where something waits until the test lets it go on. */
export interface Gate {
  /** Resolves once something has come to the gate. */
  readonly reached: Promise<void>;
  /** Comes to the gate, and waits until it is open. */
  readonly pass: () => Promise<void>;
  /** Lets everything through, from now on. */
  readonly open: () => void;
}

export function createGate(): Gate {
  const [reached, reach] = signal();
  const [opened, open] = signal();
  const pass = (): Promise<void> => {
    reach();
    return opened;
  };
  return { reached, pass, open };
}

function signal(): [done: Promise<void>, give: () => void] {
  let give: (() => void) | undefined;
  const done = new Promise<void>((resolve) => (give = resolve));
  return [done, () => give?.()];
}
