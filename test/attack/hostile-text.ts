import { fromHex } from '../../src/codec/hex.js';
import type { Fields } from '../../src/record/record-type.js';
import { signRecord } from '../../src/record/sign-record.js';
import type { RecordTypeName } from '../../src/record/types/index.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { SAMPLES } from '../record/sample-payloads.js';
import { Actor, ITEM, Story, T0 } from '../verify/story.js';

/** Everything that acts on a terminal, forges a line, reorders or hides: what a person may not be shown raw. */
export const RAW =
  /(?!\n)[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\p{Default_Ignorable_Code_Point}\p{Surrogate}\p{Noncharacter_Code_Point}]/u;

/** What of these a record can hold: its text may have line breaks and tabs, but no other control character. */
export const IN_RECORDS =
  'a\n+ TOTAL-PASSED  intact, from known signers\tb\u202egpj.exe\u2066\u200b\u2060\ufe0f\u{e0041}\u{e007f}\u00ad\u034f\u3164\u2028c';

/** What may stand in file names, on the command line, in trust files, disputes and drafts. */
export const ANYWHERE = `x\u001b[2K\u001b[1A\u2713 TOTAL-PASSED\u001b]8;;http://evil.example\u001b\\link\u001b]8;;\u001b\\\u001b]52;c;ZXZpbA==\u0007\u009b2J\u0090+q\u009c\u007f\b\r${IN_RECORDS}`;

export interface HostileStory {
  readonly story: Story;
  /** Paths of the texts that could be replaced, `type path`. */
  readonly replaced: readonly string[];
}

/** A record of every type that a company may sign, with hostile text wherever its schema lets text stand. */
export async function hostileStory(): Promise<HostileStory> {
  const story = new Story();
  const replaced: string[] = [];
  const company = await story.company('seller', ['seller', 'carrier', 'inspector', 'laboratory', 'producer']);
  const person = Actor.person('person');
  for (const type of Object.keys(SAMPLES) as RecordTypeName[]) {
    const { full } = SAMPLES[type];
    if (type === 'key-event' || type === 'aggregation' || type === 'manifest') continue;
    const signer = type === 'statement' ? person : company;
    let payload = full as unknown as Fields;
    for (const path of textsIn(payload)) {
      const changed = replacedAt(payload, path);
      if (!(await isSignable(signer, type, changed))) continue;
      payload = changed;
      replaced.push(`${type} ${path.join('.')}`);
    }
    // What it names is held by its signer, so that the references are whole.
    const definition = RECORD_TYPES.get(type)!;
    const seen = definition.references(payload).map(({ id }) => id);
    await story.sign(signer, type, payload, { seen: [...new Set(seen)] });
  }
  await story.sign(
    company,
    'key-event',
    {
      action: 'revoke',
      key: fromHex(company.kid),
      suspectFrom: { utcS: T0, offsetMin: 0 },
      reason: IN_RECORDS,
    },
    { sub: `urn:goodorder:key:${company.kid}` },
  );
  // An unknown type bears any name, and a record that does not verify says anything.
  await story.signRaw(company, {
    type: `x-${'y'.repeat(40)}`,
    fields: { [IN_RECORDS]: IN_RECORDS },
    link: [1, 0, null, [], null, []],
  });
  return { story, replaced };
}

type Path = readonly (string | number)[];

function textsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, member]) => textsIn(member, [...path, key]));
}

function replacedAt(value: unknown, [key, ...rest]: Path): Fields {
  if (key === undefined) return IN_RECORDS as unknown as Fields;
  if (Array.isArray(value))
    return value.map((item, index) => (index === key ? replacedAt(item, rest) : item)) as unknown as Fields;
  return Object.fromEntries(
    Object.entries(value as object).map(([name, member]) => [
      name,
      name === key ? replacedAt(member, rest) : member,
    ]),
  ) as Fields;
}

async function isSignable({ iss, signer }: Actor, type: RecordTypeName, payload: Fields): Promise<boolean> {
  let salts = 0;
  const salt = (): Uint8Array => {
    salts += 1;
    return new Uint8Array(16).fill(salts);
  };
  return signRecord({
    signer,
    iss,
    sub: ITEM,
    type,
    payload,
    iat: T0,
    state: { seq: 0, prev: null, lane: null },
    salt,
  }).then(
    () => true,
    () => false,
  );
}
