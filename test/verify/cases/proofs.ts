import { concatBytes, fromHex, utf8Bytes } from '../../../src/codec/hex.js';
import { sha256 } from '../../../src/crypto/hash.js';
import { buildLog } from '../../../src/log/build-log.js';
import { cosign } from '../../../src/log/cosignature.js';
import { encodeReceipt, readReceipt } from '../../../src/log/receipt.js';
import {
  Actor,
  AT,
  DAY,
  hashOf,
  idOf,
  instant,
  LOG,
  type Story,
  T0,
  WITNESSES,
  withheld,
  witnessedAt,
} from '../story.js';
import { type Case, type Cases, failed, input, limited, passed, seller } from './case.js';

/** The seller's record, logged; the case changes note or receipt. */
function logged(change: (story: Story, note: string) => void = () => {}, time = T0 + DAY): Case['make'] {
  return async () => {
    const { story } = await seller();
    const { note } = story.log([story.ids[0]!], time);
    change(story, note);
    return input(story);
  };
}

/** The receipt and note as one the other replaces: the receipt names the changed note. */
function withNote(change: (note: Uint8Array) => Uint8Array): Case['make'] {
  return logged((story) => {
    story.notes[0] = change(story.notes[0]!);
    rename(story, 0);
  });
}

function rename(story: Story, index: number): void {
  const receipt = readReceipt(story.receipts[index]!);
  if ('code' in receipt) throw new Error(receipt.code);
  story.receipts[index] = encodeReceipt({ ...receipt, note: idOf(story.notes[0]!) });
}

/** Notes come in as anchors of a second record: the file may hold any of them. */
function anchoredNotes(
  make: (story: Story) => readonly Uint8Array[],
  rest: Parameters<typeof input>[1] = {},
): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    const notes = make(story);
    story.notes.push(...notes);
    await story.say(actor, 'second', { anchors: notes.map(idOf), iat: T0 + 2 * DAY });
    return input(story, rest);
  };
}

const note = (entries: readonly string[], witnesses = witnessedAt(T0 + DAY)): Uint8Array =>
  buildLog(LOG, entries.map(hashOf)).checkpoint(witnesses);

const sensorBatch = (from: number, to: number, root: string): Record<string, unknown> => ({
  from: instant(from),
  to: instant(to),
  device: { id: 'L-0042' },
  quantity: 'temperature',
  unit: 'milliC',
  sampleCount: 2,
  intervalUs: 60_000_000,
  recording: { mode: 'continuous' },
  root: fromHex(hashOf(root)),
  min: 3000,
  max: 5000,
  gaps: [],
  clockOffsetMs: 0,
  attachedTo: 'https://id.gs1.org/01/09521234543213/21/SN0007',
  mount: 'package',
  location: 'package',
  endReason: 'stopped',
});

