import type { DeliveryConfirmation } from '../finding/delivery-confirmation.js';
import type { TriggerEvent } from '../finding/parametric-trigger.js';
import type { HumanReason, Settlement, SettlementInstruction } from '../finding/settlement.js';
import { NO_POLICY } from '../finding/settlement-policy.js';
import { lineColumns, wrap } from './columns.js';
import type { Language } from './labels/code-label.js';
import { FIND_WORDS } from './labels/find-words.js';
import { SETTLE_WORDS, type SettleWords } from './labels/settle-words.js';
import { moneyText } from './money-text.js';
import { countText, minuteText, partyText, shortHash, subjectText } from './name-text.js';
import { type Style, type StyledLine, styled } from './styled-line.js';
import { visibleText } from './visible-text.js';

export interface SettleTextOptions {
  readonly language: Language;
  readonly width: number;
  /** Name of a party where the dispute gives one. */
  readonly names: ReadonlyMap<string, string>;
  /** Display numbers of records by id. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Instructions of a settlement as lines for people. */
export function settlementLines(settlement: Settlement, options: SettleTextOptions): StyledLine[] {
  return new SettleText(options).settlement(settlement);
}

/** What the records say of arrivals. */
export function deliveryLines(confirmation: DeliveryConfirmation, options: SettleTextOptions): StyledLine[] {
  return new SettleText(options).deliveries(confirmation);
}

/** Steps of a payout table that are reached. */
export function triggerLines(events: readonly TriggerEvent[], options: SettleTextOptions): StyledLine[] {
  return new SettleText(options).triggers(events);
}

class SettleText {
  readonly #options: SettleTextOptions;
  readonly #words: SettleWords;

  constructor(options: SettleTextOptions) {
    this.#options = options;
    this.#words = SETTLE_WORDS[options.language];
  }

