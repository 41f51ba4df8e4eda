import { GoodOrderError } from '../../errors.js';
import { type Dyadic, dyadicOf } from './dyadic.js';
import { child, childrenOf, type EbmlElement, floatOf, readElements, textOf, unsignedOf } from './ebml.js';
import type { Declared } from './recording.js';

/** Ids of the elements that are read, as the maker's schema `mide` lists them. */
const IDE = {
  header: 0x1a45_dfa3,
  docType: 0x4282,
  session: 0x1853_8067,
  properties: 0x1852_6570,
  calibrations: 0x4b00,
  timeBase: 0x5462,
  simpleBlock: 0xa0,
  block: 0xa1,
  blockChannel: 0xb0,
  blockPayload: 0xb2,
  startAbsolute: 0xb8,
  endAbsolute: 0xb9,
  startModulo: 0xba,
  endModulo: 0xbb,
} as const;

export interface Polynomial {
  /** From the highest power to the lowest; of two variables: xy, x, y, 1. */
  readonly coefficients: readonly Dyadic[];
  readonly reference: Dyadic;
  /** The channel that gives the second variable. */
  readonly second: {
    readonly channel: number;
    readonly subchannel: number;
    readonly reference: Dyadic;
  } | null;
}

export interface IdeSubchannel {
  readonly name: string;
  readonly label: string;
  readonly units: string;
  readonly calibration: number | null;
}

export interface IdeChannel {
  readonly id: number;
  readonly name: string;
  /** As Python's struct writes it, such as `<hhh`; null for a format that only the maker's library knows. */
  readonly format: string | null;
  readonly calibration: number | null;
  /** Seconds a tick. */
  readonly tick: { readonly num: bigint; readonly den: bigint };
  readonly modulus: number;
  readonly subchannels: readonly IdeSubchannel[];
}

export interface IdeBlock {
  readonly channel: number;
  /** Ticks since the session's start; rolled over where the recorder counts modulo. */
  readonly start: number;
  readonly end: number | null;
  readonly isModulo: boolean;
  readonly payload: Uint8Array;
}

export interface IdeFile {
  readonly startS: number | null;
  readonly channels: readonly IdeChannel[];
  readonly calibrations: ReadonlyMap<number, Polynomial>;
  readonly blocks: readonly IdeBlock[];
  /** Blocks whose header cannot be read. */
  readonly brokenBlocks: number;
  /** Bytes that the last element lacks. */
  readonly missing: number;
  readonly declared: Declared;
}

/** Is this EBML of the maker's document type? */
export function isIde(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x1a || bytes[1] !== 0x45 || bytes[2] !== 0xdf || bytes[3] !== 0xa3) return false;
  try {
    const header = readElements(bytes.subarray(0, 4096)).elements[0];
    return header?.id === IDE.header && textOf(child(childrenOf(header), IDE.docType)) === 'mide';
  } catch {
    return false;
  }
}

/** The whole file, its samples still packed. Throws `sensor-import.columns` for a broken or very old one. */
export function readIde(bytes: Uint8Array): IdeFile {
  const top = readElements(bytes);
  const elements = top.elements.flatMap((element) =>
    element.id === IDE.session && element.content.length > 0
      ? readElements(element.content).elements
      : [element],
  );
  const properties = elements.filter(({ id }) => id === IDE.properties).flatMap(childrenOf);
  const calibrations = elements.filter(({ id }) => id === IDE.calibrations).flatMap(childrenOf);
  const channels = properties
    .filter(({ id }) => id === 0x5270)
    .flatMap(childrenOf)
    .filter(({ id }) => id === 0x5271)
    .map((element) => channelOf(childrenOf(element)));
  if (channels.length === 0) {
    throw new GoodOrderError(
      'sensor-import.columns',
      'the recording does not describe its channels: export it as CSV with the maker’s program',
    );
  }
  const blocks: IdeBlock[] = [];
  let brokenBlocks = 0;
  for (const element of elements) {
    if (element.id !== IDE.block && element.id !== IDE.simpleBlock) continue;
    const block = element.id === IDE.block ? blockOf(childrenOf(element)) : simpleBlockOf(element.content);
    if (block === null) brokenBlocks += 1;
    else if (block.payload.length > 0) blocks.push(block);
  }
  return {
    startS: unsignedOf(elements.find(({ id }) => id === IDE.timeBase)),
    channels,
    calibrations: new Map(calibrations.flatMap(polynomialOf)),
    blocks,
    brokenBlocks,
    missing: top.missing,
    declared: declaredOf(childrenOf(child(properties, 0x5210)), calibrations),
  };
}

