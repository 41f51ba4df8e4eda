import type { EvidencePack, StandardTest } from '../rules/evidence-pack.js';
import type { Standard } from '../rules/rule.js';

/** Does `pro` meet the standard against `con`? Grades 0 … 5. */
export function meetsStandard(pack: EvidencePack, standard: Standard, pro: number, con: number): boolean {
  return pack.standards[standard].every((test) => compare(test, pro, con));
}

function compare({ compare: how, left, right }: StandardTest, pro: number, con: number): boolean {
  const value = (side: 'pro' | 'con'): number => (side === 'pro' ? pro : con);
  const a = value(left);
  const b = typeof right === 'number' ? right : value(right);
  switch (how) {
    case '>=':
      return a >= b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '<':
      return a < b;
  }
}
