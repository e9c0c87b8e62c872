/** A body that has to be a JSON object. */
import { isObject } from '../../util/index.js';

/** The object, or what is wrong: no JSON at all, or JSON of another kind. */
export type JsonObject =
  | { readonly object: Readonly<Record<string, unknown>>; readonly fault?: undefined }
  | { readonly fault: 'NotJson' | 'NotAnObject'; readonly cause?: unknown };

/**
 * Reads a JSON object.
 * @param text A request's body.
 */
export function parseJsonObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { object: value } : { fault: 'NotAnObject' };
  } catch (cause) {
    return { fault: 'NotJson', cause };
  }
}
