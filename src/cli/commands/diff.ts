import type { Command } from 'commander';
import { sha256Hex } from '../../crypto/hash.js';
import { ELEMENT_MEMBERS, type ElementMember } from '../../passport/element.js';
import { type PassportFile, readPassportFile } from '../../passport/file.js';
import { VERIFY_WORDS } from '../../report/labels/verify-words.js';
import { shortHash } from '../../report/name-text.js';
import { styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { EXIT } from '../exit-code.js';
import { unreadablePassport } from '../pick-record.js';
import { readInput } from '../read-input.js';

interface Difference {
  readonly member: string;
  readonly sha256: string;
  readonly only: 'first' | 'second';
}

export function defineDiff(command: Command, session: Session): void {
  command.argument('<first>', 'a passport').argument('<second>', 'another passport of the same item');
  addHelpText(
    command,
    [{ line: 'goodorder diff mine.passport theirs.passport', exit: EXIT.differs }],
    ['0 the same evidence   12 different   3 unreadable input'],
  );
  command.action(async (first: string, second: string, options: GlobalOptions) => {
    const [a, b] = [await open(first, session), await open(second, session)];
    const differences = ELEMENT_MEMBERS.flatMap((member) => [
      ...onlyIn(a, b, member, 'first'),
      ...onlyIn(b, a, member, 'second'),
    ]);
    const same = a.digest === b.digest;
    session.exit = same ? EXIT.passed : EXIT.differs;
    if (options.format !== 'text') {
      return session.printJson({ schemaVersion: 1, same, items: [a.item, b.item], differences }, options);
    }
    if (same)
      return session.print(
        [[{ mark: 'passed' }, ` the same evidence, byte for byte  sha256 ${shortHash(a.digest)}`]],
        options,
      );
    if (a.item !== b.item) {
      session.print(
        [[{ mark: 'failed' }, ` two items: ${visibleText(a.item)} and ${visibleText(b.item)}`]],
        options,
      );
    }
    for (const [side, name] of [
      ['first', first],
      ['second', second],
    ] as const) {
      const mine = differences.filter((difference) => difference.only === side);
      session.print(
        [[styled('strong', `only in ${visibleText(name)}`), `  ${mine.length === 0 ? 'nothing' : ''}`]],
        options,
      );
      session.print(
        mine.map(({ member, sha256 }) => [`  ${member.padEnd(12)}${shortHash(sha256)}`]),
        options,
      );
    }
    session.talk(
      [[], ['Next: goodorder merge brings both together; a difference alone is nobody’s fault']],
      options,
    );
  });
}

async function open(name: string, session: Session): Promise<PassportFile> {
  const { bytes } = await readInput(name, session.io);
  const read = readPassportFile(bytes);
  if (read.ok) return read.file;
  throw unreadablePassport(read.fault, name);
}

function onlyIn(
  a: PassportFile,
  b: PassportFile,
  member: ElementMember,
  only: 'first' | 'second',
): Difference[] {
  const others = new Set(b.members[member].map((element) => sha256Hex(element.bytes)));
  return a.members[member]
    .map((element) => sha256Hex(element.bytes))
    .filter((sha256) => !others.has(sha256))
    .map((sha256) => ({ member: VERIFY_WORDS.en.members[member] ?? String(member), sha256, only }));
}
