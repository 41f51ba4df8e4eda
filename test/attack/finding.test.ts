import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { toHex } from '../../src/codec/hex.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import { canonicalJson } from '../../src/finding/canonical-json.js';
import { explain } from '../../src/finding/explain.js';
import { type Assessment, assess, scopeOf } from '../../src/finding/finding.js';
import { ELEMENT_MEMBERS, type ElementMember, MEMBER } from '../../src/passport/element.js';
import { encodePassport, readPassportFile } from '../../src/passport/file.js';
import { mergePassports } from '../../src/passport/merge.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { Workplace } from '../cli/workplace.js';
import {
  idBytes,
  idOf,
  LAB,
  media,
  observation,
  type RecordDraft,
  shuffled,
  WAREHOUSE,
} from '../facts/case-builder.js';
import { judge, scenario9, secured } from '../finding/scenario-records.js';
import { assessed, type Played, play, readScenarioYaml, SCENARIOS, verify } from '../scenario/scenarios.js';
import { withSignature } from './forge.js';
import { accusations } from './verdict.js';

const NAMES = ['09-beyond-envelope', '02-return-swap', '11b-silent-leg-undertaken'];
const played: Played[] = [];

beforeAll(async () => {
  for (const name of NAMES) {
    const path = join(SCENARIOS, `${name}.scenario.yaml`);
    played.push(await play(readScenarioYaml(path), path));
  }
}, 120_000);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The file with its elements changed, in whatever order they then are. */
function rewritten(
  passport: Uint8Array,
  change: (member: ElementMember, elements: Uint8Array[]) => Uint8Array[],
): Uint8Array {
  const read = readPassportFile(passport);
  if (!read.ok) throw new Error('unreadable');
  const { item, members } = read.file;
  return encodePassport({
    item,
    members: Object.fromEntries(
      ELEMENT_MEMBERS.map((member) => [
        member,
        change(
          member,
          members[member].map(({ bytes }) => bytes),
        ),
      ]),
    ),
  });
}

/** What a finding decides, without the bytes of the file it was read from. */
function decided({ finding }: Assessment): string {
  return canonicalJson(finding.edges);
}

describe('facts', () => {
  test('fact-from-unverified-record: a record whose signature does not hold states nothing, and no step of the reasoning names it', async () => {
    for (const { built, dispute, packs, verified } of played) {
      const records = readPassportFile(built.passport);
      const count = records.ok ? records.file.members[MEMBER.records].length : 0;
      expect(count).toBe(verified.records.length);
      for (let broken = 0; broken < count; broken += 1) {
        const bytes = rewritten(built.passport, (member, elements) =>
          elements.map((one, index) =>
            member === MEMBER.records && index === broken
              ? withSignature(one, (signature) => signature.map((byte, i) => (i === 8 ? byte ^ 1 : byte)))
              : one,
          ),
        );
        const again = await verify(built, bytes);
        const invalid = again.records.filter(({ state }) => state === 'invalid').map(({ id }) => id);
        expect(invalid).toHaveLength(1);
        const assessment = assess(again, dispute, packs);
        const named = assessment.facts.facts.flatMap(({ prov }) => [
          ...prov.records,
          ...prov.counterSigned.map(({ record }) => record),
          ...prov.witnesses.map(({ record }) => record),
        ]);
        expect(named).not.toContain(invalid[0]);
        const told = assessment.finding.edges.map(({ id }) => explain(assessment, id));
        expect(JSON.stringify([assessment.finding.edges, assessment.finding.issues, told])).not.toContain(
          invalid[0],
        );
        expect(assessment.finding.evidence.verdict).toBe('TOTAL-FAILED');
      }
    }
  });

  test('fact-from-unverified-record: what was not verified cannot be handed in', () => {
    const [{ dispute, verified }] = played as [Played];
    // @ts-expect-error the bytes of a passport are no verified passport
    expect(() => deriveFacts(verified.digest, scopeOf(dispute))).toThrow();
    // @ts-expect-error a record read, not verified, is none either
    expect(() => deriveFacts({ id: 'x', payload: {} }, scopeOf(dispute))).toThrow();
  });
});

