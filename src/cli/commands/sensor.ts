import { type Command, Option } from 'commander';
import { type ColumnMap, offsetMinutes, readColumnMap } from '../../capture/sensor/column-map.js';
import { type Given, importDeclaredCsv, type SensorImport } from '../../capture/sensor/import-sensor.js';
import { type Instant, parseInstant } from '../../codec/instant.js';
import { GoodOrderError } from '../../errors.js';
import { toWritten } from '../../record/written-form.js';
import { countText, minuteText } from '../../report/name-text.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { positionAt, toPlainValue } from '../../rules/positioned-value.js';
import { readYaml } from '../../yaml/read-yaml.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { SUBJECT_PLACEHOLDER } from '../draft-shape.js';
import type { Io } from '../io.js';
import { readInput, readTextInput } from '../read-input.js';
import { writeOutput } from '../write-output.js';

interface ImportOptions extends GlobalOptions {
  readonly map: string;
  readonly sub?: string;
  readonly attachedTo?: string;
  readonly mount?: string;
  readonly location?: string;
  readonly utcOffset?: string;
  readonly start?: string;
  readonly output?: string;
  readonly inline?: boolean;
  readonly force?: boolean;
}

export function defineSensor(command: Command, session: Session): void {
  addHelpText(
    command,
    ['goodorder sensor import leg-b.csv --map leg-b.columns.yaml'],
    ['0 read   3 refused'],
  );
  const read = command
    .command('import')
    .description('read a logger’s CSV, as a declared column map says, into a sensor-batch draft')
    .argument('<file>', 'the logger’s file, untouched: its hash is signed')
    .requiredOption('--map <file>', 'column map (YAML): what each column is, and what the file does not say')
    .option('--sub <uri>', 'the item or container the draft is about')
    .option('--attached-to <uri>', 'what the logger was fixed to (default: --sub)')
    .addOption(
      new Option('--mount <where>', 'what it was mounted on').choices(['product', 'package', 'pallet']),
    )
    .option('--location <where>', 'where: unit, package, pallet, container-front, …')
    .option('--utc-offset <offset>', 'the zone, where neither file nor map says it, as +08:00')
    .option('--start <time>', 'when the recording began, where the file counts from its start')
    .option('--inline', 'carry the samples in the record, where they are few')
    .option('-o, --output <file>', 'the draft (default: only a summary is printed)')
    .option('--force', 'replace the file if it exists');
  addHelpText(
    read,
    [
      'goodorder sensor import leg-b.csv --map leg-b.columns.yaml',
      'goodorder sensor import leg-b.csv --map leg-b.columns.yaml --sub https://id.gs1.org/01/…/21/… -o leg-b.draft.yaml',
    ],
    [
      '0 read (refused rows are listed)   3 the map does not fit, no row could be read, or the zone is missing',
    ],
  );
  read.action(async (file: string, options: ImportOptions) => {
    const { io } = session;
    const map = await readColumnMapFile(options.map, io);
    const { bytes } = await readInput(file, io);
    const imported = importWith(bytes, map, file, options);
    if (options.output !== undefined) {
      const draft = draftOf(imported, options);
      await writeOutput(options.output, `${JSON.stringify(draft, null, 2)}\n`, io, {
        overwrite: options.force === true,
      });
    }
    session.result(
      options,
      { schemaVersion: 1, file, payload: toWritten(imported.payload), report: imported.report },
      summary(file, imported, options),
    );
    if (options.output !== undefined)
      session.talk([[], [`Next: goodorder sign ${options.output} --into item.passport`]], options);
  });
}

/** @throws GoodOrderError `sensor-import.columns` with file, line and column */
export async function readColumnMapFile(file: string, io: Io): Promise<ColumnMap> {
  const source = readYaml(await readTextInput(file, io), file);
  try {
    return readColumnMap(toPlainValue(source), file);
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    const steps = (error.place.path ?? '').split(/[.[\]]+/).filter((step) => step !== '');
    const path = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    throw new GoodOrderError(
      error.code,
      error.message,
      { ...error.place, file, ...positionAt(source, path) },
      error,
    );
  }
}

