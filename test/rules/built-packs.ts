import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadPack } from '../../src/rules/load-pack.js';
import type { Pack, RulePack } from '../../src/rules/pack.js';
import { readYaml } from '../../src/yaml/read-yaml.js';

const FOLDER = new URL('../../src/rules/packs/', import.meta.url);

export function packText(file: string): string {
  return readFileSync(fileURLToPath(new URL(file, FOLDER)), 'utf8');
}

export function load(text: string, known: readonly Pack[] = [], file?: string): Pack {
  return loadPack(readYaml(text, file), { known, ...(file === undefined ? {} : { file }) });
}

export function loadRules(text: string, known: readonly Pack[] = []): RulePack {
  const pack = load(text, known);
  if (pack.kind !== 'rules') throw new TypeError('not a rule pack');
  return pack;
}

/** The error a function throws, as code, message and place. */
export function refusal(run: () => unknown): {
  code: string;
  message: string;
  line: number | undefined;
  column: number | undefined;
} {
  try {
    run();
  } catch (error) {
    const { code, message, place } = error as {
      code: string;
      message: string;
      place: { line?: number; column?: number };
    };
    return { code, message, line: place.line, column: place.column };
  }
  throw new Error('nothing was refused');
}

/** A small pack in the author's hand, with holes for what a test changes. */
export function smallPack(
  parts: { rules?: string; edges?: string; issues?: string; head?: string } = {},
): string {
  return [
    parts.head ?? 'pack: small\nlayer: forum',
    'edges:',
    '  consumer-seller: { creditor: buyer, debtor: seller }',
    '  shipper-carrier: { creditor: sender, debtor: leg.holder, per: journey, recourse: true }',
    parts.edges ?? '',
    'issues:',
    '  broken: { asks: { en: "broken?", zh: "损坏？" }, pro: claimant, burden: pro, standard: high, about: [damage], shown: [state bad at delivery] }',
    '  in-hand: { asks: { en: "held?", zh: "持有？" }, pro: claimant, burden: pro, standard: high, about: [damage, leg], shown: [custody of leg.holder] }',
    '  packing: { asks: { en: "packing?", zh: "包装？" }, pro: defendant, burden: pro, standard: high, about: [damage, leg], shown: [fact cause packing] }',
    parts.issues ?? '',
    'rules:',
    parts.rules ?? rule({}),
    '',
  ].join('\n');
}

/** One rule of a small pack; every part can be replaced. What stands under `then` is `effect` here. */
export function rule(parts: Record<string, string>): string {
  const fields: Record<string, string> = {
    id: 'R-1',
    says: '{ en: "it is so", zh: "如此" }',
    cite: '[{ source: code, article: "1", verified: true }]',
    status: 'settled',
    'in-force': '{ from: 2020-01-01 }',
    on: '{ claim: consumer-seller, each: damage }',
    if: '[issue broken is found]',
    effect: '{ liable: consumer-seller, as: principal, head: loss, mode: sole }',
    ...parts,
  };
  return Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(
      ([key, value], index) => `${index === 0 ? '  - ' : '    '}${key === 'effect' ? 'then' : key}: ${value}`,
    )
    .join('\n');
}
