/** No text takes more than linear time, whoever it comes from. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attacksOn, findSuperLinear, textOf } from '../support/regexAttacks';
import { findRegexes } from '../support/regexSource';
import { countSteps } from '../support/regexSteps';

const SRC = join(__dirname, '../../src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const regexes = files.flatMap((file) => findRegexes(file, readFileSync(join(SRC, file), 'utf8')));

describe('regular expressions', () => {
  test.each(regexes)('$place: $written', ({ regex, place: _place }) => {
    if (!regex) throw new Error('made of what is not known before the program runs: it cannot be tested');
    const t = process.cpuUsage();
    const found = findSuperLinear(regex);
    const u = process.cpuUsage(t);
    if (u.user > 150000) console.log(_place, String(regex), u.user / 1000, attacksOn(regex).length);
    expect(found).toBeUndefined();
  });
});
