import { describe, expect, test } from 'vitest';
import type { RulePack } from '../../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { compileRules } from '../../src/rules/rule-set.js';
import type { BuiltScenario } from '../../src/scenario/build-scenario.js';
import { assessed, play, readScenarioYaml, SCENARIOS } from '../scenario/scenarios.js';

const CISG = BUILT_IN_PACKS.get('cisg') as RulePack;
const CN = BUILT_IN_PACKS.get('cn')!;
const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;
const SHORTAGE = `${SCENARIOS}/10b-shortage-under-cisg.scenario.yaml`;

const played = play(readScenarioYaml(SHORTAGE), SHORTAGE);

/** The shortage, with parts of its dispute changed. */
async function edgesWith(parts: NonNullable<BuiltScenario['dispute']>): Promise<readonly string[]> {
  const { built, verified } = await played;
  const { assessment } = assessed({ ...built, dispute: { ...built.dispute, ...parts } }, verified);
  return assessment.finding.edges.map(({ pleaded, status, template }) => {
    return `${template} ${pleaded ? 'pleaded' : 'not pleaded'}: ${status}`;
  });
}

describe('the pack of the sales convention', () => {
  test('every rule cites an article of it that was read', () => {
    const cited = CISG.rules.flatMap(({ cite }) => cite);
    expect(new Set(cited.map(({ source, verified }) => `${source} ${verified}`))).toEqual(
      new Set(['un.cisg true']),
    );
    const articles = [...new Set(cited.map(({ article }) => Number.parseInt(article, 10)))];
    expect(articles.sort((a, b) => a - b)).toEqual([
      6, 35, 36, 38, 39, 40, 44, 46, 49, 50, 51, 66, 67, 68, 69, 70, 74,
    ]);
    expect(CISG.rules.filter(({ cite }) => cite.length === 0)).toEqual([]);
  });

  test('gives way to what both sides signed, for the parties may vary it', () => {
    expect([CISG.layer, CISG.force, CISG.needs]).toEqual(['convention', 'default', []]);
    const higher = CISG.rules.filter(({ layer }) => layer !== 'convention');
    expect(higher.map(({ id, layer }) => `${id} ${layer}`)).toEqual(['CISG-39a contract']);
  });

  test('every remedy that it computes stands on the same grounds', () => {
    const grounds = (head: string): readonly string[] =>
      CISG.rules
        .filter(({ effect }) => effect.kind === 'liable' && effect.head === head)
        .map((one) => JSON.stringify([one.each, one.if, one.unless]))
        .sort();
    expect(grounds('price-reduction')).toEqual(grounds('loss'));
    expect(grounds('loss').length).toBe(6);
  });

  test('stands beside the law of a forum', () => {
    const names = compileRules([CISG, CN, EVIDENCE]).templates.map(({ template }) => template.name);
    expect(names.filter((name) => name.startsWith('cisg'))).toEqual(['cisg-buyer-seller']);
    expect(names.length).toBe(compileRules([CN, EVIDENCE]).templates.length + 1);
  });
});

describe('two boxes short, notice on day forty', () => {
  test('is for a person, and the finding says what would have counted the days', async () => {
    const { assessment } = await played;
    expect(assessment.finding.edges.map(({ why }) => why)).toEqual([
      {
        code: 'reasonable-time',
        rule: 'CISG-39t',
        says: {
          en: 'whether notice was given in a reasonable time is for a person to say (CISG-39t)',
          zh: '是否在合理期限内通知须由人判断（CISG-39t）',
        },
        cure: {
          en: 'an agreement that counts the days of notice, signed by both sides',
          zh: '双方签署的、约定通知天数的协议',
        },
      },
    ]);
  });

  test('a consumer has no claim under the Convention', async () => {
    const { built } = await played;
    const parties = (built.dispute!['parties'] as { readonly roles: readonly string[] }[]).map((party) =>
      party.roles.includes('buyer') ? { ...party, consumer: true } : party,
    );
    expect(await edgesWith({ parties, claims: [], defences: [] })).toEqual([]);
  });

  test('beside the pack of a forum the claim says by which law it is made', async () => {
    const packs = [{ id: 'cisg' }, { id: 'cn' }, { id: 'evidence.cn' }];
    expect(await edgesWith({ packs })).toEqual([
      'buyer-seller not pleaded: liable',
      'cisg-buyer-seller pleaded: refer',
      'seller-buyer not pleaded: not-liable',
      'shipper-carrier not pleaded: not-liable',
    ]);
  });
});