describe('contradiction', () => {
  const word = (name: string, by: string, condition: string): RecordDraft =>
    secured(
      media(name, {
        by,
        h: 20.2,
        purpose: 'inspection',
        payload: {
          occasion: { boundary: 'delivery', of: idBytes('delivery') },
          observations: [observation('fracture', condition)],
        },
      }),
      20.4,
    );

  test('contradictory-records: both are told of, neither outweighs the other, and the burden decides; order plays no part', () => {
    const own = new Set(['unboxing', 'log before', 'log A', 'log B', 'notice', 'packing']);
    const base = scenario9().filter(({ name }) => !own.has(name));
    const [good, bad] = [word('good', LAB, 'good'), word('bad', WAREHOUSE, 'bad')];
    const both = judge([...base, good, bad]);
    expect(canonicalJson(judge([bad, good, ...base]).finding)).toBe(canonicalJson(both.finding));
    expect(both.finding.remarks).toEqual([
      {
        code: 'facts.contradiction',
        records: [idOf('good'), idOf('bad')].sort(),
        signers: [LAB, WAREHOUSE].sort(),
      },
    ]);
    const defective = (one: Assessment) =>
      one.finding.issues.find(
        ({ edge, issue }) => issue === 'bad-at-delivery' && edge.startsWith('consumer-seller'),
      )!;
    const [alone, opposed] = [judge([...base, bad]), both].map(defective);
    expect([alone!.status, alone!.con]).toEqual(['found', 0]);
    expect([opposed!.status, opposed!.by, opposed!.pro === opposed!.con]).toEqual([
      'not-found',
      'burden',
      true,
    ]);
    // Whoever had to prove it bears the contradiction.
    const owing = ({ finding }: Assessment) =>
      finding.edges.find(({ template }) => template === 'consumer-seller')!.status;
    expect([owing(judge([...base, bad])), owing(both)]).toEqual(['liable', 'not-liable']);
  });
});

describe('order', () => {
  test('input-order-dependence: files split, shuffled, merged in any order and given twice are one passport and one finding', async () => {
    for (const { assessment, built } of played) {
      for (let seed = 1; seed <= 6; seed += 1) {
        const parts = [0, 1, 2].map((part) =>
          rewritten(built.passport, (_, elements) =>
            shuffled(
              elements.filter((_one, index) => (index * seed + index) % 3 === part || index % 5 === seed % 5),
              seed,
            ),
          ),
        );
        const given = shuffled([...parts, ...parts.slice(0, seed % 3), built.passport], seed);
        const merged = await mergePassports(given);
        expect(toHex(merged.bytes)).toBe(toHex(built.passport));
        const again = assessed(built, await verify(built, merged.bytes));
        expect(canonicalJson(again.assessment.finding)).toBe(canonicalJson(assessment.finding));
      }
    }
  });

  test('input-order-dependence: passports read side by side, in any order, one of them twice', async () => {
    for (const { built, dispute, packs } of played) {
      const halves = [0, 1].map((half) =>
        rewritten(built.passport, (member, elements) =>
          member === MEMBER.records
            ? elements.filter((_, index) => index % 2 === half || index % 3 === 0)
            : elements,
        ),
      );
      const [a, b] = await Promise.all(halves.map((bytes) => verify(built, bytes)));
      const one = canonicalJson(assess([a!, b!], dispute, packs).finding);
      for (const order of [
        [b!, a!],
        [a!, b!, a!],
        [b!, b!, a!],
      ] as VerifiedPassport[][]) {
        expect(canonicalJson(assess(order, dispute, packs).finding)).toBe(one);
      }
    }
  });

  test('input-order-dependence: duplicate files on the command line', async () => {
    const place = await Workplace.make();
    await place.run(['demo', '--quiet']);
    const [file, copy] = ['goodorder-demo/dinner-set.passport', 'again.passport'];
    await place.write(copy, await place.read(file));
    const rest = ['--dispute', 'goodorder-demo/dinner-set.dispute.json', '--no-what-if'];
    const { finding } = await place.must(['find', file, ...rest]);
    for (const files of [
      [file, file],
      [copy, file],
      [file, copy, file],
    ]) {
      expect((await place.must(['find', ...files, ...rest])).finding).toEqual(finding);
    }
  });
});

