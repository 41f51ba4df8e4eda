import type { Command } from 'commander';
import { scanCbor } from '../../codec/cbor-scan.js';
import { diagnose } from '../../codec/diagnostic.js';
import type { CheckCode } from '../../codes.js';
import { isSign1Fault, splitSign1 } from '../../crypto/cose-sign1.js';
import { sha256Hex } from '../../crypto/hash.js';
import { ELEMENT_MEMBERS } from '../../passport/element.js';
import { looksLikePassport, readPassportFile } from '../../passport/file.js';
import { VERIFY_WORDS } from '../../report/labels/verify-words.js';
import { countText } from '../../report/name-text.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { EXIT } from '../exit-code.js';
import { readInput } from '../read-input.js';

interface InspectOptions extends GlobalOptions {
  readonly diagnostic?: boolean;
}

export function defineInspect(command: Command, session: Session): void {
  command
    .argument('<file>', 'a passport, record, credential or any CBOR; - for standard input')
    .option('--diagnostic', 'annotated CBOR of a passport’s elements as well');
  addHelpText(
    command,
    [
      'goodorder inspect set.passport',
      'goodorder inspect set.passport --diagnostic',
      'goodorder inspect pickup.record',
    ],
    ['0 well-formed   10 not   3 unreadable input'],
  );
  command.action(async (file: string, options: InspectOptions) => {
    const { bytes } = await readInput(file, session.io);
    if (looksLikePassport(bytes)) inspectPassport(bytes, options, session);
    else inspectCbor(bytes, options, session);
  });
}

/** Looking at bytes believes nothing of them: this is the one command that shows what does not verify. */
function inspectPassport(bytes: Uint8Array, options: InspectOptions, session: Session): void {
  const read = readPassportFile(bytes);
  const file = read.ok ? read.file : null;
  const faults = read.ok ? [] : [read.fault];
  if (!read.ok) session.exit = EXIT.failed;
  if (options.format !== 'text') {
    session.printJson(
      {
        schemaVersion: 1,
        bytes: bytes.length,
        sha256: sha256Hex(bytes),
        item: file?.item ?? null,
        elements: (file === null ? [] : ELEMENT_MEMBERS.flatMap((member) => file.members[member])).map(
          (element) => ({
            member: VERIFY_WORDS.en.members[element.member],
            index: element.index,
            offset: element.offset,
            length: element.bytes.length,
            sha256: sha256Hex(element.bytes),
          }),
        ),
        findings: faults,
      },
      options,
    );
    return;
  }
  session.print(
    [
      [styled('strong', 'passport'), `  ${countText(bytes.length)} bytes`],
      [`  sha256        ${sha256Hex(bytes)}`],
    ],
    options,
  );
  for (const { code, offset } of faults)
    session.print([['  ', styled('bad', code), offset === undefined ? '' : `  byte ${offset}`]], options);
  if (file === null) return;
  session.print([[`  item          ${visibleText(file.item)}`], []], options);
  for (const member of ELEMENT_MEMBERS) {
    for (const element of file.members[member]) {
      const name = `${VERIFY_WORDS.en.members[member]} ${element.index + 1}`;
      const place = `byte ${countText(element.offset)}, ${countText(element.bytes.length)} bytes`;
      // Hash and indentation fill a line of 80 columns exactly.
      const hash = styled('faint', `${' '.repeat(16)}${sha256Hex(element.bytes)}`);
      session.print([[`  ${name.padEnd(14)}${place}`], [hash]], options);
      if (options.diagnostic === true && member !== 5 && member !== 6 && member !== 8) {
        session.print(
          diagnose(element.bytes)
            .split('\n')
            .map((line) => ['      ', line]),
          options,
        );
      }
    }
  }
}

function inspectCbor(bytes: Uint8Array, options: InspectOptions, session: Session): void {
  const text = diagnose(bytes);
  const sha256 = sha256Hex(bytes);
  const fault = faultOf(bytes);
  const findings = fault === null ? [] : [fault];
  if (fault !== null) session.exit = EXIT.failed;
  session.result(options, { schemaVersion: 1, bytes: bytes.length, sha256, findings, diagnostic: text }, [
    [`${countText(bytes.length)} bytes`],
    [`sha256 ${sha256}`],
    ...findings.map(({ code, offset }): StyledLine => [styled('bad', code), `  byte ${countText(offset)}`]),
    [],
    ...text.split('\n').map((line): StyledLine => [line]),
  ]);
}

/** A record or credential is the one thing that may bear a tag; anything else is one item of the profile. */
function faultOf(bytes: Uint8Array): { readonly code: CheckCode; readonly offset: number } | null {
  if (bytes[0] !== 0xd2) return scanCbor(bytes, { maxLength: Math.max(bytes.length, 1) });
  const parts = splitSign1(bytes);
  return isSign1Fault(parts) ? parts : null;
}
