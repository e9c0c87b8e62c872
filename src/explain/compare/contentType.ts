/** How a content type was changed on its way. */

/** A short name of the change, which may be empty, and its cause. */
export interface HeaderChange {
  readonly kind: string;
  readonly cause: string;
}

/**
 * How a content type was changed.
 * @param signed As signed.
 * @param arrived As the gateway saw it.
 */
export function contentTypeChange(signed: string, arrived: string): HeaderChange {
  const before = spelledAlike(signed);
  const after = spelledAlike(arrived);
  if (before === after) {
    return {
      kind: 'case or white space differ',
      cause: 'The content type was rewritten after signing: the same type in another spelling.',
    };
  }
  if (after.startsWith(`${before};charset=`)) {
    return {
      kind: 'a charset was added',
      cause:
        'A charset was added to the content type after signing: XMLHttpRequest, some HTTP clients and proxies do that.',
    };
  }
  if (before.startsWith(`${after};charset=`)) {
    return {
      kind: 'the charset was removed',
      cause: 'The charset was removed from the content type after signing, by the HTTP client or a proxy.',
    };
  }
  if (after.startsWith('multipart/form-data')) {
    return {
      kind: '',
      cause: 'The HTTP client set the content type of a form by itself, with a boundary, after another one was signed.',
    };
  }
  return {
    kind: '',
    cause:
      'The content type was changed after signing, by the HTTP client or a proxy. A client that sets its own default (text/plain, application/x-www-form-urlencoded) does that when it is given the body without the header.',
  };
}

const spelledAlike = (type: string): string => type.toLowerCase().replace(/\s/g, '');
