/** Refusals of the credential scope: its region, service or date is not the gateway's. */
import type { Explanation, ExplanationCode } from '../../util/index.js';
import { authorizationChanged, combine, hideSecrets, quote } from '../compare/index.js';
import type { Answer, Signed } from '../read/index.js';
import { API_GATEWAY, serviceOf, statedBy } from './services/index.js';

const REGION = /scoped to a valid region(?:, not '([^']*)')?/;
/** S3's text, which also names the region that it expects. */
const WRONG_REGION = /the region '([^']*)' is wrong; expecting '([^']*)'/;
const SERVICE = /scoped to correct service(?:: '([^']*)')?/;
const SCOPE_DATE = /Date in Credential scope does not match[^:]*(?:: '(\d*)' != '(\d*)')?/;

/** A part of the scope that the gateway refused. */
interface Fault {
  readonly code: ExplanationCode;
  readonly difference: string;
  readonly advice: string;
}

/**
 * Explains a refusal of the credential scope.
 * @returns `undefined` where it is about something else.
 */
export function explainScope({ message }: Answer, signed: Signed): Explanation | undefined {
  const region = REGION.exec(message) ?? WRONG_REGION.exec(message);
  if (region?.[1] !== undefined && signed.region !== '' && region[1] !== signed.region) {
    const what = `signed with the region ${quote(signed.region)}, arrived with ${quote(region[1])}`;
    return combine(authorizationChanged('the credential scope', what));
  }
  const service = SERVICE.exec(message);
  const date = SCOPE_DATE.exec(message);
  const faults = [
    region && regionFault(region, signed, service?.[1] ?? serviceOf(signed)),
    service && serviceFault(service, signed),
    date && dateFault(date, signed),
    message.includes('scoped with a valid terminator') ? terminatorFault() : null,
  ].filter((fault) => fault !== null);
  const [first] = faults;
  return (
    first && {
      code: first.code,
      cause: causeOf(faults),
      difference: faults.map(({ difference }) => difference).join('\n'),
      advice: faults.map(({ advice }) => advice).join('\n'),
    }
  );
}

function causeOf(faults: readonly Fault[]): string {
  const names: Partial<Record<ExplanationCode, string>> = { WrongRegion: 'region', WrongService: 'service' };
  const wrong = faults.map(({ code }) => names[code]).filter((name) => name !== undefined);
  if (wrong.length === 0) return 'The credential scope is not one that the gateway takes.';
  return `The request was signed for another ${wrong.join(' and another ')} than the gateway's.`;
}

function regionFault([, given, expected]: RegExpExecArray, signed: Signed, service: string): Fault {
  const { words } = signed;
  const place = `the region in the credential scope: signed for ${quote(given ?? signed.region)}`;
  const named = expected ?? statedBy(signed.url).region;
  if (named !== undefined && named !== (given ?? signed.region)) {
    return {
      code: 'WrongRegion',
      difference: `${place}, but ${expected === undefined ? 'the host is in' : 'expected is'} ${quote(named)}`,
      advice: `Pass '${hideSecrets(named)}' as ${words.region}.`,
    };
  }
  return {
    code: 'WrongRegion',
    difference: `${place}, which is not the gateway's`,
    advice:
      service === API_GATEWAY
        ? `Pass the region that the API is deployed in as ${words.region}: it stands in its invoke URL (https://id.execute-api.REGION.amazonaws.com). A custom domain name does not show it, so there it has to be given.`
        : `Pass the region of what is called as ${words.region}. A custom domain name does not show it, so there it has to be given.`,
  };
}

function serviceFault([, wanted = 'execute-api']: RegExpExecArray, { service, words }: Signed): Fault {
  return {
    code: 'WrongService',
    difference: `the service in the credential scope: signed for ${quote(service)}, wanted is ${quote(wanted)}`,
    advice:
      service === wanted
        ? 'The service is the right one; the gateway did not know the host as its own: check the custom domain name and the Host header that arrives.'
        : words.service(hideSecrets(wanted)),
  };
}

function dateFault([, inScope, inRequest]: RegExpExecArray, { scope, amzDate }: Signed): Fault {
  const given = inScope ?? scope.slice(0, 8);
  const wanted = inRequest ?? amzDate.slice(0, 8);
  return {
    code: 'WrongScope',
    difference: `the date in the credential scope: scope of ${quote(given)}, but x-amz-date is of ${quote(wanted)}`,
    advice: 'Take the date of the scope from x-amz-date: both are UTC, and both are made anew for each signature.',
  };
}

function terminatorFault(): Fault {
  return {
    code: 'WrongScope',
    difference: 'the end of the credential scope: it has to be "aws4_request"',
    advice: 'End the credential scope with /aws4_request.',
  };
}
