import { describe, expect, test } from 'vitest';
import { type CheckCode, CODES } from '../../src/codes.js';
import { diagnostic } from '../../src/diagnostic.js';
import { Findings, KEPT_PER_CODE } from '../../src/verify/findings.js';
import { lowersFile, type RecordStanding, recordState, verdictOf } from '../../src/verify/state.js';

const standings: Record<string, RecordStanding> = {
  known: { signature: 'verified', signerHasPath: true },
  stranger: { signature: 'verified', signerHasPath: false },
  forged: { signature: 'failed', signerHasPath: false },
  'forged-known': { signature: 'failed', signerHasPath: true },
  'unknown-key': { signature: 'unchecked', signerHasPath: false },
  'known-by-unknown-key': { signature: 'unchecked', signerHasPath: true },
};
const lowers = (code: CheckCode, record?: string): boolean =>
  lowersFile(diagnostic(code, record === undefined ? {} : { record }), (id) => standings[id]);

describe('lowersFile', () => {
  test.each([
    'schema.value',
    'subject.check-digit',
    'link.ref-not-seen',
    'countersign.other-subject',
    'sig.invalid',
    'alg.key-mismatch',
    'record.unsupported',
    'credential.expired',
    'time.contradiction',
    'chain.fork',
  ] as const)('%s counts unless it is what a stranger properly signed', (code) => {
    const counts = Object.keys(standings).filter((record) => lowers(code, record));
    expect(counts).toEqual(['known', 'forged', 'forged-known', 'known-by-unknown-key']);
  });

  test('what concerns the file, or bytes that are no record, always counts', () => {
    expect(lowers('passport.unreferenced')).toBe(true);
    expect(lowers('trust.no-path')).toBe(true);
    expect(lowers('cbor.truncated', 'unread')).toBe(true);
    expect(lowersFile(diagnostic('passport.unreferenced'), () => standings.stranger)).toBe(true);
  });
});

describe('recordState', () => {
  test.each([
    ['failed', 'sound', true, 'invalid'],
    ['failed', 'unsupported', true, 'invalid'],
    ['verified', 'faulty', true, 'invalid'],
    ['unchecked', 'sound', true, 'unchecked'],
    ['unchecked', 'faulty', false, 'invalid'],
    ['verified', 'unsupported', true, 'unchecked'],
    ['verified', 'sound', false, 'valid'],
    ['verified', 'sound', true, 'trusted'],
  ] as const)('signature %s, reading %s, trusted %s: %s', (signature, reading, trusted, state) => {
    expect(recordState({ signature, reading, trusted })).toBe(state);
  });
});

describe('verdictOf', () => {
  test.each([
    [['passed', 'passed'], true, 'TOTAL-PASSED'],
    [['passed', 'passed'], false, 'INDETERMINATE'],
    [['passed', 'limited'], true, 'INDETERMINATE'],
    [['limited', 'failed'], true, 'TOTAL-FAILED'],
    [['failed', 'passed'], false, 'TOTAL-FAILED'],
  ] as const)('%j, trusted %s: %s', (answers, trusted, verdict) => {
    expect(verdictOf(answers, trusted)).toBe(verdict);
  });
});

