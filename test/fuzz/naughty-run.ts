import { NaughtyRun, type NaughtyTally } from './naughty.js';
import { inParallel, type Worker } from './parallel.js';
import { type Asked, type Slice, say, told } from './runs.js';
import { addInto, counted, slices } from './tallies.js';

/** Every naughty text at every place that takes text; `every`: at each place only every so many-th text, offset by place. */
export async function naughty(asked: Asked, every: number): Promise<boolean> {
  if (!Number.isSafeInteger(every) || every < 1) throw new RangeError('--every is a whole number from 1');
  const { program, root } = asked;
  const { texts, places } = new NaughtyRun(root);
  const sum = {} as Record<string, unknown>;
  let slowest = 0;
  await inParallel<Slice, NaughtyTally>(
    [program, '--serve', 'naughty', '--root', root, '--every', String(every)],
    slices(0, texts, 1),
    (_, { slowestMs, ...rest }) => {
      addInto(sum, rest);
      slowest = Math.max(slowest, slowestMs);
    },
  );
  const { pairs, signed, refused, files, lines, complaints } = sum as unknown as NaughtyTally;
  say(`refused by the signer, then written without it: ${counted(refused)}`);
  say(`files and names: ${counted(files)}`);
  say(`command lines: ${counted(lines)}; slowest ${slowest.toFixed(0)} ms`);
  say(
    `naughty: ${texts} texts, ${places} places of records, ${pairs} pairs: ${signed} signed, ` +
      `${Object.values(lines).reduce((all, one) => all + one, 0)} command lines, ${complaints.length} wrong`,
  );
  return told(asked, 'naughty', complaints);
}

export function naughtyWorker(root: string, every: number): Worker {
  const run = new NaughtyRun(root);
  return (job) => run.run((job as Slice).from, (job as Slice).count, every);
}