export const PROOF_CASES: Cases = {
  'time.iat-regress': passed(async () => {
    const { story, actor } = await seller();
    await story.say(actor, 'second', { iat: T0 - 1 });
    return input(story);
  }),
  'time.iat-before-lower': passed(async () => {
    const { story, actor } = await seller();
    story.log([], T0 + DAY);
    await story.say(actor, 'second', { anchors: [idOf(story.notes[0]!)], iat: T0 + DAY - 1 });
    return input(story);
  }),
  'time.iat-after-upper': [
    passed(logged(() => {}, T0 - 1)),
    passed(async () => {
      const { story, actor } = await seller();
      await story.say(actor, 'second', { iat: AT + 1 });
      return input(story);
    }),
  ],
  'time.contradiction': limited(async () => {
    const { story, actor } = await seller();
    story.log([], T0 + DAY);
    const { id } = await story.say(actor, 'second', { anchors: [idOf(story.notes[0]!)] });
    story.log([id], T0);
    return input(story);
  }, 'time.contradiction'),
  'time.after-at': passed(logged(() => {}, AT + 1)),
  'time.no-anchor': passed(async () => input((await seller()).story)),
  'token.not-checked': passed(async () => {
    const { story, actor } = await seller();
    story.tokens.push(utf8Bytes('a token'));
    await story.say(actor, 'second', { anchors: [idOf(story.tokens[0]!)] });
    return input(story);
  }),
  'note.malformed': failed(
    withNote((bytes) => bytes.subarray(0, bytes.length - 1)),
    'note.malformed',
    'receipt.dangling',
  ),
  'note.untrusted': [
    passed(
      anchoredNotes(() => [
        buildLog({ name: 'log.example/other', seed: LOG.seed }, [hashOf('x')]).checkpoint(),
      ]),
    ),
    passed(async () => {
      const { story } = await seller();
      story.log([story.ids[0]!], T0 + DAY);
      return input(story, { trust: story.trust({ logs: null }) });
    }),
  ],
  'note.sig-invalid': passed(
    withNote((bytes) => {
      const text = new TextDecoder().decode(bytes);
      const lines = text.trimEnd().split('\n');
      const last = lines.at(-1)!;
      const base64 = last.split(' ').at(-1)!;
      const blob = Buffer.from(base64, 'base64');
      blob[40]! ^= 1;
      return utf8Bytes(
        `${[...lines.slice(0, -1), last.replace(base64, blob.toString('base64'))].join('\n')}\n`,
      );
    }),
  ),
  'note.quorum': passed(anchoredNotes(() => [note(['x'], witnessedAt(T0 + DAY).slice(0, 1))])),
  'receipt.malformed': failed(
    logged((story) => story.receipts.push(concatBytes(Uint8Array.of(0x81), story.receipts[0]!))),
    'receipt.malformed',
  ),
  'receipt.dangling': [
    failed(
      logged((story) => story.notes.pop()),
      'receipt.dangling',
    ),
    failed(
      async () => {
        const { story } = await seller();
        story.log([story.ids[0]!], T0 + DAY, { tokens: [hashOf('a token that is not here')] });
        return input(story);
      },
      'passport.unreferenced',
      'receipt.dangling',
    ),
  ],
  'receipt.proof-invalid': failed(
    logged((story) => {
      const receipt = readReceipt(story.receipts[0]!);
      if ('code' in receipt) throw new Error(receipt.code);
      story.receipts[0] = encodeReceipt({ ...receipt, index: 0 });
    }),
    'passport.unreferenced',
    'receipt.proof-invalid',
  ),
  'receipt.origin': passed(async () => {
    const { story } = await seller();
    story.log([story.ids[0]!], T0 + DAY);
    return input(story, { trust: story.trust({ logs: null }) });
  }),
  'log.split-view': failed(
    anchoredNotes(() => [
      note(['x'], witnessedAt(T0 + DAY).slice(0, 1)),
      note(['y'], witnessedAt(T0 + DAY).slice(1)),
    ]),
    'log.split-view',
  ),
  'log.rollback': failed(
    async () => {
      const { story } = await seller();
      const [id] = story.ids as [string];
      // First the log held the record at index 1, then in a larger tree another one stands there.
      story.log([id], T0 + DAY);
      const later = buildLog(LOG, [hashOf('genesis'), hashOf('another'), id]);
      const bytes = later.checkpoint(witnessedAt(T0 + 2 * DAY));
      story.notes.push(bytes);
      story.receipts.push(later.receipt(id, bytes));
      return input(story);
    },
    'log.rollback',
    'witness.equivocation',
  ),
  'witness.equivocation': failed(
    anchoredNotes(() => {
      const other = { name: LOG.name, seed: sha256(utf8Bytes('another log key of that name')) };
      const foreign = buildLog(other, [hashOf('y')]).checkpoint();
      return [note(['x']), cosign(foreign, { ...WITNESSES[0], time: T0 + DAY })];
    }),
    'witness.equivocation',
  ),
  'sensor.overlap': passed(async () => {
    const { story, actor } = await seller();
    await story.sign(actor, 'sensor-batch', sensorBatch(T0, T0 + 600, 'one'));
    await story.sign(actor, 'sensor-batch', sensorBatch(T0 + 599, T0 + 900, 'two'));
    return input(story);
  }),
  internal: failed(async () => {
    const { story } = await seller();
    const trust = new Proxy(story.trust(), {
      get(target, name) {
        if (name === 'authorities') throw new Error('a bug');
        return Reflect.get(target, name);
      },
    });
    return input(story, { trust });
  }, 'internal'),
};

const gap = async (): Promise<{
  story: Story;
  actor: Actor;
  missing: { id: string; kid: string; sub: string; seq: number };
}> => {
  const { story, actor } = await seller();
  const missing = await story.say(actor, 'left out', { present: false });
  await story.say(actor, 'third');
  return { story, actor, missing: { ...missing.signed, seq: 1 } };
};

export const CHAIN_CASES: Cases = {
  'chain.gap': limited(async () => input((await gap()).story), 'chain.gap'),
  'chain.withheld': passed(async () => {
    const { story, missing } = await gap();
    const carrier = await story.company('carrier', ['carrier']);
    await story.manifest(carrier, { fields: { withheld: [withheld(missing, 'privacy')] } });
    return input(story);
  }),
  'chain.prev-other': limited(async () => {
    const { story, actor } = await seller();
    const { lane } = actor.position(story.trust().name);
    await story.say(actor, 'second', {
      position: { seq: 1, prev: hashOf('a record that was swapped'), lane },
    });
    return input(story);
  }, 'chain.prev-other'),
  'chain.fork': [
    failed(async () => {
      const { story, actor } = await seller();
      await story.say(actor, 'second', { advance: false });
      await story.say(actor, 'another second');
      return input(story);
    }, 'chain.fork'),
    // The same lane under two subjects.
    failed(async () => {
      const { story, actor } = await seller();
      const sub = `urn:goodorder:key:${actor.kid}`;
      await story.say(actor, 'second', { advance: false });
      await story.say(actor, 'about the key', { sub });
      return input(story);
    }, 'chain.fork'),
    // A stranger's fork is named and lowers nothing.
    passed(async () => {
      const { story } = await seller();
      const stranger = Actor.person('stranger');
      await story.say(stranger, 'one', { advance: false });
      await story.say(stranger, 'another');
      return input(story);
    }, 'chain.fork'),
  ],
};
