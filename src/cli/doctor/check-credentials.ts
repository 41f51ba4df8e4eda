import { type Credential, readCredential } from '../../credential/credential.js';
import { dayText, partyText } from '../../report/name-text.js';
import type { PublicKey, SigningHome } from '../signing-home.js';
import { type DoctorFinding, doctorFinding } from './finding.js';

/** Days that an authority may need to issue a new one. */
const SOON_S = 30 * 86_400;

/** Is each key covered now, and for how long yet? Whose word counts is for a verifier's trust file to say. */
export async function checkCredentials(
  home: SigningHome,
  keys: readonly PublicKey[],
  now: number,
): Promise<DoctorFinding[]> {
  const findings: DoctorFinding[] = [];
  const credentials: Credential[] = [];
  for (const bytes of (await home.evidence.bundle()).credentials) {
    const read = readCredential(bytes);
    if (read.ok) credentials.push(read.credential);
    else {
      const reason = read.diagnostics[0]?.code ?? 'credential.shape';
      findings.push(doctorFinding('doctor.credential-unreadable', { reason }));
    }
  }
  const { party } = home.settings;
  // A person signs under the own key, for which nobody vouches.
  if (party === null) return findings;
  return findings.concat(keys.flatMap((key) => keyFindings(key, party, credentials, now)));
}

function keyFindings(
  { name: key, kid }: PublicKey,
  party: string,
  credentials: readonly Credential[],
  now: number,
): DoctorFinding[] {
  const own = credentials.filter((one) => one.key === kid && one.party === party);
  if (own.length === 0) return [doctorFinding('doctor.credential-none', { key, party: partyText(party) })];
  const valid = own.filter(({ from, until }) => from <= now && now <= until);
  if (valid.length > 0) {
    const until = Math.max(...own.map((one) => one.until));
    return until - now >= SOON_S
      ? []
      : [doctorFinding('doctor.credential-expiring', { key, until: dayText(until) })];
  }
  const coming = own.filter(({ from }) => from > now).map(({ from }) => from);
  return coming.length > 0
    ? [doctorFinding('doctor.credential-not-yet', { key, from: dayText(Math.min(...coming)) })]
    : [
        doctorFinding('doctor.credential-expired', {
          key,
          until: dayText(Math.max(...own.map((one) => one.until))),
        }),
      ];
}
