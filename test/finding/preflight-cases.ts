import type { Preflight, PreflightAnswer } from '../../src/finding/preflight-form.js';
import { sayAdvice } from '../../src/finding/say-advice.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  CONTRACTING,
  hour,
  jointAgreement,
  media,
  observation,
  type RecordDraft,
  SELLER,
} from '../facts/case-builder.js';
import { secured } from './scenario-records.js';

const NAMES: Readonly<Record<string, string>> = {
  [SELLER]: 'seller',
  [BUYER]: 'buyer',
  [CARRIER_A]: 'A',
  [CARRIER_B]: 'B',
  [CONTRACTING]: 'network',
};
export const nameOf = (party: string): string => NAMES[party] ?? party;

export function sale(more: object = {}): readonly RecordDraft[] {
  return jointAgreement('sale', {
    by: SELLER,
    parties: [SELLER, BUYER],
    h: -6,
    upper: -5,
    payload: { kind: 'sale', carrierChosenBy: 'seller', ...more },
  });
}

export function carriage(carriers: readonly string[], more: object = {}): readonly RecordDraft[] {
  return jointAgreement('carriage', {
    by: SELLER,
    parties: [SELLER, CONTRACTING, ...carriers],
    h: -5,
    upper: -4,
    payload: {
      kind: 'carriage',
      mode: 'road',
      capacityOf: [
        { party: CONTRACTING, capacity: 'contracting-carrier' },
        ...carriers.map((party) => ({ party, capacity: 'carrier' })),
      ],
      ...more,
    },
  });
}

export const ALL_SIDES = ['front', 'back', 'left', 'right', 'top', 'bottom'] as const;

export function packed(sides: readonly string[]): RecordDraft {
  const observations = sides.map((side) => observation('fracture', 'good', side));
  const payload = { coverage: sides, observations };
  return secured(media('packing', { by: SELLER, purpose: 'packing', h: 0, payload }), 0.5);
}

/** What a maker says of how warm, cold and damp goods may get. */
export function commissioned(storageLimits: readonly object[], more: object = {}): RecordDraft {
  return {
    name: 'made',
    type: 'commission',
    // Only what is read of it.
    malformed: true,
    by: SELLER,
    payload: {
      occurredAt: { utcS: hour(-20), offsetMin: 480 },
      name: 'vaccine',
      stage: 'new',
      storageLimits,
      ...more,
    },
  };
}

function whoOf({ parties, refer }: PreflightAnswer['bearers']): string {
  return refer ? 'a person' : parties.map(nameOf).sort().join('+');
}

/** `damage back+left: seller`, and below it `film … ⇒ A+network`. */
export function inWords({ disputes }: Preflight, only?: string): readonly string[] {
  return disputes
    .filter(({ kind }) => only === undefined || kind === only)
    .flatMap(({ answers, kind }) =>
      answers.flatMap(({ advice, bearers, regions }) => [
        `${kind} ${regions.join('+')}: ${whoOf(bearers)}`,
        ...advice.map(
          ({ adds, would }) =>
            `  ${adds.map((one) => sayAdvice(one, nameOf, regions, kind).en).join(' AND ')} ⇒ ${whoOf(would)}`,
        ),
      ]),
    );
}
