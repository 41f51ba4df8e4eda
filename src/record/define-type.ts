import { toHex } from '../codec/hex.js';
import type { Digest, Instant } from './field-schemas.js';
import type { Period, RecordType, Reference, RuleFault } from './record-type.js';

type Required<P extends object> = Pick<RecordType<P>, 'name' | 'revision' | 'schema'>;

/** Fills what most types leave at its default. */
export function defineType<P extends object>(parts: Required<P> & Partial<RecordType<P>>): RecordType<P> {
  return {
    privatePlaces: [],
    observing: false,
    roles: 'any',
    selfBound: false,
    signers: () => null,
    faults: () => [],
    references: () => [],
    counterparties: () => [],
    files: () => [],
    period: () => null,
    ...parts,
  };
}

/** A reference for each id that is there. */
export function references(
  ...entries: readonly (readonly [path: string, id: Uint8Array | undefined])[]
): readonly Reference[] {
  const found: Reference[] = [];
  for (const [path, id] of entries) if (id !== undefined) found.push({ path, id: toHex(id) });
  return found;
}

/** Hex of the digests of files, from lists and single digests that may be absent. */
export function digestsOf(
  ...sources: readonly (readonly Digest[] | Digest | undefined)[]
): readonly string[] {
  const found: string[] = [];
  for (const source of sources) {
    if (source === undefined) continue;
    if (isDigest(source)) found.push(toHex(source[1]));
    else for (const [, hash] of source) found.push(toHex(hash));
  }
  return found;
}

function isDigest(source: readonly Digest[] | Digest): source is Digest {
  return source[0] === -16;
}

export function atInstant(instant: Instant): Period {
  return { from: instant, to: instant };
}

/** A span must not end before it begins. */
export function spanFaults(
  path: string,
  span: { readonly from: Instant; readonly to: Instant },
): RuleFault[] {
  return span.to.utcS < span.from.utcS ? [{ code: 'schema.value', path }] : [];
}
