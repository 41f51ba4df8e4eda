import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ELEMENT_MEMBERS } from '../../src/passport/element.js';
import { encodePassport, readPassportFile } from '../../src/passport/file.js';
import type { BuiltScenario } from '../../src/scenario/build-scenario.js';
import { assessed, type Played, play, readScenarioYaml, SCENARIOS, verify } from './scenarios.js';

/** Scenario 18: a record whose signature is wrong yields nothing, for anybody. */
async function withBadSignature(scenario: string, name: string): Promise<Played> {
  const path = join(SCENARIOS, scenario);
  const { built, verified } = await play(readScenarioYaml(path), path);
  const id = built.records.get(name)!.id;
  const { length, offset } = verified.records.find((record) => record.id === id)!;
  const passport = built.passport.slice();
  // The signature is the last 64 bytes; a byte in the middle of it is changed.
  passport[offset + length - 40]! ^= 1;
  const tampered = await verify(built, passport);
  return { built, verified: tampered, ...assessed(built, tampered) };
}

/** The scenario's passport as somebody would hand it on who never saw one of its records. */
function without({ passport, records }: BuiltScenario, name: string): Uint8Array {
  const read = readPassportFile(passport);
  if (!read.ok) throw new Error('unreadable');
  const left = Buffer.from(records.get(name)!.bytes);
  return encodePassport({
    item: read.file.item,
    members: Object.fromEntries(
      ELEMENT_MEMBERS.map((member) => [
        member,
        read.file.members[member].map(({ bytes }) => bytes).filter((bytes) => !left.equals(bytes)),
      ]),
    ),
  });
}

function edgesOf({ assessment, built }: Pick<Played, 'assessment' | 'built'>): readonly string[] {
  const names = new Map([...built.parties].map(([name, { uri }]) => [uri, name]));
  return assessment.finding.edges
    .filter(({ pleaded }) => pleaded)
    .map(({ basis, creditor, debtor, status, template }) =>
      [template, names.get(creditor), names.get(debtor), status, basis].join(' '),
    );
}

describe('a record whose signature does not verify', () => {
  test('proves nothing for its signer', async () => {
    const played = await withBadSignature('08-glass-one-shot.scenario.yaml', 'unboxing');
    expect(played.verified.verdict).toBe('TOTAL-FAILED');
    expect(edgesOf(played)).toEqual([
      'consumer-seller buyer seller not-liable burden-default',
      'shipper-carrier seller carrier not-liable burden-default',
    ]);
  });

  test('proves nothing against its signer either', async () => {
    const played = await withBadSignature('18b-forked-admission.scenario.yaml', 'admission');
    expect(played.verified.verdict).toBe('TOTAL-FAILED');
    expect(edgesOf(played)).toEqual(['consumer-seller buyer seller not-liable burden-default']);
  });

  test('leaves everything else as it was', async () => {
    const played = await withBadSignature('09-beyond-envelope.scenario.yaml', 'trace-b');
    expect(edgesOf(played)).toEqual([
      'consumer-seller buyer seller liable proven',
      'shipper-carrier seller carrier-a liable proven',
      'shipper-carrier seller carrier-b not-liable proven',
      'shipper-contracting-carrier seller network liable proven',
    ]);
  });
});

describe('two versions of one record, each shown to another party', () => {
  const path = join(SCENARIOS, '18-forked-packing.scenario.yaml');

  test('help their signer as long as only one is known', async () => {
    const { built } = await play(readScenarioYaml(path), path);
    const verified = await verify(built, without(built, 'packing-again'));
    expect(verified.counts['chain.fork']).toBeUndefined();
    const { assessment } = assessed(built, verified);
    expect(edgesOf({ assessment, built })).toContain('shipper-carrier seller carrier liable proven');
  });

  test('meet in the finding, and then no longer do', async () => {
    const { built } = await play(readScenarioYaml(path), path);
    const files = [
      await verify(built, without(built, 'packing')),
      await verify(built, without(built, 'packing-again')),
    ];
    expect(files.map(({ counts }) => counts['chain.fork'])).toEqual([undefined, undefined]);
    for (const passports of [files, files.toReversed()]) {
      const { assessment } = assessed(built, passports);
      expect(edgesOf({ assessment, built })).toEqual([
        'consumer-seller buyer seller liable proven',
        'shipper-carrier seller carrier not-liable burden-default',
      ]);
      const ids = ['packing', 'packing-again'].map((name) => built.records.get(name)!.id).sort();
      expect(assessment.finding.remarks).toContainEqual({
        code: 'facts.fork-across-files',
        records: ids,
        signers: [built.parties.get('seller')!.uri],
      });
    }
  });
});
