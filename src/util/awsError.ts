/** What the body of an error answer of AWS says. */

/** What an AWS error answer says; each text is empty where the answer has none. */
export interface AwsErrorAnswer {
  readonly code: string;
  /** The code from the field `__type` of AWS's JSON protocol alone: an app's own errors hardly ever have that field. */
  readonly type: string;
  readonly message: string;
}

/** The bare name of an AWS error: `ThrottlingException` for `ThrottlingException:http://…` and for `aws#ThrottlingException`. */
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
 * Reads an AWS error from parsed JSON.
 * @param answer Such as `{ __type, message }`; from anything else, all texts are empty.
 */
export function awsErrorOf(answer: unknown): AwsErrorAnswer {
  const { __type, code, Code, message, Message } = Object(answer) as Record<string, unknown>;
  const type = errorName(firstText(__type));
  return { code: type || errorName(firstText(code, Code)), type, message: firstText(message, Message) };
}

/** The five entities that XML predefines (XML 1.0, section 4.6), and the character references that S3 uses. */
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
 * @param name The element's name, in the document's upper and lower case.
 * @returns The text, trimmed; empty where there is no such element.
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
