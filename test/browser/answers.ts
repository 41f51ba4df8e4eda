import {
  decodeCbor,
  diagnose,
  GoodOrderError,
  makeVerifyReport,
  mergePassports,
  merkleRoot,
  parseInstant,
  parseNote,
  parseSubject,
  readCoseKey,
  readCredential,
  readReceipt,
  readRecord,
  readTrustFile,
  scanCbor,
  verifyEd25519,
  verifyEd25519Sync,
  verifyInclusion,
  verifyPassport,
} from 'goodorder';
import { verifyEsp256 } from '../../src/crypto/esp256.js';
import { digestsOf } from '../finding/scenario-digests.js';

/** Loads in a page: nothing here knows Node. What it answers is compared, text for text, with what it answers in Node. */

type Case = Readonly<Record<string, unknown>>;

/** Vector files by name, each with its cases. */
export type Vectors = Readonly<Record<string, readonly Case[]>>;

/** For each file, one text a case. */
export type Answers = Record<string, string[]>;

/** Answers every case of every file that has a question here. */
export async function answerAll(vectors: Vectors): Promise<Answers> {
  const answers: Answers = {};
  for (const [name, cases] of Object.entries(vectors)) {
    const question = QUESTIONS[name] ?? (name.startsWith('passports-') ? verifyCase : undefined);
    if (question === undefined) continue;
    const texts: string[] = [];
    for (const one of cases) texts.push(JSON.stringify(await attempt(() => question(one)), plain));
    answers[name] = texts;
  }
  return answers;
}

const QUESTIONS: Readonly<Record<string, (one: Case) => unknown>> = {
  encoding: ({ hex }) =>
    typeof hex === 'string'
      ? [scanCbor(fromHex(hex)), diagnose(fromHex(hex)), decodeCbor(fromHex(hex))]
      : null,
  instants: ({ text }) => parseInstant(text as string),
  subjects: ({ text }) => parseSubject(text as string),
  keys: ({ hex }) => readCoseKey(fromHex(hex)),
  signatures: async ({ alg, x, y, message, signature }) => {
    const question = [fromHex(signature), fromHex(message), fromHex(x)] as const;
    return alg === -19
      ? [await verifyEd25519(...question), verifyEd25519Sync(...question)]
      : verifyEsp256(...question, fromHex(y));
  },
  records: ({ hex }) => {
    const read = readRecord(fromHex(hex));
    return read.ok ? [read.record.id, read.record.payload, read.diagnostics] : read;
  },
  credentials: ({ hex }) => readCredential(fromHex(hex)),
  receipts: ({ hex }) => readReceipt(fromHex(hex)),
  notes: ({ note }) => parseNote(fromBase64(note)),
  merkle: ({ leaves, index, size, leafHash, path, root }) =>
    leafHash === undefined
      ? merkleRoot((leaves as string[]).map(fromHex))
      : verifyInclusion({
          index: index as number,
          size: size as number,
          leafHash: fromHex(leafHash),
          path: (path as string[]).map(fromHex),
          root: fromHex(root),
        }),
  'trust-files': ({ text }) => readTrustFile(text as string),
  // Finding, explanations and what would change it.
  scenarios: ({ name, passports, trust, dispute }) =>
    digestsOf({
      name: name as string,
      passports: (passports as string[]).map(fromBase64),
      trust: trust as string,
      dispute: dispute as Case,
    }),
  merges: ({ inputs }) => mergePassports((inputs as string[]).map(fromBase64)),
};

async function verifyCase({ passport, trust, at, trustMinSequence, limit }: Case): Promise<unknown> {
  const verified = await verifyPassport(fromBase64(passport), {
    trust: typeof trust === 'string' ? readTrustFile(trust) : null,
    at: at as number,
    ...(typeof trustMinSequence === 'number' ? { trustMinSequence } : {}),
    ...(typeof limit === 'number' ? { limit } : {}),
  });
  return [makeVerifyReport(verified, { version: '0' }), verified.records];
}

/** A refusal is an answer: its code, message and place. */
async function attempt(question: () => unknown): Promise<unknown> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof GoodOrderError) return [error.name, error.code, error.message, error.place];
    return error instanceof Error ? [error.name, error.message] : ['thrown', String(error)];
  }
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: Array.from(value, byteText).join('') };
  if (value instanceof Map) return { map: Array.from(value) };
  if (value instanceof Set) return { set: Array.from(value) };
  return typeof value === 'bigint' ? { integer: String(value) } : value;
}

function byteText(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function fromHex(text: unknown): Uint8Array {
  return Uint8Array.from((text as string).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function fromBase64(text: unknown): Uint8Array {
  return Uint8Array.from(atob(text as string), (unit) => unit.charCodeAt(0));
}
