import { readFile } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { sealMedia } from '../capture/node/seal-media.js';
import { type ColumnMap, readColumnMap } from '../capture/sensor/column-map.js';
import { LOGGER_FAMILIES } from '../capture/sensor/families/index.js';
import { type Choice, importDeclaredCsv, importLogger } from '../capture/sensor/import-sensor.js';
import { DATE_ORDERS } from '../capture/sensor/time-form.js';
import { WRITTEN_UNITS, type WrittenUnit } from '../capture/sensor/units.js';
import { GoodOrderError } from '../errors.js';
import { QUANTITY_UNITS, type Quantity } from '../record/types/sensor-batch.js';
import { toWritten } from '../record/written-form.js';
import { positionAt, toPlainValue } from '../rules/positioned-value.js';
import type { ScenarioFiles, WrittenMap } from '../scenario/build-scenario.js';
import { stepsOf } from '../scenario/scenario-source.js';
import { readYaml } from '../yaml/read-yaml.js';
import { unreadable } from './read-input.js';
import { type GivenOptions, givenBy } from './sensor/given-options.js';
import { loggerInput } from './sensor/logger-input.js';
import { writtenMedia } from './written-media.js';

/**
 * The files beside a scenario, read from one folder: media are sealed as `media` seals them, logger files imported as
 * `sensor import` imports them. A scenario reads nothing outside that folder.
 *
 * @throws GoodOrderError `file.unreadable`, `media.unreadable`, `scenario.malformed`, `sensor-import.*`, `yaml.*`
 */
export function scenarioFiles(folder: string): ScenarioFiles {
  return {
    seal: async (name) => {
      const path = pathIn(folder, name);
      try {
        return { ...(await writtenMedia(await sealMedia(path), path)) };
      } catch (error) {
        // By its name in the scenario, not by a path of this machine.
        throw error instanceof GoodOrderError ? named(error, path, name) : unreadable(name, error);
      }
    },
    importSensor: async (request) => importSensor(folder, request),
  };
}

/** What a scenario may add to a logger file, by the names that `sensor import` has for it. */
const TEXTS = [
  'family',
  'quantity',
  'channel',
  'sheet',
  'utcOffset',
  'start',
  'unit',
  'dateOrder',
  'device',
  'interval',
  'pulsesAbove',
  'triggeredAbove',
  'clockOffset',
  'limitMin',
  'limitMax',
] as const;

async function importSensor(folder: string, request: WrittenMap): Promise<WrittenMap> {
  const { file, inline, map, ...others } = request;
  if (typeof file !== 'string') throw malformed('names no logger file', 'file');
  if (map !== undefined && typeof map !== 'string') throw malformed('names no column map', 'map');
  if (inline !== undefined && typeof inline !== 'boolean')
    throw malformed('is neither true nor false', 'inline');
  const words: Partial<Record<(typeof TEXTS)[number], string>> = {};
  for (const [name, value] of Object.entries(others)) {
    const known = TEXTS.find((one) => one === name);
    if (known === undefined) throw malformed('has no meaning here', name);
    // A number of a map or of a limit is read from its text, so that `2.5` means what it says.
    if (typeof value !== 'string' && typeof value !== 'number') throw malformed('is no text', name);
    words[known] = String(value);
  }
  const columns = map === undefined ? null : await columnMap(folder, map);
  const bytes = await bytesOf(folder, file);
  try {
    const options = optionsOf(words);
    const given = givenBy(options);
    const settings = { inlineSamples: inline === true, rawFile: bytes };
    const dates = columns !== null && 'serial' in columns.time ? 'serial' : 'text';
    const input = await loggerInput(bytes, words.sheet, dates);
    if (columns !== null) {
      const sheet: ColumnMap = input.isSheet ? { ...columns, ...SHEET_AS_CSV } : columns;
      const { payload } = importDeclaredCsv(input.bytes, sheet, given, settings);
      return toWritten(payload) as WrittenMap;
    }
    const [only, ...more] = importLogger(input.bytes, choiceOf(options, words.channel), given, settings);
    if (only === undefined || more.length > 0)
      throw malformed('holds several sensors: say which by `quantity` and `channel`', 'file');
    return toWritten(only.payload) as WrittenMap;
  } catch (error) {
    throw inFile(error, file);
  }
}

const SHEET_AS_CSV = { encoding: 'utf-8', delimiter: ',', decimal: '.', quote: true } as const;

type Words = Partial<Record<(typeof TEXTS)[number], string>>;

/** @throws GoodOrderError `scenario.malformed` for a word that none of the lists has */
function optionsOf({ dateOrder, family, quantity, unit, ...words }: Words): GivenOptions & Choice {
  return {
    ...words,
    ...oneOf(
      'family',
      family,
      LOGGER_FAMILIES.map(({ name }) => name),
    ),
    ...oneOf('quantity', quantity, Object.keys(QUANTITY_UNITS) as Quantity[]),
    ...oneOf('unit', unit, Object.keys(WRITTEN_UNITS) as WrittenUnit[]),
    ...oneOf('dateOrder', dateOrder, DATE_ORDERS),
  };
}

function oneOf<K extends string, W extends string>(
  name: K,
  value: string | undefined,
  words: readonly W[],
): { readonly [N in K]?: W } {
  if (value === undefined) return {};
  const found = words.find((word) => word === value);
  if (found === undefined) throw malformed(`is none of ${words.join(', ')}`, name);
  return { [name]: found } as { readonly [N in K]?: W };
}

function choiceOf({ family, quantity }: Choice, channel: string | undefined): Choice {
  return {
    ...(family === undefined ? {} : { family }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(channel === undefined ? {} : { channel }),
  };
}

/** What the map says wrongly is an error of the map, with its line. */
async function columnMap(folder: string, name: string): Promise<ColumnMap> {
  const bytes = await bytesOf(folder, name);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new GoodOrderError('file.unreadable', `\`${name}\` is not UTF-8 text`, { file: name }, error);
  }
  const source = readYaml(text, name);
  try {
    return readColumnMap(toPlainValue(source), name);
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    const at = positionAt(source, stepsOf(error.place.path ?? ''));
    throw new GoodOrderError(error.code, error.message, { ...error.place, file: name, ...at }, error);
  }
}

async function bytesOf(folder: string, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(pathIn(folder, name)));
  } catch (error) {
    throw error instanceof GoodOrderError ? error : unreadable(name, error);
  }
}

function pathIn(folder: string, name: string): string {
  const path = normalize(name);
  if (name === '' || isAbsolute(path) || path.split(/[\\/]/).includes('..')) {
    throw new GoodOrderError('scenario.malformed', `\`${name}\` does not lie beside the scenario`);
  }
  return join(folder, path);
}

function named(error: GoodOrderError, path: string, name: string): GoodOrderError {
  const message = error.message.replaceAll(path, name);
  return new GoodOrderError(error.code, message, { ...error.place, file: name }, error);
}

function inFile(error: unknown, file: string): unknown {
  if (!(error instanceof GoodOrderError) || error.place.file !== undefined) return error;
  return new GoodOrderError(error.code, error.message, { ...error.place, file }, error);
}

function malformed(message: string, path: string): GoodOrderError {
  return new GoodOrderError('scenario.malformed', `\`${path}\` ${message}`, { path });
}
