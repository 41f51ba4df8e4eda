import { uniteVolumes } from '../passport/unite-volumes.js';
import type { Io } from './io.js';
import { type Input, type NamedInput, readInput } from './read-input.js';

/**
 * Volumes as one input: their union. Where one of them breaks the rules of the container by itself, that one, so that
 * its own failure is what is told.
 */
export async function volumesOf(
  files: readonly NamedInput[],
  limit: number,
  io: Io,
): Promise<NamedInput & { read(): Promise<Input> }> {
  const problem = files.find((one) => one.problem !== null)?.problem ?? null;
  const name = files.map((one) => one.name).join(' + ');
  if (problem !== null) return { name, problem, read: async () => Promise.reject(problem) };
  const inputs: Input[] = [];
  for (const file of files) inputs.push(await readInput(file.name, io, limit));
  const united = uniteVolumes(inputs.map(({ bytes }) => bytes));
  const input = united.ok ? { name, bytes: united.bytes } : (inputs[united.irregular] as Input);
  return { name: input.name, problem: null, read: async () => input };
}
