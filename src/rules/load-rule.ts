import { isCivilDate } from './civil-date.js';
import { loadConditions } from './load-condition.js';
import { loadEffect } from './load-effect.js';
import type { PackSource } from './pack-source.js';
import {
  APPLIES_BY,
  BINDINGS,
  type Binding,
  type Citation,
  FORCES,
  type Force,
  type InForce,
  LAYERS,
  type Layer,
  RULE_STATUSES,
  type Rule,
  type Said,
  STANDARDS,
  type UnlessProven,
} from './rule.js';
import { PARTY_WORDS } from './terms.js';

/** Reads one rule; a rule without a layer of its own has its pack's. */
export function loadRule(source: PackSource, pack: { layer: Layer; force: Force }): Rule {
  const fields = source.fields(
    ['id', 'says', 'cite', 'status', 'in-force', 'on', 'then'],
    ['applies-by', 'layer', 'force', 'overrides', 'if', 'unless', 'unless-proven'],
  );
  const on = fields.get('on')!.fields(['claim', 'each']);
  const claims = uniqueSorted(on.get('claim')!);
  if (claims.length === 0) source.fail('`on` names no claim');
  return {
    id: loadRuleId(fields.get('id')!),
    says: loadSaid(fields.get('says')!),
    cite: loadCitations(fields.get('cite')!),
    status: fields.get('status')!.word(RULE_STATUSES),
    inForce: loadInForce(fields.get('in-force')!),
    appliesBy: fields.get('applies-by')?.word(APPLIES_BY) ?? 'contractDate',
    layer: fields.get('layer')?.word(LAYERS) ?? pack.layer,
    force: fields.get('force')?.word(FORCES) ?? pack.force,
    overrides: fields.has('overrides') ? uniqueSorted(fields.get('overrides')!) : [],
    claims,
    each: loadBindings(on.get('each')!),
    if: loadConditions(fields.get('if')),
    unless: loadConditions(fields.get('unless')),
    unlessProven: fields.get('unless-proven')?.list().map(loadUnlessProven) ?? [],
    effect: loadEffect(fields.get('then')!),
  };
}

function uniqueSorted(source: PackSource): readonly string[] {
  const words = source.listOrOne().map((one) => one.text());
  if (new Set(words).size !== words.length) source.fail('a name stands here twice');
  return words.sort();
}

/** Letters, digits, hyphens and dots. */
function loadRuleId(source: PackSource): string {
  const id = source.text();
  for (const char of id) {
    const fits =
      (char >= 'a' && char <= 'z') ||
      (char >= 'A' && char <= 'Z') ||
      (char >= '0' && char <= '9') ||
      char === '-';
    if (!fits || id.length > 40) source.fail('a rule id has letters, digits and hyphens, at most 40');
  }
  return id;
}

/** Text in every language; a pack without one of them fails lint. */
export function loadSaid(source: PackSource): Said {
  if (!source.isMap()) source.fail('expected the text in `en` and `zh`', 'pack.missing-translation');
  const keys = source.entries();
  for (const language of ['en', 'zh']) {
    if (!keys.has(language)) source.fail(`\`${language}\` is missing`, 'pack.missing-translation');
  }
  const fields = source.fields(['en', 'zh']);
  return { en: fields.get('en')!.text(), zh: fields.get('zh')!.text() };
}

function loadCitations(source: PackSource): readonly Citation[] {
  const citations = source.list().map((one) => {
    const fields = one.fields(['source', 'article', 'verified']);
    return {
      source: fields.get('source')!.text(),
      article: fields.get('article')!.text(),
      verified: fields.get('verified')!.boolean(),
    };
  });
  if (citations.length === 0) source.fail('a rule without a citation is no rule');
  return citations;
}

function loadInForce(source: PackSource): InForce {
  const fields = source.fields(['from'], ['to']);
  const from = loadDate(fields.get('from')!);
  const to = fields.has('to') ? loadDate(fields.get('to')!) : null;
  if (to !== null && to < from) source.fail('`to` lies before `from`');
  return { from, to };
}

function loadDate(source: PackSource): string {
  const text = source.text();
  if (!isCivilDate(text)) source.fail('expected a date as in `2014-03-15`');
  return text;
}

export function loadBindings(source: PackSource): readonly Binding[] {
  const bindings = source.listOrOne().map((one) => one.word(BINDINGS));
  if (!bindings.includes('damage'))
    source.fail('`damage` is missing: everything an edge asks is about a damage');
  if (new Set(bindings).size !== bindings.length) source.fail('a binding stands here twice');
  return BINDINGS.filter((binding) => bindings.includes(binding));
}

function loadUnlessProven(source: PackSource): UnlessProven {
  const fields = source.fields(['by', 'issue'], ['standard', 'some', 'from']);
  return {
    by: fields.get('by')!.word(PARTY_WORDS),
    issue: fields.get('issue')!.text(),
    standard: fields.get('standard')?.word(STANDARDS) ?? null,
    someLeg: fields.get('some')?.word(['leg']) === 'leg',
    from: fields.get('from')?.text() ?? null,
  };
}