describe('Findings', () => {
  const make = (): Findings => new Findings((finding) => lowersFile(finding, (id) => standings[id]));

  test('answers with the worst finding of each axis and lists the others without counting them', () => {
    const findings = make();
    const gap = diagnostic('chain.gap', { record: 'known' }, { from: 1, to: 2 });
    const fork = diagnostic('chain.fork', { record: 'stranger' });
    const info = diagnostic('link.absent', { record: 'known' });
    findings.addAll([gap, fork, info]);
    expect(findings.answers()).toEqual({
      integrity: { axis: 'integrity', verdict: 'passed', diagnostics: [], lowering: [] },
      authenticity: { axis: 'authenticity', verdict: 'passed', diagnostics: [], lowering: [] },
      time: { axis: 'time', verdict: 'passed', diagnostics: [], lowering: [] },
      completeness: {
        axis: 'completeness',
        verdict: 'limited',
        diagnostics: [gap, fork, info],
        lowering: [gap],
      },
      trust: { axis: 'trust', verdict: 'passed', diagnostics: [], lowering: [] },
    });
    expect(findings.answersOf('stranger')).toEqual({
      integrity: 'passed',
      authenticity: 'passed',
      time: 'passed',
      completeness: 'failed',
      trust: 'passed',
    });
    expect(findings.counts()).toEqual({ 'chain.fork': 1, 'chain.gap': 1, 'link.absent': 1 });
    expect(findings.of('known')).toEqual([gap, info]);
    expect(findings.of('nobody')).toEqual([]);
  });

  test('a flood of strangers’ findings hides no finding about a known signer, and no failure is lost past the cap', () => {
    const findings = make();
    for (let index = 0; index < 3 * KEPT_PER_CODE; index++) {
      findings.add(diagnostic('chain.fork', { record: 'stranger', index }));
    }
    expect(findings.answers().completeness.verdict).toBe('passed');
    const real = diagnostic('chain.fork', { record: 'known' });
    findings.add(real);
    expect(findings.all()).toHaveLength(KEPT_PER_CODE + 1);
    expect(findings.answers().completeness.lowering).toEqual([real]);
    expect(findings.counts()).toEqual({ 'chain.fork': 3 * KEPT_PER_CODE + 1 });
    for (let index = 0; index < KEPT_PER_CODE; index++)
      findings.add(diagnostic('chain.gap', { record: 'known', index }));
    findings.add(diagnostic('chain.gap', { record: 'forged-known' }));
    expect(findings.of('forged-known')).toEqual([]);
    expect(findings.answersOf('forged-known').completeness).toBe('limited');
  });

  test('what is counted but not shown counts for the file', () => {
    const findings = make();
    findings.addUnkept('time.no-anchor', 5);
    findings.addUnkept('chain.gap', 0);
    expect(findings.answers().completeness.verdict).toBe('passed');
    findings.addUnkept('chain.gap', 2);
    findings.addUnkept('sig.invalid', 1);
    const { completeness, integrity, time } = findings.answers();
    expect([completeness.verdict, integrity.verdict, time.verdict]).toEqual(['limited', 'failed', 'passed']);
    expect(findings.counts()).toEqual({ 'chain.gap': 2, 'sig.invalid': 1, 'time.no-anchor': 5 });
    expect(findings.all()).toEqual([]);
  });

  test('the worst finding of a record stays its answer, whatever follows', () => {
    const findings = make();
    findings.add(diagnostic('chain.fork', { record: 'known' }));
    findings.add(diagnostic('chain.gap', { record: 'known' }));
    findings.add(diagnostic('link.absent', { record: 'known' }));
    expect(findings.answersOf('known')).toEqual({
      integrity: 'passed',
      authenticity: 'passed',
      time: 'passed',
      completeness: 'failed',
      trust: 'passed',
    });
    expect(findings.answers().completeness.verdict).toBe('failed');
    expect(findings.answersOf('nobody')).toBe(findings.answersOf('nobody else'));
  });

  test('a failure that is counted but not shown is not made good by a lesser one', () => {
    const findings = make();
    findings.addUnkept('chain.fork', 1);
    findings.addUnkept('chain.gap', 1);
    expect(findings.answers().completeness.verdict).toBe('failed');
  });

  test('strangers’ findings of one code leave room for those of another', () => {
    const findings = make();
    for (let index = 0; index < KEPT_PER_CODE + 1; index++) {
      findings.add(diagnostic('chain.fork', { record: 'stranger', index }));
    }
    const other = diagnostic('chain.gap', { record: 'stranger' });
    findings.add(other);
    expect(findings.all().length).toBe(KEPT_PER_CODE + 1);
    expect(findings.all().at(-1)).toBe(other);
  });

  test('every code has an axis and severity that the answers know', () => {
    const findings = make();
    for (const code of Object.keys(CODES) as CheckCode[]) findings.add(diagnostic(code));
    expect(Object.values(findings.answers()).map(({ verdict }) => verdict)).toEqual([
      'failed',
      'failed',
      'failed',
      'failed',
      'failed',
    ]);
  });
});
