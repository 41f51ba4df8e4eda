import { type Dyadic, dyadicOf } from './dyadic.js';
import { calibrated, type Reference } from './ide-calibration.js';
import type { IdeBlock, IdeChannel, IdeFile, Polynomial } from './ide-file.js';

type Type = 'b' | 'B' | 'h' | 'H' | 'i' | 'I' | 'l' | 'L' | 'q' | 'Q' | 'f' | 'd';

const SIZES: Readonly<Record<Type, number>> = {
  b: 1,
  B: 1,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  q: 8,
  Q: 8,
  f: 4,
  d: 8,
};

/** How the samples of a channel are packed. */
export interface SampleFormat {
  readonly littleEndian: boolean;
  readonly types: readonly Type[];
  /** Where each stands in a sample. */
  readonly offsets: readonly number[];
  readonly size: number;
}

/** A format as Python's struct writes it; null for one with anything but numbers and pad bytes. */
export function formatOf(text: string): SampleFormat | null {
  const bare = text.replace(/\s/g, '');
  const littleEndian = bare.startsWith('<');
  const types: Type[] = [];
  const offsets: number[] = [];
  let size = 0;
  for (const [, count, letter = ''] of bare.replace(/^[<>!=@]/, '').matchAll(/(\d{0,2})(\D)/g)) {
    for (let i = 0; i < (count === '' ? 1 : Number(count)); i += 1) {
      if (letter === 'x') size += 1;
      else if (Object.hasOwn(SIZES, letter)) {
        types.push(letter as Type);
        offsets.push(size);
        size += SIZES[letter as Type];
      } else return null;
    }
  }
  return types.length === 0 || types.length > 64 ? null : { littleEndian, types, offsets, size };
}

export interface IdeSample {
  /** Microseconds since the session's start. */
  readonly atUs: number;
  /** Null for the rest of a block that holds no whole sample. */
  readonly raw: readonly Dyadic[] | null;
}

/**
 * The samples of a channel in order. The first of a block stands at its start, the last at its end, the others evenly
 * between; a block of one sample, or without an end, follows the step of the block before. Times are cut to microseconds.
 */
export function* blockSamples(
  blocks: readonly IdeBlock[],
  channel: IdeChannel,
  format: SampleFormat,
): Generator<IdeSample> {
  const toUs = (ticks: bigint, parts: bigint): number =>
    Number((ticks * channel.tick.num * 1_000_000n) / (channel.tick.den * parts));
  let rolled = 0;
  let previous = 0;
  const absolute = (ticks: number, isModulo: boolean): number => {
    if (!isModulo) return ticks;
    if (ticks < previous) rolled += channel.modulus;
    previous = ticks;
    return ticks + rolled;
  };
  let step = { ticks: 0n, parts: 1n };
  for (const block of blocks) {
    if (block.channel !== channel.id) continue;
    const start = BigInt(absolute(block.start, block.isModulo));
    const end = block.end === null ? null : BigInt(absolute(block.end, block.isModulo));
    const count = Math.floor(block.payload.length / format.size);
    const view = new DataView(block.payload.buffer, block.payload.byteOffset, block.payload.byteLength);
    if (end !== null && end > start && count > 1) step = { ticks: end - start, parts: BigInt(count - 1) };
    for (let index = 0; index < count; index += 1) {
      const raw = format.types.map((type, at) =>
        numberAt(view, index * format.size + format.offsets[at]!, type, format.littleEndian),
      );
      const atUs = toUs(start * step.parts + BigInt(index) * step.ticks, step.parts);
      yield { atUs, raw: raw.includes(null) ? null : (raw as Dyadic[]) };
    }
    if (count * format.size !== block.payload.length) yield { atUs: toUs(start, 1n), raw: null };
  }
}

function numberAt(view: DataView, at: number, type: Type, little: boolean): Dyadic | null {
  switch (type) {
    case 'b':
      return whole(view.getInt8(at));
    case 'B':
      return whole(view.getUint8(at));
    case 'h':
      return whole(view.getInt16(at, little));
    case 'H':
      return whole(view.getUint16(at, little));
    case 'i':
    case 'l':
      return whole(view.getInt32(at, little));
    case 'I':
    case 'L':
      return whole(view.getUint32(at, little));
    case 'q':
      return { value: view.getBigInt64(at, little), bits: 0 };
    case 'Q':
      return { value: view.getBigUint64(at, little), bits: 0 };
    default: {
      const value = type === 'f' ? view.getFloat32(at, little) : view.getFloat64(at, little);
      return Number.isFinite(value) ? dyadicOf(value) : null;
    }
  }
}

function whole(value: number): Dyadic {
  return { value: BigInt(value), bits: 0 };
}

/** The calibrated values of a subchannel that another one is corrected with; null where none were recorded. */
export function referenceOf(file: IdeFile, channelId: number, subchannel: number): Reference | null {
  const channel = file.channels.find(({ id }) => id === channelId);
  const format = channel?.format == null ? null : formatOf(channel.format);
  const sub = channel?.subchannels[subchannel];
  if (channel === undefined || format === null || sub === undefined) return null;
  const chain = [channel.calibration, sub.calibration]
    .map((id) => (id === null ? undefined : file.calibrations.get(id)))
    .filter((one): one is Polynomial => one !== undefined && one.second === null);
  const times: number[] = [];
  const values: Dyadic[] = [];
  for (const { atUs, raw } of blockSamples(file.blocks, channel, format)) {
    const value = raw?.[subchannel];
    if (value === undefined) continue;
    times.push(atUs);
    values.push(calibrated(value, chain, new Map(), atUs));
  }
  if (values.length === 0) return null;
  let at = 0;
  return (atUs) => {
    // Asked in order of time.
    if (times[at]! > atUs) at = 0;
    while (at + 1 < times.length && times[at + 1]! <= atUs) at += 1;
    return values[at]!;
  };
}
