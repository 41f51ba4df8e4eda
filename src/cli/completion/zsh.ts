import { allCommands, type CommandShape, type OptionShape } from '../command-tree.js';
import { flagsOf, quietText, valueCases } from './words.js';

const VALUES = (choices: readonly string[]): string => `values=(${choices.join(' ')})`;

/** A completion script for zsh 5. */
export function zshCompletion(tree: readonly CommandShape[]): string {
  const commands = allCommands(tree);
  return `#compdef goodorder
# Completion of goodorder for zsh. To use it now: source <(goodorder completion zsh)
# To keep it: goodorder completion zsh > "\${fpath[1]}/_goodorder"
_goodorder() {
  local at='' word prev="\${words[CURRENT-1]}"
  local -a subcommands options arguments values
  local takes=''
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$word" in
      help) [[ -z "$at" ]] && continue ;;
      -*) continue ;;
    esac
    case "\${at:+$at }$word" in
      ${commands.map(({ path }) => `'${path.join(' ')}'`).join(' | ')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at" in
    '')
      subcommands=(${tree.map(described).join(' ')} 'help:help of a command')
      options=('--help:show the help' '--version:print the version')
      ;;
${commands.map(commandCase).join('\n')}
  esac
  if (( \${#values} )); then
    compadd -- "\${values[@]}"
  elif [[ -n "$takes" ]]; then
    _files
  elif [[ "\${words[CURRENT]}" == -* ]]; then
    _describe option options
  else
    (( \${#subcommands} )) && _describe command subcommands
    (( \${#arguments} )) && compadd -- "\${arguments[@]}"
    (( \${#subcommands} )) || _files
  fi
}
if [[ "\${funcstack[1]}" == _goodorder ]]; then _goodorder "$@"; else compdef _goodorder goodorder; fi
`;
}

function described({ path, summary }: CommandShape): string {
  return `'${path.at(-1)}:${colonless(summary)}'`;
}

function colonless(text: string): string {
  return quietText(text).replaceAll(':', '\\:');
}

function commandCase({ path, options, commands, arguments: given }: CommandShape): string {
  const lines = [`    '${path.join(' ')}')`];
  if (commands.length > 0) lines.push(`      subcommands=(${commands.map(described).join(' ')})`);
  const words = given.flatMap((choices) => choices ?? []);
  if (words.length > 0) lines.push(`      arguments=(${words.join(' ')})`);
  lines.push(`      options=(${options.flatMap(optionWords).join(' ')})`);
  lines.push(...valueCases(options, VALUES));
  lines.push('      ;;');
  return lines.join('\n');
}

function optionWords(option: OptionShape): string[] {
  return flagsOf(option).map((flag) => `'${flag}:${colonless(option.description)}'`);
}
