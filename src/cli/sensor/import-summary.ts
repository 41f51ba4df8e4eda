import { LOGGER_FAMILIES } from '../../capture/sensor/families/index.js';
import type { SensorImport } from '../../capture/sensor/import-sensor.js';
import { offsetText } from '../../capture/sensor/zone-label.js';
import type { Quantity } from '../../record/types/sensor-batch.js';
import { countText, minuteText } from '../../report/name-text.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';

const SHOWN_ROWS = 10;
const SHOWN_COLUMNS = 6;

/** What was read, for whoever stands at the bench. */
export function importSummary(
  file: string,
  { payload, report }: SensorImport,
  written: string | undefined,
  devicePlaceholder: string,
): StyledLine[] {
  const field = (name: string, text: string): StyledLine => ['    ', styled('faint', name.padEnd(15)), text];
  const { quantity, from, to, device } = payload;
  const doubtful = report.refused > 0 || report.contradictions.length > 0;
  const family = LOGGER_FAMILIES.find(({ name }) => name === report.family);
  const named = device.id !== devicePlaceholder;
  return [
    [
      { mark: doubtful ? 'limited' : 'passed' },
      ' ',
      styled('strong', visibleText(file)),
      `  ${quantity}, ${countText(payload.sampleCount)} samples, every ${intervalText(payload.intervalUs)}`,
    ],
    ...(family === undefined ? [] : [field('family', `${family.name}, ${family.title}`)]),
    named
      ? field('device', visibleText(`${device.id}${device.model === undefined ? '' : `, ${device.model}`}`))
      : field('device', 'not named in the file: give `--device`'),
    ...(payload.calibrationDueAt === undefined
      ? []
      : [field('calibration', calibrationText(payload.calibrationDueAt.utcS, from.utcS, to.utcS))]),
    field('from, to', `${minuteText(from.utcS)} to ${minuteText(to.utcS)}`),
    field('zone', zoneText(report.zone, from.offsetMin)),
    ...(payload.min === undefined || payload.max === undefined
      ? [field('range', 'no samples: the device kept daily extremes only')]
      : [
          field(
            'range',
            `${amountText(payload.min, quantity)} to ${amountText(payload.max, quantity)} ${unitText(quantity)}`,
          ),
        ]),
    ...(payload.mean === undefined
      ? []
      : [
          field(
            'mean',
            `${amountText(payload.mean, quantity)} ${unitText(quantity)}${
              payload.kineticMean === undefined
                ? ''
                : `, kinetic ${amountText(payload.kineticMean, quantity)} °C`
            }`,
          ),
        ]),
    field(
      'recording',
      payload.recording.mode === 'triggered'
        ? `triggered above ${payload.recording.thresholdMilliG} milliG`
        : 'continuous',
    ),
    ...(payload.pulses === undefined
      ? quantity === 'acceleration'
        ? [field('pulses', 'none listed (`--pulses-above` says from which size on)')]
        : []
      : [
          field(
            'pulses',
            `${payload.pulses.length}, largest ${Math.max(...payload.pulses.map((pulse) => pulse.peakMilliG))} milliG`,
          ),
        ]),
    ...(payload.excursions === undefined ? [] : [field('beyond limits', excursionText(payload.excursions))]),
    field('gaps', gapText(payload.gaps)),
    ...(payload.deviceSignature === undefined
      ? []
      : [field('signature', `of the device: ${payload.deviceSignature.verdict}`)]),
    field('rows', rowText(report)),
    ...report.refusedLines
      .slice(0, SHOWN_ROWS)
      .map(
        ({ from: first, to: last, reason }): StyledLine => [
          '          ',
          styled('caution', first === last ? `line ${first}` : `lines ${first} to ${last}`),
          `  ${visibleText(reason)}`,
        ],
      ),
    ...(report.refusedLines.length > SHOWN_ROWS ? [['        and more; --format json lists all']] : []),
    ...(report.columnsLeft === undefined || report.columnsLeft.length === 0
      ? []
      : [field('not read', leftText(report.columnsLeft))]),
    ...(report.contradictions.length === 0
      ? []
      : [field('disagreements', `${report.contradictions.length}, kept on the record`)]),
    ...(written === undefined ? [] : [field('written', visibleText(written))]),
  ];
}

