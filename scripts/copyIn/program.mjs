// The TypeScript compiler's program of one file, and its mistakes.
import ts from 'typescript';

/** As strict as `checkJs` with `strict` is: what is not null there needs no cast. */
const CHECK_OPTIONS = {
  strict: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
};

/** A program of one file that need not exist. */
export function programOf(fileName, text, options = CHECK_OPTIONS) {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name === fileName ? ts.createSourceFile(name, text, ...rest) : getSourceFile.call(host, name, ...rest);
  host.fileExists = (name) => name === fileName || fileExists.call(host, name);
  host.readFile = (name) => (name === fileName ? text : readFile.call(host, name));
  return ts.createProgram([fileName], options, host);
}

/** Fails where the compiler finds a mistake. */
export function checkProgram(program) {
  failOn(ts.getPreEmitDiagnostics(program));
  return program;
}

/** Fails with what diagnostics say, where there are any. */
export function failOn(diagnostics) {
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, HOST));
}

const HOST = { getCurrentDirectory: () => process.cwd(), getCanonicalFileName: (name) => name, getNewLine: () => '\n' };
