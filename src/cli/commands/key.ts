import { join } from 'node:path';
import type { Command } from 'commander';
import { kidWords, shortFingerprint } from '../../capture/key-name.js';
import { releasePending } from '../../capture/signer-state.js';
import { toBase64url } from '../../codec/base64url.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, type Session } from '../command.js';
import { readPassphrase } from '../passphrase.js';
import { subjectOf, writeLoose } from '../sign-into.js';
import { type PublicKey, SigningHome } from '../signing-home.js';
import { addHomeOption, addPassphraseOption, type HomeOptions } from '../signing-options.js';
import { defineRevoke, defineRotate } from './key-event.js';

interface NewOptions extends HomeOptions {
  readonly passphraseFd?: number;
}

export function defineKey(command: Command, session: Session): void {
  addHelpText(
    command,
    ['goodorder key new bench-2', 'goodorder key list', 'goodorder key show bench'],
    ['0 done   3 refused'],
  );
  const create = command
    .command('new')
    .description('make a signing key; its secret never leaves the signing folder')
    .argument('<name>', 'a name for it, such as bench-2');
  addPassphraseOption(addHomeOption(create));
  addHelpText(
    create,
    ['goodorder key new bench-2', 'goodorder key new laptop --passphrase-fd 3 3< passphrase.txt'],
    ['0 made   3 refused'],
  );
  create.action(async (name: string, options: NewOptions) => {
    const home = await SigningHome.open(options.home, session.io);
    const key = await home.createKey(name, await readPassphrase(options.passphraseFd, session.io));
    show(session, home, key, options);
  });

  const list = command.command('list').description('the keys of this signing folder');
  addHelpText(addHomeOption(list), ['goodorder key list', 'goodorder key list --format json'], ['0 listed']);
  list.action(async (options: HomeOptions) => {
    const home = await SigningHome.open(options.home, session.io);
    const keys = await home.keys();
    if (options.format !== 'text')
      return session.printJson({ schemaVersion: 1, keys: keys.map((key) => keyJson(home, key)) }, options);
    if (keys.length === 0) return session.print([['no key here; goodorder key new NAME makes one']], options);
    session.print(
      keys.flatMap((key) => [
        [styled('strong', key.name), `  ${shortFingerprint(key.kid)}`],
        [styled('faint', `    ${key.kid}`)],
      ]),
      options,
    );
  });

  const one = command
    .command('show')
    .description('one key: its fingerprint, words and public part')
    .argument('[name]', 'which; the only one when left out');
  addHelpText(
    addHomeOption(one),
    ['goodorder key show bench', 'goodorder key show bench --format json | jq -r .coseKey'],
    ['0 shown   3 no such key'],
  );
  one.action(async (name: string | undefined, options: HomeOptions) => {
    const home = await SigningHome.open(options.home, session.io);
    show(session, home, await home.publicKey(name ?? (await home.onlyKey())), options);
  });

  defineRotate(command.command('rotate'), session);
  defineRevoke(command.command('revoke'), session);

  const release = command
    .command('release')
    .description('write out the records that are signed and were never stored, as after a crash')
    .argument('[name]', 'which key; the only one when left out')
    .option('-o, --output <folder>', 'where they go', '.');
  addHelpText(
    addPassphraseOption(addHomeOption(release)),
    ['goodorder key release', 'goodorder key release bench -o recovered'],
    ['0 written, or nothing waits   3 refused'],
  );
  release.action(async (name: string | undefined, options: ReleaseOptions) => {
    const { io } = session;
    const home = await SigningHome.open(options.home, io);
    const key = await home.openKey(name, await readPassphrase(options.passphraseFd, io));
    const written: Released[] = [];
    await releasePending(key.state, async (sealed) => {
      const file = join(options.output, `${sealed.id.slice(0, 16)}.record`);
      await writeLoose(file, sealed, io);
      written.push({ id: sealed.id, sub: subjectOf(sealed), file });
    });
    session.result(
      options,
      { schemaVersion: 1, released: written },
      written.length === 0
        ? [[{ mark: 'passed' }, ' nothing waits: all that this key signed was stored']]
        : written.flatMap(({ sub, file }): StyledLine[] => [
            [{ mark: 'passed' }, ' ', visibleText(file)],
            [styled('faint', '    about  '), visibleText(sub ?? 'unknown')],
          ]),
    );
    if (written.length > 0) {
      session.talk(
        [[], ['Next: goodorder merge item.passport *.record *.opening -o item.passport --force']],
        options,
      );
    }
  });
}

interface ReleaseOptions extends HomeOptions {
  readonly output: string;
  readonly passphraseFd?: number;
}

interface Released {
  readonly id: string;
  readonly sub: string | null;
  readonly file: string;
}

function keyJson(home: SigningHome, key: PublicKey): Record<string, string | number> {
  return {
    name: key.name,
    kid: key.kid,
    fingerprint: shortFingerprint(key.kid),
    words: kidWords(key.kid),
    coseKey: toBase64url(key.coseKey),
    iss: home.issuer(key.kid),
  };
}

function show(session: Session, home: SigningHome, key: PublicKey, options: HomeOptions): void {
  const field = (name: string, text: string): StyledLine => [styled('faint', `    ${name.padEnd(12)}`), text];
  // A kid of 64 digits then ends where a line of 80 columns does.
  session.result(options, { schemaVersion: 1, ...keyJson(home, key) }, [
    [styled('strong', key.name), `  ${shortFingerprint(key.kid)}`],
    field('in words', kidWords(key.kid)),
    field('kid', key.kid),
    field('public key', toBase64url(key.coseKey)),
    field('signs as', home.issuer(key.kid)),
  ]);
}
