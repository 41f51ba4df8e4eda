import { describe, expect, test } from 'vitest';
import { writeCondition } from '../../src/rules/print-condition.js';
import { fitsSlot, SLOT_WORDS, type SlotType } from '../../src/rules/sentence-slots.js';
import { isSlotType, readSentence, SHAPES } from '../../src/rules/sentences.js';

/** One sentence for each shape of the table, with the condition it must give. */
const SENTENCES: readonly (readonly [sentence: string, condition: unknown])[] = [
  ['issue broken is not-found', { op: 'issue', issue: 'broken', edge: null, is: 'not-found' }],
  ['issue broken of carrier is found', { op: 'issue', issue: 'broken', edge: 'carrier', is: 'found' }],
  ['goods.durable is yes', { op: 'eq', path: 'goods.durable', value: 'yes' }],
  [
    'carrier.chosen-by is not buyer',
    { op: 'not', of: { op: 'eq', path: 'carrier.chosen-by', value: 'buyer' } },
  ],
  ['damage.aspect in fracture|surface', { op: 'in', path: 'damage.aspect', values: ['fracture', 'surface'] }],
  ['leg.mode is contract.mode', { op: 'eq-path', path: 'leg.mode', other: 'contract.mode' }],
  [
    'event.discovered within 6 months of event.received',
    { op: 'within', event: 'event.discovered', period: { count: 6, unit: 'months' }, of: 'event.received' },
  ],
  ['event.sold before event.delivered', { op: 'before', event: 'event.sold', other: 'event.delivered' }],
  ['event.notified after event.received', { op: 'after', event: 'event.notified', other: 'event.received' }],
  [
    'no event.notified by 10 days after event.received',
    { op: 'elapsed', event: 'event.notified', period: { count: 10, unit: 'days' }, after: 'event.received' },
  ],
  ['state good at leg.start', { op: 'state', value: 'good', boundary: 'leg.start' }],
  ['edge shipper-carrier is refer', { op: 'edge', edge: 'shipper-carrier', ofLegHolder: false, is: 'refer' }],
  [
    'edge shipper-carrier(leg.holder) is liable',
    { op: 'edge', edge: 'shipper-carrier', ofLegHolder: true, is: 'liable' },
  ],
  [
    'shock(leg) within agreed.handling-envelope',
    { op: 'shock', how: 'within', limits: 'agreed.handling-envelope' },
  ],
  [
    'shock(leg) beyond packaging.declared-fragility',
    { op: 'shock', how: 'beyond', limits: 'packaging.declared-fragility' },
  ],
  [
    'mkt(leg) within agreed.temperature-limits',
    { op: 'kinetic-mean', how: 'within', limits: 'agreed.temperature-limits' },
  ],
  [
    'mkt(leg) beyond declared.storage-limits',
    { op: 'kinetic-mean', how: 'beyond', limits: 'declared.storage-limits' },
  ],
  [
    'excursion(leg) beyond declared.storage-limits longer than 2 h',
    { op: 'excursion-time', limits: 'declared.storage-limits', hours: 2 },
  ],
  [
    'drop(leg) higher than 900 mm rebound 250 permille',
    { op: 'drop', heightMm: 900, restitutionPermille: 250 },
  ],
  ['rms(leg) above 1500 mg', { op: 'rms', limitMilliG: 1500 }],
  ['covered acceleration on leg', { op: 'covered', quantity: 'acceleration' }],
  ['leg ends at delivery', { op: 'leg-ends', boundary: 'delivery' }],
  ['leg ends nowhere', { op: 'leg-ends', boundary: 'nowhere' }],
  ['leg is implicated', { op: 'located', how: 'implicated' }],
  ['agreed liabilityCap is present', { op: 'agreed', term: 'liabilityCap' }],
  ['undertaken log by leg.holder', { op: 'undertaken', what: 'log', by: 'leg.holder' }],
  ['incident battery by leg.holder on leg', { op: 'incident', code: 'battery', by: 'leg.holder' }],
  ['signed-off without objection', { op: 'signed-off' }],
  ['no notice within agreed days', { op: 'notice-late' }],
  ['delivered without consent', { op: 'left-without-consent' }],
  ['delivery refused', { op: 'delivery-refused' }],
  ['amount of loss at most 50000', { op: 'amount', head: 'loss', compare: 'le', amountMinor: 50_000 }],
  ['same-party seller streamer', { op: 'same-party', roles: ['seller', 'streamer'] }],
  ['amount of loss at least 1', { op: 'amount', head: 'loss', compare: 'ge', amountMinor: 1 }],
  ['amount of loss below 1', { op: 'amount', head: 'loss', compare: 'lt', amountMinor: 1 }],
  ['amount of loss above 0', { op: 'amount', head: 'loss', compare: 'gt', amountMinor: 0 }],
  ['event.sold overlaps event.delivered', { op: 'overlaps', event: 'event.sold', other: 'event.delivered' }],
  ['event.discovered during leg', { op: 'during', event: 'event.discovered' }],
  ['leg is located', { op: 'located', how: 'located' }],
  ['leg is open', { op: 'located', how: 'open' }],
  ['asserted bad', { op: 'asserted', value: 'bad' }],
  ['inspected at pickup covers damage', { op: 'covers', boundary: 'pickup' }],
  [
    'fact incident theft against leg.holder at least 3',
    { op: 'has', predicate: 'incident', code: 'theft', against: 'leg.holder', grade: 3 },
  ],
  ['leg.holder acts-for seller', { op: 'acts-for', agent: 'leg.holder', principal: 'seller' }],
  [
    'shown covered acceleration on leg by leg.holder',
    { op: 'shown', of: { op: 'covered', quantity: 'acceleration' }, by: 'leg.holder' },
  ],
];

