import { BUYER, CARRIER, ITEM, SAMPLES, SELLER } from '../record/sample-payloads.js';
import { type Path, replaced, textPaths } from './naughty-fields.js';
import { naughtyTrust } from './naughty-passports.js';

/** A file that a person hands to the program, with a naughty text at one place; `name` tells which. */
export interface NaughtyFile {
  readonly name: string;
  readonly json: string;
}

const TRUST: unknown = {
  ...JSON.parse(naughtyTrust()),
  logs: 'log log.example+00000000+AAAA\nquorum none\n',
  tsas: [{ certificates: ['AAAA'], accuracyDefaultS: 1 }],
  revoked: [{ kid: 'ab'.repeat(32), suspectFrom: '2026-09-01T00:00:00Z' }],
};

const day = (date: number): string => `2026-09-0${date}T09:00:00+08:00`;

const DISPUTE: unknown = {
  schemaVersion: 1,
  id: 'case 9',
  openedAt: day(8),
  asOf: day(9),
  law: {
    forum: 'cn',
    contractDate: '2026-08-01',
    utcOffsetMin: 480,
    regimes: [{ leg: 'A', regime: 'cn-road' }],
  },
  parties: [
    { id: SELLER, name: 'the seller', roles: ['seller'], consumer: false },
    { id: CARRIER, name: 'the carrier', roles: ['carrier'], consumer: false },
    { id: BUYER, name: 'the buyer', roles: ['buyer'], consumer: true },
  ],
  carriages: [
    { id: 'c1', journey: 'outbound', chosenBy: 'seller', contractMode: 'road', contracting: CARRIER },
  ],
  passports: [],
  goods: [
    {
      unit: 'u1',
      sub: ITEM,
      durable: true,
      category: 'footwear',
      aspects: ['fracture', 'form'],
      priceMinor: 128_000,
      currency: 'CNY',
    },
  ],
  damages: [{ id: 'd1', unit: 'u1', aspect: 'form', region: 'whole', kind: 'shock', discoveredAt: day(7) }],
  claims: [
    {
      id: 'k1',
      edge: 'consumer-seller',
      creditor: BUYER,
      debtor: SELLER,
      damage: 'd1',
      head: 'loss',
      amountMinor: 128_000,
      currency: 'CNY',
    },
  ],
  defences: [{ id: 'f1', edge: 'consumer-seller', issue: 'bad-at-delivery' }],
  pleadings: [{ party: SELLER, issue: 'bad-at-delivery', position: 'deny' }],
  packs: [{ id: 'cn' }, { id: 'evidence.cn' }],
};

export const USUAL_DISPUTE = JSON.stringify(DISPUTE);

/** Every text of the value replaced once; the names that one value gives and another refers to, together too. */
function variants(value: unknown, text: string, together: readonly string[]): NaughtyFile[] {
  const at = (path: Path): NaughtyFile => ({
    name: path.join('.'),
    json: JSON.stringify(replaced(value, path, text)),
  });
  const holders = (old: string): Path[] =>
    textPaths(value).filter(
      (path) => path.reduce<unknown>((one, step) => one?.[step as never], value) === old,
    );
  const everywhere = (old: string): NaughtyFile => ({
    name: `every ${old}`,
    json: JSON.stringify(holders(old).reduce<unknown>((sum, path) => replaced(sum, path, text), value)),
  });
  const key = { ...(value as object) };
  Object.defineProperty(key, text, { value: 1, enumerable: true });
  return [
    ...textPaths(value).map(at),
    ...together.map(everywhere),
    { name: 'a key', json: JSON.stringify(key) },
  ];
}

export function trustVariants(text: string): readonly NaughtyFile[] {
  // Without the members that are made up, the file is read to its end.
  const { logs: _logs, tsas: _tsas, ...rest } = TRUST as Record<string, unknown>;
  const name: NaughtyFile = { name: 'name, all else well', json: JSON.stringify({ ...rest, name: text }) };
  return [...variants(TRUST, text, []), name];
}

export function disputeVariants(text: string): readonly NaughtyFile[] {
  return variants(DISPUTE, text, ['u1', 'd1', SELLER, 'footwear']);
}

/** A draft of a record as people write it, to be signed. */
export function draftVariants(text: string): readonly NaughtyFile[] {
  const { full } = SAMPLES.statement;
  const payload = { ...full, occurredAt: day(1), about: { item: ITEM } } as unknown as Record<
    string,
    unknown
  >;
  const { occasion: _occasion, identification: _identification, actsFor: _actsFor, ...said } = payload;
  return variants({ schemaVersion: 1, type: 'statement', sub: ITEM, payload: said }, text, []);
}
