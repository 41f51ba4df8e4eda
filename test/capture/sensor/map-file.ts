import { readFileSync } from 'node:fs';
import { type ColumnMap, readColumnMap } from '../../../src/capture/sensor/column-map.js';
import { toPlainValue } from '../../../src/rules/positioned-value.js';
import { readYaml } from '../../../src/yaml/read-yaml.js';

export function mapFile(path: string): ColumnMap {
  return readColumnMap(toPlainValue(readYaml(readFileSync(path, 'utf8'), path)), path);
}
