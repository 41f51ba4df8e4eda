import { type DateCells, readWorkbook, type Sheet } from '../../capture/node/workbook.js';
import { isZip } from '../../capture/node/zip-entries.js';
import { LOGGER_FAMILIES } from '../../capture/sensor/families/index.js';
import { openLoggerFile } from '../../capture/sensor/logger-file.js';
import { GoodOrderError } from '../../errors.js';

/** The bytes to read: the file, or one sheet of a workbook as CSV. */
export interface LoggerInput {
  readonly bytes: Uint8Array;
  readonly isSheet: boolean;
}

const OLD_WORKBOOK = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * A workbook becomes the CSV of one sheet: the one named, the only one that holds anything, or the only one that a family
 * recognises. Throws `sensor-import.columns` where that leaves a choice.
 */
export async function loggerInput(
  bytes: Uint8Array,
  sheet: string | undefined,
  dates: DateCells,
): Promise<LoggerInput> {
  if (OLD_WORKBOOK.every((byte, at) => bytes[at] === byte)) {
    throw new GoodOrderError(
      'sensor-import.columns',
      'this is a workbook of the old kind (.xls): save it as XLSX or CSV',
      { path: 'archive' },
    );
  }
  if (!isZip(bytes)) {
    if (sheet !== undefined) throw new GoodOrderError('cli.usage', '`--sheet` is for workbooks (XLSX)');
    return { bytes, isSheet: false };
  }
  return { bytes: sheetOf(await readWorkbook(bytes, dates), sheet).csv, isSheet: true };
}

function sheetOf(sheets: readonly Sheet[], name: string | undefined): Sheet {
  const [first] = sheets;
  if (first === undefined)
    throw new GoodOrderError('sensor-import.empty', 'no sheet of the workbook holds anything');
  if (name !== undefined) {
    const named = sheets.find((sheet) => sheet.name === name);
    if (named !== undefined) return named;
  } else if (sheets.length === 1) return first;
  else {
    const known = sheets.filter(({ csv }) => {
      const file = openLoggerFile(csv);
      return LOGGER_FAMILIES.some((family) => family.recognises(file));
    });
    if (known.length === 1) return known[0]!;
  }
  throw new GoodOrderError(
    'sensor-import.columns',
    `the workbook has the sheets ${sheets.map((sheet) => `\`${sheet.name}\` (${sheet.rows} rows)`).join(', ')}: say which with \`--sheet\``,
    { path: 'sheet' },
  );
}
