import { expect } from 'vitest';
import { type CborKey, type CborValue, encodeCbor } from '../../src/codec/cbor.js';
import { concatBytes, fromHex } from '../../src/codec/hex.js';
import { CREDENTIAL_TYP } from '../../src/credential/credential.js';
import {
  encodeSign1,
  isSign1Fault,
  type Sign1Parts,
  sigStructure,
  splitSign1,
} from '../../src/crypto/cose-sign1.js';
import type { Signer } from '../../src/crypto/signer.js';
import { payloadMap } from '../../src/record/sign-record.js';
import { type Actor, hashOf, ITEM, idOf, Story, statement, T0 } from '../verify/story.js';
import { accusations, troubles, verdictOn } from './verdict.js';

type Members = Map<CborKey, CborValue>;
type Changes = readonly (readonly [CborKey, CborValue | undefined])[];

/** The header of a key's first record about the item, as an honest signer writes it, with members put over it. */
export function headerMap(actor: Actor, more: Changes = [], type = 'statement'): Members {
  const members = new Map<CborKey, CborValue>([
    [1, actor.signer.alg],
    [3, `application/vnd.goodorder.${type}+cbor`],
    [4, fromHex(actor.kid)],
    [
      15,
      new Map<CborKey, CborValue>([
        [1, actor.iss],
        [2, ITEM],
        [6, T0],
      ]),
    ],
    [16, 'application/vnd.goodorder.record+cose'],
    [-70001, [1, 0, null, [], null, []]],
  ]);
  for (const [label, value] of more) {
    if (value === undefined) members.delete(label);
    else members.set(label, value);
  }
  return members;
}

/** The payload of a statement, with members put over it. */
export function statementMap(more: readonly (readonly [CborKey, CborValue])[] = []): Members {
  return new Map([...payloadMap(1, statement('x')), ...more]);
}

/** A COSE_Sign1 over any bytes, signed for good. */
export async function sealed(
  signer: Signer,
  header: Uint8Array | Members,
  payload: Uint8Array | Members,
): Promise<Uint8Array> {
  const protectedBytes = header instanceof Uint8Array ? header : encodeCbor(header);
  const payloadBytes = payload instanceof Uint8Array ? payload : encodeCbor(payload);
  return encodeSign1(
    protectedBytes,
    payloadBytes,
    await signer.sign(sigStructure(protectedBytes, payloadBytes)),
  );
}

export function partsOf(record: Uint8Array): Sign1Parts {
  const parts = splitSign1(record);
  if (isSign1Fault(parts)) throw new Error(parts.code);
  return parts;
}

/** The record with another signature. */
export function withSignature(record: Uint8Array, change: (signature: Uint8Array) => Uint8Array): Uint8Array {
  const parts = partsOf(record);
  return encodeSign1(parts.protected, parts.payload, change(parts.signature.slice()));
}

/** Stands where the bytes of an attack go: the text `@@@@@@`. */
const MARK_TEXT = '@@@@@@';
const MARK = encodeCbor(MARK_TEXT);

/** Where the needle begins in the bytes, or −1. */
export function indexOf(bytes: Uint8Array, needle: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(needle);
}

/** The encoding with these bytes where the mark stood, and where they begin. */
function marked(value: CborValue, bytes: Uint8Array): { whole: Uint8Array; at: number } {
  const encoded = encodeCbor(value);
  const at = indexOf(encoded, MARK);
  const whole = concatBytes(encoded.subarray(0, at), bytes, encoded.subarray(at + MARK.length));
  return { whole, at };
}

/** A seller with a path, who has signed one good statement. */
export async function sellerStory(): Promise<{ story: Story; actor: Actor }> {
  const story = new Story();
  const actor = await story.company('seller', ['seller']);
  await story.say(actor, 'first');
  return { story, actor };
}

/** Link of the actor's next record about the item. */
export function nextLink(actor: Actor): readonly [CborKey, CborValue] {
  const { seq, prev, lane } = actor.position(ITEM);
  return [-70001, [1, seq, fromHex(prev!), [], fromHex(lane!), []]];
}

