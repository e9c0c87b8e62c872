/** Sends an instance's calls, signed for an identity or unsigned. */
import type { Identity } from '../cognito/index.js';
import { createClock, createRequestSigner, createUnsignedSigner } from '../signedFetch/index.js';
import type { Clock, Sender, SigningOptions } from '../signedFetch/index.js';
import { NOTABLE_DRIFT } from '../util/index.js';
import type { CredentialProvider } from '../util/index.js';

/** Senders of calls that an identity signs. */
export interface IdentitySenders {
  /** For the configured API. */
  readonly api: Sender;
  /** For other hosts: service and region are read from the host's name. */
  readonly others: Sender;
}

/** The senders of an instance. */
export interface Senders {
  /** Sends without a signature. */
  readonly unsigned: Sender;
  /** The senders for an identity. They check just before sending that its user is still logged in. */
  readonly of: (identity: Identity) => IdentitySenders;
}

/** Options of the senders. */
export interface SenderOptions {
  /** The app's own `fetch`; `undefined` for the global one at the time of the call. */
  readonly fetch?: typeof fetch | undefined;
  /** The app's clock; `undefined` for the device's own, corrected by what a login tells. */
  readonly now?: (() => Date | number) | undefined;
  /** The host that the API's requests are signed for; `undefined` for the URL's. */
  readonly signedHost?: SigningOptions['signedHost'];
}

/**
 * Makes the senders of an instance.
 * @param region The API's region.
 * @param options The app's `fetch`, clock and signed host.
 */
export function createSenders(region: string | undefined, options: SenderOptions): Senders {
  const clock = createClock(options.now);
  const sendOnce: typeof fetch = (input, init) => (options.fetch ?? globalThis.fetch)(input, init);
  const isCustomFetch = options.fetch !== undefined;
  let last: (IdentitySenders & { readonly identity: Identity }) | undefined;

  function createFor(identity: Identity): IdentitySenders {
    const credentials: CredentialProvider = async (context) => {
      const found = await identity.getCredentials(context);
      if (options.now === undefined) startClock(clock, identity.now());
      return found;
    };
    const send: typeof fetch = (input, init) => {
      identity.assertCurrent();
      return sendOnce(input, init);
    };
    const senderFor = (how: Pick<SigningOptions, 'service' | 'region' | 'signedHost'>): Sender => ({
      signer: createRequestSigner({ credentials, clock, ...how }),
      fetch: send,
      isCustomFetch,
    });
    const { signedHost } = options;
    return { api: senderFor({ service: 'execute-api', region, signedHost }), others: senderFor({}) };
  }

  return {
    unsigned: { signer: createUnsignedSigner(clock), fetch: sendOnce, isCustomFetch },
    of(identity) {
      if (last?.identity !== identity) last = { identity, ...createFor(identity) };
      return last;
    },
  };
}

/**
 * Corrects the signer's clock by the time that a login has told, unless a refusal has corrected it already. Pages need this, since
 * browsers may hide from them the refusals that tell the time.
 */
function startClock(clock: Clock, now: number): void {
  if (clock.offset === 0 && Math.abs(now - clock.now()) > NOTABLE_DRIFT) clock.correct(now);
}