function channelOf(parts: readonly EbmlElement[]): IdeChannel {
  const modulus = unsignedOf(child(parts, 0x5278));
  return {
    id: unsignedOf(child(parts, 0x5272)) ?? -1,
    name: textOf(child(parts, 0x5273)) ?? '',
    format: child(parts, 0x5276) === undefined ? textOf(child(parts, 0x5275)) : null,
    calibration: unsignedOf(child(parts, 0x5274)),
    tick: tickOf(textOf(child(parts, 0x5277))),
    modulus: modulus === null || modulus < 1 ? 2 ** 24 : modulus,
    subchannels: parts
      .filter(({ id }) => id === 0x52a0)
      .map(childrenOf)
      .map((sub) => ({
        name: textOf(child(sub, 0x52a2)) ?? '',
        label: textOf(child(sub, 0x52a5)) ?? '',
        units: textOf(child(sub, 0x52a6)) ?? '',
        calibration: unsignedOf(child(sub, 0x52a3)),
      })),
  };
}

const MAX_DIGITS = 12;

/** `1.0/32768`, `0.001`, `1`; a 32,768th of a second where nothing is said. */
function tickOf(text: string | null): IdeChannel['tick'] {
  const match = /^(\d+)(?:\.(\d+))?(?:\s*\/\s*(\d+)(?:\.0+)?)?$/.exec(text ?? '1/32768');
  const [, whole = '0', decimals = '', divisor = '1'] = match ?? [];
  if (match === null || [whole, decimals, divisor].some(({ length }) => length > MAX_DIGITS))
    throw new GoodOrderError('sensor-import.columns', `\`${text}\` is no scale of time`);
  const num = BigInt(whole + decimals);
  const den = 10n ** BigInt(decimals.length) * BigInt(divisor);
  if (num === 0n || den === 0n) throw new GoodOrderError('sensor-import.columns', 'a tick of no time');
  return { num, den };
}

function polynomialOf(element: EbmlElement): [number, Polynomial][] {
  if (element.id !== 0x4b01 && element.id !== 0x4b02) return [];
  const parts = childrenOf(element);
  const id = unsignedOf(child(parts, 0x4b03));
  const coefficients = parts.filter((part) => part.id === 0x4b08).map(floatOf);
  const float = (part: EbmlElement | undefined): number | null => (part === undefined ? 0 : floatOf(part));
  const reference = float(child(parts, 0x4b04));
  const reference2 = float(child(parts, 0x4b05));
  const channel = unsignedOf(child(parts, 0x4b06));
  const subchannel = unsignedOf(child(parts, 0x4b07));
  const bivariate = element.id === 0x4b02;
  if (id === null || reference === null || reference2 === null || coefficients.includes(null)) return [];
  if (bivariate && (coefficients.length !== 4 || channel === null || subchannel === null)) return [];
  return [
    [
      id,
      {
        coefficients: coefficients.map((value) => dyadicOf(value!)),
        reference: dyadicOf(reference),
        second: bivariate
          ? { channel: channel!, subchannel: subchannel!, reference: dyadicOf(reference2) }
          : null,
      },
    ],
  ];
}

function blockOf(parts: readonly EbmlElement[]): IdeBlock | null {
  const channel = unsignedOf(child(parts, IDE.blockChannel));
  const absolute = unsignedOf(child(parts, IDE.startAbsolute));
  const start = absolute ?? unsignedOf(child(parts, IDE.startModulo));
  const payload = child(parts, IDE.blockPayload)?.content ?? new Uint8Array();
  if (channel === null || start === null) return null;
  return {
    channel,
    start,
    end: unsignedOf(child(parts, absolute === null ? IDE.endModulo : IDE.endAbsolute)),
    isModulo: absolute === null,
    payload,
  };
}

/** Two bytes of time, one of channel, then samples. */
function simpleBlockOf(content: Uint8Array): IdeBlock | null {
  if (content.length < 3) return null;
  const start = content[0]! * 256 + content[1]!;
  return { channel: content[2]!, start, end: null, isModulo: true, payload: content.subarray(3) };
}

function declaredOf(info: readonly EbmlElement[], calibrations: readonly EbmlElement[]): Declared {
  const serial = unsignedOf(child(info, 0x5212));
  const product = textOf(child(info, 0x5214));
  const part = textOf(child(info, 0x5218));
  const firmware = textOf(child(info, 0x521c)) ?? unsignedOf(child(info, 0x5217))?.toString() ?? null;
  const instant = (id: number): { utcS: number; offsetMin: number } | null => {
    const utcS = unsignedOf(child(calibrations, id));
    return utcS === null || utcS === 0 || utcS > 253_402_300_799 ? null : { utcS, offsetMin: 0 };
  };
  const calibratedAt = instant(0x4b20);
  const calibrationDueAt = instant(0x4b22);
  const model = [...new Set([product, part].filter((name) => name !== null))].join(' ');
  return {
    ...(serial === null
      ? {}
      : {
          device: {
            id: String(serial),
            ...(model === '' ? {} : { model: model.slice(0, 200) }),
            maker: 'Midé / enDAQ',
          },
        }),
    ...(firmware === null ? {} : { firmware: firmware.slice(0, 200) }),
    ...(calibratedAt === null ? {} : { calibratedAt }),
    ...(calibrationDueAt === null ? {} : { calibrationDueAt }),
  };
}
