import { fitsSlot } from './sentence-slots.js';
import {
  type AgreedTerm,
  CODED_PREDICATES,
  type CodedPredicate,
  type RuleBoundary,
  type StateWord,
} from './terms.js';

/** What shows an issue: facts that match argue for found, their opposite against. */
export type Template =
  | { readonly shows: 'state'; readonly value: StateWord; readonly boundary: RuleBoundary }
  | { readonly shows: 'seen'; readonly value: StateWord }
  | { readonly shows: 'custody' }
  /** What the consignee itself signed of getting the goods, or shows by having them. */
  | { readonly shows: 'receipt' }
  /** What anybody signed of handing the goods to the consignee. */
  | { readonly shows: 'delivery' }
  | { readonly shows: 'fact'; readonly predicate: CodedPredicate; readonly code: string }
  | { readonly shows: 'agreed'; readonly term: AgreedTerm };

/** The closed table of engine.md, "Issues: what shows them"; null when the text is none of its sentences. */
export function readTemplate(text: string): Template | null {
  const words = text.split(' ');
  const [first, second, third, fourth] = words;
  if (first === 'state' && words.length === 4 && third === 'at') {
    if (!fitsSlot('G', second!) || !fitsSlot('B', fourth!)) return null;
    return { shows: 'state', value: second as StateWord, boundary: fourth as RuleBoundary };
  }
  if (first === 'seen' && words.length === 2) {
    return fitsSlot('G', second!) ? { shows: 'seen', value: second as StateWord } : null;
  }
  if (text === 'custody of leg.holder') return { shows: 'custody' };
  if (text === 'receipt by consignee') return { shows: 'receipt' };
  if (text === 'delivery to consignee') return { shows: 'delivery' };
  if (first === 'fact' && words.length === 3) {
    if (!fitsSlot('F', second!)) return null;
    const predicate = second as CodedPredicate;
    const codes: readonly string[] = CODED_PREDICATES[predicate];
    return codes.includes(third!) ? { shows: 'fact', predicate, code: third! } : null;
  }
  if (first === 'agreed' && words.length === 2) {
    return fitsSlot('K', second!) ? { shows: 'agreed', term: second as AgreedTerm } : null;
  }
  return null;
}

export function printTemplate(template: Template): string {
  switch (template.shows) {
    case 'state':
      return `state ${template.value} at ${template.boundary}`;
    case 'seen':
      return `seen ${template.value}`;
    case 'custody':
      return 'custody of leg.holder';
    case 'receipt':
      return 'receipt by consignee';
    case 'delivery':
      return 'delivery to consignee';
    case 'fact':
      return `fact ${template.predicate} ${template.code}`;
    case 'agreed':
      return `agreed ${template.term}`;
  }
}

/** Does the template speak of the leg an issue is about? */
export function templateNeedsLeg(template: Template): boolean {
  if (template.shows === 'custody') return true;
  return template.shows === 'state' && (template.boundary === 'leg.start' || template.boundary === 'leg.end');
}
