import { describe, expect, test } from 'vitest';
import { buildLog } from '../../src/log/build-log.js';
import { evaluateNotes } from '../../src/log/evaluate-notes.js';
import { evaluateNote } from '../../src/log/note-time.js';
import { at, ids, LOG, policyOf } from './test-log.js';

const log = buildLog(LOG, ids(5));
const other = buildLog(LOG, ids(5, 'other '));
const POLICY = policyOf(1);
const early = log.checkpoint([at(0, 100)]);
const late = log.checkpoint([at(1, 300)], 4);

describe('the notes of a file', () => {
  test('come back in the order of the input, each as it is evaluated alone', () => {
    for (const inputs of [
      [early, late],
      [late, early],
    ]) {
      expect(
        evaluateNotes(
          inputs.map((bytes) => ({ bytes })),
          [],
          POLICY,
        ),
      ).toStrictEqual({
        notes: inputs.map((bytes) => evaluateNote(bytes, POLICY)),
        contradictions: [],
        diagnostics: [],
      });
    }
  });

  test('are asked with the place of each and the time of the question', () => {
    const { notes } = evaluateNotes(
      [
        { bytes: early, place: { member: 6, index: 0 } },
        { bytes: late, place: { member: 6, index: 1 } },
      ],
      [],
      POLICY,
      { at: 200 },
    );
    expect(notes.map(({ time, diagnostics }) => ({ time, diagnostics }))).toEqual([
      { time: { lower: 100, upper: 100 }, diagnostics: [] },
      {
        time: null,
        diagnostics: [
          {
            code: 'time.after-at',
            axis: expect.any(String),
            severity: expect.any(String),
            member: 6,
            index: 1,
            detail: { origin: 'log.example', time: 300, at: 200 },
          },
        ],
      },
    ]);
  });

  test('an option that is left out is left out for each', () => {
    const place = { member: 6, index: 0 };
    const [whole] = evaluateNotes([{ bytes: new Uint8Array(1), place }], [], POLICY).notes;
    expect(whole?.diagnostics).toStrictEqual(evaluateNote(new Uint8Array(1), POLICY, { place }).diagnostics);
    const [bare] = evaluateNotes([{ bytes: new Uint8Array(1) }], [], POLICY).notes;
    expect(bare?.diagnostics[0]).not.toHaveProperty('member');
  });
});

test('a log that shows two faces is trusted for neither, while notes of its witnesses keep theirs', () => {
  const forked = other.checkpoint([at(1, 100)]);
  const { notes, contradictions } = evaluateNotes([{ bytes: early }, { bytes: forked }], [], POLICY);
  expect(contradictions).toHaveLength(1);
  expect(notes.map(({ status, time }) => ({ status, time }))).toEqual([
    { status: 'untrusted', time: null },
    { status: 'untrusted', time: null },
  ]);
});
