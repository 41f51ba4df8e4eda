import type { NewRecord } from '../../src/record/sign-record.js';
import { phoneSigner } from './cases/records.js';
import { Actor, flipped, hashOf, ITEM, manifestFields, Story, T0, withheld } from './story.js';

/** A small generator of numbers from a seed (mulberry32): the same history for the same seed. */
export function random(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Held {
  readonly made: NewRecord;
  readonly by: Actor;
  readonly sub: string;
}

/** What really happened, which no verifier is told. */
export interface History {
  readonly story: Story;
  readonly honest: readonly Actor[];
  readonly cheat: Actor;
  /** Pairs of record ids that the cheat signed for one place of its chain. */
  readonly forks: readonly (readonly [string, string])[];
  /** Manifests of the cheat that leave out what its own record, named beside, shows that it knew. */
  readonly omissions: readonly {
    readonly manifest: string;
    readonly omitted: string;
    readonly shownBy: string;
  }[];
  readonly all: readonly Held[];
}

/**
 * Parties who sign offline and pass on what they hold: two companies, a company that enrolled a second device, a phone
 * that signed some texts twice, a consumer, and a cheat who forks its chain, leaves out what it knew from manifests and
 * invents ids.
 */
export async function history(seed: number, events = 24): Promise<History> {
  const pick = random(seed);
  const story = new Story();
  const cheat = new Actor('cheat');
  const phone = new Actor('phone company', undefined, phoneSigner());
  const restored = new Actor('company one, second device', new Actor('company one').iss);
  const honest = [
    new Actor('company one'),
    new Actor('company two'),
    restored,
    phone,
    Actor.person('consumer'),
  ];
  const actors = [...honest, cheat];
  const holdings = new Map(actors.map((actor) => [actor, new Map<string, Held>()]));
  const all: Held[] = [];
  const forks: [string, string][] = [];
  const omissions: { manifest: string; omitted: string; shownBy: string }[] = [];

  const seenBy = (actor: Actor, sub: string): string[] => {
    const others = [...holdings.get(actor)!.values()].filter(
      ({ made, by, sub: about }) => !(by.kid === actor.kid && about === sub) && made.id !== '',
    );
    const seen: string[] = [];
    for (let count = pick(4); count > 0 && others.length > 0; count -= 1) {
      seen.push(others[pick(others.length)]!.made.id);
    }
    return [...new Set(seen)];
  };
  const keep = (actor: Actor, made: NewRecord, sub: string): Held => {
    const held = { made, by: actor, sub };
    all.push(held);
    holdings.get(actor)!.set(made.id, held);
    return held;
  };
  const say = async (actor: Actor, advance = true): Promise<Held> => {
    const sub = ITEM;
    const position = actor.position(sub);
    const options = { sub, seen: seenBy(actor, sub), iat: T0 + all.length * 60, position, advance };
    const text = `text ${all.length}`;
    const made = await story.say(actor, text, options);
    // A crash between signing and sending: the phone signs the same text again, by another number.
    if (actor === phone && pick(2) === 0)
      keep(actor, await story.say(actor, text, { ...options, advance: false }), sub);
    return keep(actor, made, sub);
  };

  for (let event = 0; event < events; event += 1) {
    const actor = pick(3) === 0 ? cheat : actors[pick(actors.length)]!;
    const held = [...holdings.get(actor)!.values()];
    switch (pick(7)) {
      case 0:
      case 1:
      case 2:
        await say(actor);
        break;
      case 3:
      case 4: {
        const from = holdings.get(actors[pick(actors.length)]!)!;
        for (const [id, one] of from) if (pick(4) > 0) holdings.get(actor)!.set(id, one);
        break;
      }
      case 5: {
        if (actor !== cheat) break;
        const one = await say(cheat, false);
        const other = await say(cheat);
        forks.push([one.made.id, other.made.id]);
        break;
      }
      default: {
        if (actor === cheat) await cheatingManifest(held);
        else await honestManifest(actor, held);
      }
    }
  }

  async function honestManifest(actor: Actor, held: readonly Held[]): Promise<void> {
    // It lists or declares everything it holds; what it names in its records it holds.
    const left = held.filter(() => pick(5) === 0);
    const ids = held.filter((one) => !left.includes(one)).map(({ made }) => made.id);
    const declared = left
      .map(({ made, by, sub }) =>
        withheld({ id: made.id, kid: by.kid, sub, seq: made.signed.link.seq }, 'privacy'),
      )
      .sort((a, b) => Buffer.compare(a.id as Uint8Array, b.id as Uint8Array));
    const fields = { ...manifestFields(ids), withheld: declared };
    keep(actor, await story.sign(actor, 'manifest', fields, { iat: T0 + all.length * 60 }), ITEM);
  }

  async function cheatingManifest(held: readonly Held[]): Promise<void> {
    const own = held.filter(({ by, made }) => by === cheat && made.signed.link.seen.length > 0);
    const shownBy = own[pick(Math.max(own.length, 1))];
    const seen = shownBy?.made.signed.link.seen ?? [];
    const omitted = seen[pick(Math.max(seen.length, 1))];
    const twins = held.filter(({ made }) => {
      return made.statementHash === holdings.get(cheat)!.get(omitted ?? '')?.made.statementHash;
    });
    const out = new Set(twins.map(({ made }) => made.id));
    const ghosts = pick(2) === 0 ? [hashOf(`ghost ${pick(1000)}`)] : [];
    const ids = [...held.map(({ made }) => made.id).filter((id) => !out.has(id)), ...ghosts].sort();
    const made = await story.sign(cheat, 'manifest', manifestFields(ids), { iat: T0 + all.length * 60 });
    keep(cheat, made, ITEM);
    if (omitted !== undefined && shownBy !== undefined) {
      omissions.push({ manifest: made.id, omitted, shownBy: shownBy.made.id });
    }
  }

  for (const actor of actors) {
    if (all.some(({ by }) => by === actor) && !actor.iss.startsWith('urn:goodorder:key:')) {
      await story.vouch(actor, ['seller']);
    }
  }
  return { story, honest, cheat, forks, omissions, all };
}

/** What an adversary without anybody's key can do to a file: drop, forge, break, invent. */
export function tampered(
  history: History,
  seed: number,
): { bytes: Uint8Array; present: ReadonlySet<string> } {
  const pick = random(seed);
  const { story, all } = history;
  const records = all.filter(() => pick(5) > 0);
  const present = new Set(records.map(({ made }) => made.id));
  const bytes = records.map(({ made }) => made.record);
  const junk = records
    .filter(() => pick(6) === 0)
    .map(({ made }) => flipped(made.record, pick(made.record.length * 8)));
  const keys = [...story.keys].map(({ coseKey }) => coseKey);
  return { bytes: story.file({ records: [...bytes, ...junk], keys }), present };
}
