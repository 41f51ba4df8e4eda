import { type Command, Option } from 'commander';
import { type GlobalOptions, parseCount } from './command.js';

/** Options of every command that uses a signing folder. */
export interface HomeOptions extends GlobalOptions {
  readonly home?: string;
}

export interface SigningOptions extends HomeOptions {
  readonly key?: string;
  readonly passphraseFd?: number;
}

export function addHomeOption(command: Command): Command {
  return command.option(
    '--home <folder>',
    'signing folder (default: GOODORDER_HOME, or .goodorder here or above)',
  );
}

export function addPassphraseOption(command: Command): Command {
  return command.addOption(
    new Option('--passphrase-fd <n>', 'read the key’s passphrase from this file descriptor').argParser(
      parseCount,
    ),
  );
}

export function addSigningOptions(command: Command): Command {
  addHomeOption(command).option('--key <name>', 'key to sign with (default: the only one)');
  return addPassphraseOption(command);
}
