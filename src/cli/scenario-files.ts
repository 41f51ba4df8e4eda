import { readFile } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { sealMedia } from '../capture/node/seal-media.js';
import { type ColumnMap, readColumnMap } from '../capture/sensor/column-map.js';
import { importDeclaredCsv } from '../capture/sensor/import-sensor.js';
import { GoodOrderError } from '../errors.js';
import { toWritten } from '../record/written-form.js';
import { positionAt, toPlainValue } from '../rules/positioned-value.js';
import type { ScenarioFiles, WrittenMap } from '../scenario/build-scenario.js';
import { stepsOf } from '../scenario/scenario-source.js';
import { readYaml } from '../yaml/read-yaml.js';
import { unreadable } from './read-input.js';
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

async function importSensor(folder: string, request: WrittenMap): Promise<WrittenMap> {
  const { file, inline, map, ...others } = request;
  if (typeof file !== 'string') throw malformed('names no logger file', 'file');
  if (typeof map !== 'string') throw malformed('names no column map', 'map');
  if (inline !== undefined && typeof inline !== 'boolean')
    throw malformed('is neither true nor false', 'inline');
  const [other] = Object.keys(others);
  if (other !== undefined) throw malformed('has no meaning here', other);
  const columns = await columnMap(folder, map);
  const bytes = await bytesOf(folder, file);
  try {
    const { payload } = importDeclaredCsv(bytes, columns, {}, { inlineSamples: inline === true });
    return toWritten(payload) as WrittenMap;
  } catch (error) {
    throw inFile(error, file);
  }
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