  settlement({ finding, instructions, policy, unsettled }: Settlement): StyledLine[] {
    const words = this.#words;
    const find = FIND_WORDS[this.#options.language];
    const numbers = new Map(instructions.map(({ idempotencyKey }, index) => [idempotencyKey, index + 1]));
    const lines: StyledLine[] = [
      [{ mark: 'limited' }, ' ', styled('strong', words.title), styled('faint', `  ${words.notice}`)],
      ...instructions.flatMap((one, index) => [[], ...this.#instruction(one, index + 1, numbers)]),
    ];
    if (instructions.length === 0) lines.push([], ['    ', words.nothing]);
    if (unsettled.length > 0) {
      lines.push([], ['    ', words.unsettled]);
      for (const { creditor, debtor, status } of unsettled) {
        const relation = words.relation(this.#name(debtor), this.#name(creditor));
        lines.push(...this.#wrapped(`${relation}${words.colon}${find.status[status]}`, 6, 'faint'));
      }
    }
    const policyText = policy.id === NO_POLICY.id ? words.noPolicy : words.policy(visibleText(policy.id));
    return [
      ...lines,
      [],
      ['    ', styled('faint', `${find.digest} sha256 ${shortHash(finding)}  ${policyText}`)],
    ];
  }

  #instruction(
    one: SettlementInstruction,
    number: number,
    numbers: ReadonlyMap<string, number>,
  ): StyledLine[] {
    const words = this.#words;
    const { after, amount, approval, because, cap, conditions, evidence, idempotencyKey, insteadOf } = one;
    const listed = (keys: readonly string[]): string => keys.map((key) => numbers.get(key) ?? '?').join(', ');
    const title = words.pays(this.#name(one.payer), this.#name(one.payee));
    const sum = moneyText(amount.minor, amount.currency);
    const head: StyledLine = ['  ', `${number}. `, styled('strong', title), `  ${sum}`];
    const { approvals, goodsReturned, noChallengeUntil, provisionalUntil } = conditions;
    const notes = [
      ...(approval === 'automatic' ? [words.automatic] : []),
      ...(approvals === null
        ? []
        : [
            approvals.of.length === 0
              ? words.anyApproval
              : words.approvals(approvals.atLeast, approvals.of.map((id) => this.#name(id)).join(', ')),
          ]),
      ...because.map(({ detail, reason }) =>
        detail === null ? words.reasons[reason] : `${words.reasons[reason]} (${detailText(reason, detail)})`,
      ),
      ...(cap === null ? [] : [words.capped(cap.by ?? '?')]),
      ...(after.length === 0 ? [] : [words.after(listed(after))]),
      ...(insteadOf.length === 0 ? [] : [words.once(listed(insteadOf))]),
      ...(goodsReturned.required
        ? [goodsReturned.shownBy.length === 0 ? words.goodsMissing : words.goodsBack]
        : []),
      ...(noChallengeUntil === null ? [] : [words.noChallengeUntil(minuteText(noChallengeUntil))]),
      ...(provisionalUntil === null ? [] : [words.provisionalUntil(minuteText(provisionalUntil))]),
    ];
    return [
      ...(lineColumns(head) <= this.#options.width
        ? [head]
        : [['  ', `${number}. `, styled('strong', title)] as StyledLine, ['     ', sum] as StyledLine]),
      ...notes.flatMap((note) => this.#wrapped(note, 5, 'plain')),
      [
        '     ',
        styled(
          'faint',
          `${words.evidence(evidence.records.length)}; ${words.key} ${shortHash(idempotencyKey)}`,
        ),
      ],
    ];
  }

  deliveries({ deliveries, item }: DeliveryConfirmation): StyledLine[] {
    const words = this.#words;
    const title = styled('strong', `${words.deliveries}  ${subjectText(item)}`);
    return [
      [{ mark: deliveries.length > 0 ? 'passed' : 'limited' }, ' ', title],
      ...this.#wrapped(words.factsOnly, 4, 'faint'),
      ...(deliveries.length === 0 ? [['    ', words.noDelivery] as StyledLine] : []),
      ...deliveries.flatMap(({ at, boundary, from, records, remark, reservations, signedBy, to }) => [
        [
          '    ',
          styled('strong', words.boundary[boundary]),
          `  ${at.to === null ? '' : minuteText(at.to)}`,
        ] as StyledLine,
        ...this.#wrapped(
          [
            words.brought(this.#name(from), this.#name(to)),
            words.signedBy(signedBy.map((id) => this.#name(id)).join(', ') || words.nobody),
            ...(remark === null ? [] : [`${words.remark}${words.colon}${visibleText(remark)}`]),
            ...(reservations.length === 0 ? [] : [words.reservations(this.#records(reservations))]),
            FIND_WORDS[this.#options.language].records(this.#records(records)),
          ].join(words.semicolon),
          6,
          'plain',
        ),
      ]),
    ];
  }

  triggers(events: readonly TriggerEvent[]): StyledLine[] {
    const words = this.#words;
    return [
      [{ mark: 'limited' }, ' ', styled('strong', words.triggers), styled('faint', `  ${words.noFault}`)],
      ...(events.length === 0 ? [['    ', words.noTrigger] as StyledLine] : []),
      ...events.flatMap(
        ({ amountMinor, currency, idempotencyKey, payee, payer, reached, records, step, trigger }) => [
          [
            '    ',
            styled('strong', words.pays(this.#name(payer), this.#name(payee))),
            `  ${moneyText(String(amountMinor), currency)}`,
          ] as StyledLine,
          ...this.#wrapped(
            words.reached(visibleText(trigger), step, countText(reached.measured), countText(reached.at)),
            6,
            'plain',
          ),
          [
            '      ',
            styled(
              'faint',
              `${FIND_WORDS[this.#options.language].records(this.#records(records))}; ${words.key} ${shortHash(idempotencyKey)}`,
            ),
          ] as StyledLine,
        ],
      ),
    ];
  }

  #records(ids: readonly string[]): string {
    return ids
      .map((id) => this.#options.numbers.get(id))
      .filter((number) => number !== undefined)
      .sort((a, b) => a - b)
      .join(', ');
  }

  #name(id: string): string {
    return visibleText(this.#options.names.get(id) ?? partyText(id), 40);
  }

  #wrapped(text: string, indent: number, style: Style): StyledLine[] {
    return wrap(text, this.#options.width - indent).map(
      (part): StyledLine => [' '.repeat(indent), styled(style, part)],
    );
  }
}

/** A limit is told as money. */
function detailText(reason: HumanReason, detail: string): string {
  const [minor = '', currency = ''] = detail.split(' ');
  return reason === 'not-below-limit' ? moneyText(minor, currency) : visibleText(detail);
}
