import type { OptionShape } from '../command-tree.js';

/** Options of the program itself. */
export const GLOBAL_WORDS: readonly string[] = ['--help', '--version'];

/** `-o` and `--output`, as far as there are. */
export function flagsOf({ short, long }: OptionShape): string[] {
  return [...(short === null ? [] : [short]), ...(long === '' ? [] : [long])];
}

/** A description as one line within single quotes of a shell that doubles nothing: no quote is left in it. */
export function quietText(text: string): string {
  return text
    .replaceAll("'", '’')
    .replaceAll(/[\\`$"]/g, '')
    .replaceAll(/\s+/g, ' ');
}

/** A `case` over the word before: what an option takes, by its values, else as a file. The same for bash and zsh. */
export function valueCases(
  options: readonly OptionShape[],
  values: (choices: readonly string[]) => string,
): string[] {
  const cases = new Map<string, string[]>();
  for (const option of options) {
    if (!option.takesValue) continue;
    const then = option.choices === null ? 'takes=file' : values(option.choices);
    cases.set(then, [...(cases.get(then) ?? []), ...flagsOf(option)]);
  }
  if (cases.size === 0) return [];
  const lines = [...cases].map(([then, flags]) => `        ${flags.join(' | ')}) ${then} ;;`);
  return ['      case "$prev" in', ...lines, '      esac'];
}
