import {
  type EvidencePack,
  type GradeCap,
  type GradeLift,
  type GradeLine,
  type GradePredicate,
  type GradeTest,
  STANDARD_COMPARISONS,
  type StandardTest,
} from './evidence-pack.js';
import type { PackSource } from './pack-source.js';
import { LAYERS, RULE_STATUSES, STANDARDS, type Standard } from './rule.js';

const KINDS = ['statement', 'label', 'own-record', 'instrument', 'accredited-full', 'platform-log'] as const;

/** The closed table of what a line, lift or cap may ask, each phrase once. */
const PHRASES: ReadonlyMap<string, GradeTest> = new Map<string, GradeTest>([
  ['integrity is broken', yes({ asks: 'integrity', is: 'broken' })],
  ['integrity is adverse-only', yes({ asks: 'integrity', is: 'adverse-only' })],
  ['issued by the side it hurts', yes({ asks: 'issued-by-hurt' })],
  ['not issued by the side it hurts', no({ asks: 'issued-by-hurt' })],
  [
    'counter-signed by the side it hurts with a scope that covers the aspect',
    yes({ asks: 'counter-signed-by-hurt' }),
  ],
  ['scope covers the aspect', yes({ asks: 'scope-covers' })],
  ['neutral on this edge', yes({ asks: 'neutral' })],
  ['not helping itself on another', no({ asks: 'helping-itself' })],
  ['secured', yes({ asks: 'secured' })],
  ['not secured', no({ asks: 'secured' })],
  ['timely', yes({ asks: 'timely' })],
  ['not timely', no({ asks: 'timely' })],
  ['a neutral record of the same occasion', yes({ asks: 'neutral-of-occasion' })],
  ['another grade-2 record from a side opposed or neutral on this issue', yes({ asks: 'opposed-record' })],
  ['after a cut in the recording', yes({ asks: 'after-cut' })],
  ['calibration lapsed or not stated at the time', yes({ asks: 'calibration-lapsed' })],
  ['no trusted path', no({ asks: 'trusted-path' })],
  ['not counter-signed by a trusted record', no({ asks: 'counter-signed-by-trusted' })],
]);

function yes(predicate: GradePredicate): GradeTest {
  return { not: false, predicate };
}

function no(predicate: GradePredicate): GradeTest {
  return { not: true, predicate };
}

/** Reads the pack that says how a forum weighs evidence. */
export function loadEvidencePack(source: PackSource): EvidencePack {
  const fields = source.fields(
    ['pack', 'layer', 'status', 'anchorWithinH', 'occasionWithinH', 'standards', 'grades', 'lifts', 'caps'],
    [],
  );
  const lines = loadLines(fields.get('grades')!);
  const ids = lines.map(({ id }) => id);
  return {
    kind: 'evidence',
    pack: fields.get('pack')!.text(),
    layer: fields.get('layer')!.word(LAYERS),
    status: fields.get('status')!.word(RULE_STATUSES),
    anchorWithinH: fields.get('anchorWithinH')!.integer(0, 8_760),
    occasionWithinH: fields.get('occasionWithinH')!.integer(0, 8_760),
    standards: loadStandards(fields.get('standards')!),
    grades: lines,
    lifts: loadLifts(fields.get('lifts')!, ids),
    caps: loadCaps(fields.get('caps')!, ids),
  };
}

function loadStandards(source: PackSource): Readonly<Record<Standard, readonly StandardTest[]>> {
  const fields = source.fields(STANDARDS);
  return {
    'prima-facie': loadStandard(fields.get('prima-facie')!),
    preponderance: loadStandard(fields.get('preponderance')!),
    high: loadStandard(fields.get('high')!),
    'beyond-doubt': loadStandard(fields.get('beyond-doubt')!),
  };
}

/** `pro >= 3 and pro > con`. Refused where more for one side could count against it: every engine result rests on that. */
function loadStandard(source: PackSource): readonly StandardTest[] {
  return source
    .text()
    .split(' and ')
    .map((part) => {
      const [left, compare, right, ...rest] = part.split(' ');
      const comparison = STANDARD_COMPARISONS.find((one) => one === compare);
      if (rest.length > 0 || comparison === undefined || (left !== 'pro' && left !== 'con')) {
        source.fail(`\`${part}\` is no comparison of \`pro\` or \`con\``, 'pack.unknown-sentence');
      }
      const figure = right === 'pro' || right === 'con' ? right : readGrade(right ?? '');
      if (figure === null || figure === left) {
        source.fail(`\`${part}\` compares with no grade from 0 to 5`, 'pack.unknown-sentence');
      }
      const upward = comparison === '>=' || comparison === '>';
      if ((left === 'pro') !== upward) source.fail(`\`${part}\` would make more evidence hurt its own side`);
      return { left, compare: comparison, right: figure };
    });
}

