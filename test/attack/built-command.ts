import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The command as it is published, bundled from today's sources into a folder of its own. */
export interface BuiltCommand {
  readonly folder: string;
  run(argv: readonly string[], options?: RunOptions): SpawnSyncReturns<Buffer>;
  /** The same through a shell, `goodorder` standing for the command. */
  shell(script: string, options?: RunOptions): SpawnSyncReturns<Buffer>;
  remove(): Promise<void>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export async function buildCommand(): Promise<BuiltCommand> {
  const folder = await mkdtemp(join(tmpdir(), 'goodorder-built-'));
  const tsup = join(
    dirname(createRequire(import.meta.url).resolve('tsup/package.json')),
    'dist/cli-default.js',
  );
  const built = spawnSync(
    process.execPath,
    [tsup, '--silent', '--env.ONLY', 'cli', '--out-dir', join(folder, 'cli')],
    {
      cwd: ROOT,
    },
  );
  if (!existsSync(join(folder, 'cli/main.js'))) throw new Error(`the command was not built: ${built.stderr}`);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const entry = join(folder, 'goodorder.js');
  // What bin/goodorder.js does.
  await writeFile(
    entry,
    "const { main } = await import('./cli/main.js');\n" + 'await main(process.argv.slice(2));\n',
  );
  const base = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    GOODORDER_INSTALLATION: join(folder, 'installation'),
  };
  const settings = ({ env = {}, cwd = folder }: RunOptions = {}) => ({
    cwd,
    env: { ...base, ...env },
    timeout: 15_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return {
    folder,
    run: (argv, options) => spawnSync(process.execPath, [entry, ...argv], settings(options)),
    shell: (script, options) =>
      spawnSync(
        'bash',
        ['-c', `goodorder() { "${process.execPath}" "${entry}" "$@"; }\n${script}`],
        settings(options),
      ),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
