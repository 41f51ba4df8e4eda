import { isDigits } from './character-set.js';
import { hasGs1CheckDigit, hasLeiChecksum, hasUsccChecksum } from './check-digit.js';
import { remember } from './remember.js';
import { GS1_BASE, KEY_URI } from './subject.js';

/** Who signs: a company by one of three numbers, or a natural person by the own key. */
export type Party =
  | { readonly kind: 'gln'; readonly uri: string; readonly gln: string }
  | { readonly kind: 'lei'; readonly uri: string; readonly lei: string }
  | { readonly kind: 'uscc'; readonly uri: string; readonly uscc: string }
  | { readonly kind: 'key'; readonly uri: string; readonly kid: string };

const GLN_URI = `${GS1_BASE}417/`;
const LEI_URI = 'urn:goodorder:lei:';
const USCC_URI = 'urn:goodorder:uscc:';

/** Reads a party URI; null when it is none of the four kinds or its check digits are wrong. */
export const parseParty: (uri: string) => Party | null = remember(readParty);

function readParty(uri: string): Party | null {
  if (uri.startsWith(GLN_URI)) {
    const gln = uri.slice(GLN_URI.length);
    return gln.length === 13 && isDigits(gln) && hasGs1CheckDigit(gln) ? { kind: 'gln', uri, gln } : null;
  }
  if (uri.startsWith(KEY_URI)) {
    const kid = uri.slice(KEY_URI.length);
    return /^[0-9a-f]{64}$/.test(kid) ? { kind: 'key', uri, kid } : null;
  }
  if (uri.startsWith(LEI_URI)) {
    const lei = uri.slice(LEI_URI.length);
    return /^[0-9A-Z]{18}[0-9]{2}$/.test(lei) && hasLeiChecksum(lei) ? { kind: 'lei', uri, lei } : null;
  }
  if (uri.startsWith(USCC_URI)) {
    const uscc = uri.slice(USCC_URI.length);
    return uscc.length === 18 && hasUsccChecksum(uscc) ? { kind: 'uscc', uri, uscc } : null;
  }
  return null;
}
