const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';
const WORDS = 5;

/** The first 12 digits of a kid, as in `3fa9-0c21-77de`: to tell one's own keys apart, not to compare with strangers'. */
export function shortFingerprint(kid: string): string {
  assertKid(kid);
  return [kid.slice(0, 4), kid.slice(4, 8), kid.slice(8, 12)].join('-');
}

/**
 * The first 80 bits of a kid as five words that can be read over a telephone, as in `lusab-babad-gutih-tugad-mudof`.
 * Proquints (D. S. Wilkerson, arXiv:0901.4016): 16 bits a word, consonant and vowel in turn, the same in any language.
 */
export function kidWords(kid: string): string {
  assertKid(kid);
  const words = Array.from({ length: WORDS }, (_, index) =>
    word(Number.parseInt(kid.slice(4 * index, 4 * index + 4), 16)),
  );
  return words.join('-');
}

function word(bits: number): string {
  const consonant = (shift: number): string => CONSONANTS.charAt((bits >> shift) & 15);
  const vowel = (shift: number): string => VOWELS.charAt((bits >> shift) & 3);
  return consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0);
}

function assertKid(kid: string): void {
  if (!/^[0-9a-f]{64}$/.test(kid)) throw new TypeError('a kid has 64 lowercase hex digits');
}
