/** AWS's shared files, `credentials` and `config`: sections of keys and values. */

/** The values of each section, by the section's name. */
export type IniSections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads the text of a shared file as the AWS CLI does: comments stand on a line of their own or after a space. Indented lines belong
 * to the key above them; no key that is needed here has any.
 * @param text The file's text.
 */
export function parseIni(text: string): IniSections {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (line === '' || /^[\s#;]/.test(line)) continue;
    const heading = readHeading(line);
    if (heading !== undefined) {
      section = sections.get(heading) ?? new Map<string, string>();
      sections.set(heading, section);
      continue;
    }
    const equals = line.indexOf('=');
    if (equals > 0) section?.set(line.slice(0, equals).trim().toLowerCase(), withoutComment(line.slice(equals + 1)));
  }
  return sections;
}

/** The name of a section: `[default]`, `[profile "my own"]`, with a comment after it. */
function readHeading(line: string): string | undefined {
  const end = line.startsWith('[') ? line.indexOf(']') : -1;
  if (end < 0) return undefined;
  const words = line.slice(1, end).trim();
  return words
    .replace(/^profile\s/, 'profile ')
    .replace(/["']/g, '')
    .replace(/^profile +/, 'profile ');
}

function withoutComment(value: string): string {
  const comment = [' #', ' ;', '\t#', '\t;'].map((mark) => value.indexOf(mark)).filter((at) => at >= 0);
  return value.slice(0, comment.length > 0 ? Math.min(...comment) : undefined).trim();
}
