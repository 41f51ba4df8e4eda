import { describe, expect, test } from 'vitest';
import * as fields from '../../src/facts/fields.js';
import { HIDDEN } from '../../src/record/private-fields.js';

// Payloads may be those of a newer revision: whatever has not the expected shape is absent, never something else.

const at = { utcS: 5, offsetMin: 60 };
const ODD: readonly unknown[] = [
  undefined,
  null,
  true,
  1,
  1n,
  'text',
  [1],
  new Uint8Array(2),
  new Map(),
  HIDDEN,
];

describe('of the wrong shape is absent', () => {
  const read = (
    reader: (from: fields.Fields, key: string) => unknown,
    except: (value: unknown) => boolean,
  ): readonly unknown[] => [
    ...new Set(ODD.filter((one) => !except(one)).map((value) => reader({ value }, 'value'))),
  ];

  test('a map', () => expect(read(fields.mapAt, () => false)).toEqual([null]));
  test('a text', () => expect(read(fields.textAt, (one) => typeof one === 'string')).toEqual([null]));
  test('an integer', () => expect(read(fields.integerAt, (one) => one === 1)).toEqual([null]));
  test('a flag', () => expect(read(fields.flagAt, (one) => one === true)).toEqual([null]));
  test('a record id', () => expect(read(fields.recordIdAt, () => false)).toEqual([null]));
  test('an instant', () => expect(read(fields.instantAt, () => false)).toEqual([null]));
  test('a list', () => {
    expect(read(fields.listAt, Array.isArray)).toEqual([[]]);
    expect(read(fields.mapsAt, () => false)).toEqual([[], []]);
    expect(read(fields.textsAt, () => false)).toEqual([[], []]);
  });
  test('and nothing is inherited', () => {
    expect(fields.textAt(Object.create({ a: 'x' }) as fields.Fields, 'a')).toBeNull();
    expect(fields.mapAt({}, '__proto__')).toBeNull();
  });
});

test('an integer is one that a number holds exactly', () => {
  const read = (value: unknown): unknown => fields.integerAt({ value }, 'value');
  expect([2 ** 53 - 1, 2 ** 53, 0.5, Number.NaN, '7', 0].map(read)).toEqual([
    2 ** 53 - 1,
    null,
    null,
    null,
    null,
    0,
  ]);
});

test('flags, words and record ids', () => {
  expect([true, false, 0, 'true'].map((value) => fields.flagAt({ value }, 'value'))).toEqual([
    true,
    false,
    null,
    null,
  ]);
  expect(['a', 'c', 1].map((value) => fields.wordAt({ value }, 'value', ['a', 'b']))).toEqual([
    'a',
    null,
    null,
  ]);
  const id = new Uint8Array(32).fill(0xab);
  expect([id, id.slice(1)].map((value) => fields.recordIdAt({ value }, 'value'))).toEqual([
    'ab'.repeat(32),
    null,
  ]);
});

test('of a list what is not of the kind is left out', () => {
  const list = ['a', 1, HIDDEN, { x: 1 }, null, 'b', ['c']];
  expect(fields.listAt({ list }, 'list')).toEqual(list);
  expect(fields.mapsAt({ list }, 'list')).toEqual([{ x: 1 }]);
  expect(fields.textsAt({ list }, 'list')).toEqual(['a', 'b']);
});

test('an instant without a clock of its place is of UTC; without a time it is none', () => {
  const read = (value: unknown): unknown => fields.instantAt({ value }, 'value');
  expect(read(at)).toEqual(at);
  expect(read({ utcS: 5 })).toEqual({ utcS: 5, offsetMin: 0 });
  expect([read({ offsetMin: 60 }), read({ utcS: 'now' }), read({})]).toEqual([null, null, null]);
});

test('a span has both ends, in order; an instant is a span of itself', () => {
  const later = { utcS: 6, offsetMin: 0 };
  expect(fields.spanOf({ from: at, to: later })).toEqual({ from: at, to: later });
  expect(fields.spanOf({ from: at, to: at })).toEqual({ from: at, to: at });
  expect([
    fields.spanOf({ from: later, to: at }),
    fields.spanOf({ from: at }),
    fields.spanOf({ to: at }),
  ]).toEqual([null, null, null]);
  expect(fields.spanOf({})).toBeNull();
  expect([fields.atInstant(at), fields.atInstant(null)]).toEqual([{ from: at, to: at }, null]);
});

test('a part that is not opened hides, however deep it lies', () => {
  const holds = fields.holdsHidden;
  expect([HIDDEN, [1, HIDDEN], { a: 1, b: { c: [HIDDEN] } }, [[], {}, HIDDEN]].map(holds)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([1, null, 'x', [], {}, [1, { a: [] }], new Uint8Array(3)].map(holds)).toEqual(Array(7).fill(false));
});

test('what either of two copies opens is open', () => {
  const both = fields.openedByEither;
  expect(
    both({ a: HIDDEN, b: 1, c: [HIDDEN, 2, { d: HIDDEN }] }, { a: 3, b: 1, c: [4, HIDDEN, { d: 5 }] }),
  ).toEqual({
    a: 3,
    b: 1,
    c: [4, 2, { d: 5 }],
  });
  expect(both({ a: { b: 1 } }, { a: HIDDEN })).toEqual({ a: { b: 1 } });
  expect(both([1, HIDDEN], HIDDEN)).toEqual([1, HIDDEN]);
  expect(both(HIDDEN, HIDDEN)).toBe(HIDDEN);
  expect([both(1, { a: 1 }), both({ a: 1 }, 1), both([1], { a: 1 }), both({ a: 1 }, [1])]).toEqual([
    1,
    { a: 1 },
    [1],
    { a: 1 },
  ]);
});
