import { GoodOrderError } from '../../../errors.js';
import type { Quantity } from '../../../record/types/sensor-batch.js';
import { type Dyadic, scaled } from '../dyadic.js';
import { calibrated, type Reference } from '../ide-calibration.js';
import { type IdeChannel, type IdeFile, isIde, readIde } from '../ide-file.js';
import { blockSamples, formatOf, referenceOf, type SampleFormat } from '../ide-samples.js';
import type { Channel, LoggerFamily } from '../logger-family.js';
import type { Contradiction, Declared, Given, Recording, ShockAxis } from '../recording.js';
import { RowLedger } from '../row-ledger.js';
import { SampleColumns } from '../sample-columns.js';
import { deviceOf, resolveStart } from '../table-logger.js';
import { quantityOfLabel, unitOfLabel } from '../unit-label.js';
import { WRITTEN_UNITS, type WrittenUnit } from '../units.js';

/**
 * enDAQ and Slam Stick recordings (`.IDE`): EBML that describes its own channels, with calibration polynomials. Values are
 * evaluated exactly, coefficients being fractions of powers of two, and rounded once.
 */
export const endaq: LoggerFamily = {
  name: 'endaq',
  title: 'enDAQ / Slam Stick .IDE',
  recognises: ({ bytes }) => isIde(bytes),
  open: ({ bytes }) => {
    const file = readIde(bytes);
    const channels: Channel[] = [];
    const left: string[] = [];
    for (const channel of file.channels) {
      const format = channel.format === null ? null : formatOf(channel.format);
      const recorded = file.blocks.some((block) => block.channel === channel.id);
      if (format === null || format.types.length !== channel.subchannels.length || !recorded) {
        left.push(`${channel.id} ${channel.name}${recorded ? '' : ' (nothing recorded)'}`);
        continue;
      }
      for (const group of groupsOf(channel, left)) {
        channels.push({
          name: `${channel.id} ${channel.name}: ${group.columns.map(({ name }) => name).join(', ')}`,
          quantity: group.quantity,
          read: (given) => readGroup(file, channel, format, group, given),
        });
      }
    }
    return { channels, left };
  },
};

interface Group {
  readonly quantity: Quantity;
  readonly unit: WrittenUnit;
  readonly columns: readonly { readonly index: number; readonly name: string }[];
  readonly axes: readonly ShockAxis[];
}

/** The axes of an accelerometer together, everything else by itself. */
function groupsOf({ id, name, subchannels }: IdeChannel, left: string[]): Group[] {
  const groups: Group[] = [];
  const shock: { index: number; name: string; axis: ShockAxis }[] = [];
  let shockUnit: WrittenUnit = 'g';
  for (const [index, sub] of subchannels.entries()) {
    const unit = sub.units === 'RH' ? '%RH' : unitOfLabel(sub.units);
    const label = sub.label === '' ? name : sub.label;
    const quantity = unit === null ? null : quantityOfLabel(label, unit);
    const title = sub.name === '' ? label : sub.name;
    if (unit === null || quantity === null) {
      left.push(`${id} ${name}: ${title} [${sub.units}]`);
      continue;
    }
    const axis = /^([XYZ])\b/.exec(sub.name)?.[1]?.toLowerCase() as ShockAxis | undefined;
    if (quantity === 'acceleration' && axis !== undefined && !shock.some((other) => other.axis === axis)) {
      shock.push({ index, name: title, axis });
      shockUnit = unit;
    } else {
      const axes: readonly ShockAxis[] = quantity === 'acceleration' ? ['any'] : [];
      groups.push({ quantity, unit, columns: [{ index, name: title }], axes });
    }
  }
  if (shock.length > 0) {
    groups.unshift({
      quantity: 'acceleration',
      unit: shockUnit,
      columns: shock,
      axes: shock.map(({ axis }) => axis),
    });
  }
  return groups;
}

const MICROS = 1_000_000;

