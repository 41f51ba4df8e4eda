import { isStale, type TrustFile } from '../../credential/trust-file.js';
import { type Diagnostic, diagnostic } from '../../diagnostic.js';

/** Question: may this trust file be relied on at this time? */
export function checkTrustFile(trust: TrustFile | null, at: number, minSequence?: number): Diagnostic[] {
  if (trust === null) return [diagnostic('trust.none')];
  const { name, nextUpdate, sequence } = trust;
  const found: Diagnostic[] = [];
  if (isStale(trust, at)) found.push(diagnostic('trust.stale', {}, { name, nextUpdate, at }));
  if (minSequence !== undefined && sequence < minSequence) {
    found.push(diagnostic('trust.sequence-too-old', {}, { name, sequence, minSequence }));
  }
  return found;
}
