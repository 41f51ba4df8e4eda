import type { ExplainedStep } from '../finding/explain.js';
import { wrap } from './columns.js';
import type { Language } from './labels/code-label.js';
import { FIND_WORDS } from './labels/find-words.js';
import { type StyledLine, styled } from './styled-line.js';
import { visibleText } from './visible-text.js';

export interface StepLineOptions {
  readonly language: Language;
  readonly width: number;
  /** Display numbers of records by id. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Columns before the first depth. */
  readonly indent: number;
}

const DEEPEST_INDENT = 8;

/** Steps of an explanation as lines, indented by depth, each with the numbers of the records it stands on. */
export function stepLines(steps: readonly ExplainedStep[], options: StepLineOptions): StyledLine[] {
  const { language, numbers, width } = options;
  const walk = (list: readonly ExplainedStep[], depth: number, above: string): StyledLine[] =>
    list.flatMap((step) => {
      const indent = ' '.repeat(options.indent + 2 * Math.min(depth, DEEPEST_INDENT));
      const named = step.records.flatMap((id) => numbers.get(id) ?? []);
      const where = named.length === 0 ? '' : `  [${named.join(', ')}]`;
      return [
        ...wrap(`${stepText(step, above, language)}${where}`, width - indent.length).map(
          (part): StyledLine => [indent, styled('faint', part)],
        ),
        ...walk(step.steps, depth + 1, visibleText(step.says[language])),
      ];
    });
  return walk(steps, 0, '');
}

/** What a step says and comes to; what the line above it has just asked is not asked again. */
function stepText({ kind, result, rule, says }: ExplainedStep, above: string, language: Language): string {
  const { colon } = FIND_WORDS[language];
  const comes = visibleText(result[language]);
  const said = visibleText(says[language]).replace(/[.。]$/u, '');
  if ((kind === 'issue' || kind === 'edge') && comes !== '' && above.includes(said)) return comes;
  const named = rule === null ? said : `${rule.id}${colon}${said}`;
  return comes === '' ? named : `${named}${colon}${comes}`;
}