function readGroup(
  file: IdeFile,
  channel: IdeChannel,
  format: SampleFormat,
  group: Group,
  given: Given,
): Recording {
  const contradictions: Contradiction[] = [];
  const utc = { text: 'UTC', offsetMin: 0, mayBe: [0] };
  const deviceStart = file.startS === null ? null : { localUs: file.startS * MICROS };
  const { instant, zone } = resolveStart(
    deviceStart,
    utc,
    given.start === undefined ? {} : { start: given.start },
    contradictions,
  );
  const offsetMin = given.start?.offsetMin ?? given.utcOffsetMin ?? 0;
  const scale = WRITTEN_UNITS[group.unit];
  const readers = group.columns.map(({ index }) =>
    reader(file, channel, channel.subchannels[index]!.calibration, scale, contradictions),
  );
  const ledger = new RowLedger();
  const columns = new SampleColumns(readers.length);
  const values = readers.map(() => 0);
  const startUs = instant.utcS * MICROS;
  let point = 0;
  for (const { atUs, raw } of blockSamples(file.blocks, channel, format)) {
    point += 1;
    ledger.row();
    const at = startUs + atUs;
    if (raw === null || at < columns.lastTimeUs) {
      ledger.refuse(point, raw === null ? 'columns' : 'time-backwards');
      continue;
    }
    let sound = true;
    for (let column = 0; column < readers.length; column += 1) {
      const value = readers[column]!(raw[group.columns[column]!.index]!, atUs);
      values[column] = value ?? 0;
      sound &&= value !== null;
    }
    if (sound) columns.add(at, values);
    else ledger.refuse(point, 'value-range');
  }
  const samples = columns.samples();
  if (samples.count === 0) throw new GoodOrderError('sensor-import.empty', 'the channel holds no sample');
  if (file.missing > 0) {
    contradictions.push({
      about: 'span',
      stated: `${file.missing} more bytes`,
      found: 'the file ends within an element',
    });
  }
  if (file.brokenBlocks > 0) {
    contradictions.push({
      about: 'count',
      stated: 'blocks of samples',
      found: `${file.brokenBlocks} without channel or time`,
    });
  }
  const { writtenUnit: _u, dateOrder: _d, deviceId, utcOffsetMin: _z, start: _s, ...rest } = given;
  const declared: Declared = { ...file.declared, ...rest };
  const device = deviceOf(declared.device, deviceId);
  return {
    quantity: group.quantity,
    axes: group.axes,
    offsetMin,
    samples,
    declared: { ...declared, ...(device === undefined ? {} : { device }) },
    report: { ...ledger.report(samples.count, contradictions, zone), family: 'endaq' },
  };
}

/** From a raw number to the integer unit; null where it does not fit. Raw integers repeat: each is computed once. */
function reader(
  file: IdeFile,
  channel: IdeChannel,
  own: number | null,
  scale: { readonly num: number; readonly den: number; readonly offset: number },
  contradictions: Contradiction[],
): (raw: Dyadic, atUs: number) => number | null {
  const references = new Map<string, Reference>();
  const chain = [channel.calibration, own].flatMap((id) => {
    const polynomial = id === null ? undefined : file.calibrations.get(id);
    if (id !== null && polynomial === undefined) {
      throw new GoodOrderError(
        'sensor-import.columns',
        `the recording has no calibration ${id}, which its channel names`,
      );
    }
    if (polynomial === undefined) return [];
    if (polynomial.second !== null) {
      const { channel: other, subchannel } = polynomial.second;
      const reference = referenceOf(file, other, subchannel);
      const place = `${other}.${subchannel}`;
      if (reference !== null) references.set(place, reference);
      else {
        const stated = `corrected by channel ${place}`;
        // The axes of one sensor are corrected by the same channel: said once.
        if (!contradictions.some((one) => one.stated === stated)) {
          contradictions.push({
            about: 'summary',
            stated,
            found: 'nothing was recorded there, so uncorrected',
          });
        }
      }
    }
    return [polynomial];
  });
  const known = references.size === 0 ? new Map<bigint, number | null>() : null;
  return (raw, atUs) => {
    const cached = raw.bits === 0 ? known?.get(raw.value) : undefined;
    if (cached !== undefined) return cached;
    const exact = scaled(calibrated(raw, chain, references, atUs), scale);
    const value =
      exact > BigInt(Number.MAX_SAFE_INTEGER) || exact < -BigInt(Number.MAX_SAFE_INTEGER)
        ? null
        : Number(exact);
    if (raw.bits === 0 && known !== null && known.size < 1_000_000) known.set(raw.value, value);
    return value;
  };
}
