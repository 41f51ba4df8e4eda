import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Hypercore from 'hypercore';
import { type Material, type Peer, same, TAMPERED, tamper, withFlippedBit } from './peer.js';

interface Proof {
  readonly block: { readonly index: number; readonly value: Uint8Array };
}

function folderBytes(folder: string): number {
  let total = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) total += statSync(join(entry.parentPath, entry.name)).size;
  }
  return total;
}

/** Five logs with one writer each, 200 blocks appended one at a time, so that every length has its signed head. */
export async function hypercorePeers({ payloads, signers, folder }: Material): Promise<Peer[]> {
  const logFolder = join(folder, 'hypercore');
  const logs = signers.map(({ name }) => new Hypercore(join(logFolder, name)));
  const proofs: { readonly log: number; readonly proof: Proof }[] = [];
  for (const [index, payload] of payloads.entries()) {
    const log = index % logs.length;
    const core = logs[log];
    const { length } = await core.append(Buffer.from(payload));
    const proof = await core.proof({
      block: { index: length - 1, nodes: 0 },
      upgrade: { start: 0, length },
    });
    proofs.push({ log, proof });
  }
  const bytesPerRecord = folderBytes(logFolder) / payloads.length;

  // A reader that knows the logs' keys and holds nothing of them.
  const readers = await Promise.all(
    logs.map(async (core, log) => {
      const reader = new Hypercore(join(folder, 'hypercore-readers', `${log}`), core.key, {
        manifest: core.manifest,
      });
      await reader.ready();
      return reader;
    }),
  );
  const verifyHeads = async (all: typeof proofs): Promise<void> => {
    for (const [index, { log, proof }] of all.entries()) {
      await readers[log].verifyFullyRemote(proof);
      if (!same(proof.block.value, payloads[index] as Uint8Array)) throw new Error('another block');
    }
  };
  const tamperedProofs = tamper(proofs, ({ log, proof }) => ({
    log,
    proof: { ...proof, block: { ...proof.block, value: Buffer.from(withFlippedBit(proof.block.value)) } },
  }));

  const replicate = async (corrupt: boolean): Promise<void> => {
    const target = mkdtempSync(join(folder, 'replica-'));
    const copies = logs.map((core, log) => new Hypercore(join(target, `${log}`), core.key));
    try {
      await Promise.all(copies.map((copy) => copy.ready()));
      await Promise.all(
        copies.map(async (copy, log) => {
          const source = logs[log];
          const serving = source.replicate(true, { keepAlive: false });
          const asking = copy.replicate(false, { keepAlive: false });
          const broken = new Promise<never>((_, reject) => {
            for (const stream of [serving, asking]) stream.on('error', reject);
            copy.once('verification-error', reject);
          });
          serving.pipe(asking).pipe(serving);
          try {
            await Promise.race([
              (async () => {
                await copy.update({ wait: true });
                if (copy.length !== source.length) throw new Error('not the whole log');
                await copy.download({ start: 0, end: source.length }).done();
              })(),
              broken,
            ]);
          } finally {
            broken.catch(() => undefined);
            serving.destroy();
            asking.destroy();
          }
        }),
      );
      for (const [index, payload] of payloads.entries()) {
        const copy = copies[index % copies.length];
        const block = await copy.get(Math.floor(index / copies.length), { wait: false });
        if (block === null || !same(block, payload)) throw new Error('another block');
      }
    } finally {
      await Promise.all(copies.map((copy) => copy.close()));
      rmSync(target, { recursive: true, force: true });
    }
    if (corrupt) throw new Error('unreachable');
  };

  /** The same replication from a source that serves one block with a bit flipped. */
  const replicateTampered = async (): Promise<void> => {
    const log = TAMPERED % logs.length;
    const at = Math.floor(TAMPERED / logs.length);
    const { storage } = logs[log].state;
    const tx = storage.write();
    tx.putBlock(at, Buffer.from(withFlippedBit(payloads[TAMPERED] as Uint8Array)));
    await tx.flush();
    try {
      await replicate(false);
    } finally {
      const back = storage.write();
      back.putBlock(at, Buffer.from(payloads[TAMPERED] as Uint8Array));
      await back.flush();
    }
  };

  return [
    {
      name: 'hypercore, signed heads',
      measured:
        '`verifyFullyRemote` of 1,000 proofs held as objects: block, tree, and the head’s signature at each length',
      cores: 1,
      bytesPerRecord: null,
      verify: () => verifyHeads(proofs),
      verifyTampered: () => verifyHeads(tamperedProofs),
    },
    {
      name: 'hypercore, replication',
      measured:
        'five logs of 200 blocks replicated in one process into empty stores and read back: 5 heads’ signatures, tree proofs, encrypted stream, disk',
      cores: 2,
      bytesPerRecord,
      verify: () => replicate(false),
      verifyTampered: replicateTampered,
      close: async () => {
        await Promise.all([...logs, ...readers].map((core) => core.close()));
      },
    },
  ];
}
