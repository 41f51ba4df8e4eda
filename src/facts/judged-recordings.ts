import type { CaseFacts } from './case-facts.js';
import { type Enclosure, enclosing } from './enclosing.js';
import { climateSources, type LimitSource, shockSources } from './limits.js';
import { type Harm, type Judged, judge, type Recording, recordingsOf } from './recordings.js';

/**
 * The recordings of a case, and what each comes to under each source of limits. Every question is answered once: the
 * timeline of each damage asks, and so do rules about each leg on each edge.
 */
class JudgedRecordings {
  readonly #facts: CaseFacts;
  readonly #enclosures = new Map<string, Enclosure>();
  readonly #recordings = new Map<string, readonly Recording[]>();
  readonly #judged = new Map<LimitSource, Map<Recording, Judged>>();
  #shock: readonly LimitSource[] | null = null;
  #climate: readonly LimitSource[] | null = null;

  constructor(facts: CaseFacts) {
    this.#facts = facts;
  }

  /** Which subjects the item was in, and when. */
  enclosure(item: string): Enclosure {
    let found = this.#enclosures.get(item);
    if (found === undefined) {
      found = enclosing(this.#facts, item);
      this.#enclosures.set(item, found);
    }
    return found;
  }

  /** Every limit that the case knows for a harm. */
  sources(harm: Harm): readonly LimitSource[] {
    if (harm === 'shock') {
      this.#shock ??= shockSources(this.#facts);
      return this.#shock;
    }
    this.#climate ??= climateSources(this.#facts);
    return this.#climate;
  }

  /** Of the item, sorted by fact id. */
  of(item: string, harm: Harm): readonly Recording[] {
    const key = `${harm} ${item}`;
    let found = this.#recordings.get(key);
    if (found === undefined) {
      found = recordingsOf(this.#facts, this.enclosure(item), harm);
      this.#recordings.set(key, found);
    }
    return found;
  }

  /** @param recording one of `of` for the same harm */
  judged(recording: Recording, harm: Harm, source: LimitSource): Judged {
    let known = this.#judged.get(source);
    if (known === undefined) {
      known = new Map();
      this.#judged.set(source, known);
    }
    let found = known.get(recording);
    if (found === undefined) {
      found = judge(recording, harm, source, this.sources(harm));
      known.set(recording, found);
    }
    return found;
  }
}

const ofCase = new WeakMap<CaseFacts, JudgedRecordings>();

/** Facts to which nothing was added that is recorded, or that says what a recording is judged by. */
export function shareJudgedRecordings(from: CaseFacts, to: CaseFacts): void {
  ofCase.set(to, judgedRecordings(from));
}

/** Remembered for the same facts, which never change. */
export function judgedRecordings(facts: CaseFacts): JudgedRecordings {
  let found = ofCase.get(facts);
  if (found === undefined) {
    found = new JudgedRecordings(facts);
    ofCase.set(facts, found);
  }
  return found;
}
