const asOneLine = (code) => code.replace(/\s+/g, ' ').trim();

/** Whether an entry of `equivalent.json` means this mutant; `text`, the first line, is stated where the same code stands twice. */
export function means(entry, mutant) {
  return (
    entry.file === mutant.file &&
    (entry.text === undefined || asOneLine(entry.text) === asOneLine(mutant.text)) &&
    asOneLine(entry.original) === asOneLine(mutant.original) &&
    asOneLine(entry.replacement) === asOneLine(mutant.replacement)
  );
}

/**
 * The score of a room. Survivors that are listed as equivalent count neither way.
 * @param outcomes `{ mutant, killed }`, of the mutants that were run
 * @param mutants all mutants of the files at hand, run or not
 * @param entries those of `equivalent.json` about these files
 * @returns `killed`, `survivors`, `equivalent`, `score` in per cent, and `stale`: entries that mean no mutant, or one that was killed
 */
export function scoreOf(outcomes, mutants, entries) {
  const isListed = (mutant) => entries.some((entry) => means(entry, mutant));
  const killed = outcomes.filter((outcome) => outcome.killed);
  const survivors = outcomes.filter((outcome) => !outcome.killed && !isListed(outcome.mutant));
  const stale = entries.filter(
    (entry) =>
      !mutants.some((mutant) => means(entry, mutant)) || killed.some((outcome) => means(entry, outcome.mutant)),
  );
  const counted = killed.length + survivors.length;
  return {
    killed: killed.length,
    survivors,
    equivalent: outcomes.length - counted,
    score: counted === 0 ? 100 : (100 * killed.length) / counted,
    stale,
  };
}

/** Where the whole room's score lies with 95 % certainty, in per cent, when `killed` of `counted` were killed in a sample (Wilson's interval). */
export function interval(killed, counted) {
  const z = 1.959964;
  const share = killed / counted;
  const middle = share + z ** 2 / (2 * counted);
  const half = z * Math.sqrt((share * (1 - share)) / counted + z ** 2 / (4 * counted ** 2));
  return [middle - half, middle + half].map((bound) => (100 * bound) / (1 + z ** 2 / counted));
}
