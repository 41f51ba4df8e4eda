import { toBase64url } from '../codec/base64url.js';
import { formatInstant } from '../codec/instant.js';
import type { Cast } from './cast.js';
import type { ScenarioFile } from './scenario-file.js';
import { testLogPolicy } from './test-log.js';

/** The trust file of a scenario, as its verifier would hold it. */
export function writeTrustFile(scenario: ScenarioFile, cast: Cast): string {
  const { issued, name, nextUpdate, sequence } = scenario.trust;
  const trust = {
    format: 1,
    name,
    sequence,
    issued,
    nextUpdate,
    authorities: cast.authorities.map((authority) => ({
      party: authority.party,
      key: toBase64url(authority.signer.coseKey),
      roles: authority.roles,
      ...(authority.subjects === null ? {} : { subjects: authority.subjects }),
      mayDelegate: authority.mayDelegate,
      from: formatInstant(authority.from),
      until: formatInstant(authority.until),
    })),
    logs: testLogPolicy(),
    tsas: [],
    revoked: [],
  };
  return `${JSON.stringify(trust, null, 2)}\n`;
}
