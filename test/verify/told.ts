import { toHex } from '../../src/codec/hex.js';
import type { Diagnostic } from '../../src/diagnostic.js';
import type { VerifiedPassport, VerifiedRecord } from '../../src/verify/verified-passport.js';

/**
 * Everything that verification said of a file, as text: one line for the file, one for each axis that is not passed, one
 * for each finding and one for each record. Hashes are cut to their first eight digits; they are the same in every run,
 * because nothing in these stories is random.
 */
export function told(passport: VerifiedPassport): string {
  const { verdict, axes, diagnostics, records, counts, elements, wouldLeaveOut, at, trust } = passport;
  const words = Object.values(axes).map(({ axis, verdict: answer }) => `${axis} ${answer}`);
  const lowering = new Set(Object.values(axes).flatMap((answer) => answer.lowering));
  const lines = [
    `${verdict}: ${words.join(', ')}`,
    `file ${passport.digest} ${passport.byteLength} bytes about ${passport.item || 'nothing'} at ${at} under ${trust?.name ?? 'none'}`,
    `elements ${Object.values(elements).join(' ')}, attached ${[...passport.attachments.keys()].join(' ') || 'none'}, would leave out ${wouldLeaveOut}`,
    `counts ${Object.entries(counts)
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}`,
    ...diagnostics.map((found) => `${lowering.has(found) ? '!' : '-'} ${finding(found)}`),
    ...records.map(recordLine),
  ];
  return lines.join('\n').replace(/\b([0-9a-f]{8})[0-9a-f]{56}\b/g, '$1');
}

function finding({ code, axis, severity, detail, ...place }: Diagnostic): string {
  return [code, axis, severity, JSON.stringify(place), detail === undefined ? '' : JSON.stringify(detail)]
    .join(' ')
    .trimEnd();
}

function recordLine(record: VerifiedRecord): string {
  const { number, id, statementHash, type, state, standing, binding, roles, rolePermitted, time } = record;
  const answers = Object.entries(record.answers).filter(([, answer]) => answer !== 'passed');
  return [
    `${number}. ${type} r${record.revision} ${id} of ${statementHash} at ${record.offset}+${record.length}`,
    `${record.iss} by ${record.kid} about ${record.sub} iat ${record.iat} seq ${record.seq}`,
    `${state} ${standing} ${binding} [${roles}]${rolePermitted ? '' : ' not permitted'}${record.accreditation === null ? '' : ` ${JSON.stringify(record.accreditation)}`}`,
    `${time.lower ?? '−∞'} (${time.lowerFrom}) to ${time.upper} (${time.upperFrom})`,
    `pins [${record.pins}] pinned by [${record.pinnedBy}]`,
    `${JSON.stringify(answers)} ${record.diagnostics.map(({ code }) => code).join(' ')} ${JSON.stringify(record.payload, hexOfBytes)}`,
  ].join(' | ');
}

function hexOfBytes(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? toHex(value) : value;
}
