import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckCode } from '../../src/codes.js';
import { readTrustFile } from '../../src/credential/trust-file.js';
import type { VerifyOptions } from '../../src/verify/verify-passport.js';

export interface FixturePassport {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: VerifyOptions;
  /** The code by which a change without a key may accuse here: its maker relies on a record that anybody can take away. */
  readonly excepted?: CheckCode;
}

/** docs/decisions/0068. */
const RELIES_ON_A_TWIN = 'a manifest lists one twin, and its maker knows the other';

interface VectorCase {
  readonly name: string;
  readonly passport: string;
  readonly trust: string | null;
  readonly at: number;
  readonly trustMinSequence?: number;
  readonly limit?: number;
}

/** Every passport among the vectors of the specification; the other fixtures are parts, inputs and other formats. */
export function fixturePassports(root: string): FixturePassport[] {
  const folder = join(root, 'docs/spec/vectors');
  const files = readdirSync(folder).filter((name) => /^passports-.*\.json$/.test(name));
  return files.sort().flatMap((file) => {
    const { cases } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { cases: VectorCase[] };
    return cases.map(({ name, passport, trust, at, trustMinSequence, limit }) => ({
      name: `${file.slice(0, -'.json'.length)}: ${name}`,
      bytes: new Uint8Array(Buffer.from(passport, 'base64')),
      ...(name === RELIES_ON_A_TWIN ? { excepted: 'manifest.silent-omission' } : {}),
      options: {
        trust: trust === null ? null : readTrustFile(trust),
        at,
        ...(trustMinSequence === undefined ? {} : { trustMinSequence }),
        ...(limit === undefined ? {} : { limit }),
      },
    }));
  });
}
