/** The AWS CLI's commands in the documents and in doctor's advice have operations, options and settings that AWS's services know. */
import * as apigateway from '@aws-sdk/client-api-gateway';
import * as apigatewayv2 from '@aws-sdk/client-apigatewayv2';
import * as cognitoIdentity from '@aws-sdk/client-cognito-identity';
import * as cognitoIdp from '@aws-sdk/client-cognito-identity-provider';
import * as iam from '@aws-sdk/client-iam';
import { readdirSync, readFileSync } from 'node:fs';
import { readCommand } from '../../src/pasted/shellWords';

/** The models of the services, from AWS SDK v3: `[kind, namespace, name, traits, …]`, as `@smithy/types` describes them. */
const services: Readonly<Record<string, object>> = {
  apigateway,
  apigatewayv2,
  'cognito-identity': cognitoIdentity,
  'cognito-idp': cognitoIdp,
  iam,
};

/** A structure: the names of its members, what each holds, and how many of the first are required. */
interface Structure {
  readonly names: readonly string[];
  readonly types: readonly unknown[];
  readonly required: number;
}

function readStructure(schema: unknown): Structure {
  const [, , , , names, types, required = 0] = schema as [
    number,
    string,
    string,
    unknown,
    string[],
    unknown[],
    number?,
  ];
  return { names, types, required };
}

const pascal = (name: string) => name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
/** As the AWS CLI spells a member: `RefreshTokenRotation` → `refresh-token-rotation`. */
const kebab = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

/** What is wrong with a command; nothing where it is right. */
function findMistakes(words: readonly string[]): string[] {
  const [, service = '', operation = '', ...rest] = words;
  const model = (services[service] ?? {}) as Record<string, unknown>;
  const schema = model[`${pascal(operation)}$`] as [number, string, string, unknown, () => unknown] | undefined;
  if (!schema) return [`no operation ${service} ${operation}`];
  const { names, types, required } = readStructure(schema[4]());
  const members = new Map(names.map((name, i) => [kebab(name), { name, type: types[i] }]));
  const given = new Set<string>();
  const mistakes: string[] = [];
  let member: { name: string; type: unknown } | undefined;
  for (const word of rest) {
    if (word.startsWith('--')) {
      const option = word.slice(2);
      member = members.get(option) ?? members.get(option.replace(/^no-/, ''));
      if (member) given.add(member.name);
      else if (option !== 'region') mistakes.push(`no option ${word}`);
    } else if (typeof member?.type === 'function') {
      mistakes.push(...findWrongSettings(word, (member.type as () => unknown)()));
    }
  }
  const missing = names.slice(0, required).filter((name) => !given.has(name));
  return [...mistakes, ...missing.map((name) => `--${kebab(name)} is missing`)];
}

/** The settings of a structure, or of a list of them, in the short form: `Feature=ENABLED,RetryGracePeriodSeconds=60`. */
function findWrongSettings(text: string, schema: unknown): string[] {
  const [kind] = schema as [number];
  if (kind === 1) return findWrongSettings(text, ((schema as unknown[])[4] as () => unknown)()); // a list
  if (kind !== 3) return [];
  const { names } = readStructure(schema);
  return [...text.matchAll(/(?:^|,)(\w+)=/g)].map(([, name]) => name!).filter((name) => !names.includes(name));
}

const filesIn = (folder: string, ending: string) =>
  readdirSync(folder).flatMap((name) => (name.endsWith(ending) ? [`${folder}/${name}`] : []));

/** The commands of the documents, each on a line of its own. */
const documented = ['README.md', ...filesIn('docs', '.md')].flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^aws .*$/gm)].map(([text]) => [file, text] as const),
);
/** The commands of doctor's advice: template literals, whose placeholders are some text here. */
const advised = filesIn('src/cli/doctor/checks', '.ts').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/[`'](aws [^`]*?)(?: \([^`]*)?`/g)].map(
    ([, text]) => [file, text!.replace(/\$\{[^}]*\}/g, 'x')] as const,
  ),
);

test('there are commands to look at', () => {
  expect(documented.length).toBeGreaterThanOrEqual(8);
  expect(advised.length).toBeGreaterThanOrEqual(8);
});

test.each([...documented, ...advised])('%s: %s', (_, text) => {
  expect(findMistakes(readCommand(text).words)).toEqual([]);
});

test.each([
  ['aws cognito-idp create-pool --pool-name notes', ['no operation cognito-idp create-pool']],
  ['aws cognito-idp create-user-pool --name notes', ['no option --name', '--pool-name is missing']],
  [
    'aws cognito-idp create-user-pool-client --user-pool-id x --client-name web --refresh-token-rotation Feature=ENABLED,Grace=60',
    ['Grace'],
  ],
])('a wrong one is noticed: %s', (text, expected) => {
  expect(findMistakes(readCommand(text).words)).toEqual(expected);
});
