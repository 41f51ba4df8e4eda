import { sha256Hex } from '../crypto/hash.js';
import { formatPath, matchesPattern } from '../record/field-path.js';
import { readOpening } from '../record/private-fields.js';
import type { WithheldReason } from '../record/vocabulary.js';
import { assessPassport } from './assess.js';
import { MEMBER } from './element.js';
import { type EvidenceInput, EvidenceSet } from './evidence-set.js';
import { encodeKept, listLeftOut, type MergeOptions, type MergeResult } from './merge.js';

/** A record that an export leaves out on purpose, and the reason its manifest gives. */
export interface RecordToWithhold {
  readonly id: string;
  readonly reason: Extract<WithheldReason, 'privacy' | 'secret'>;
}

/** Openings to drop: of one record or of all, at one path (`persons[0].name`), at a pattern (`persons[].name`), or all. */
export interface OpeningToDrop {
  readonly record?: string;
  readonly path?: string;
}

/** A test that is false for the encoded openings to drop. */
export function openingFilter(drop: readonly OpeningToDrop[]): (bytes: Uint8Array) => boolean {
  if (drop.length === 0) return () => true;
  return (bytes) => {
    const read = readOpening(bytes);
    // What is no opening is left out for what it is, not for what it might say.
    if (!read.ok) return true;
    const { record, path } = read.opening;
    return !drop.some(
      (one) =>
        (one.record === undefined || one.record === record) &&
        (one.path === undefined || one.path === formatPath(path) || matchesPattern(one.path, path)),
    );
  };
}

/**
 * A passport without some openings: what erasing or redacting means here. No signature is touched and none is needed,
 * since an absent opening means unknown, never false. What only a dropped opening led to is left out too. It works on
 * this copy; merging an older copy brings the openings back.
 *
 * @throws what `mergePassports` throws
 */
export async function dropOpenings(
  passport: EvidenceInput,
  drop: readonly OpeningToDrop[],
  options: MergeOptions = {},
): Promise<MergeResult> {
  const evidence = new EvidenceSet(options.item ?? null, options);
  evidence.add(passport);
  const keep = openingFilter(drop);
  const rest = evidence.gather((member, bytes) => member !== MEMBER.openings || keep(bytes));
  const assessed = await assessPassport(rest, options);
  const bytes = encodeKept(assessed, options);
  const { item } = assessed.passport;
  const leftOut = listLeftOut(assessed, evidence);
  return { bytes, digest: sha256Hex(bytes), item, leftOut, diagnostics: evidence.diagnostics.kept };
}
