import type { AiComponent, ApplicationIdentifier } from './application-identifiers.js';
import { isCset82, isDigits } from './character-set.js';
import { hasGs1CheckDigit } from './check-digit.js';

export type AiValueFault = 'length' | 'characters' | 'check-digit';

/** Does the value have the lengths, characters and check digits of its identifier? Null when it does. */
export function aiValueFault(identifier: ApplicationIdentifier, value: string): AiValueFault | null {
  let rest = value;
  for (const component of identifier.components) {
    if (rest === '' && component.optional) break;
    if (rest.length < component.min) return 'length';
    const part = rest.slice(0, component.max);
    rest = rest.slice(component.max);
    if (!fits(component, part)) return 'characters';
    if (component.checkDigit && !hasGs1CheckDigit(part)) return 'check-digit';
  }
  return rest === '' ? null : 'length';
}

function fits({ kind }: AiComponent, part: string): boolean {
  switch (kind) {
    case 'N':
      return isDigits(part);
    case 'X':
      return isCset82(part);
    case 'Y':
      return /^[#\-/0-9A-Z]+$/.test(part);
    case 'Z':
      return /^[0-9A-Za-z_-]+=*$/.test(part);
  }
}
