import { readFileSync } from 'node:fs';
import { digestsOf, type ScenarioInput } from './scenario-digests.js';

/** What a process prints: its digests, and where and when it believes it is. */
export interface Printed {
  readonly digests: Readonly<Record<string, unknown>>;
  readonly locale: string;
  readonly offsetMin: number;
  readonly year: number;
}

/** As the file of inputs holds it: bytes in base64. */
export type WrittenInput = Omit<ScenarioInput, 'passports'> & { readonly passports: readonly string[] };

// Run in a process of its own, under another time zone, language or date: node print-digests.mjs inputs.json
const inputs = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as readonly WrittenInput[];
const digests: Record<string, unknown> = {};
for (const input of inputs) {
  const passports = input.passports.map((text) => new Uint8Array(Buffer.from(text, 'base64')));
  digests[input.name] = await digestsOf({ ...input, passports }, process.argv[3] === 'whole');
}
const now = new Date();
const printed: Printed = {
  digests,
  locale: new Intl.NumberFormat().resolvedOptions().locale,
  offsetMin: -now.getTimezoneOffset(),
  year: now.getUTCFullYear(),
};
process.stdout.write(JSON.stringify(printed));
