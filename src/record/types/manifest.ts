import { compareBytes, equalBytes } from '../../codec/hex.js';
import { merkleRoot } from '../../merkle/tree.js';
import { defineType } from '../define-type.js';
import {
  count,
  extension,
  hash32,
  kid,
  once,
  oneOf,
  optional,
  positive,
  recordId,
  strictObject,
} from '../field-schemas.js';
import { isAscending } from '../link.js';
import type { RecordType, RuleFault } from '../record-type.js';
import { WITHHELD_REASONS } from '../vocabulary.js';
import '../zod-setup.js';
import * as z from 'zod/mini';

/** ids + withheld of one manifest. A larger export signs a series. */
export const MANIFEST_MAX_IDS = 1024;
export const MANIFEST_MAX_HEADS = 256;

/** The newest record of a key about a subject: [SHA-256(sub), seq]. */
const head = once(() => z.tuple([hash32(), count()]));

const schema = once(() =>
  strictObject({
    root: hash32(),
    count: count(),
    ids: z.array(recordId()).check(z.maxLength(MANIFEST_MAX_IDS)),
    heads: z
      .array(z.tuple([kid(), z.array(head()).check(z.maxLength(MANIFEST_MAX_HEADS))]))
      .check(z.maxLength(MANIFEST_MAX_HEADS)),
    withheld: z
      .array(
        strictObject({
          id: recordId(),
          reason: oneOf(WITHHELD_REASONS),
          at: optional(z.tuple([kid(), hash32(), count()])),
        }),
      )
      .check(z.maxLength(MANIFEST_MAX_IDS)),
    asOf: z.nullable(hash32()),
    part: optional(z.tuple([positive(), positive()])),
    continues: optional(recordId()),
    after: optional(hash32()),
    x: optional(extension()),
  }),
);

export type Manifest = z.infer<ReturnType<typeof schema>>;

function shapeFault(path: string): RuleFault {
  return { code: 'manifest.shape', path };
}

function faults(payload: Manifest): RuleFault[] {
  const { ids, withheld, heads } = payload;
  const found: RuleFault[] = [];
  if (!isAscending(ids)) found.push(shapeFault('ids'));
  const withheldIds = withheld.map(({ id }) => id);
  if (!isAscending(withheldIds)) found.push(shapeFault('withheld'));
  if (ids.length + withheld.length > MANIFEST_MAX_IDS) found.push(shapeFault('withheld'));
  if (found.length === 0 && overlap(ids, withheldIds)) found.push(shapeFault('withheld'));
  for (const [index, { reason, at }] of withheld.entries()) {
    if (at === undefined && reason !== 'not-held') found.push(shapeFault(`withheld[${index}].at`));
  }
  if (!isAscending(heads.map(([key]) => key))) found.push(shapeFault('heads'));
  let pairs = 0;
  for (const [index, [, seqs]] of heads.entries()) {
    pairs += seqs.length;
    if (seqs.length === 0 || !isAscending(seqs.map(([sub]) => sub)))
      found.push(shapeFault(`heads[${index}]`));
  }
  if (pairs > MANIFEST_MAX_HEADS) found.push(shapeFault('heads'));
  const [part, parts] = payload.part ?? [1, 1];
  if (part > parts) found.push(shapeFault('part'));
  // Each of a series but the first names the one before it.
  if (part > 1 !== (payload.continues !== undefined)) found.push(shapeFault('continues'));
  if (payload.count !== ids.length) found.push({ code: 'manifest.root', path: 'count' });
  else if (!equalBytes(merkleRoot(ids), payload.root)) found.push({ code: 'manifest.root', path: 'root' });
  return found;
}

/** Both ascending: one walk finds a shared id. */
function overlap(left: readonly Uint8Array[], right: readonly Uint8Array[]): boolean {
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const order = compareBytes(left[i]!, right[j]!);
    if (order === 0) return true;
    if (order < 0) i += 1;
    else j += 1;
  }
  return false;
}

/** What its maker says an export holds and what it leaves out. */
export const manifest: RecordType<Manifest> = defineType<Manifest>({
  name: 'manifest',
  revision: 1,
  schema,
  selfBound: true,
  faults,
});
