import type { Command } from 'commander';
import { scanCbor } from '../../codec/cbor-scan.js';
import { diagnose } from '../../codec/diagnostic.js';
import type { CheckCode } from '../../codes.js';
import { isSign1Fault, splitSign1 } from '../../crypto/cose-sign1.js';
import { sha256Hex } from '../../crypto/hash.js';
import { ELEMENT_MEMBERS, MEMBER, type PassportElement } from '../../passport/element.js';
import { looksLikePassport, type PassportFile, readPassportFile } from '../../passport/file.js';
import { VERIFY_WORDS } from '../../report/labels/verify-words.js';
import { countText } from '../../report/name-text.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { verifyPassport } from '../../verify/verify-passport.js';
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
    if (looksLikePassport(bytes)) await inspectPassport(bytes, options, session);
    else inspectCbor(bytes, options, session);
  });
}

/** Looking at bytes believes nothing of them: this is the one command that shows what does not verify. */
async function inspectPassport(bytes: Uint8Array, options: InspectOptions, session: Session): Promise<void> {
  const read = readPassportFile(bytes);
  const file = read.ok ? read.file : null;
  const elements = file === null ? [] : await elementsOf(file, bytes, session);
  const faults = read.ok ? [] : [read.fault];
  if (!read.ok) session.exit = EXIT.failed;
  if (options.format !== 'text') {
    session.printJson(
      {
        schemaVersion: 1,
        bytes: bytes.length,
        sha256: sha256Hex(bytes),
        item: file?.item ?? null,
        elements: elements.map(({ element: { bytes: of, index, member, offset }, number }) => ({
          member: VERIFY_WORDS.en.members[member],
          index,
          ...(number === undefined ? {} : { number }),
          offset,
          length: of.length,
          sha256: sha256Hex(of),
        })),
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
  for (const { element, number = element.index + 1 } of elements) {
    const { bytes: of, member, offset } = element;
    const name = `${VERIFY_WORDS.en.members[member]} ${number ?? ''}`;
    const place = `byte ${countText(offset)}, ${countText(of.length)} bytes`;
    // Hash and indentation fill a line of 80 columns exactly.
    const hash = styled('faint', `${' '.repeat(16)}${sha256Hex(of)}`);
    session.print([[`  ${name.padEnd(14)}${place}`], [hash]], options);
    if (options.diagnostic === true && member !== 5 && member !== 6 && member !== 8) {
      session.print(
        diagnose(of)
          .split('\n')
          .map((line) => ['      ', line]),
        options,
      );
    }
  }
}

interface NumberedElement {
  readonly element: PassportElement;
  /** Of a record; null where it cannot be read: a number of its own would be another record's. */
  readonly number?: number | null;
}

/** By member; records by the numbers that every other command gives them, whoever is believed. */
async function elementsOf(
  file: PassportFile,
  bytes: Uint8Array,
  { io }: Session,
): Promise<readonly NumberedElement[]> {
  const verified = await verifyPassport(bytes, { trust: null, at: io.now() });
  const numbers = new Map(verified.records.map(({ number, offset }) => [offset, number]));
  const last = Number.MAX_SAFE_INTEGER;
  return ELEMENT_MEMBERS.flatMap((member): readonly NumberedElement[] =>
    member === MEMBER.records
      ? file.members[member]
          .map((element) => ({ element, number: numbers.get(element.offset) ?? null }))
          .sort((a, b) => (a.number ?? last) - (b.number ?? last))
      : file.members[member].map((element) => ({ element })),
  );
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