function importWith(bytes: Uint8Array, map: ColumnMap, file: string, options: ImportOptions): SensorImport {
  try {
    return importDeclaredCsv(bytes, map, givenBy(options), { inlineSamples: options.inline === true });
  } catch (error) {
    if (!(error instanceof GoodOrderError) || error.place.file !== undefined) throw error;
    throw new GoodOrderError(error.code, error.message, { ...error.place, file }, error);
  }
}

function givenBy({ utcOffset, start }: ImportOptions): Given {
  const utcOffsetMin = utcOffset === undefined ? undefined : offsetMinutes(utcOffset);
  if (utcOffsetMin === null)
    throw new GoodOrderError('cli.usage', `\`${utcOffset}\` is not an offset such as +08:00`);
  return {
    ...(utcOffsetMin === undefined ? {} : { utcOffsetMin }),
    ...(start === undefined ? {} : { start: readTime(start) }),
  };
}

function readTime(text: string): Instant {
  try {
    return parseInstant(text);
  } catch (error) {
    throw new GoodOrderError(
      'cli.usage',
      `\`${text}\` is not a time with its offset, as in 2026-08-28T09:05:00+08:00`,
      {},
      error,
    );
  }
}

function draftOf({ payload }: SensorImport, options: ImportOptions): Record<string, unknown> {
  const attachedTo = options.attachedTo ?? options.sub ?? payload.attachedTo ?? SUBJECT_PLACEHOLDER;
  return {
    schemaVersion: 1,
    type: 'sensor-batch',
    sub: options.sub ?? attachedTo,
    payload: toWritten({
      ...payload,
      attachedTo,
      mount: options.mount ?? payload.mount ?? '<product | package | pallet>',
      location: options.location ?? payload.location ?? '<unit | package | pallet | container-front | …>',
    }),
  };
}

/** In milliseconds where they are whole. */
function intervalText(intervalUs: number): string {
  return intervalUs % 1000 === 0 ? `${intervalUs / 1000} ms` : `${intervalUs} µs`;
}

const SHOWN_ROWS = 10;

function summary(file: string, { payload, report }: SensorImport, options: ImportOptions): StyledLine[] {
  const field = (name: string, text: string): StyledLine => ['    ', styled('faint', name.padEnd(13)), text];
  const { quantity, unit, from, to } = payload;
  return [
    [
      { mark: report.refused > 0 || report.contradictions.length > 0 ? 'limited' : 'passed' },
      ' ',
      styled('strong', visibleText(file)),
      `  ${quantity}, ${countText(payload.sampleCount)} samples, every ${intervalText(payload.intervalUs)}`,
    ],
    field(
      'device',
      visibleText(
        `${payload.device.id}${payload.device.model === undefined ? '' : `, ${payload.device.model}`}`,
      ),
    ),
    field('from, to', `${minuteText(from.utcS)} to ${minuteText(to.utcS)}`),
    field('range', `${payload.min} to ${payload.max} ${unit}`),
    field(
      'recording',
      payload.recording.mode === 'triggered'
        ? `triggered above ${payload.recording.thresholdMilliG} milliG`
        : 'continuous',
    ),
    ...(payload.pulses === undefined
      ? []
      : [
          field(
            'pulses',
            `${payload.pulses.length}, largest ${Math.max(...payload.pulses.map((pulse) => pulse.peakMilliG))} milliG`,
          ),
        ]),
    field('gaps', payload.gaps.length === 0 ? 'none' : String(payload.gaps.length)),
    field('rows', `${countText(report.rows)} read, ${countText(report.refused)} refused`),
    ...report.refusedLines
      .slice(0, SHOWN_ROWS)
      .map(
        ({ from: first, to: last, reason }): StyledLine => [
          '        ',
          styled('caution', first === last ? `line ${first}` : `lines ${first} to ${last}`),
          `  ${visibleText(reason)}`,
        ],
      ),
    ...(report.refusedLines.length > SHOWN_ROWS ? [['        and more; --format json lists all']] : []),
    ...report.contradictions.map(
      ({ about, stated, found }): StyledLine => [
        '    ',
        styled('caution', 'contradiction'),
        ` ${visibleText(about)}: stated ${visibleText(stated)}, found ${visibleText(found)}`,
      ],
    ),
    ...(options.output === undefined ? [] : [field('written', visibleText(options.output))]),
  ];
}
