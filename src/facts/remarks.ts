import type { CaseFacts, FactRemark } from './case-facts.js';
import { enclosing } from './enclosing.js';
import type { ConditionFact, Fact, RecordedFact } from './fact.js';
import { addTo, byCodeUnit, sortedUnique } from './order.js';

/** What the facts say against one another. It is disclosed and decides nothing. */
export function contradictions(facts: readonly Fact[]): readonly FactRemark[] {
  const byAbout = new Map<string, ConditionFact[]>();
  for (const fact of facts) {
    if (fact.predicate === 'condition') addTo(byAbout, JSON.stringify([fact.unit, fact.aspect]), fact);
  }
  const remarks: FactRemark[] = [];
  for (const about of byAbout.values()) {
    const bad = about.filter(({ value }) => value === 'bad');
    const good = about.filter(({ value }) => value === 'good');
    if (bad.length === 0 || good.length === 0) continue;
    for (const region of sortedUnique(bad.map((fact) => fact.region))) {
      const here = bad.filter((fact) => fact.region === region);
      const there = good.filter((fact) => fact.region === region || fact.region === 'whole');
      const involved = [...meeting(here, there), ...meeting(there, here)];
      if (involved.length > 0) remarks.push(remarkOn('facts.contradiction', involved));
    }
  }
  return remarks;
}

/** Those of the first list whose time touches that of one of the second. */
function meeting(
  facts: readonly ConditionFact[],
  others: readonly ConditionFact[],
): readonly ConditionFact[] {
  const sorted = others.map(({ time }) => ({ from: time.from ?? 0, to: time.to ?? 0 }));
  sorted.sort((a, b) => a.from - b.from);
  let reach = Number.NEGATIVE_INFINITY;
  const reaches = sorted.map(({ to }) => {
    reach = Math.max(reach, to);
    return reach;
  });
  return facts.filter(({ time }) => {
    const begun = countUpTo(sorted, time.to ?? 0);
    return begun > 0 && reaches[begun - 1]! >= (time.from ?? 0);
  });
}

/** How many of the spans, sorted by their beginning, begin at or before the instant. */
function countUpTo(sorted: readonly { readonly from: number }[], instant: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.from <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Batches of one device and quantity that tell of the same time, each run of them once. */
export function sensorOverlaps(facts: readonly Fact[]): readonly FactRemark[] {
  const byDevice = new Map<string, RecordedFact[]>();
  for (const fact of facts) {
    if (fact.predicate === 'recorded') addTo(byDevice, JSON.stringify([fact.device, fact.quantity]), fact);
  }
  const remarks: FactRemark[] = [];
  for (const batches of byDevice.values()) {
    batches.sort((a, b) => (a.time.from ?? 0) - (b.time.from ?? 0) || byCodeUnit(a.id, b.id));
    let run: RecordedFact[] = [];
    let reach = Number.NEGATIVE_INFINITY;
    for (const batch of batches) {
      if ((batch.time.from ?? 0) >= reach) {
        if (run.length > 1) remarks.push(remarkOn('facts.sensor-overlap', run));
        run = [];
      }
      run.push(batch);
      reach = Math.max(reach, batch.time.to ?? 0);
    }
    if (run.length > 1) remarks.push(remarkOn('facts.sensor-overlap', run));
  }
  return remarks;
}

/** Sampling inspections of an item, or of a lot or container it was in then, in which the item itself was not examined. */
export function lotSamples(facts: Pick<CaseFacts, 'of'>, items: readonly string[]): readonly FactRemark[] {
  const samples = facts.of('sampled');
  if (samples.length === 0) return [];
  const enclosures = items.map((item) => enclosing(facts, item));
  return samples
    .filter(({ sub, time }) => enclosures.some(({ mayConcern }) => mayConcern(sub, time)))
    .map((fact) => remarkOn('facts.lot-sample', [fact]));
}

function remarkOn(code: FactRemark['code'], facts: readonly Fact[]): FactRemark {
  return {
    code,
    records: sortedUnique(facts.map(({ prov }) => prov.records[0]!)),
    signers: sortedUnique(facts.map(({ prov }) => prov.signer)),
  };
}
