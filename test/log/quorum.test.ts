import { expect, test } from 'vitest';
import { type Quorum, quorumTime } from '../../src/log/quorum.js';

const NONE: Quorum = { kind: 'none' };
const one = (publicKey: string): Quorum => ({ kind: 'witness', publicKey });
const group = (threshold: number, ...members: Quorum[]): Quorum => ({ kind: 'group', threshold, members });
const times = new Map([
  ['a', 30],
  ['b', 10],
  ['c', 200],
]);

test.each<[string, Quorum, unknown]>([
  ['none', NONE, null],
  ['a witness', one('a'), { lower: 30, upper: 30 }],
  ['a witness that said nothing', one('x'), null],
  ['any of two', group(1, one('a'), one('c')), { lower: 200, upper: 30 }],
  ['both', group(2, one('a'), one('c')), { lower: 30, upper: 200 }],
  [
    'two of three, by number and not by text',
    group(2, one('c'), one('a'), one('b')),
    { lower: 30, upper: 30 },
  ],
  ['two of which one said nothing', group(2, one('a'), one('x')), null],
  ['a group of none', group(1, NONE), null],
  ['none beside a witness', group(1, NONE, one('a')), { lower: 30, upper: 30 }],
  ['groups in a group', group(2, group(1, one('a'), one('b')), one('c')), { lower: 30, upper: 200 }],
])('%s', (_, quorum, time) => {
  expect(quorumTime(quorum, times)).toEqual(time);
});
