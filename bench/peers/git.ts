import { spawnSync } from 'node:child_process';
import { createHash, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Material,
  meanLength,
  type Peer,
  type PeerSigner,
  signerOf,
  TAMPERED,
  tamper,
  withFlippedBit,
} from './peer.js';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

function sshString(bytes: Uint8Array | string): Buffer {
  const body = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function sshPublicKey({ raw }: PeerSigner): Buffer {
  return Buffer.concat([sshString('ssh-ed25519'), sshString(raw)]);
}

/** What `ssh-keygen -Y sign -n git` writes (OpenSSH's PROTOCOL.sshsig), without starting it a thousand times. */
function sshSignature(message: string, signer: PeerSigner): string {
  const parts = [sshString('git'), sshString(''), sshString('sha512')];
  const digest = createHash('sha512').update(message).digest();
  const signed = Buffer.concat([Buffer.from('SSHSIG'), ...parts, sshString(digest)]);
  const version = Buffer.from([0, 0, 0, 1]);
  const blob = Buffer.concat([
    Buffer.from('SSHSIG'),
    version,
    sshString(sshPublicKey(signer)),
    ...parts,
    sshString(Buffer.concat([sshString('ssh-ed25519'), sshString(sign(null, signed, signer.privateKey))])),
  ]);
  const lines = blob.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----'].join('\n');
}

function run(command: string, args: readonly string[], cwd: string): { ok: boolean; text: string } {
  const done = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
  if (done.error !== undefined) throw done.error;
  return { ok: done.status === 0, text: done.stdout.trim() };
}

/** A chain of 1,000 commits with ssh-ed25519 signatures, the payload in base64 as the commit's message. */
export function gitPeer(material: Material): Peer | null {
  if (spawnSync('git', ['--version']).status !== 0 || spawnSync('ssh-keygen', ['-?']).error !== undefined) {
    return null;
  }
  const repository = join(material.folder, 'git');
  const git = (...args: string[]): string => {
    const { ok, text } = run('git', args, repository);
    if (!ok) throw new Error(`git ${args[0]} failed`);
    return text;
  };
  mkdirSync(repository);
  git('init', '--quiet');
  const allowed = join(repository, 'allowed-signers');
  writeFileSync(
    allowed,
    material.signers
      .map(
        (signer) =>
          `${signer.name}@example.org namespaces="git" ssh-ed25519 ${sshPublicKey(signer).toString('base64')}\n`,
      )
      .join(''),
  );
  git('config', 'gpg.ssh.allowedSignersFile', allowed);
  git('config', 'gpg.format', 'ssh');

  let parent: string | null = null;
  const commitOf = (payload: Uint8Array, index: number, signedPayload = payload): string => {
    const signer = signerOf(material, index);
    const who = `${signer.name} <${signer.name}@example.org> ${1_790_000_000 + 60 * index} +0000`;
    const header = [
      `tree ${EMPTY_TREE}`,
      ...(parent === null ? [] : [`parent ${parent}`]),
      `author ${who}`,
      `committer ${who}`,
    ].join('\n');
    const message = (bytes: Uint8Array): string => `${Buffer.from(bytes).toString('base64')}\n`;
    const signature = sshSignature(`${header}\n\n${message(signedPayload)}`, signer);
    return `${header}\ngpgsig ${signature.replaceAll('\n', '\n ')}\n\n${message(payload)}`;
  };
  const idOf = (commit: string): string =>
    createHash('sha1')
      .update(`commit ${Buffer.byteLength(commit)}\0${commit}`)
      .digest('hex');

  let tamperedCommit = '';
  const commits = material.payloads.map((payload, index) => {
    if (index === TAMPERED) tamperedCommit = commitOf(withFlippedBit(payload), index, payload);
    const commit = commitOf(payload, index);
    parent = idOf(commit);
    return commit;
  });
  const ids = commits.map(idOf);
  const store = (all: readonly string[]): void => {
    const paths = all.map((commit, index) => {
      const path = join(repository, `${index}.commit`);
      writeFileSync(path, commit);
      return path;
    });
    const done = spawnSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin-paths'], {
      cwd: repository,
      input: paths.join('\n'),
      encoding: 'utf8',
    });
    if (done.stdout.trim() !== all.map(idOf).join('\n'))
      throw new Error(`git stored other commits: ${done.stderr}`);
  };
  git('hash-object', '-t', 'tree', '-w', '/dev/null');
  store(commits);
  store([tamperedCommit]);
  git('update-ref', 'refs/heads/main', parent as unknown as string);
  git('repack', '-a', '-d', '-q');

  const verifyAll = (all: readonly string[]): void => {
    if (!run('git', ['verify-commit', ...all], repository).ok) throw new Error('a commit does not verify');
  };
  return {
    name: 'git verify-commit',
    measured: 'one `git verify-commit` of 1,000 commits; it starts ssh-keygen for each of them',
    cores: 1,
    bytesPerRecord: meanLength(commits),
    verify: () => verifyAll(ids),
    verifyTampered: () => verifyAll(tamper(ids, () => idOf(tamperedCommit))),
  };
}
