/** The user name and the password that stand in addresses. */

/** An address up to its last `@` before the path: scheme and slashes as anyone may type them, then what is before the host. */
const USER_INFO = /^(?:[a-z][a-z\d+.-]*:[/\\]*|[/\\]{2})([^/\\?#]*)@/i;

/**
 * What stands before the host in the addresses of a text. It may be a password or a token, also where the address is none by the
 * rules (`https:user:…@host`, `user:…@host`): an error repeats it as it was typed.
 * @param text Any text, such as an error's message.
 * @returns What is to be hidden: of `https://user:password@host` the password, of `https://token@host` the token.
 */
export function addressSecrets(text: string): readonly string[] {
  return text.split(/[\s'"]+/).flatMap((word) => {
    const [, userInfo = ''] = USER_INFO.exec(word) ?? [];
    const secret = userInfo.slice(userInfo.indexOf(':') + 1);
    return secret === '' ? [] : [secret];
  });
}
