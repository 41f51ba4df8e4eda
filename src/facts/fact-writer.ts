import type { FactRemark, FactScope } from './case-facts.js';
import type { Fact, ProvenanceKind, Scope, TimeSpan } from './fact.js';
import type { StatedSpan } from './fields.js';
import { provenanceOf, type RecordContext, recordKind } from './provenance.js';

type Told<F> = F extends Fact ? Omit<F, 'id' | 'sub' | 'time' | 'offsetMin' | 'prov'> : never;
/** A fact without what every fact of the record shares. */
export type ToldFact = Told<Fact>;

export interface ToldAs {
  readonly kind?: ProvenanceKind;
  readonly calibration?: TimeSpan | null;
  readonly notTested?: readonly Scope[];
}

/** Collects the facts of one record: numbers them, cuts their times, notes what was told of an unproven future. */
export class FactWriter {
  readonly context: RecordContext;
  readonly facts: Fact[] = [];
  readonly remarks: FactRemark[] = [];
  readonly #unitOf: UnitOf;

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

  /** The unit spoken of: stated, else the one that the record's subject is. */
  unit(stated: string | null): string {
    return this.#unitOf(this.record.sub, stated);
  }

  /**
   * Adds a fact told of the span; returns its id. Null, and a remark, when the span begins later than the record
   * provably existed: nobody can report what has not happened yet.
   */
  add(told: StatedSpan | null, fact: ToldFact, as: ToldAs = {}): string | null {
    if (told === null) return null;
    const { id, sub, upper } = this.record;
    if (told.from.utcS > upper) {
      this.#remark('facts.after-proven-time', told.from.utcS - upper);
      return null;
    }
    if (told.to.utcS > upper) this.#remark('facts.cut-at-proven-time', told.to.utcS - upper);
    const end = Math.min(told.to.utcS, upper);
    const kind = as.kind ?? recordKind(this.record);
    const made = {
      ...fact,
      id: `${id}#${this.facts.length}`,
      sub,
      time: { from: told.from.utcS, to: end },
      offsetMin: told.from.offsetMin,
      prov: provenanceOf(this.context, { ...as, kind, end }),
    };
    this.facts.push(made as Fact);
    return made.id;
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
  const bySub = new Map<string, Set<string>>();
  for (const { sub, unit } of goods) bySub.set(sub, (bySub.get(sub) ?? new Set()).add(unit));
  return (sub, stated) => {
    if (stated !== null && stated !== sub) return stated;
    const units = [...(bySub.get(sub) ?? [])];
    return units.length === 1 ? units[0]! : sub;
  };
}
