import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { importLogger } from '../src/capture/sensor/import-sensor.js';
import type { Comparison } from './compare.js';

const SPEED_ROWS = 200_000;
const MEMORY_ROWS = 1_000_000;
const MEMORY_GOAL_MB = 300;

/** A logger's export of one temperature a second, as HOBOconnect writes it. */
function hoboExport(rows: number): Uint8Array {
  const two = (value: number): string => String(value).padStart(2, '0');
  const lines = ['#,Date-Time (UTC),"Temperature , °C","RH , %",Button Down'];
  for (let row = 0; row < rows; row += 1) {
    const day = Math.floor(row / 86_400);
    const time = `${two(Math.floor(row / 3600) % 24)}:${two(Math.floor(row / 60) % 60)}:${two(row % 60)}`;
    const degrees = (4 + ((row * 7919) % 400) / 100).toFixed(2);
    lines.push(`${row + 1},03/${two(14 + day)}/2026 ${time},${degrees},${40 + (row % 20)}.5,`);
  }
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);
}

/** A whole import, samples hashed and batch made, against csv-parse alone on the same bytes. */
export function sensorComparisons(folder: string): Comparison[] {
  tellMemory(folder);
  const bytes = hoboExport(SPEED_ROWS);
  return [
    {
      name: `import ${SPEED_ROWS.toLocaleString('en')} samples of a logger`,
      kind: 'speed',
      goal: { relation: '>=', value: 0.3 },
      ours: () => {
        const [batch] = importLogger(bytes, { quantity: 'temperature' }, {}, { unnamedDevice: '-' });
        if (batch?.payload.sampleCount !== SPEED_ROWS) throw new Error('samples are missing');
      },
      baseline: () => {
        const rows = parse(Buffer.from(bytes), { relax_column_count: true }) as string[][];
        if (rows.length !== SPEED_ROWS + 1) throw new Error('rows are missing');
      },
      rounds: 7,
      ourWord: 'importLogger',
      baselineWord: 'csv-parse alone',
    },
  ];
}

/** Most memory that the command ever holds while it imports a million samples. */
function tellMemory(folder: string): void {
  const file = join(folder, 'million.csv');
  writeFileSync(file, hoboExport(MEMORY_ROWS));
  const told = 'process.on("exit",()=>process.stderr.write("maxrss "+process.resourceUsage().maxRSS))';
  const ran = spawnSync(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(told)}`, 'bin/goodorder.js'],
      ...['sensor', 'import', file, '--quantity', 'temperature', '--quiet'],
    ],
    { encoding: 'utf8' },
  );
  const kilobytes = Number(/maxrss (\d+)/.exec(ran.stderr)?.[1]);
  if (ran.status !== 0 || !Number.isFinite(kilobytes)) throw new Error(`the import failed: ${ran.stderr}`);
  const megabytes = kilobytes / 1000;
  const met = megabytes < MEMORY_GOAL_MB;
  if (!met) process.exitCode = 1;
  console.log(
    `${met ? 'met   ' : 'MISSED'}  a million samples through the command\n        ${megabytes.toFixed(0)} MB resident at most, goal < ${MEMORY_GOAL_MB}\n`,
  );
}
