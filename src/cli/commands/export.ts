import { type Command, Option } from 'commander';
import { type SealedRecord, signNext } from '../../capture/signer-state.js';
import { GoodOrderError } from '../../errors.js';
import type { EvidenceInput } from '../../passport/evidence-set.js';
import { type ExportResult, exportPassport, type ManifestMaker } from '../../passport/export.js';
import { mergePassports } from '../../passport/merge.js';
import { exportVolumes, type VolumesResult } from '../../passport/volumes.js';
import type { RecordToWithhold } from '../../passport/withhold.js';
import { signRecord } from '../../record/sign-record.js';
import { countText, shortHash } from '../../report/name-text.js';
import { styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { addHelpText, parseCount, type Session } from '../command.js';
import { readPassphrase } from '../passphrase.js';
import { pickRecord } from '../pick-record.js';
import { readEvidenceFiles } from '../read-evidence.js';
import { INPUT_LIMIT } from '../read-input.js';
import { elementsOf, subjectOf } from '../sign-into.js';
import { type OpenKey, SigningHome } from '../signing-home.js';
import { addSigningOptions, type SigningOptions } from '../signing-options.js';
import { assertWritable, writeOutput } from '../write-output.js';
import { leftOutJson, leftOutLines } from './merge.js';

interface ExportOptions extends SigningOptions {
  readonly output: string;
  readonly manifest: boolean;
  readonly withhold?: readonly string[];
  readonly hide?: readonly string[];
  readonly volumes?: boolean;
  readonly limit: number;
  readonly force?: boolean;
}

export function defineExport(command: Command, session: Session): void {
  addSigningOptions(command)
    .argument('<file...>', 'all you hold about the item: passports, records, credentials, openings')
    .requiredOption('-o, --output <file>', 'the passport that leaves the house')
    .option('--no-manifest', 'make no statement of what the file holds')
    .option(
      '--withhold <record:reason...>',
      'records to withhold, declared in the manifest, as 4e5e411b:privacy or 9:secret',
    )
    .option('--hide <path...>', 'private fields to leave closed: a path such as oneTimeCode, or `all`')
    .option('--volumes', 'where one file would be too long, cut it into for-the-court-1-of-2.passport, …')
    .addOption(
      new Option('--limit <bytes>', 'longest file').argParser(parseCount).default(INPUT_LIMIT, '64 MiB'),
    )
    .option('--force', 'replace the file if it exists');
  addHelpText(
    command,
    [
      'goodorder export set.passport -o for-the-court.passport',
      'goodorder export set.passport -o for-the-court.passport --volumes',
      'goodorder export set.passport -o for-the-buyer.passport --hide oneTimeCode persons[].name',
      'goodorder export set.passport -o plain.passport --no-manifest',
    ],
    ['0 exported   3 refused'],
  );
  command.action(async (files: string[], options: ExportOptions) => {
    const { io } = session;
    const overwrite = options.force === true;
    await assertWritable(options.output, io, { overwrite });
    const { names, inputs, item } = await readEvidenceFiles(files, io);
    if (item === null)
      throw new GoodOrderError('passport.item', 'none of the files is a passport, so the item is not known');
    const signing = options.manifest ? await openSigning(options, session) : null;
    if (signing === null && options.withhold !== undefined)
      throw new GoodOrderError(
        'cli.usage',
        'only a manifest can say what is withheld: leave out --no-manifest',
      );
    const pending = signing === null ? [] : await pendingAbout(signing.key, item);
    const from = [
      ...inputs,
      ...pending.flatMap(elementsOf),
      ...(signing === null ? [] : await signing.home.travelling(item)),
    ];
    const request = {
      from,
      withhold: await recordsToWithhold(from, options.withhold ?? [], io.now()),
      dropOpenings: (options.hide ?? []).map((path) => (path === 'all' ? {} : { path })),
    };
    const maker = signing === null ? null : await makerOf(signing, item, session);
    if (options.volumes === true && maker === null)
      throw new GoodOrderError('cli.usage', 'only manifests hold volumes together: leave out --no-manifest');
    const exported = await (options.volumes === true && maker !== null
      ? exportVolumes({ ...request, maker, volumeLimit: options.limit })
      : oneVolume(await exportPassport({ ...request, maker, limit: options.limit }).catch(hinted)));
    const written = volumeNames(options.output, exported.volumes.length);
    for (const name of written) await assertWritable(name, io, { overwrite });
    for (const [index, { bytes }] of exported.volumes.entries())
      await writeOutput(written[index] as string, bytes, io, { overwrite });
    for (const { id } of pending) await signing?.key.state.released(id);
    // What the signing folder offers to every export is no loss where this one has no use for it.
    const asked = inputs.length + pending.reduce((sum, sealed) => sum + elementsOf(sealed).length, 0);
    const leftOut = exported.leftOut.filter(({ input }) => input < asked);
    show(session, { ...exported, leftOut }, written, names, options);
  });
}

interface Signing {
  readonly home: SigningHome;
  readonly key: OpenKey;
}

/** Records about the item that a crash kept from leaving. */
async function pendingAbout(key: OpenKey, item: string): Promise<SealedRecord[]> {
  return (await key.state.unreleased()).filter((sealed) => subjectOf(sealed) === item);
}

async function openSigning(options: ExportOptions, session: Session): Promise<Signing> {
  const home = await SigningHome.open(options.home, session.io);
  return {
    home,
    key: await home.openKey(options.key, await readPassphrase(options.passphraseFd, session.io)),
  };
}

/** The manifest is kept in the signing folder before it leaves: the next file about the item needs it too. */
async function makerOf({ home, key }: Signing, item: string, { io }: Session): Promise<ManifestMaker> {
  const { position } = await key.state.reserve(item);
  return {
    kid: key.kid,
    coseKey: key.coseKey,
    nextSeq: position.seq,
    sign: async (payload) =>
      signNext(
        key.state,
        item,
        (at) =>
          signRecord({
            signer: key.signer,
            iss: home.issuer(key.kid),
            sub: item,
            type: 'manifest',
            payload: payload as unknown as Readonly<Record<string, unknown>>,
            iat: io.now(),
            state: at,
            salt: () => io.random(16),
          }),
        ({ id, record }) => home.evidence.keepManifest(item, id, record),
      ),
  };
}

async function recordsToWithhold(
  from: readonly EvidenceInput[],
  wanted: readonly string[],
  at: number,
): Promise<RecordToWithhold[]> {
  if (wanted.length === 0) return [];
  const { bytes } = await mergePassports(from);
  const { records } = await verifyPassport(bytes, { trust: null, at });
  return wanted.map((text) => {
    const [, which, reason] = /^([0-9a-f]+):(privacy|secret)$/.exec(text) ?? [];
    if (which === undefined || reason === undefined) {
      throw new GoodOrderError(
        'cli.usage',
        `\`${text}\` is not a record, a colon, and privacy or secret, as in 4e5e411b:privacy`,
      );
    }
    return { id: pickRecord(records, which).id, reason: reason as RecordToWithhold['reason'] };
  });
}

function oneVolume({ bytes, digest, ...rest }: ExportResult): VolumesResult {
  return { ...rest, volumes: [{ bytes, digest }] };
}

/** `court.passport` of three: `court-1-of-3.passport` and so on. */
function volumeNames(output: string, count: number): string[] {
  if (count === 1) return [output];
  const [, start = output, ending = ''] = /^(.*?)(\.[^./\\]*)?$/.exec(output) ?? [];
  return Array.from({ length: count }, (_, index) => `${start}-${index + 1}-of-${count}${ending}`);
}

function hinted(error: unknown): never {
  if (!(error instanceof GoodOrderError) || error.code !== 'passport.too-large') throw error;
  const message = `${error.message}; --volumes cuts it, and --limit raises the limit`;
  throw new GoodOrderError(error.code, message, error.place, error);
}

function show(
  session: Session,
  exported: VolumesResult,
  written: readonly string[],
  names: readonly string[],
  options: ExportOptions,
): void {
  const { manifests, reused, withheld, leftOut, volumes } = exported;
  const [first] = volumes;
  const bytes = volumes.reduce((sum, volume) => sum + volume.bytes.length, 0);
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
      ...(volumes.length === 1
        ? { sha256: first?.digest, bytes, written: options.output }
        : {
            volumes: volumes.map((volume, index) => ({
              written: written[index],
              sha256: volume.digest,
              bytes: volume.bytes.length,
            })),
          }),
      manifests,
      reused,
      withheld,
      leftOut: leftOut.map((one) => leftOutJson(one, names)),
    },
    [
      [
        { mark: 'passed' },
        volumes.length === 1
          ? ` exported, ${countText(bytes)} bytes, sha256 ${shortHash(first?.digest ?? '')}`
          : ` exported in ${volumes.length} volumes, ${countText(bytes)} bytes`,
      ],
      ...written.map((name, index) => [
        styled('faint', '    written   '),
        visibleText(name),
        ...(volumes.length === 1
          ? []
          : [styled('faint', `  sha256 ${shortHash(volumes[index]?.digest ?? '')}`)]),
      ]),
      [styled('faint', '    complete  '), stated],
      ...withheld.map(({ id, reason }) => [
        styled('faint', '    withheld  '),
        `record ${id.slice(0, 16)}  ${reason}`,
      ]),
      ...leftOutLines(leftOut, names, options),
    ],
  );
}
