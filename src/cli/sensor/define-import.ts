import { type Command, Option } from 'commander';
import type { ColumnMap } from '../../capture/sensor/column-map.js';
import { importDeclaredCsv, importLogger, type SensorImport } from '../../capture/sensor/import-sensor.js';
import { FAMILY_NAMES, type FamilyName } from '../../capture/sensor/logger-family.js';
import { DATE_ORDERS } from '../../capture/sensor/time-form.js';
import { WRITTEN_UNIT_NAMES } from '../../capture/sensor/units.js';
import { GoodOrderError } from '../../errors.js';
import { QUANTITY_UNITS } from '../../record/types/sensor-batch.js';
import { toWritten } from '../../record/written-form.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { SUBJECT_PLACEHOLDER } from '../draft-shape.js';
import { readInput } from '../read-input.js';
import { writeOutput } from '../write-output.js';
import { readColumnMapFile } from './column-map-file.js';
import { type GivenOptions, givenBy } from './given-options.js';
import { importSummary, importTalk } from './import-summary.js';
import { loggerInput } from './logger-input.js';

interface ImportOptions extends GlobalOptions, GivenOptions {
  readonly map?: string;
  readonly family?: FamilyName;
  readonly channel?: string;
  readonly sheet?: string;
  readonly sub?: string;
  readonly attachedTo?: string;
  readonly mount?: string;
  readonly location?: string;
  readonly output?: string;
  readonly inline?: boolean;
  readonly force?: boolean;
}

/** What stands in a draft for the id of a device that its file does not name. */
const DEVICE_PLACEHOLDER = '<serial number of the logger>';

export function defineSensorImport(command: Command, session: Session): void {
  const read = command
    .command('import')
    .description('read a logger’s file into a sensor-batch draft')
    .argument('<file>', 'the logger’s file, untouched: its hash is signed')
    .option('--map <file>', 'column map (YAML), for a file that no family of loggers is recognised in')
    .addOption(
      new Option('--family <name>', 'family of the logger, where the file could be of several').choices(
        FAMILY_NAMES,
      ),
    )
    .addOption(
      new Option('--quantity <name>', 'which of several to read').choices(Object.keys(QUANTITY_UNITS)),
    )
    .option('--channel <name>', 'which of several sensors of one quantity, as the file names it')
    .option('--sheet <name>', 'which sheet of a workbook (XLSX)')
    .option('--utc-offset <offset>', 'the offset that the logger’s clock ran on, as +08:00')
    .option('--start <time>', 'when the recording began, where the file counts from its start')
    .addOption(new Option('--date-order <order>', 'which number of a date is the day').choices(DATE_ORDERS))
    .addOption(
      new Option('--unit <unit>', 'unit of the values, where the file says none').choices(WRITTEN_UNIT_NAMES),
    )
    .option('--device <id>', 'serial number of the logger, where the file says none')
    .option('--interval <seconds>', 'the interval it was set to, where the samples do not show it')
    .option('--limit-min <number>', 'list what lay below (°C, %RH, …)')
    .option('--limit-max <number>', 'list what lay above')
    .option('--pulses-above <g>', 'from which size on a swing is a shock, in g')
    .option('--triggered-above <g>', 'it recorded only what was above this, in g (default: continuously)')
    .option('--clock-offset <seconds>', 'how far its clock ran ahead of true time, as far as known')
    .option('--sub <uri>', 'the item or container the draft is about')
    .option('--attached-to <uri>', 'what the logger was fixed to (default: --sub)')
    .addOption(
      new Option('--mount <where>', 'what it was mounted on').choices(['product', 'package', 'pallet']),
    )
    .option('--location <where>', 'where: unit, package, pallet, container-front, …')
    .option('--inline', 'carry the samples in the record, where they are few')
    .option('-o, --output <file>', 'the draft (default: only a summary is printed)')
    .option('--force', 'replace the file if it exists');
  addHelpText(
    read,
    [
      'goodorder sensor import leg-b.csv --map leg-b.columns.yaml',
      'goodorder sensor import fridge.txt --utc-offset +08:00 -o fridge.draft.json',
      'goodorder sensor import truck.csv --quantity temperature --limit-max 8',
    ],
    [
      '0 read (refused rows are listed)   3 something is missing that only you know, or no row could be read',
      'A file says what it is by what it holds. What it leaves open (zone, unit,',
      'day or month first) is asked for, never guessed. docs/sensors.md lists',
      'the loggers.',
    ],
  );
  read.action((file: string, options: ImportOptions) => importFile(file, options, session));
}

async function importFile(file: string, options: ImportOptions, session: Session): Promise<void> {
  const { io } = session;
  const given = givenBy(options);
  const map = options.map === undefined ? null : await readColumnMapFile(options.map, io);
  const { bytes } = await readInput(file, io);
  const imports = await named(file, async () => {
    const dates = map !== null && 'serial' in map.time ? 'serial' : 'text';
    const input = await loggerInput(bytes, options.sheet, dates);
    const settings = {
      inlineSamples: options.inline === true,
      unnamedDevice: DEVICE_PLACEHOLDER,
      rawFile: bytes,
    };
    if (map === null) return importLogger(input.bytes, choiceOf(options), given, settings);
    const sheet: ColumnMap = input.isSheet
      ? { ...map, encoding: 'utf-8', delimiter: ',', decimal: '.', quote: true }
      : map;
    const device = options.device === undefined ? {} : { device: { ...map.device, id: options.device } };
    return [importDeclaredCsv(input.bytes, sheet, { ...given, ...device }, settings)];
  });
  const [only] = imports;
  if (options.output !== undefined) {
    if (imports.length > 1 || only === undefined) throw several(imports, file);
    await writeOutput(options.output, `${JSON.stringify(draftOf(only, options), null, 2)}\n`, io, {
      overwrite: options.force === true,
    });
  }
  const written = imports.map(({ payload, report }) => ({ payload: toWritten(payload), report }));
  session.result(
    options,
    {
      schemaVersion: 1,
      file,
      ...(written.length === 1 ? written[0] : { batches: written }),
      ...(options.output === undefined ? {} : { written: options.output }),
    },
    imports.flatMap((one, index) => [
      ...(index === 0 ? [] : [[]]),
      ...importSummary(file, one, options.output, DEVICE_PLACEHOLDER),
    ]),
  );
  session.talk(
    imports.flatMap((one) => importTalk(one)),
    options,
  );
  if (options.output !== undefined) {
    session.talk([[], [`Next: goodorder sign ${options.output} --into item.passport`]], options);
  }
}

function choiceOf({ family, quantity, channel }: ImportOptions) {
  return {
    ...(family === undefined ? {} : { family }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(channel === undefined ? {} : { channel }),
  };
}

/** What goes wrong with the file is told with its name. */
async function named<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof GoodOrderError) || error.place.file !== undefined) throw error;
    throw new GoodOrderError(error.code, error.message, { ...error.place, file }, error);
  }
}

function several(imports: readonly SensorImport[], file: string): GoodOrderError {
  const held = imports.map(({ payload }) => payload.quantity);
  const alike = new Set(held).size < held.length;
  return new GoodOrderError(
    'sensor-import.columns',
    `a draft holds one sensor, and the file has ${held.join(', ')}: say which with \`--quantity\`${alike ? ' and `--channel`' : ''}`,
    { file, path: 'quantity' },
  );
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
