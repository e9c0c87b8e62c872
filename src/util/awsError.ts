/** What the body of an error answer of AWS says. */

/** AWS's name of an error, and its text; empty where there is none. */
export interface AwsErrorAnswer {
  readonly code: string;
  /** The code where AWS's JSON protocol has it, which hardly any API takes for an error of its own. */
  readonly type: string;
  readonly message: string;
}

/** AWS's name of the error: `ThrottlingException` of `ThrottlingException:http://…` and of `aws#ThrottlingException`. */
export function errorName(text: string): string {
  const name = text.slice(text.lastIndexOf('#') + 1);
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(0, colon);
}

/**
 * Reads AWS's errors: `{"message":"…"}`, `{"__type":"…","message":"…"}`, S3's XML.
 * @param text A response's body.
 */
export function readAwsError(text: string): AwsErrorAnswer {
  const plain = text.trim();
  if (plain.startsWith('<')) {
    return { code: textOfElement(plain, 'Code'), type: '', message: textOfElement(plain, 'Message') };
  }
  try {
    return awsErrorOf(JSON.parse(plain));
  } catch {
    return { code: '', type: '', message: plain };
  }
}

/**
 * Reads AWS's error out of JSON that is parsed already.
 * @param answer Such as `{ __type, message }`; anything else says nothing.
 */
export function awsErrorOf(answer: unknown): AwsErrorAnswer {
  const { __type, code, Code, message, Message } = Object(answer) as Record<string, unknown>;
  const type = errorName(firstText(__type));
  return { code: type || errorName(firstText(code, Code)), type, message: firstText(message, Message) };
}

/** The five entities that XML has of its own (XML 1.0, section 4.6), and the references that S3 uses. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#34': '"',
  '#13': '',
};

/**
 * The text of the first element of a name that holds nothing but text.
 * @param xml A document.
 * @param name The element's, in its case.
 * @returns Trimmed; empty where there is none.
 */
export function textOfElement(xml: string, name: string): string {
  const [, ...opened] = xml.split(`<${name}>`);
  const found = opened.find((text) => text.startsWith(`</${name}>`, text.indexOf('<')));
  const text = found?.slice(0, found.indexOf('<')).trim() ?? '';
  return text.replace(/&(#?\w{2,4});/g, (reference, entity: string) => ENTITIES[entity] ?? reference);
}

function firstText(...values: unknown[]): string {
  return values.find((value) => typeof value === 'string') ?? '';
}
