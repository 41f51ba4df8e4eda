import { packDigest } from '../rules/pack-digest.js';
import { BUILT_IN_PACKS } from '../rules/packs/index.js';

/** The packs that ship with this program, with the digest a dispute can name. */
export function embeddedPacks(): { readonly id: string; readonly digest: string }[] {
  return [...BUILT_IN_PACKS].map(([id, pack]) => ({ id, digest: packDigest(pack) }));
}