/** A story in which the seller really signed a second record with these members in its header. */
export async function secondRecord(
  members: Changes,
  change: (record: Uint8Array) => Uint8Array = (record) => record,
): Promise<{ story: Story; actor: Actor; id: string }> {
  const { story, actor } = await sellerStory();
  const header = headerMap(actor, [nextLink(actor), ...members]);
  const record = change(await sealed(actor.signer, header, statementMap()));
  story.records.push(record);
  return { story, actor, id: idOf(record) };
}

/** What verification says of the story: the verdict, and every code that is more than an info. It accuses nobody. */
export async function answer(story: Story): Promise<(string | string[])[]> {
  const passport = await verdictOn(story);
  expect(accusations(passport)).toEqual([]);
  expect(passport.counts['internal']).toBeUndefined();
  return [passport.verdict, troubles(passport)];
}

/** A place of a passport where CBOR stands: these very bytes are put there as one value, and signed where one signs. */
export interface Spot {
  readonly name: string;
  /** Level of the value in its item, the outermost being 1. */
  readonly depth: number;
  /** `at`: offset of the value in the file. */
  put(value: Uint8Array): Promise<{ readonly story: Story; readonly bytes: Uint8Array; readonly at: number }>;
}

interface Put {
  readonly element: Uint8Array;
  readonly whole: Uint8Array;
  readonly at: number;
}

function spot(
  name: string,
  depth: number,
  add: (story: Story, actor: Actor, value: Uint8Array) => Promise<Put> | Put,
): Spot {
  return {
    name,
    depth,
    async put(value) {
      const { story, actor } = await sellerStory();
      const { element, whole, at } = await add(story, actor, value);
      const bytes = story.file();
      return { story, bytes, at: indexOf(bytes, element) + indexOf(element, whole) + at };
    },
  };
}

const credentialHeader = (issuer: Actor, more: readonly (readonly [CborKey, CborValue])[] = []): Members =>
  new Map<CborKey, CborValue>([[1, -19], [4, fromHex(issuer.kid)], [16, CREDENTIAL_TYP], ...more]);

const credentialMap = (actor: Actor, more: readonly (readonly [CborKey, CborValue])[] = []): Members =>
  new Map<CborKey, CborValue>([
    ['party', actor.iss],
    ['key', fromHex(actor.kid)],
    ['roles', []],
    ['from', 0],
    ['until', 1],
    ...more,
  ]);

/** Every place where somebody else's CBOR is read as such. */
export const SPOTS: readonly Spot[] = [
  spot('a payload', 3, async (story, actor, value) => {
    const { whole, at } = marked(statementMap([['x', new Map([['a', MARK_TEXT]])]]), value);
    const element = await sealed(actor.signer, headerMap(actor), whole);
    story.records.push(element);
    return { element, whole, at };
  }),
  spot('a protected header', 2, async (story, actor, value) => {
    const { whole, at } = marked(headerMap(actor, [[99, MARK_TEXT]]), value);
    const element = await sealed(actor.signer, whole, statementMap());
    story.records.push(element);
    return { element, whole, at };
  }),
  spot('a credential', 2, async (story, actor, value) => {
    const { whole, at } = marked(credentialMap(actor, [['x', MARK_TEXT]]), value);
    const element = await sealed(story.authority.signer, credentialHeader(story.authority), whole);
    story.credentials.push(element);
    return { element, whole, at };
  }),
  spot('the header of a credential', 2, async (story, actor, value) => {
    const { whole, at } = marked(credentialHeader(story.authority, [[99, MARK_TEXT]]), value);
    const element = await sealed(story.authority.signer, whole, credentialMap(actor));
    story.credentials.push(element);
    return { element, whole, at };
  }),
  spot('an opening', 2, (story, _, value) => {
    const { whole, at } = marked([fromHex(story.ids[0]!), ['text'], new Uint8Array(16), MARK_TEXT], value);
    story.openings.push(whole);
    return { element: whole, whole, at };
  }),
  spot('a key', 2, (story, _, value) => {
    const key = new Map<CborKey, CborValue>([
      [1, 99],
      [-1, MARK_TEXT],
    ]);
    const { whole, at } = marked(key, value);
    story.keys.add({ alg: -19, coseKey: whole, kid: hashOf('nobody'), sign: neverSigns });
    return { element: whole, whole, at };
  }),
];

function neverSigns(): Promise<never> {
  return Promise.reject(new Error('this key signs nothing'));
}