/** Where two statements of the file cannot both hold: said on stderr, and kept on the record. */
export function importTalk({ payload, report }: SensorImport): StyledLine[] {
  return report.contradictions.map(
    ({ about, stated, found }): StyledLine => [
      '  ',
      styled('caution', 'disagreement'),
      ` ${payload.quantity}, ${about}: stated ${visibleText(stated)}, found ${visibleText(found)}`,
    ],
  );
}

function calibrationText(dueS: number, fromS: number, toS: number): string {
  const until = `until ${minuteText(dueS)}`;
  if (dueS < fromS) return `${until}: lapsed before this recording`;
  return dueS < toS ? `${until}: lapsed during this recording` : until;
}

/** In the largest unit in which it is whole. */
function intervalText(intervalUs: number): string {
  if (intervalUs % 60_000_000 === 0) return `${intervalUs / 60_000_000} min`;
  if (intervalUs % 1_000_000 === 0) return `${intervalUs / 1_000_000} s`;
  return intervalUs % 1000 === 0 ? `${intervalUs / 1000} ms` : `${intervalUs} µs`;
}

function zoneText(zone: 'file' | 'given' | 'not-needed', offsetMin: number): string {
  const offset = offsetText(offsetMin);
  if (zone === 'file') return `${offset}, as the file says`;
  return zone === 'given' ? `${offset}, as given` : `${offset}; the file’s times are UTC`;
}

const UNITS: Readonly<Record<Quantity, { readonly unit: string; readonly decimals: number }>> = {
  temperature: { unit: '°C', decimals: 3 },
  humidity: { unit: '%RH', decimals: 1 },
  acceleration: { unit: 'g', decimals: 3 },
  tilt: { unit: '°', decimals: 3 },
  light: { unit: 'lx', decimals: 0 },
  pressure: { unit: 'Pa', decimals: 0 },
};

function unitText(quantity: Quantity): string {
  return UNITS[quantity].unit;
}

/** An integer as people write the quantity: 24300 milliC is 24.3. */
function amountText(value: number, quantity: Quantity): string {
  const { decimals } = UNITS[quantity];
  if (decimals === 0) return String(value);
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -decimals)}${fraction === '' ? '' : `.${fraction}`}`;
}

function excursionText(excursions: NonNullable<SensorImport['payload']['excursions']>): string {
  const seconds = excursions.reduce((sum, { from, to }) => sum + to.utcS - from.utcS, 0);
  const stretches = `${excursions.length} ${excursions.length === 1 ? 'stretch' : 'stretches'}`;
  return `${stretches}, ${countText(Math.round(seconds / 60))} min in all`;
}

function gapText(gaps: SensorImport['payload']['gaps']): string {
  if (gaps.length === 0) return 'none';
  const longest = Math.max(...gaps.map(({ from, to }) => to.utcS - from.utcS));
  return `${gaps.length}, the longest ${longest % 60 === 0 ? `${countText(longest / 60)} min` : `${countText(longest)} s`}`;
}

function rowText({ rows, refused, events, samples }: SensorImport['report']): string {
  const taken = `${countText(rows)} read, ${countText(samples)} taken, ${countText(refused)} refused`;
  return events === 0 ? taken : `${taken}, ${countText(events)} ${events === 1 ? 'event' : 'events'}`;
}

function leftText(columns: readonly string[]): string {
  const shown = columns.slice(0, SHOWN_COLUMNS).map((name) => visibleText(name).slice(0, 40));
  const more = columns.length - shown.length;
  return more > 0 ? `${shown.join('; ')} and ${more} more` : shown.join('; ');
}
