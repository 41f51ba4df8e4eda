import { type ColumnMap, readColumnMap } from '../../capture/sensor/column-map.js';
import { GoodOrderError } from '../../errors.js';
import { positionAt, toPlainValue } from '../../rules/positioned-value.js';
import { readYaml } from '../../yaml/read-yaml.js';
import type { Io } from '../io.js';
import { readTextInput } from '../read-input.js';

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
