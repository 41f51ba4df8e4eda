import type { Command } from 'commander';
import { kidWords, shortFingerprint } from '../../capture/key-name.js';
import { GoodOrderError } from '../../errors.js';
import { styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { parseParty } from '../../subject/party.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { readPassphrase } from '../passphrase.js';
import { assertKeyName, HOME_NAME, SigningHome } from '../signing-home.js';
import { addPassphraseOption } from '../signing-options.js';

interface InitOptions extends GlobalOptions {
  readonly party?: string;
  readonly key: string;
  readonly passphraseFd?: number;
}

export function defineInit(command: Command, session: Session): void {
  command
    .argument('[folder]', 'where to set it up', '.')
    .option(
      '--party <uri>',
      'party you sign for, as https://id.gs1.org/417/… ; without one you sign for your own key',
    )
    .option('--key <name>', 'name of the first key', 'bench');
  addPassphraseOption(command);
  addHelpText(
    command,
    [
      'goodorder init',
      'goodorder init packing-table-3 --party https://id.gs1.org/417/9521234000013',
      'goodorder init --passphrase-fd 3 3< passphrase.txt',
    ],
    ['0 set up   3 refused (exists already, no such party)'],
  );
  command.action(async (folder: string, options: InitOptions) => {
    if (options.party !== undefined && parseParty(options.party) === null) {
      throw new GoodOrderError(
        'cli.usage',
        `\`${options.party}\` is no party URI: https://id.gs1.org/417/{GLN}, urn:goodorder:lei:…, urn:goodorder:uscc:…`,
      );
    }
    assertKeyName(options.key);
    const passphrase = await readPassphrase(options.passphraseFd, session.io);
    const home = await SigningHome.create(folder, options.party ?? null, session.io);
    const key = await home.createKey(options.key, passphrase);
    if (options.format !== 'text') {
      return session.printJson(
        {
          schemaVersion: 1,
          home: home.folder,
          party: home.issuer(key.kid),
          key: { name: key.name, kid: key.kid },
        },
        options,
      );
    }
    session.print(
      [
        [
          { mark: 'passed' },
          ` ready to sign in ${visibleText(folder === '.' ? HOME_NAME : `${folder}/${HOME_NAME}`)}`,
        ],
        [],
        [styled('faint', '    signs as   '), visibleText(home.issuer(key.kid))],
        [styled('faint', '    key        '), `${key.name}  ${shortFingerprint(key.kid)}`],
        [styled('faint', '    in words   '), kidWords(key.kid)],
        [
          styled('faint', '    protected  '),
          passphrase === undefined
            ? 'by file permissions only; --passphrase-fd adds a passphrase'
            : 'by a passphrase (an age file)',
        ],
      ],
      options,
    );
    session.talk(
      [
        [],
        [
          options.party === undefined
            ? 'Next: goodorder record statement -o statement.draft.yaml'
            : 'Next: have an authority issue a credential: goodorder credential issue --help',
        ],
      ],
      options,
    );
  });
}
