/** The names that API Gateway's generator gives to methods, as clients show that it has generated. */

/** The methods that a path can have, in the order in which OpenAPI lists them. */
export const VERBS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;

/** A method that a path can have. */
export type Verb = (typeof VERBS)[number];

/**
 * The name that the generated SDK has for an operation: the words of the path, then the method, in camel case. Whatever is neither a
 * letter nor a digit of ASCII ends a word and is left out, and letters within a word stay as they are.
 * @param path The path, as the API's export has it.
 * @param verb The method, in lower case.
 * @example
 * methodName('/pets/{petId}', 'delete'); // 'petsPetIdDelete'
 */
export function methodName(path: string, verb: Verb): string {
  const words = path.split(/[^A-Za-z0-9]/).filter((word) => word !== '');
  if (words.length === 0) words.push('root');
  const name = [...words, verb].map(capitalized).join('');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
