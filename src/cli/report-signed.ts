import type { SignedRecord } from '../record/record.js';
import { partyText, shortHash } from '../report/name-text.js';
import { type StyledLine, styled } from '../report/styled-line.js';
import { visibleText } from '../report/visible-text.js';
import { KEY_URI } from '../subject/subject.js';
import type { GlobalOptions, Session } from './command.js';
import type { Destination, SignedTo } from './sign-into.js';

/** What else came of the command. */
interface SigningContext {
  /** Put by in the signing folder. */
  readonly kept?: boolean;
  /** Ids of acknowledgements that were signed before. */
  readonly acknowledged?: readonly string[];
}

/** Tells what was signed and where it went; `beyond`: how many tips could not be pinned. */
export function reportSigned(
  session: Session,
  { made, missing, released, waiting }: SignedTo,
  beyond: number,
  options: GlobalOptions & Pick<Destination, 'into' | 'output'> & SigningContext,
): void {
  const { signed } = made;
  const { acknowledged = [] } = options;
  const kept = options.kept === true;
  const written = [options.into, options.output].filter((name) => name !== undefined);
  const field = (name: string, text: string): StyledLine => [styled('faint', `    ${name.padEnd(11)}`), text];
  session.result(
    options,
    {
      schemaVersion: 1,
      id: made.id,
      statementHash: made.statementHash,
      type: signed.type,
      sub: signed.sub,
      seq: signed.link.seq,
      seen: signed.link.seen,
      openings: made.openings.length,
      ...(acknowledged.length === 0 ? {} : { acknowledged }),
      written,
      missing,
      released,
      waiting,
    },
    [
      [
        { mark: 'passed' },
        ` signed ${signed.type}, number ${signed.link.seq + 1} of this key about ${subjectWord(signed.sub)}`,
      ],
      field('id', shortHash(made.id)),
      field('pins', pinsText(signed.link.seen.length)),
      ...(acknowledged.length === 0
        ? []
        : [field('before it', `${records(acknowledged.length)} of acknowledgement, which pin the others`)]),
      ...(made.openings.length === 0 ? [] : [field('private', openingsText(made.openings.length))]),
      ...(kept ? [field('kept', 'in the signing folder; it travels with what is signed here')] : []),
      ...(written.length === 0
        ? []
        : [field('written', written.map((name) => visibleText(name)).join(', '))]),
    ],
  );
  session.talk(
    [
      ...standingOf(signed),
      ...noticesOf({ missing, released, waiting, beyond, alone: options.into === undefined && !kept }),
    ],
    options,
  );
}

function subjectWord(sub: string): string {
  if (sub.startsWith('https://id.gs1.org/00/')) return 'this container';
  return sub.startsWith('urn:goodorder:key:') ? 'this key' : 'this item';
}

function pinsText(count: number): string {
  return count === 0 ? 'no record of others' : `${count} ${count === 1 ? 'record' : 'records'} of others`;
}

function openingsText(count: number): string {
  return count === 1
    ? '1 field; its opening travels beside the record'
    : `${count} fields; their openings travel beside the record`;
}

/** A record that says less than its type is signed all the same: but not without being told so. */
function standingOf({ definition, iss, payload, type }: SignedRecord): StyledLine[] {
  if (definition === null) return [];
  const signers = definition.signers(payload.fields);
  const lines: string[] = [];
  if (iss.startsWith(KEY_URI) && !definition.selfBound) {
    lines.push(
      `This key signs for itself alone, and so its ${type} counts as a mere statement. --party of \`goodorder init\` makes a folder that signs for a firm.`,
    );
  } else if (signers !== null && !signers.includes(iss)) {
    const who = signers.map(partyText).join(' or ');
    lines.push(`This ${type} is for ${who} to sign; by ${partyText(iss)} it counts as a mere statement.`);
  }
  return lines.map((line) => [line]);
}

interface Notices extends Pick<SignedTo, 'missing' | 'released' | 'waiting'> {
  readonly beyond: number;
  readonly alone: boolean;
}

function noticesOf({ missing, released, waiting, beyond, alone }: Notices): StyledLine[] {
  const lines: string[] = [];
  if (released > 0) lines.push(`${records(released)} signed earlier and never stored went along.`);
  if (waiting > 0)
    lines.push(
      `${records(waiting)} signed earlier and never stored: \`goodorder key release\` writes out what waits.`,
    );
  if (missing.length > 0) {
    const numbers = missing.map((seq) => seq + 1).join(', ');
    lines.push(
      `Number ${numbers} of this key about it is not in the passport, and readers see a gap: merge it in.`,
    );
  }
  if (beyond > 0)
    lines.push(
      `${records(beyond)} could not be pinned: --acknowledge signs an acknowledgement of them first.`,
    );
  if (alone)
    lines.push(
      'Alone it is of little use: whoever merges it needs your public key. --into a new passport carries all.',
    );
  return lines.map((line) => [line]);
}

function records(count: number): string {
  return count === 1 ? '1 record' : `${count} records`;
}
