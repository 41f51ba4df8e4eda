import type { CheckCode } from '../codes.js';
import { sha256Hex } from '../crypto/hash.js';
import type { Diagnostic } from '../diagnostic.js';
import { type AssessedPassport, assessPassport } from './assess.js';
import type { ElementMember } from './element.js';
import { type EvidenceInput, EvidenceSet } from './evidence-set.js';
import { encodePassport, type ReadLimits } from './file.js';
import { elementHash } from './passport.js';
import type { SignatureOptions } from './signatures.js';

/** Limits and a shared signature cache; no trust file and no time, which have no say in a merge. */
export interface MergeOptions extends SignatureOptions, ReadLimits {
  /** Needed only where no input is a passport; where one is, it must be the same. */
  readonly item?: string;
}

/** An element that is not in the result, and why. */
export interface LeftOut {
  readonly code: CheckCode;
  readonly member: ElementMember;
  /** SHA-256 of the element: for a record its id, for a key its kid. */
  readonly sha256: string;
  /** Number of the input, from 0, that brought it first. */
  readonly input: number;
}

/** The merged file, and what of the inputs is not in it. */
export interface MergeResult {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes. */
  readonly digest: string;
  readonly item: string;
  readonly leftOut: readonly LeftOut[];
  /** What was irregular in the input files, such as a member out of order. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Merges passports and loose elements about one item: their union, less what in the union cannot verify or is not
 * justified. No trust file and no time has a say in it. For files that hold their own rules the result does not depend
 * on order or grouping, and nothing that verifies is lost.
 *
 * @throws GoodOrderError `merge.item` for two items, `passport.too-large` for a result beyond the limit, and the fault
 * of an input whose structure cannot be followed
 */
export async function mergePassports(
  inputs: Iterable<EvidenceInput> | AsyncIterable<EvidenceInput>,
  options: MergeOptions = {},
): Promise<MergeResult> {
  if (inputs instanceof Uint8Array) throw new TypeError('several inputs are merged: a list of files');
  const evidence = new EvidenceSet(options.item ?? null, options);
  for await (const input of inputs) evidence.add(input);
  const assessed = await assessPassport(evidence.gather(), options);
  const bytes = encodeKept(assessed, options);
  return {
    bytes,
    digest: sha256Hex(bytes),
    item: assessed.passport.item,
    leftOut: listLeftOut(assessed, evidence),
    diagnostics: evidence.diagnostics.kept,
  };
}

/** The file of the elements that a merge keeps. */
export function encodeKept({ passport, justification }: AssessedPassport, limits: ReadLimits): Uint8Array {
  const members: Partial<Record<ElementMember, Uint8Array[]>> = {};
  for (const element of justification.kept) {
    const list = members[element.member];
    if (list === undefined) members[element.member] = [element.bytes];
    else list.push(element.bytes);
  }
  return encodePassport({ item: passport.item, members }, limits);
}

export function listLeftOut({ leftOut }: AssessedPassport, evidence: EvidenceSet): readonly LeftOut[] {
  return leftOut.map(({ element, code }) => {
    const sha256 = elementHash(element);
    return { code, member: element.member, sha256, input: evidence.inputOf(element.member, sha256) };
  });
}
