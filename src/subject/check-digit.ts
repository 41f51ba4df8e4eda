/** Does the last digit of a GS1 key match the others? GS1 General Specifications §7.9.1; weights 3 and 1 from the right. */
export function hasGs1CheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 2, weight = 3; i >= 0; i -= 1, weight = 4 - weight) {
    sum += (digits.charCodeAt(i) - 0x30) * weight;
  }
  return (10 - (sum % 10)) % 10 === digits.charCodeAt(digits.length - 1) - 0x30;
}

/** LEI, ISO 17442-1: letters count 10 to 35, the number modulo 97 is 1 (ISO 7064 MOD 97-10). */
export function hasLeiChecksum(lei: string): boolean {
  let remainder = 0;
  for (let i = 0; i < lei.length; i += 1) {
    const code = lei.charCodeAt(i);
    remainder = code <= 0x39 ? remainder * 10 + (code - 0x30) : remainder * 100 + (code - 0x37);
    remainder %= 97;
  }
  return remainder === 1;
}

// GB 32100-2015 table 2: digits and capitals without I, O, S, V, Z.
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Unified social credit code, GB 32100-2015: weights 3^i mod 31, check character (31 − sum mod 31) mod 31. */
export function hasUsccChecksum(uscc: string): boolean {
  let sum = 0;
  let weight = 1;
  for (let i = 0; i < uscc.length - 1; i += 1) {
    const value = USCC_ALPHABET.indexOf(uscc.charAt(i));
    if (value < 0) return false;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return (31 - (sum % 31)) % 31 === USCC_ALPHABET.indexOf(uscc.charAt(uscc.length - 1));
}
