import type { Command } from 'commander';
import { GoodOrderError } from '../../errors.js';
import type { EvidenceInput } from '../../passport/evidence-set.js';
import { type ExportResult, exportPassport, type ManifestMaker } from '../../passport/export.js';
import { readPassportFile } from '../../passport/file.js';
import { countText, shortHash } from '../../report/name-text.js';
import { styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, type Session } from '../command.js';
import { readPassphrase } from '../passphrase.js';
import { expandInputs, readInput } from '../read-input.js';
import { signWithKey } from '../sign-into.js';
import { type OpenKey, SigningHome } from '../signing-home.js';
import { addSigningOptions, type SigningOptions } from '../signing-options.js';
import { writeOutput } from '../write-output.js';
import { leftOutJson, leftOutLines } from './merge.js';

interface ExportOptions extends SigningOptions {
  readonly output: string;
  readonly manifest: boolean;
  readonly withhold?: readonly string[];
  readonly hide?: readonly string[];
  readonly force?: boolean;
}

export function defineExport(command: Command, session: Session): void {
  addSigningOptions(command)
    .argument('<file...>', 'all you hold about the item: passports, records, credentials, openings')
    .requiredOption('-o, --output <file>', 'the passport that leaves the house')
    .option('--no-manifest', 'make no statement of what the file holds')
    .option(
      '--withhold <id:reason...>',
      'records to withhold, declared in the manifest; reason privacy or secret',
    )
    .option('--hide <path...>', 'private fields to leave closed: a path such as oneTimeCode, or `all`')
    .option('--force', 'replace the file if it exists');
  addHelpText(
    command,
    [
      'goodorder export set.passport -o for-the-court.passport',
      'goodorder export set.passport -o for-the-buyer.passport --hide oneTimeCode persons[].name',
      'goodorder export set.passport -o plain.passport --no-manifest',
    ],
    ['0 exported   3 refused'],
  );
  command.action(async (files: string[], options: ExportOptions) => {
    const { io } = session;
    const names = await expandInputs(files, '.passport', io);
    const from: EvidenceInput[] = [];
    for (const name of names) from.push((await readInput(name, io)).bytes);
    const signing = options.manifest ? await openSigning(options, session) : null;
    const item = itemOf(from);
    const exported = await exportPassport({
      from: [...from, ...(signing === null ? [] : await signing.home.credentials())],
      maker: signing === null ? null : makerOf(signing.home, signing.key, item, session),
      withhold: (options.withhold ?? []).map(readWithheld),
      dropOpenings: (options.hide ?? []).map((path) => (path === 'all' ? {} : { path })),
    });
    await writeOutput(options.output, exported.bytes, io, { overwrite: options.force === true });
    show(session, exported, names, options);
  });
}

async function openSigning(
  options: ExportOptions,
  session: Session,
): Promise<{ home: SigningHome; key: OpenKey }> {
  const home = await SigningHome.open(options.home, session.io);
  return {
    home,
    key: await home.openKey(options.key, await readPassphrase(options.passphraseFd, session.io)),
  };
}

function itemOf(from: readonly EvidenceInput[]): string {
  for (const input of from) {
    if (!(input instanceof Uint8Array)) continue;
    const read = readPassportFile(input);
    if (read.ok) return read.file.item;
  }
  throw new GoodOrderError('passport.item', 'none of the files is a passport, so the item is not known');
}

function makerOf(home: SigningHome, key: OpenKey, item: string, session: Session): ManifestMaker {
  return {
    kid: key.kid,
    coseKey: key.coseKey,
    sign: async (payload) => {
      const made = await signWithKey(
        {
          home,
          key,
          type: 'manifest',
          sub: item,
          payload: payload as unknown as Readonly<Record<string, unknown>>,
          seen: [],
          iat: session.io.now(),
        },
        session.io,
        async () => {},
      );
      return { id: made.id, record: made.record };
    },
  };
}

function readWithheld(text: string): { id: string; reason: 'privacy' | 'secret' } {
  const match = /^([0-9a-f]{64}):(privacy|secret)$/.exec(text);
  if (match === null)
    throw new GoodOrderError('cli.usage', `\`${text}\` is not a record id, a colon, and privacy or secret`);
  return { id: match[1] as string, reason: match[2] as 'privacy' | 'secret' };
}

function show(
  session: Session,
  exported: ExportResult,
  names: readonly string[],
  options: ExportOptions,
): void {
  const { manifests, reused, withheld, leftOut } = exported;
  const stated =
    manifests.length === 0
      ? 'nothing is stated'
      : reused
        ? 'an earlier manifest says it all'
        : `${manifests.length === 1 ? 'a manifest' : `${manifests.length} manifests`} by this key`;
  session.result(
    options,
    {
      schemaVersion: 1,
      item: exported.item,
      sha256: exported.digest,
      bytes: exported.bytes.length,
      manifests,
      reused,
      withheld,
      leftOut: leftOut.map((one) => leftOutJson(one, names)),
      written: options.output,
    },
    [
      [
        { mark: 'passed' },
        ` exported, ${countText(exported.bytes.length)} bytes, sha256 ${shortHash(exported.digest)}`,
      ],
      [styled('faint', '    written   '), visibleText(options.output)],
      [styled('faint', '    complete  '), stated],
      ...withheld.map(({ id, reason }) => [
        styled('faint', '    withheld  '),
        `record ${id.slice(0, 16)}  ${reason}`,
      ]),
      ...leftOutLines(leftOut, names, options),
    ],
  );
}
