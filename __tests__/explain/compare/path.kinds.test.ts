/** The kind of a path's change is told by the two paths alone. */
import { canonicalLines, mismatch, read, sign } from '../../support/awsTexts';

/** What is said where that path was signed, and the gateway saw the other; both as on the wire. */
function changed(signed: string, arrived: string): string {
  const lines = canonicalLines();
  lines[1] = arrived.split('/').map(encodeURIComponent).join('/'); // canonical paths are encoded twice
  const difference = read({ message: mismatch(lines) }, sign({ path: signed.replace('/dev', '') }))?.difference;
  return difference!.split(': ').slice(2).join(': ');
}

it.each([
  ['/dev/notes', '/dev/notes%3fa=1', 'its question mark was percent-encoded'],
  ['/dev/notes', '/dev/notes%20x', 'it was rewritten'],
  ['/dev/a%2541', '/dev/a%41', 'percent-encoding was taken away'],
  ['/dev/a%41', '/dev/a%2541', 'characters were percent-encoded'],
  ['/dev/a%20(b', '/dev/a%20%28b', 'characters were percent-encoded'],
  ['/dev/a!%28b%2529', '/dev/a%21%28b%29', 'characters were percent-encoded'],
  ['/dev/a%21%28', '/dev/a!%28', 'percent-encoding was taken away'],
  ['/dev/a%21(', '/dev/a!%28', 'it is percent-encoded differently'],
  ['/dev/notes', '/devnotes', 'it was rewritten'],
  ['/dev/notes', '/DEV/notes', 'upper and lower case differ'],
  ['/dev/NOTES', '/dev/notes', 'upper and lower case differ'],
])('%s arrived as %s: %s', (signed, arrived, kind) => {
  expect(changed(signed, arrived)).toBe(kind);
});

it('a colon in it is no header', () => {
  const lines = canonicalLines();
  lines[1] = '/dev/a%3Ac';
  expect(read({ message: mismatch(lines) }, sign({ path: '/a:b' }))?.difference).toBe(
    'the path: signed as "/dev/a:b", arrived as "/dev/a:c": it was rewritten',
  );
});
