import { allCommands, type CommandShape } from '../command-tree.js';
import { flagsOf, GLOBAL_WORDS, valueCases } from './words.js';

const VALUES = (choices: readonly string[]): string => `values='${choices.join(' ')}'`;

/** A completion script for bash 3.2 and later; it needs no `bash-completion` package. */
export function bashCompletion(tree: readonly CommandShape[]): string {
  const commands = allCommands(tree);
  const paths = commands.map(({ path }) => `'${path.join(' ')}'`);
  const cases = commands.map(commandCase);
  return `# Completion of goodorder for bash. To use it now: source <(goodorder completion bash)
# Made from the command tree of goodorder; what it does not know it completes as file names.
_goodorder() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev='' path='' takes='' word i
  local values='' options='' subcommands='' arguments=''
  [ "$COMP_CWORD" -gt 0 ] && prev="\${COMP_WORDS[COMP_CWORD-1]}"
  # bash cuts --format=json into three words.
  if [ "$cur" = '=' ]; then cur=''; elif [ "$prev" = '=' ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in
      help) [ -z "$path" ] && continue ;;
      -* | =) continue ;;
    esac
    case "\${path:+$path }$word" in
      ${paths.join(' | ')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
    '')
      subcommands='${[...tree.map(({ path }) => path.join(' ')), 'help'].join(' ')}'
      options='${GLOBAL_WORDS.join(' ')}'
      ;;
${cases.join('\n')}
  esac
  if [ -n "$values" ]; then
    COMPREPLY=($(compgen -W "$values" -- "$cur"))
  elif [ "$takes" = file ]; then
    COMPREPLY=()
  elif [ "\${cur#-}" != "$cur" ]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  elif [ -n "$subcommands$arguments" ]; then
    COMPREPLY=($(compgen -W "$subcommands $arguments" -- "$cur"))
  fi
}
complete -o default -F _goodorder goodorder
`;
}

function commandCase({ path, options, commands, arguments: given }: CommandShape): string {
  const lines = [`    '${path.join(' ')}')`];
  if (commands.length > 0)
    lines.push(`      subcommands='${commands.map((one) => one.path.at(-1)).join(' ')}'`);
  const words = given.flatMap((choices) => choices ?? []);
  if (words.length > 0) lines.push(`      arguments='${words.join(' ')}'`);
  lines.push(`      options='${options.flatMap(flagsOf).join(' ')}'`);
  lines.push(...valueCases(options, VALUES));
  lines.push('      ;;');
  return lines.join('\n');
}
