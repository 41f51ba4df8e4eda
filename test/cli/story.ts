import { type Json, NOW, Workplace } from './workplace.js';

export const ITEM = 'https://id.gs1.org/01/09521234543213/21/SN0042';
export const CHAMBER = 'https://id.gs1.org/417/9521234000006';
export const SELLER = 'https://id.gs1.org/417/9521234000013';
export const CARRIER = 'https://id.gs1.org/417/9521234000020';
export const FROM = '2026-01-01T00:00:00Z';
export const UNTIL = '2027-01-01T00:00:00Z';
/** When the story's records are signed: an hour apart, before `NOW`. */
export const at = (hour: number): string => String(NOW - 86_400 + hour * 3_600);

/** A chamber that vouches for a seller and a carrier, each with a signing folder of its own, and a buyer without. */
export class Story {
  readonly place: Workplace;

  private constructor(place: Workplace) {
    this.place = place;
  }

  static async begin(): Promise<Story> {
    const story = new Story(await Workplace.make());
    const { place } = story;
    await place.must(['init', '--party', CHAMBER], { in: 'chamber' });
    await place.must(['init', '--party', SELLER], { in: 'seller' });
    await place.must(['init', '--party', CARRIER], { in: 'carrier' });
    await place.must(['init'], { in: 'buyer' });
    await place.must(
      [
        ...[
          'trust',
          'add',
          '../court.trust.json',
          '--party',
          CHAMBER,
          '--public-key',
          await story.publicKey('chamber'),
        ],
        ...['--roles', 'seller', 'carrier', '--from', FROM, '--until', UNTIL, '--name', 'court'],
      ],
      { in: 'chamber' },
    );
    await story.vouchFor('seller', SELLER);
    await story.vouchFor('carrier', CARRIER);
    return story;
  }

  /** The story of a workplace that was copied. */
  static resume(place: Workplace): Story {
    return new Story(place);
  }

  async publicKey(who: string): Promise<string> {
    return (await this.place.must(['key', 'show', 'bench'], { in: who })).coseKey;
  }

  async kid(who: string): Promise<string> {
    return (await this.place.must(['key', 'show', 'bench'], { in: who })).kid;
  }

  async vouchFor(who: 'seller' | 'carrier', party: string): Promise<void> {
    const file = `../${who}.credential.json`;
    await this.place.must(
      [
        ...[
          'credential',
          'issue',
          '--party',
          party,
          '--public-key',
          await this.publicKey(who),
          '--roles',
          who,
        ],
        ...['--from', FROM, '--until', UNTIL, '-o', file],
      ],
      { in: 'chamber' },
    );
    await this.place.must(['credential', 'add', file], { in: who });
  }

  /** Signs a payload into `set.passport`, as `who` at that hour. */
  async sign(
    who: string,
    type: string,
    payload: Json,
    hour: number,
    options: { readonly into?: string; readonly sub?: string; readonly args?: readonly string[] } = {},
  ): Promise<Json> {
    const { into = '../set.passport', sub = ITEM, args = [] } = options;
    const draft = `${who}/${type}.draft.json`;
    await this.place.writeJson(draft, { schemaVersion: 1, type, sub, payload });
    const target = args.includes('-o') ? [] : ['--into', into];
    return this.place.must(['sign', `${type}.draft.json`, ...target, '--at', at(hour), ...args], { in: who });
  }

  async commission(hour = 0): Promise<Json> {
    return this.sign('seller', 'commission', COMMISSION, hour);
  }

  async handover(hour = 1): Promise<Json> {
    return this.sign('carrier', 'handover', HANDOVER, hour);
  }

  verify(file: string, ...args: string[]) {
    return this.place.run(['verify', file, '--trust', 'court.trust.json', ...args]);
  }
}

export const COMMISSION = {
  occurredAt: '2026-09-09T08:00:00+08:00',
  name: 'Porcelain dinner set, 16 pieces',
  facility: { name: 'Kiln 2' },
  stage: 'finished',
  model: 'DS-16',
  materials: [{ name: 'porcelain' }],
  conformityReferences: [],
};

export const HANDOVER = {
  occurredAt: '2026-09-09T09:05:00+08:00',
  from: SELLER,
  to: CARRIER,
  fromCapacity: 'principal',
  toCapacity: 'carrier',
  parcels: 1,
  remark: 'clean',
  inspectedScope: [{ aspect: 'packaging-outer' }],
  sealState: 'intact',
  leg: 'A',
  mode: 'road',
  persons: [{ capacity: 'driver', name: 'Li Wei' }],
};
