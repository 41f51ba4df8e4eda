import type { PassageDraft } from './passages.js';

/**
 * Takes out the passages by which a holder hands the goods to itself, in the capacity and mode in which it has them: they
 * bound no interval, and what their records observe stands inside the holder's own. Otherwise whoever answers for a leg
 * could cut it into pieces of which each lacks something.
 *
 * @param told passages in order of time
 */
export function withoutStops(told: readonly PassageDraft[]): PassageDraft[] {
  const kept: PassageDraft[] = [];
  for (const draft of told) {
    const last = kept.at(-1);
    if (last === undefined || !isStop(draft, last)) kept.push(draft);
  }
  return kept;
}

/** Only where it is told how the goods came there: else the stop itself is news of who had them. */
function isStop({ from, fromCapacity, mode, to, toCapacity }: PassageDraft, last: PassageDraft): boolean {
  return (
    from === to &&
    last.to === from &&
    toCapacity === last.toCapacity &&
    (fromCapacity === null || fromCapacity === toCapacity) &&
    (mode === null || last.mode === null || mode === last.mode)
  );
}
