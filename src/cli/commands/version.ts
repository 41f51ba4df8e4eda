import type { Command } from 'commander';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { embeddedPacks } from '../packs.js';
import { VERSION } from '../version.js';

export function defineVersion(command: Command, session: Session): void {
  addHelpText(command, ['goodorder version', 'goodorder version --format json | jq .packs'], ['0 always']);
  command.action((options: GlobalOptions) => {
    const packs = embeddedPacks().map(({ id, digest }) => ({ id, digest }));
    const shown = {
      schemaVersion: 1,
      version: VERSION,
      formats: { passport: 1, trust: 1, dispute: 1 },
      packs,
      node: process.version,
    };
    if (options.format !== 'text') return session.printJson(shown, options);
    session.print(
      [
        [`goodorder ${VERSION}`],
        [`passport format 1, trust file format 1, dispute schema 1, Node.js ${process.version}`],
        ...packs.flatMap(({ id, digest }) => [[`pack ${id}, sha256`], [`  ${digest}`]]),
      ],
      options,
    );
  });
}
