import type { TrustFile } from '../credential/trust-file.js';
import { type Diagnostic, diagnostic } from '../diagnostic.js';
import type { TreeCosignatureVerifier } from '../log/subtree-cosignature.js';
import { Ancestry } from '../passport/ancestry.js';
import { type AssessedPassport, graphOf } from '../passport/assess.js';
import { placeOf } from '../passport/element.js';
import type { EvidenceGraph } from '../passport/graph.js';
import type { PassportRecord } from '../passport/passport.js';
import { checkChains } from './checks/chains.js';
import { checkCountersigns } from './checks/countersigns.js';
import { checkLogProofs } from './checks/log-proofs.js';
import { checkCompleteness } from './checks/manifests.js';
import { checkClaimedTimes, proveTimes } from './checks/proven-time.js';
import { checkSensorOverlap } from './checks/sensor-overlap.js';
import { checkTrustFile } from './checks/trust-file.js';
import { checkSigners, type SignerAnswers } from './checks/who-signed.js';
import { Findings } from './findings.js';
import { pinnedFromOutside } from './pinned-from-outside.js';
import { AXES, lowersFile, type RecordStanding, verdictOf } from './state.js';
import { type RecordEvidence, sumUpRecords } from './sum-up-records.js';
import type { VerifiedPassport } from './verified-passport.js';

export interface ExamineOptions {
  readonly trust: TrustFile | null;
  readonly at: number;
  readonly trustMinSequence?: number;
  /** Given where the trust file names a witness with such a key. */
  readonly verifyTree?: TreeCosignatureVerifier;
}

type Examined = Pick<
  VerifiedPassport,
  'verdict' | 'axes' | 'records' | 'diagnostics' | 'counts' | 'precedes'
>;

/** Everything that follows from elements whose signatures have been verified. Pure: no clock, no thread, no order of arrival. */
export function examine(assessed: AssessedPassport, options: ExamineOptions): Examined {
  const { passport, signatures } = assessed;
  const { trust, at } = options;
  const graph = graphOf(assessed);
  const ancestry = new Ancestry(graph);
  const verified = passport.records.filter(({ head }) => signatures.records.get(head.id) === 'verified');
  const sound = verified.map(({ record }) => record).filter((record) => record !== null);
  const heldCredentials = new Set(passport.credentials.map(({ credential }) => credential.id));

  const logs = checkLogProofs(assessed, trust?.logs ?? null, at, options.verifyTree);
  const times = proveTimes({ graph, at, notes: logs.notes, inclusions: logs.inclusions });
  const signers = checkSigners({
    trust,
    records: verified,
    credentials: passport.credentials.filter(
      ({ credential }) => signatures.credentials.get(credential.id) === 'verified',
    ),
    upperOf: (record) => times.intervalOf(graph.statementOfId(record)).upper,
    credentialUpper: times.credentialUpper,
    upTo: (ids) => {
      const isUpTo = ancestry.upTo(ids);
      return (record) => isUpTo(graph.statementOfId(record));
    },
    isPresent: (record) => graph.recordOf(record)?.verified === true,
  });
  const partyOf = (record: string): string | null => trustedParty(graph, signers, record);
  const chains = checkChains(graph, passport.item, heldCredentials);
  const completeness = checkCompleteness({
    assessed,
    graph,
    ancestry,
    chains: chains.chains,
    gaps: chains.gaps,
    notes: logs.notes,
    trustedParty: partyOf,
    isMisconduct: (record) => {
      const statement = graph.statementOfId(record);
      return chains.forked[statement] === 1 || chains.misLinked[statement] === 1;
    },
  });

  const entries = new Map(passport.records.map((entry) => [entry.head.id, entry]));
  const findings = new Findings(lowering(entries, assessed, signers), (found) => placed(found, entries));
  const addAll = (found: Iterable<Diagnostic>): void => findings.addAll(found);
  addElements(assessed, findings);
  for (const { diagnostics } of passport.records) addAll(diagnostics);
  addAll(chains.diagnostics);
  addAll(completeness.diagnostics);
  addAll(checkCountersigns(sound));
  addAll(checkSensorOverlap(sound));
  addAll(signers.diagnostics);
  addAll(logs.diagnostics);
  addAll(checkClaimedTimes(graph, times));
  addAll(checkTrustFile(trust, at, options.trustMinSequence));
  const ofItem = verified.filter(({ head, record }) => record !== null && head.sub === passport.item);
  const trusted = ofItem.some(({ head }) => signers.bindings.get(head.id)?.trusted === true);
  if (trust !== null && !ofItem.some(({ head }) => signers.bindings.get(head.id)?.binding === 'path')) {
    addAll([diagnostic('trust.no-path', { member: 0 }, { item: passport.item })]);
  }

  const evidence: RecordEvidence = {
    assessed,
    entries,
    graph,
    times,
    signers,
    adverse: [chains.forked, chains.misLinked],
    beyondGap: completeness.beyondGap,
    pinnedBy: pinnedFromOutside(graph, times, partyOf),
    findings,
    at,
  };
  const axes = findings.answers();
  return {
    verdict: verdictOf(
      AXES.map((axis) => axes[axis].verdict),
      trusted,
    ),
    axes,
    records: sumUpRecords(evidence),
    diagnostics: findings.all(),
    counts: findings.counts(),
    precedes: precedesBy(ancestry),
  };
}

/** Of its own, because a function made above would keep alive all that has been in use there. */
function precedesBy(ancestry: Ancestry): Examined['precedes'] {
  return (earlier, later) => ancestry.precedes(earlier, later);
}

function lowering(
  entries: ReadonlyMap<string, PassportRecord>,
  { signatures }: AssessedPassport,
  signers: SignerAnswers,
): (found: Diagnostic) => boolean {
  const standingOf = (record: string): RecordStanding | undefined => {
    const entry = entries.get(record);
    if (entry === undefined) return undefined;
    const signature = signatures.records.get(record) ?? 'failed';
    return { signature, signerHasPath: signers.hasPath(entry.head.kid) };
  };
  return (found) => lowersFile(found, standingOf);
}

/** What concerns a record stands at its place in the file. */
function placed(found: Diagnostic, entries: ReadonlyMap<string, PassportRecord>): Diagnostic {
  if (found.record === undefined || found.member !== undefined) return found;
  const entry = entries.get(found.record);
  return entry === undefined ? found : { ...found, ...placeOf(entry.element) };
}

/** Of what the passport's own lists could not keep, the number still counts. */
function addElements({ diagnostics }: AssessedPassport, findings: Findings): void {
  const kept = new Map<string, number>();
  for (const found of diagnostics.kept) {
    findings.add(found);
    kept.set(found.code, (kept.get(found.code) ?? 0) + 1);
  }
  for (const [code, count] of diagnostics.counts) findings.addUnkept(code, count - (kept.get(code) ?? 0));
}

/**
 * The party that a good path of the trust file binds the record's signer to. A record in dispute speaks for no party: a
 * stolen key must not explain a gap or bear witness.
 */
function trustedParty(graph: EvidenceGraph, signers: SignerAnswers, record: string): string | null {
  if (signers.bindings.get(record)?.trusted !== true || signers.disputes.has(record)) return null;
  return graph.recordOf(record)?.iss ?? null;
}
