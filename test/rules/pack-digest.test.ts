import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packDigest } from '../../src/rules/pack-digest.js';
import { packPage, packSource } from '../../src/rules/pack-source-text.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { printPack } from '../../src/rules/print-pack.js';
import { SHAPES } from '../../src/rules/sentences.js';
import { load, packText, rule, smallPack } from './built-packs.js';

const FILES = [
  ['cn/evidence.cn.yaml', 'evidence.cn'],
  ['cn/cn.yaml', 'cn'],
  ['cisg/cisg.yaml', 'cisg'],
] as const;

describe('the packs that ship', () => {
  test.each(FILES)('%s is the pack that was built from it', (file, id) => {
    const known = id === 'cn' ? [BUILT_IN_PACKS.get('evidence.cn')!] : [];
    const pack = load(packText(file), known);
    expect(pack).toEqual(BUILT_IN_PACKS.get(id));
    expect(packSource(pack, `packs/${file}`)).toBe(packText(`${id}.generated.ts`));
  });

  test.each(FILES)('%s, printed and read again, is the same pack', (_file, id) => {
    const pack = BUILT_IN_PACKS.get(id)!;
    const known = id === 'cn' ? [BUILT_IN_PACKS.get('evidence.cn')!] : [];
    const again = load(printPack(pack), known);
    expect(again).toEqual(pack);
    expect(packDigest(again)).toBe(packDigest(pack));
    expect(printPack(again)).toBe(printPack(pack));
  });

  const page = (name: string): string =>
    readFileSync(fileURLToPath(new URL(`../../docs/rules/${name}`, import.meta.url)), 'utf8');

  test.each(['cn', 'cisg'])('the page about %s is made from it', (id) => {
    const pack = BUILT_IN_PACKS.get(id)!;
    expect(pack.kind === 'rules' && packPage(pack)).toBe(page(`${id}.md`));
  });

  test('the guide for authors lists every shape of the table', () => {
    const guide = page('writing-packs.md');
    expect(SHAPES.filter(({ pattern }) => !guide.includes(`\`${pattern}\``))).toEqual([]);
  });

  test('every article not read is marked', () => {
    const unread = [...BUILT_IN_PACKS.values()]
      .flatMap((pack) => (pack.kind === 'rules' ? pack.rules : []))
      .filter(({ cite }) => cite.some(({ verified }) => !verified));
    expect(unread.map(({ id }) => id)).toEqual([
      'CN-04c',
      'CN-06c',
      'CN-15',
      'CN-15h',
      'CN-22m',
      'CN-22n',
      'CN-25',
      'CN-25r',
      'CN-28',
    ]);
  });
});

describe('the digest', () => {
  const rules = ['A-1', 'B-2', 'C-3'].map((id) => rule({ id }));

  test('is of what the pack says, not of how it is written', () => {
    const plain = load(smallPack({ rules: rules.join('\n') }));
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), fc.boolean(), (order, comment) => {
        const text = smallPack({ rules: order.join(comment ? '\n\n  # a remark\n' : '\n') });
        expect(packDigest(load(text))).toBe(packDigest(plain));
      }),
    );
  });

  test('changes with a word of a rule', () => {
    const one = load(smallPack());
    const digests = new Set(
      [
        smallPack(),
        smallPack({ rules: rule({ id: 'R-2' }) }),
        smallPack({ rules: rule({ says: '{ en: "it is not so", zh: "如此" }' }) }),
        smallPack({ rules: rule({ 'in-force': '{ from: 2020-01-02 }' }) }),
        smallPack({ rules: rule({ if: '[issue broken is not-found]' }) }),
        smallPack({ head: 'pack: small\nlayer: convention' }),
      ].map((text) => packDigest(load(text))),
    );
    expect(digests.size).toBe(6);
    expect(packDigest(one)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('printing keeps texts that look like something else', () => {
    const says = '{ en: "true: it’s [so] #1, \\"quoted\\" \\\\ and {curly}", zh: "“是” ：否" }';
    const pack = load(
      smallPack({ rules: rule({ says, cite: '[{ source: "null", article: "23(3)", verified: false }]' }) }),
    );
    expect(load(printPack(pack))).toEqual(pack);
  });
});
