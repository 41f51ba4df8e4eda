import type { SignedRecord } from '../record/record.js';
import { type NewRecord, signRecord } from '../record/sign-record.js';
import type { RecordTypeName } from '../record/types/index.js';
import type { Player } from './cast.js';
import { labelled } from './test-keys.js';

export interface DeskRequest {
  readonly name: string;
  readonly player: Player;
  readonly sub: string;
  readonly type: RecordTypeName;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly iat: number;
  readonly seen: readonly string[];
  readonly anchors: readonly string[];
  /** An earlier record of the same key whose place this one takes a second time. */
  readonly forks?: SignedRecord;
}

/** Where each key of a scenario stands: its lane, and seq and prev for each subject. */
export class SigningDesk {
  readonly #lanes = new Map<string, string>();
  readonly #chains = new Map<string, { seq: number; prev: string }>();

  async sign(request: DeskRequest): Promise<NewRecord> {
    const { player, sub, forks } = request;
    const { kid } = player.signer;
    const chainKey = `${kid} ${sub}`;
    const chain = this.#chains.get(chainKey);
    const state =
      forks === undefined
        ? {
            seq: chain === undefined ? 0 : chain.seq + 1,
            prev: chain?.prev ?? null,
            lane: this.#lanes.get(kid) ?? null,
          }
        : { seq: forks.link.seq, prev: forks.link.prev, lane: forks.link.lane };
    let salts = 0;
    const made = await signRecord({
      signer: player.signer,
      iss: player.uri,
      sub,
      type: request.type,
      payload: request.payload,
      iat: request.iat,
      seen: request.seen,
      anchors: request.anchors,
      state,
      salt: () => {
        salts += 1;
        return labelled(`goodorder/test-salt/${request.name}/${salts}`).subarray(0, 16);
      },
    });
    if (forks === undefined) {
      this.#lanes.set(kid, made.statementHash);
      this.#chains.set(chainKey, { seq: made.signed.link.seq, prev: made.statementHash });
    }
    return made;
  }
}
