/** How signed headers were changed on their way. */
import { CONTENT_HASH } from '../../sigv4/index.js';
import type { CanonicalRequest, Recomputed } from '../read/index.js';
import type { SignerWords } from '../signers.js';
import { contentTypeChange } from './contentType.js';
import type { HeaderChange } from './contentType.js';
import { hostDifference } from './host.js';
import { quote, quoteWhole, showChange } from './show.js';
import type { Difference } from './types.js';

/** Headers whose values may be shown; of all others only the length is told. */
const SHOWN =
  /^(accept|accept-language|content-(type|length|md5|encoding|language)|x-amz-(content-sha256|target|api-version)|x-amzn-.+|date|range|if-(none-)?match|if-(un)?modified-since|x-requested-with)$/;
/** Shows a value. The header of a SHA-256 is shown whole, though it looks like a token. */
const showOf = (name: string) => (name === CONTENT_HASH ? quoteWhole : quote);
/** Texts by which tools and logs replace a value that they hide. */
const MASKED = /^(\[hidden\]|\*{3}.*|x{3,}|<.*>|\.{3}|…)$/i;

/**
 * Compares the signed headers of two canonical requests, `host` among them.
 * @param ours The signer's side.
 * @param theirs As the gateway has it.
 * @param words The words of the function that signed the request.
 */
export function compareHeaders(ours: Recomputed, theirs: CanonicalRequest, words: SignerWords): Difference[] {
  const names = new Set([...ours.canonical.headers.keys(), ...theirs.headers.keys()]);
  return [...names].flatMap((name) => {
    if (ours.unknownHeaders.has(name)) return [];
    const signed = ours.canonical.headers.get(name) ?? '';
    const arrived = theirs.headers.get(name) ?? '';
    if (signed === arrived || MASKED.test(arrived)) return [];
    return [name === 'host' ? hostDifference(signed, arrived) : headerDifference(name, signed, arrived, words)];
  });
}

function headerDifference(name: string, signed: string, arrived: string, words: SignerWords): Difference {
  if (arrived === '') return headerDropped(name, words);
  if (signed === '') return headerFilledIn(name, arrived);
  return name === 'x-amz-date' ? dateChanged(signed, arrived) : headerChanged(name, signed, arrived, words);
}

function headerDropped(name: string, words: SignerWords): Difference {
  return {
    code: 'HeaderDropped',
    place: `the header ${name}`,
    what: 'signed, but did not arrive',
    cause: `The header ${name} was signed, but was dropped on the way to the gateway. ${whoDrops(name)}`,
    advice: keepAdvice(name, words),
  };
}

function headerFilledIn(name: string, arrived: string): Difference {
  const shown = SHOWN.test(name) ? ` as ${showOf(name)(arrived)}` : ' (value not shown)';
  return {
    code: 'HeaderAdded',
    place: `the header ${name}`,
    what: `was not there when the request was signed, arrived${shown}`,
    cause: `The header ${name} is among the signed headers, and was filled in after signing.`,
    advice: `Sign ${name} with the value that is sent, or do not send it.`,
  };
}

function dateChanged(signed: string, arrived: string): Difference {
  return {
    code: 'HeaderChanged',
    place: 'the header x-amz-date',
    what: showChange(signed, arrived),
    cause:
      'The gateway saw another signing date than this request has: the date was changed on the way, or the answer belongs to another attempt than the signed request given here.',
    advice: 'Compare the answer with the very request it refused: each retry is signed anew.',
  };
}

function headerChanged(name: string, signed: string, arrived: string, words: SignerWords): Difference {
  const { kind, cause } = kindOfChange(name, signed, arrived);
  return {
    code: 'HeaderChanged',
    place: `the header ${name}`,
    what: showChange(signed, arrived, !SHOWN.test(name), showOf(name)) + (kind && `: ${kind}`),
    cause,
    advice: keepAdvice(name, words),
  };
}

function kindOfChange(name: string, signed: string, arrived: string): HeaderChange {
  if (isRepeated(signed, arrived)) {
    return {
      kind: 'it arrived twice',
      cause: `The header ${name} was sent twice: the HTTP client or a proxy added its own beside the signed one.`,
    };
  }
  if (name === 'content-type') return contentTypeChange(signed, arrived);
  if (hasSecondValue(signed, arrived)) {
    return {
      kind: 'a second value was added',
      cause: `A second value of the header ${name} was added after signing, by the HTTP client or a proxy.`,
    };
  }
  return {
    kind: kindOfRewriting(signed, arrived),
    cause: `The header ${name} was changed after signing, by the HTTP client or a proxy.`,
  };
}

const isRepeated = (signed: string, arrived: string): boolean =>
  arrived.split(/,\s*/).every((value) => value === signed);

const hasSecondValue = (signed: string, arrived: string): boolean =>
  arrived.startsWith(`${signed},`) || arrived.endsWith(`, ${signed}`) || arrived.endsWith(`,${signed}`);

function kindOfRewriting(signed: string, arrived: string): string {
  if (signed.toLowerCase() === arrived.toLowerCase()) return 'upper and lower case differ';
  return signed.replace(/\s/g, '') === arrived.replace(/\s/g, '') ? 'white space differs' : '';
}

function whoDrops(name: string): string {
  if (name === 'content-type') {
    return 'HTTP clients drop it from requests without a body, and redirects from POST to GET drop it with the body.';
  }
  if (name.startsWith('x-amz-')) return 'A proxy or CDN passes on only the headers it is told to.';
  return 'A proxy or CDN passes on only the headers it is told to; browsers drop the headers that they set themselves.';
}

function keepAdvice(name: string, words: SignerWords): string {
  if (name === 'content-type') {
    return 'Sign the content type that is really sent: state it spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.';
  }
  const cdn = 'In CloudFront: an origin request policy that forwards it';
  const asTheyAre = `Send the signed headers as they are and let proxies pass ${name} on unchanged (${cdn})`;
  if (name.startsWith('x-amz-')) return `${asTheyAre}; x-amz-* headers must be signed.`;
  return `${asTheyAre}; where that cannot be, ${words.option(`unsignedHeaders: ['${name}']`)}: it is then sent, and not signed.`;
}
