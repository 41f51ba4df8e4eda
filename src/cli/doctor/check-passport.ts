import type { SignerState } from '../../capture/signer-state.js';
import type { Passport } from '../../passport/passport.js';
import type { PublicKey } from '../signing-home.js';
import { type DoctorFinding, doctorFinding } from './finding.js';

/** Numbers that one finding names. */
const MAX_NAMED = 10;

/** What a passport holds of one key against what the key's state says it has signed about its item. */
export async function comparePassport(
  file: string,
  passport: Passport,
  key: PublicKey,
  state: SignerState,
): Promise<DoctorFinding[]> {
  const present = new Set(
    passport.records.flatMap(({ head }) =>
      head.kid === key.kid && head.sub === passport.item && head.link !== null ? [head.link.seq] : [],
    ),
  );
  if (present.size === 0) return [];
  const { seq: signed } = (await state.reserve(passport.item)).position;
  const newest = [...present].reduce((most, seq) => Math.max(most, seq), 0);
  if (newest >= signed) {
    return [
      doctorFinding('doctor.passport-ahead', {
        passport: file,
        key: key.name,
        seq: String(newest + 1),
        signed: String(signed),
      }),
    ];
  }
  const missing: number[] = [];
  for (let seq = 0; seq < signed && missing.length <= MAX_NAMED; seq += 1) {
    if (!present.has(seq)) missing.push(seq + 1);
  }
  if (missing.length === 0) return [];
  const numbers = `${missing.slice(0, MAX_NAMED).join(', ')}${missing.length > MAX_NAMED ? ', …' : ''}`;
  return [doctorFinding('doctor.passport-behind', { passport: file, key: key.name, numbers })];
}