function readGrade(word: string): number | null {
  return word.length === 1 && word >= '0' && word <= '5' ? Number(word) : null;
}

function loadLines(source: PackSource): readonly GradeLine[] {
  const lines = source.list().map((line) => {
    const fields = line.fields(['id', 'when', 'grade'], ['cite']);
    return {
      id: fields.get('id')!.text(),
      when: loadTests(fields.get('when')!, []),
      grade: fields.get('grade')!.integer(0, 5),
      cite: fields.get('cite')?.text() ?? null,
    };
  });
  refuseTwice(source, lines);
  return lines;
}

function loadLifts(source: PackSource, lines: readonly string[]): readonly GradeLift[] {
  const lifts = source.list().map((lift) => {
    const fields = lift.fields(['id', 'when'], ['cite']);
    return {
      id: fields.get('id')!.text(),
      when: loadTests(fields.get('when')!, lines),
      cite: fields.get('cite')?.text() ?? null,
    };
  });
  refuseTwice(source, lifts);
  return lifts;
}

function loadCaps(source: PackSource, lines: readonly string[]): readonly GradeCap[] {
  const caps = source.list().map((cap) => {
    const fields = cap.fields(['id', 'when', 'to'], ['cite']);
    return {
      id: fields.get('id')!.text(),
      when: loadTests(fields.get('when')!, lines),
      to: fields.get('to')!.integer(0, 5),
      cite: fields.get('cite')?.text() ?? null,
    };
  });
  refuseTwice(source, caps);
  return caps;
}

function refuseTwice(source: PackSource, named: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of named) {
    if (seen.has(id)) source.fail(`\`${id}\` is declared twice`);
    seen.add(id);
  }
}

/** Phrases joined by `, ` and `and`. */
function loadTests(source: PackSource, lines: readonly string[]): readonly GradeTest[] {
  const parts = source.text().replaceAll(', and ', ' and ').replaceAll(', ', ' and ').split(' and ');
  return parts.map((part) => {
    const known = PHRASES.get(part) ?? readKind(part) ?? readLine(part, lines);
    return known ?? source.fail(`\`${part}\` is no phrase of the table`, 'pack.unknown-sentence');
  });
}

function readKind(part: string): GradeTest | null {
  const of = wordsAfter(part, 'kind is ');
  return of?.every((kind) => (KINDS as readonly string[]).includes(kind)) ? yes({ asks: 'kind', of }) : null;
}

function readLine(part: string, lines: readonly string[]): GradeTest | null {
  const but = wordsAfter(part, 'line is not ');
  if (but?.every((id) => lines.includes(id))) return no({ asks: 'line', of: but });
  const of = wordsAfter(part, 'line is ');
  return of?.every((id) => lines.includes(id)) ? yes({ asks: 'line', of }) : null;
}

/** `X` → [X]; `one of X | Y` → [X, Y], in code-unit order. */
function wordsAfter(part: string, start: string): readonly string[] | null {
  if (!part.startsWith(start)) return null;
  const rest = part.slice(start.length);
  return rest.startsWith('one of ') ? rest.slice(7).split(' | ').sort() : [rest];
}

/** The phrases back as text, as an author would write them. */
export function printTests(tests: readonly GradeTest[]): string {
  return tests.map(printTest).join(', ');
}

function printTest(test: GradeTest): string {
  const { predicate } = test;
  if (predicate.asks === 'kind' || predicate.asks === 'line') {
    const words = predicate.of.length === 1 ? predicate.of[0]! : `one of ${predicate.of.join(' | ')}`;
    return `${predicate.asks} is ${test.not ? 'not ' : ''}${words}`;
  }
  for (const [phrase, known] of PHRASES) {
    const same = known.predicate.asks === predicate.asks && known.not === test.not;
    if (!same) continue;
    if (predicate.asks !== 'integrity' || known.predicate.asks !== 'integrity') return phrase;
    if (known.predicate.is === predicate.is) return phrase;
  }
  throw new TypeError(`no phrase says \`${predicate.asks}\``);
}