describe('the closed table of sentences', () => {
  test.each(SENTENCES)('%s', (sentence, condition) => {
    const reading = readSentence(sentence);
    expect(reading).toEqual({ ok: true, condition });
    if (!reading.ok || sentence.startsWith('shown')) return;
    expect(writeCondition(reading.condition)).toBe(sentence);
  });

  test('every shape has its sentence here', () => {
    const fits = (pattern: string): boolean =>
      SENTENCES.some(([sentence]) => {
        const words = sentence.split(' ');
        const tokens = pattern.split(' ');
        return (
          tokens.length === words.length &&
          tokens.every((token, i) => (isSlotType(token) ? fitsSlot(token, words[i]!) : token === words[i]))
        );
      });
    expect(SHAPES.filter(({ pattern }) => !fits(pattern))).toEqual([]);
  });

  test('no two shapes fit one sentence', () => {
    // Two shapes are told apart when at one place their words can never be equal.
    const wordsOf = (token: string): readonly string[] | 'names' | 'numbers' | 'lists' => {
      if (!isSlotType(token)) return [token];
      if (token === 'I' || token === 'T') return 'names';
      if (token === 'TH') return ['template(leg.holder)'];
      if (token === 'N') return 'numbers';
      if (token === 'L') return 'lists';
      return SLOT_WORDS[token as SlotType]!;
    };
    const mayBeEqual = (a: string, b: string): boolean => {
      const [one, other] = [wordsOf(a), wordsOf(b)];
      if (typeof one === 'string' || typeof other === 'string') {
        if (one === other) return true;
        const words = typeof one === 'string' ? other : one;
        const slot = (typeof one === 'string' ? a : b) as SlotType;
        return typeof words !== 'string' && words.some((word) => fitsSlot(slot, word));
      }
      return one.some((word) => other.includes(word));
    };
    const ambiguous: string[] = [];
    for (const [i, { pattern }] of SHAPES.entries()) {
      for (const { pattern: other } of SHAPES.slice(i + 1)) {
        const [a, b] = [pattern.split(' '), other.split(' ')];
        if (a.length === b.length && a.every((token, at) => mayBeEqual(token, b[at]!))) {
          ambiguous.push(`${pattern} / ${other}`);
        }
      }
    }
    // `P is W` and `P is P` would need a value that is the name of a path; there is none.
    expect(ambiguous).toEqual([]);
  });

  test.each([
    ['goods.durable is maybe', 'did you mean `P is W`, where `maybe` does not fit'],
    ['goods.durable is shock', 'in `P is W` the words do not go together'],
    ['issue Broken is found', 'did you mean `issue I is S`, where `Broken` does not fit'],
    ['event.discovered within six months of event.received', 'where `six` does not fit'],
    ['drop(leg) higher than 900 mm rebound 1001 permille', 'do not go together'],
    ['excursion(leg) beyond declared.storage-limits longer than 100001 h', 'do not go together'],
    ['event.discovered within 06 months of event.received', 'where `06` does not fit'],
    ['event.discovered within 100001 days of event.received', 'do not go together'],
    ['carrier.chosen-by is carrier.chosen-by', 'do not go together'],
    ['damage.kind is goods.durable', 'do not go together'],
    ['seller acts-for seller', 'do not go together'],
    ['damage.aspect in surface|surface', 'do not go together'],
    ['issue  broken is found', 'no sentence of the table'],
    ['', 'no sentence of the table'],
    ['shown covered acceleration on leg by nobody', '`nobody` is no party a sentence may name'],
    ['shown nothing by leg.holder', '`nothing` is no sentence of the table'],
    ['fact incident theft against debtor at least 6', 'do not go together'],
  ])('refuses `%s`', (sentence, message) => {
    const reading = readSentence(sentence);
    expect(reading).toMatchObject({ ok: false, fault: 'unknown' });
    expect(reading.ok ? '' : reading.message).toContain(message);
  });
});
