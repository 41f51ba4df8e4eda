import type { Binding } from '../credential/binding.js';
import type { AssessedPassport } from '../passport/assess.js';
import { displayOrder } from '../passport/display-order.js';
import type { EvidenceGraph } from '../passport/graph.js';
import type { PassportOpening, PassportRecord } from '../passport/passport.js';
import { applyOpenings } from '../record/private-fields.js';
import type { SignedRecord } from '../record/record.js';
import type { ProvenTimes } from './checks/proven-time.js';
import type { SignerAnswers } from './checks/who-signed.js';
import type { Findings } from './findings.js';
import { freezeDeep, sealRecord } from './sealed.js';
import { recordState } from './state.js';
import { neverProven } from './time-interval.js';
import type { ProvenInterval, RecordState, Standing, VerifiedRecord } from './verified-passport.js';

/** What the checks have found, as far as one record's summary needs it. */
export interface RecordEvidence {
  readonly assessed: AssessedPassport;
  /** By record id. */
  readonly entries: ReadonlyMap<string, PassportRecord>;
  readonly graph: EvidenceGraph;
  readonly times: ProvenTimes;
  readonly signers: SignerAnswers;
  /** Lists by statement: 1 where the record counts against its signer and never for it. */
  readonly adverse: readonly Uint8Array[];
  /** By statement: 1 beyond a gap that nothing explains, which has the same effect. */
  readonly beyondGap: Uint8Array;
  readonly pinnedBy: (record: string) => VerifiedRecord['pinnedBy'];
  readonly findings: Findings;
  readonly at: number;
}

/** Every readable record with what stands of it, in display order; those that do not verify come last, by id. */
export function sumUpRecords(evidence: RecordEvidence): VerifiedRecord[] {
  const { entries, graph } = evidence;
  const records: VerifiedRecord[] = [];
  const order = displayOrder(graph);
  for (let index = 0; index < order.length; index += 1) {
    const position = order[index]!;
    const entry = entries.get(graph.records[position]!.id)!;
    records.push(sumUp(entry, graph.statementAt[position]!, records.length + 1, evidence));
  }
  // Most files have none.
  if (records.length === entries.size) return records;
  const failing = [...entries.keys()].filter((id) => graph.positionOf(id) < 0).sort();
  for (const id of failing) records.push(sumUp(entries.get(id)!, ABSENT, records.length + 1, evidence));
  return records;
}

/** In place of a statement, for a record that is not in the graph. */
const ABSENT = -1;

function sumUp(
  entry: PassportRecord,
  statement: number,
  number: number,
  evidence: RecordEvidence,
): VerifiedRecord {
  const { assessed, signers } = evidence;
  const { id } = entry.head;
  const state = recordState({
    signature: assessed.signatures.records.get(id) ?? 'failed',
    reading: entry.reading,
    trusted: signers.bindings.get(id)?.trusted === true,
  });
  return sealRecord(new RecordSummary(entry, statement, number, state, evidence));
}

class RecordSummary implements VerifiedRecord {
  readonly id: string;
  readonly statementHash: string;
  readonly type: string;
  readonly kid: string;
  readonly iss: string;
  readonly sub: string;
  readonly iat: number;
  readonly seq: number;
  readonly offset: number;
  readonly length: number;
  readonly number: number;
  readonly state: RecordState;
  readonly binding: VerifiedRecord['binding'];
  readonly roles: readonly string[];
  readonly accreditation: VerifiedRecord['accreditation'];
  readonly rolePermitted: boolean;
  readonly standing: Standing;
  readonly gapOnly?: true;
  readonly time: ProvenInterval;
  readonly pins: readonly string[];
  readonly pinnedBy: VerifiedRecord['pinnedBy'];
  readonly revision: number;
  readonly answers: VerifiedRecord['answers'];
  readonly diagnostics: VerifiedRecord['diagnostics'];
  // No more than a payload needs: what they hold lives as long as the report.
  readonly #record: SignedRecord | null;
  readonly #openings: readonly PassportOpening[];
  #payload: VerifiedRecord['payload'] | null = null;

  constructor(
    entry: PassportRecord,
    statement: number,
    number: number,
    state: RecordState,
    evidence: RecordEvidence,
  ) {
    const { head, element, record } = entry;
    const { id } = head;
    const { graph, findings } = evidence;
    const binding = evidence.signers.bindings.get(id);
    this.id = id;
    this.statementHash = head.statementHash;
    this.type = head.type;
    this.kid = head.kid;
    this.iss = head.iss;
    this.sub = head.sub;
    this.iat = head.iat;
    this.seq = head.link?.seq ?? 0;
    this.offset = element.offset;
    this.length = element.length;
    this.number = number;
    this.state = state;
    this.binding = binding?.binding ?? 'none';
    this.roles = binding?.roles ?? [];
    this.accreditation = binding?.accreditation ?? null;
    this.rolePermitted = binding?.rolePermitted ?? false;
    this.standing = standingOf(entry, statement, binding, evidence);
    if (this.standing === 'adverse-only' && !isMisconduct(id, statement, evidence)) this.gapOnly = true;
    this.time = statement < 0 ? neverProven(evidence.at) : evidence.times.intervalOf(statement);
    this.pins = statement < 0 ? [] : graph.pinnedIdsOf(statement);
    this.pinnedBy = evidence.pinnedBy(id);
    this.revision = record?.payload.revision ?? 0;
    this.answers = findings.answersOf(id);
    this.diagnostics = findings.of(id);
    this.#record = record;
    this.#openings = evidence.assessed.openings.opened.get(id) ?? NO_OPENINGS;
  }

  /** Opened when somebody reads it: whoever only asks for the verdict need not wait for it. */
  get payload(): VerifiedRecord['payload'] {
    this.#payload ??= freezeDeep(openedPayload(this.#record, this.#openings));
    return this.#payload;
  }
}

const NO_OPENINGS: readonly PassportOpening[] = Object.freeze([]);

function openedPayload(
  record: SignedRecord | null,
  openings: readonly PassportOpening[],
): VerifiedRecord['payload'] {
  if (record === null) return Object.create(null);
  return applyOpenings(
    record,
    openings.map(({ opening }) => opening),
  ).fields;
}

/**
 * Misconduct never helps its author: a record on a fork, beyond a gap, badly linked or disputed by its own signer's
 * revocation still counts against that signer. What an issuer's revocation disputes may be a thief's and counts for
 * and against nobody; nor does a record under a name that its key has no right to, or that only a credential gives it
 * which the thief of an issuer's key may have made.
 */
function standingOf(
  { head, record }: PassportRecord,
  statement: number,
  binding: Binding | undefined,
  evidence: RecordEvidence,
): Standing {
  // Without a binding the signature does not hold; without a payload, or a type to read it by, nothing is said.
  if (binding === undefined || record === null || record.definition === null) return 'none';
  for (const { code } of binding.diagnostics) {
    if (code === 'iss.not-bound' || code === 'credential.disputed') return 'none';
  }
  if (evidence.signers.disputes.get(head.id) === 'key.disputed') return 'none';
  const adverse = evidence.beyondGap[statement] === 1 || isMisconduct(head.id, statement, evidence);
  return adverse ? 'adverse-only' : 'full';
}

function isMisconduct(id: string, statement: number, { adverse, signers }: RecordEvidence): boolean {
  for (const marks of adverse) if (marks[statement] === 1) return true;
  return signers.disputes.get(id) === 'key.self-disputed';
}
