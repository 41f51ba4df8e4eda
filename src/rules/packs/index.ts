import type { Pack } from '../pack.js';
import { CISG } from './cisg.generated.js';
import { CN } from './cn.generated.js';
import { EVIDENCE_CN } from './evidence.cn.generated.js';

/** The packs that ship with the product, by id. */
export const BUILT_IN_PACKS: ReadonlyMap<string, Pack> = new Map<string, Pack>(
  [CISG, CN, EVIDENCE_CN].map((pack) => [pack.pack, pack]),
);
