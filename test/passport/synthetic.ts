import { utf8Bytes } from '../../src/codec/hex.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import type { GraphRecord } from '../../src/passport/graph.js';
import { ITEM } from './hand.js';

export interface Sketch {
  /** Also its id and statement, hashed. */
  readonly name: string;
  readonly kid?: string;
  readonly sub?: string;
  readonly seq?: number;
  readonly iat?: number;
  /** Names of statements, null as in the format. */
  readonly prev?: string | null;
  readonly lane?: string | null;
  readonly seen?: readonly string[];
  readonly named?: readonly string[];
  readonly references?: readonly string[];
  readonly verified?: boolean;
  /** Shares the statement of another: a twin. */
  readonly twinOf?: string;
  readonly type?: string;
}

export const idOf = (name: string): string => sha256Hex(utf8Bytes(`id ${name}`));
export const statementOf = (name: string): string => sha256Hex(utf8Bytes(`statement ${name}`));

/** A record of the graph without a signature: for questions that no signature answers. */
export function sketch(given: Sketch): GraphRecord {
  const { name, kid = 'key', sub = ITEM, seq = 0, prev = null, lane = null } = given;
  return {
    id: idOf(name),
    statementHash: statementOf(given.twinOf ?? name),
    kid,
    iss: `urn:${kid}`,
    sub,
    iat: given.iat ?? 1_760_000_000,
    type: given.type ?? 'statement',
    verified: given.verified ?? true,
    link: {
      version: 1,
      seq,
      prev: prev === null ? null : statementOf(prev),
      seen: (given.seen ?? []).map(idOf).sort(),
      lane: lane === null ? null : statementOf(lane),
      anchors: [],
    },
    references: (given.references ?? []).map((one, index) => ({ path: `ref[${index}]`, id: idOf(one) })),
    named: (given.named ?? []).map(idOf).sort(),
  };
}
