import { Argument, type Command } from 'commander';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { type CommandShape, loadCommandTree } from '../command-tree.js';
import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import { zshCompletion } from '../completion/zsh.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

const SCRIPTS: Readonly<Record<Shell, (tree: readonly CommandShape[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export function defineCompletion(command: Command, session: Session): void {
  command.addArgument(new Argument('<shell>', `which shell: ${SHELLS.join(', ')}`).choices([...SHELLS]));
  addHelpText(
    command,
    [
      'goodorder completion bash >> ~/.bashrc',
      'goodorder completion zsh > ~/.zfunc/_goodorder',
      'goodorder completion fish > ~/.config/fish/completions/goodorder.fish',
    ],
    ['0 printed'],
  );
  command.action(async (shell: Shell, options: GlobalOptions) => {
    const script = SCRIPTS[shell](await loadCommandTree(session.commands, session));
    if (options.format === 'text') session.io.stdout.write(script);
    else session.printJson({ schemaVersion: 1, shell, script }, options);
  });
}
