import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

function edgesOf({ assessment, built }: Played): readonly string[] {
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