describe('locale', () => {
  /** Folders whose results must be the same bytes everywhere. */
  const PURE = ['codec', 'record', 'passport', 'verify', 'facts', 'rules', 'finding'];
  const BANNED =
    /\.localeCompare\(|\.toLocale\w*\(|\bIntl\.|\.normalize\(|\bDate\.now\(|new Date\(\)|Math\.random\(/;

  test('locale-dependent-sort: nothing that decides asks the machine for its language, clock or chance', () => {
    const found = PURE.flatMap((folder) =>
      readdirSync(join('src', folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => {
          const code = readFileSync(join('src', folder, name), 'utf8').replaceAll(
            /\/\*[\s\S]*?\*\/|\/\/.*$/gm,
            '',
          );
          return BANNED.test(code) ? [`${folder}/${name}`] : [];
        }),
    );
    expect(found).toEqual([]);
  });

  test('locale-dependent-sort: on a machine that sorts backwards and folds as Turkish does', () => {
    vi.spyOn(String.prototype, 'localeCompare').mockImplementation(function (this: string, that: string) {
      return this < that ? 1 : this > that ? -1 : 0;
    });
    for (const name of ['toLocaleLowerCase', 'toLocaleUpperCase'] as const) {
      vi.spyOn(String.prototype, name).mockReturnValue('ı');
    }
    vi.spyOn(Number.prototype, 'toLocaleString').mockReturnValue('١');
    vi.stubGlobal('Intl', {});
    for (const { assessment, built, verified } of played) {
      const again = assessed(built, { ...verified, records: [...verified.records].reverse() });
      expect(canonicalJson(again.assessment.finding)).toBe(canonicalJson(assessment.finding));
    }
  });
});

describe('accusations', () => {
  /** What an opponent without any of the keys can do to the file. */
  const MALICE: Readonly<Record<string, (passport: Uint8Array) => Uint8Array>> = {
    'a copy of each record with another signature': (passport) =>
      rewritten(passport, (member, elements) =>
        member === MEMBER.records
          ? elements.flatMap((one) => [
              one,
              withSignature(one, (signature) => signature.map((byte) => byte ^ 0xff)),
            ])
          : elements,
      ),
    'signatures moved from one record to the next': (passport) =>
      rewritten(passport, (member, elements) => {
        if (member !== MEMBER.records) return elements;
        return elements.map((one, index) => {
          const next = elements[(index + 1) % elements.length]!;
          return withSignature(one, () => next.slice(-64));
        });
      }),
    'every second record left out': (passport) =>
      rewritten(passport, (member, elements) =>
        member === MEMBER.records ? elements.filter((_, index) => index % 2 === 0) : elements,
      ),
    'everything but records left out': (passport) =>
      rewritten(passport, (member, elements) => (member === MEMBER.records ? elements : [])),
    'every element twice, backwards': (passport) =>
      rewritten(passport, (_, elements) => [...elements, ...elements].reverse()),
    'a payload changed under its signature': (passport) =>
      rewritten(passport, (member, elements) =>
        member === MEMBER.records
          ? elements.map((one) => one.map((byte, index) => (index === one.length - 70 ? byte ^ 1 : byte)))
          : elements,
      ),
  };

  test.each(Object.entries(MALICE))(
    'false-accusation: %s makes no honest party forked or held against itself',
    async (_, change) => {
      for (const { built, dispute, packs, verified } of played) {
        expect(accusations(verified)).toEqual([]);
        const bytes = change(built.passport);
        const again = await verify(built, bytes);
        expect(accusations(again)).toEqual([]);
        // Alone, records behind a gap count for nobody: whoever kept its own copy shows it, and then nothing is left of that.
        expect(assess(again, dispute, packs).finding.remarks.map(({ code }) => code)).not.toContain(
          'facts.fork-across-files',
        );
        for (const given of [
          [verified, again],
          [again, verified],
        ]) {
          const { facts, finding } = assess(given, dispute, packs);
          expect(finding.remarks.filter(({ code }) => code === 'facts.fork-across-files')).toEqual([]);
          expect(facts.facts.filter(({ prov }) => prov.integrity === 'adverse-only')).toEqual([]);
        }
      }
    },
  );

  test('false-accusation: what is added cannot make an honest record worse than leaving it out', async () => {
    for (const { assessment, built, dispute, packs, verified } of played) {
      for (const name of ['a copy of each record with another signature', 'every element twice, backwards']) {
        const again = await verify(built, MALICE[name]!(built.passport));
        expect(decided(assess([verified, again], dispute, packs)), name).toBe(decided(assessment));
      }
    }
  });
});
