import type { FactRemark, FactScope } from './case-facts.js';
import type { Fact, FactBase, Provenance, ProvenanceKind, Scope, TimeSpan } from './fact.js';
import type { StatedSpan } from './fields.js';
import {
  type FactCircumstances,
  NO_SCOPES,
  provenanceOf,
  type RecordContext,
  recordKind,
  scopesAt,
} from './provenance.js';

export interface ToldAs {
  readonly kind?: ProvenanceKind;
  readonly calibration?: TimeSpan | null;
  readonly notTested?: readonly Scope[];
}

/** What a fact says besides what the writer knows of every fact of the record. */
export type SaidFact = Fact extends infer F ? (F extends FactBase ? Omit<F, keyof FactBase> : never) : never;

/** Collects the facts of one record: numbers them, cuts their times, notes what was told of an unproven future. */
export class FactWriter {
  readonly context: RecordContext;
  readonly facts: Fact[] = [];
  readonly remarks: FactRemark[] = [];
  readonly #unitOf: UnitOf;
  #kind: ProvenanceKind | null = null;
  #notTested: readonly Scope[] | null = null;
  #last: Provenance | null = null;

  constructor(context: RecordContext, unitOf: UnitOf) {
    this.context = context;
    this.#unitOf = unitOf;
  }

  get record(): RecordContext['record'] {
    return this.context.record;
  }

  get payload(): RecordContext['record']['payload'] {
    return this.context.record.payload;
  }

  /** When what the record tells of happened. */
  get told(): StatedSpan | null {
    return this.context.told;
  }

  /** What the record says was left out. */
  get notTested(): readonly Scope[] {
    this.#notTested ??= scopesAt(this.payload, 'notTested');
    return this.#notTested;
  }

  /** The unit spoken of: stated, else the one that the record's subject is. */
  unit(stated: string | null): string {
    return this.#unitOf(this.record.sub, stated);
  }

  /**
   * Adds a fact told of the span; returns its id. Null, and a remark, when the span begins later than the record
   * provably existed: nobody can report what has not happened yet.
   *
   * @param said what the fact says of its own; an object made for it, which becomes the fact
   */
  add(told: StatedSpan | null, said: SaidFact, as: ToldAs = {}): string | null {
    if (told === null) return null;
    const { id, sub, upper } = this.record;
    if (told.from.utcS > upper) {
      this.#remark('facts.after-proven-time', told.from.utcS - upper);
      return null;
    }
    if (told.to.utcS > upper) this.#remark('facts.cut-at-proven-time', told.to.utcS - upper);
    const end = Math.min(told.to.utcS, upper);
    const kind = as.kind ?? this.#recordKind();
    // Completed in place: a case has hundreds of facts, and spreading would copy each.
    const made = said as { -readonly [K in keyof FactBase]: FactBase[K] } & SaidFact;
    made.id = `${id}#${this.facts.length}`;
    made.sub = sub;
    made.time = { from: told.from.utcS, to: end };
    made.offsetMin = told.from.offsetMin;
    made.prov = this.#provenance({
      kind,
      end,
      calibration: as.calibration,
      notTested: as.notTested ?? NO_SCOPES,
    });
    this.facts.push(made as Fact);
    return made.id;
  }

  #recordKind(): ProvenanceKind {
    this.#kind ??= recordKind(this.record);
    return this.#kind;
  }

  /** Nearly all facts of a record stand on the very same word. */
  #provenance(circumstances: FactCircumstances): Provenance {
    const { calibration, end, kind, notTested } = circumstances;
    const last = this.#last;
    const same =
      last !== null &&
      last.kind === kind &&
      last.end === end &&
      last.calibration === calibration &&
      last.notTested === notTested;
    if (!same) this.#last = provenanceOf(this.context, circumstances);
    return this.#last!;
  }

  #remark(code: FactRemark['code'], bySeconds: number): void {
    const { id, iss } = this.record;
    const index = this.remarks.findIndex((remark) => remark.code === code);
    const before = this.remarks[index]?.bySeconds ?? 0;
    const remark = { code, records: [id], signers: [iss], bySeconds: Math.max(before, bySeconds) };
    if (index < 0) this.remarks.push(remark);
    else this.remarks[index] = remark;
  }
}

export type UnitOf = (sub: string, stated: string | null) => string;

/** A subject that is one entry of the goods goes by that entry's unit; parts keep the names they are given. */
export function unitResolver(goods: FactScope['goods']): UnitOf {
  const bySub = new Map<string, string>();
  for (const { sub, unit } of goods) {
    const before = bySub.get(sub);
    bySub.set(sub, before === undefined || before === unit ? unit : sub);
  }
  return (sub, stated) => {
    if (stated !== null && stated !== sub) return stated;
    return bySub.get(sub) ?? sub;
  };
}
