import type { Diagnostic } from '../../diagnostic.js';
import type { EvaluatedNote } from '../../log/note-time.js';
import type { Ancestry } from '../../passport/ancestry.js';
import type { AssessedPassport } from '../../passport/assess.js';
import { beyondGaps, type Chain, type Gap } from '../../passport/chains.js';
import type { EvidenceGraph } from '../../passport/graph.js';
import { manifestsOf } from '../../passport/manifest.js';
import { checkManifests, explainGaps } from '../../passport/manifest-checks.js';

export interface CompletenessEvidence {
  readonly assessed: AssessedPassport;
  readonly graph: EvidenceGraph;
  readonly ancestry: Ancestry;
  readonly chains: readonly Chain[];
  readonly gaps: readonly Gap[];
  /** Present notes by SHA-256; only those with status `ok` are a log's word. */
  readonly notes: ReadonlyMap<string, EvaluatedNote>;
  /** The party that a good path of the trust file binds the record's signer to, or null. */
  readonly trustedParty: (record: string) => string | null;
  /** Does the record lie on a fork or break a rule by its links? Then its manifest explains nothing. */
  readonly isMisconduct: (record: string) => boolean;
}

export interface CompletenessAnswers {
  /** By statement, 1 beyond a gap that no trusted manifest explains. */
  readonly beyondGap: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** Question: what is missing, who said so, and who left it out? */
export function checkCompleteness(evidence: CompletenessEvidence): CompletenessAnswers {
  const { assessed, graph, ancestry, chains, gaps, notes, trustedParty } = evidence;
  const { passport } = assessed;
  const manifests = manifestsOf(assessed, graph);
  const { diagnostics, unexplained } = explainGaps(
    graph,
    gaps,
    manifests,
    (record) => trustedParty(record) !== null && !evidence.isMisconduct(record),
  );
  const found = checkManifests(graph, chains, manifests, {
    item: passport.item,
    notes: new Set(notes.keys()),
    credentials: new Set(passport.credentials.map(({ credential }) => credential.id)),
    ancestry,
    trustedParty,
    trustedAnswer: (hash) => {
      const note = notes.get(hash);
      return note?.status === 'ok' && note.statement?.kind === 'subject-answer'
        ? note.statement.answer
        : null;
    },
    loggedBefore: loggedBefore(evidence),
  });
  return { beyondGap: beyondGaps(graph, unexplained), diagnostics: [...diagnostics, ...found] };
}

/** An id at an index below a size stands in every tree of that log from that size on. */
function loggedBefore({
  assessed,
  notes,
}: CompletenessEvidence): (origin: string, size: number) => ReadonlySet<string> {
  return (origin, size) => {
    const ids = new Set<string>();
    for (const { receipt } of assessed.receipts.proven) {
      const note = notes.get(receipt.note);
      if (note?.status === 'ok' && note.origin === origin && receipt.index < size) ids.add(receipt.id);
    }
    return ids;
  };
}
