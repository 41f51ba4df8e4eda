import type { TriggerEvent } from '../finding/parametric-trigger.js';
import type { OutcomeEvent } from '../finding/watch-outcomes.js';
import { wrap } from './columns.js';
import type { Language } from './labels/code-label.js';
import { FIND_WORDS } from './labels/find-words.js';
import { SETTLE_WORDS } from './labels/settle-words.js';
import { moneyText } from './money-text.js';
import { countText, partyText, shortHash } from './name-text.js';
import { type StyledLine, styled } from './styled-line.js';
import { visibleText } from './visible-text.js';

export interface WatchTextOptions {
  readonly language: Language;
  readonly width: number;
  readonly names: ReadonlyMap<string, string>;
}

/** Events as lines for people: what is owed, why in one line, and the key. */
export function watchEventLines(
  events: readonly ((TriggerEvent | OutcomeEvent) & { readonly file: string })[],
  { language, names, width }: WatchTextOptions,
): StyledLine[] {
  const words = SETTLE_WORDS[language];
  const find = FIND_WORDS[language];
  const name = (id: string): string => visibleText(names.get(id) ?? partyText(id), 40);
  return events.flatMap((event) => {
    const [title, why] =
      event.kind === 'parametric-trigger'
        ? [
            `${words.pays(name(event.payer), name(event.payee))}  ${moneyText(String(event.amountMinor), event.currency)}`,
            words.reached(
              visibleText(event.trigger),
              event.step,
              countText(event.reached.measured),
              countText(event.reached.at),
            ),
          ]
        : event.amount === null
          ? [
              `${words.relation(name(event.debtor), name(event.creditor))}${words.colon}${find.status[event.status]}`,
              words.withdrawn,
            ]
          : [
              `${words.pays(name(event.debtor), name(event.creditor))}  ${moneyText(event.amount.minor, event.amount.currency)}`,
              event.basis === null ? '' : find.basis[event.basis],
            ];
    const rest = [why, visibleText(event.file), `${words.key} ${shortHash(event.idempotencyKey)}`];
    return [
      ...wrap(title, width - 2).map((part): StyledLine => ['  ', styled('strong', part)]),
      ...wrap(rest.filter((part) => part !== '').join(words.semicolon), width - 4).map(
        (part): StyledLine => ['    ', part],
      ),
    ];
  });
}
