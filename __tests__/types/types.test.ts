import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folder = join(process.cwd(), '__tests__/types');
const files = readdirSync(folder)
  .filter((name) => !name.endsWith('.test.ts'))
  .map((name) => join(folder, name));

/** What the compiler says about files, with the project's own settings and those that are stricter still. */
function diagnose(paths: string[], readFile = (path: string) => ts.sys.readFile(path)): string[] {
  const { config } = ts.readConfigFile(join(process.cwd(), 'tsconfig.json'), readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const strict = { ...options, verbatimModuleSyntax: true, erasableSyntaxOnly: true, types: [] };
  const host = ts.createCompilerHost(strict);
  host.readFile = readFile;
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, languageVersion, ...rest) =>
    paths.includes(path)
      ? ts.createSourceFile(path, readFile(path) ?? '', languageVersion)
      : getSourceFile(path, languageVersion, ...rest);
  const found = ts.getPreEmitDiagnostics(ts.createProgram(paths, strict, host));
  return found.map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

describe('types', () => {
  test('right uses compile, wrong ones stay errors', () => {
    expect(files.length).toBeGreaterThanOrEqual(2);
    expect(diagnose(files)).toEqual([]);
  });

  test('each wrong use is an error of its own', () => {
    const wrong = files.filter((path) => path.endsWith('wrong.ts'));
    const source = (path: string) => ts.sys.readFile(path) ?? '';
    const marks = wrong.flatMap((path) => source(path).match(/\/\/ @ts-expect-error /g) ?? []);
    const bare = (path: string) => {
      const text = ts.sys.readFile(path);
      return wrong.includes(path) ? text?.replaceAll('@ts-expect-error', '') : text;
    };
    const lines = new Set(diagnose(wrong, bare).map((message) => message.split(' ')[0]));
    expect(marks.length).toBeGreaterThan(30);
    expect(lines.size).toBe(marks.length);
  });
});
