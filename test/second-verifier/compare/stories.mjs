/**
 * Random stories: several keys that sign, delegate, log, withhold, revoke and misbehave, all properly signed, so that
 * the rules behind the signatures are reached.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { decode, encode, get, object, set } from './cbor.mjs';
import { join } from './file.mjs';
import { credential, KEYS, RECORD_TYP, seal, sha256, testKey } from './keys.mjs';
import { changeTree } from './mutate.mjs';

const START = 1787880000;
const ITEM = 'https://id.gs1.org/01/09521234543213/21/SN0007';
const OTHER = 'https://id.gs1.org/01/09521234543213/21/SN0008';
const LOT = 'https://id.gs1.org/01/09521234543213/10/L1';
const BOX = 'https://id.gs1.org/00/952012345678912345';
const PARTIES = [
  'https://id.gs1.org/417/9522754059956',
  'https://id.gs1.org/417/9522406939988',
  'urn:goodorder:lei:529900T8BM49AURSDO55',
];
const ROLES = ['buyer', 'carrier', 'inspector', 'laboratory', 'producer', 'seller'];
const AUTHORITY = KEYS[0];
const SIGNERS = [...KEYS.slice(1, 6), KEYS.at(-1)];
const keyUri = (key) => `urn:goodorder:key:${key.kidHex}`;
const LOGS = ['log.example/one', 'log.example/two'].map((name) => ({ ...testKey(name), name, type: 1 }));
const WITNESSES = ['w0.example', 'w1.example', 'w2.example'].map((name) => ({
  ...testKey(name),
  name,
  type: 4,
}));

let quantum;
/** A witness that cosigns trees with ML-DSA-44. Its keys take a while: only stories that have it make them. */
function quantumWitness() {
  if (quantum === undefined) {
    const { publicKey, secretKey } = ml_dsa44.keygen(sha256('goodorder/test/quantum'));
    quantum = {
      name: 'w3.example',
      type: 6,
      x: publicKey,
      sign: (bytes) => ml_dsa44.sign(bytes, secretKey, { extraEntropy: false }),
    };
  }
  return quantum;
}

function treeMessage(witness, origin, size, root, time) {
  const name = Buffer.from(witness.name);
  const from = Buffer.from(origin);
  const numbers = Buffer.alloc(24);
  numbers.writeBigUInt64BE(BigInt(time), 0);
  numbers.writeBigUInt64BE(BigInt(size), 16);
  return Buffer.concat([
    Buffer.from('subtree/v1\n\0'),
    Uint8Array.of(name.length),
    name,
    numbers.subarray(0, 8),
    Uint8Array.of(from.length),
    from,
    numbers.subarray(8),
    root,
  ]);
}

// ---- payloads: those of the fixtures, with what must hold together put in

const FOLDER = fileURLToPath(new URL('../../../fixtures/records/', import.meta.url));
let bases;
function payloads() {
  bases ??= readdirSync(FOLDER)
    .sort()
    .flatMap((type) =>
      ['minimal', 'full'].map((which) => {
        const bytes = new Uint8Array(readFileSync(`${FOLDER}${type}/valid/${which}.cbor`));
        return [type, decode(decode(bytes.subarray(1))[2])];
      }),
    );
  return bases;
}

function copy(value) {
  if (Array.isArray(value)) return value.map(copy);
  if (Array.isArray(value?.map)) return { map: value.map.map(([k, v]) => [k, copy(v)]) };
  return value;
}

const bytesOrder = (a, b) => Buffer.compare(a, b);
const instant = (utcS) => object({ utcS, offsetMin: 480 });

function distinct(list) {
  const sorted = [...list].sort(bytesOrder);
  return sorted.filter((one, i) => i === 0 || bytesOrder(one, sorted[i - 1]) !== 0);
}

// ---- Merkle trees and notes

const leaf = (id) => sha256(Uint8Array.of(0), id);
const node = (a, b) => sha256(Uint8Array.of(1), a, b);

function rootOf(hashes) {
  if (hashes.length === 0) return sha256('');
  if (hashes.length === 1) return hashes[0];
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return node(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)));
}

function pathOf(hashes, index) {
  if (hashes.length <= 1) return [];
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return index < k
    ? [...pathOf(hashes.slice(0, k), index), rootOf(hashes.slice(k))]
    : [...pathOf(hashes.slice(k), index - k), rootOf(hashes.slice(0, k))];
}

const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const lineKeyId = (key) => sha256(`${key.name}\n`, Uint8Array.of(key.type), key.x).slice(0, 4);
const vkey = (key) =>
  `${key.name}+${Buffer.from(lineKeyId(key)).toString('hex')}+${base64(Buffer.concat([Uint8Array.of(key.type), key.x]))}`;

function note(random, text, log, time, tree) {
  const line = (key, signature) => `— ${key.name} ${base64(Buffer.concat([lineKeyId(key), signature]))}\n`;
  let lines = line(log, log.sign(Buffer.from(random.amiss(4) ? `${text}x` : text)));
  for (const witness of WITNESSES) {
    if (!random.chance(75)) continue;
    for (let n = random.amiss(8) ? 2 : 1; n > 0; n -= 1) {
      const at = random.amiss(4) ? 0 : time + random.int(3) * 30 + n;
      const stamp = new Uint8Array(8);
      new DataView(stamp.buffer).setBigUint64(0, BigInt(at));
      const signature = witness.sign(
        Buffer.from(`cosignature/v1\ntime ${random.amiss(3) ? at + 1 : at}\n${text}`),
      );
      lines += line(witness, Buffer.concat([stamp, signature]));
    }
  }
  if (tree && random.quantum) {
    const witness = quantumWitness();
    const at = time + random.int(60);
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(at));
    const message = treeMessage(witness, tree.origin, tree.size, tree.root, random.amiss(4) ? at + 1 : at);
    lines += line(witness, Buffer.concat([stamp, witness.sign(message)]));
  }
  return new Uint8Array(Buffer.from(`${text}\n${lines}`));
}

// ---- the story

class Story {
  constructor(given) {
    // How much goes wrong: a third of the stories is honest.
    const scale = given.pick([0, 0, 0.3, 1, 2]);
    const random = { ...given, amiss: (percent) => given.int(1000) < percent * 10 * scale };
    this.random = random;
    random.quantum = given.chance(3);
    this.honest = scale === 0;
    this.openings = []; // {bytes of the record's id come later}
    this.records = []; // {key, sub, seq, id, statement, bytes, iat, sub, type, iss}
    this.members = new Map([1, 2, 3, 4, 5, 6, 7, 8].map((member) => [member, []]));
    this.chains = new Map();
    this.lanes = new Map();
    this.notes = [];
    this.entries = [];
    this.time = START;
    this.signers = random.some(SIGNERS, 55);
    if (this.signers.length === 0) this.signers = [SIGNERS[0]];
    this.subjects = [ITEM, ITEM, ITEM, ITEM, ...(this.honest ? [] : random.some([OTHER, LOT, BOX], 40))];
    this.party = new Map(
      SIGNERS.map((key) => [key.name, random.chance(12) ? keyUri(key) : random.pick(PARTIES)]),
    );
  }

  credentials() {
    const { random } = this;
    const holders = [AUTHORITY];
    for (const key of this.signers) {
      const wanted = random.amiss(12) ? 0 : random.chance(25) ? 2 : 1;
      for (let i = 0; i < wanted; i += 1) {
        const issuer = random.chance(70) ? AUTHORITY : random.pick(holders);
        const from = START - (this.honest ? 86400 : random.pick([86400, 86400, 86400, 0, -300]));
        const fields = {
          party: i > 0 && random.chance(50) ? random.pick(PARTIES) : this.party.get(key.name),
          key: key.kid,
          roles: random.some(ROLES, 60),
          from,
          until: START + (this.honest ? 5000000 : random.pick([864000, 864000, 100, 700, 5000000])),
        };
        if (random.chance(30)) fields.mayDelegate = random.int(3);
        if (random.chance(25))
          fields.subjects = distinct(
            random
              .some(
                [
                  'https://id.gs1.org/01/',
                  'https://id.gs1.org/01/09521234543213/',
                  'urn:goodorder:key:',
                  'urn:uuid:',
                ],
                50,
              )
              .map((text) => Buffer.from(text)),
          ).map((raw) => raw.toString());
        if (fields.subjects?.length === 0) delete fields.subjects;
        if (random.chance(20))
          fields.accreditation = object({
            body: 'B',
            number: '1',
            scope: 's',
            until: START + random.int(10000),
          });
        if (fields.until < fields.from) fields.until = fields.from;
        const bytes = credential(issuer, fields);
        this.members.get(3).push(bytes);
        holders.push(key);
        if (random.chance(40)) this.entries.push(sha256(bytes));
      }
    }
  }

  ids(percent) {
    const { random } = this;
    const found = random.some(this.records, percent).map((record) => record.id);
    if (random.amiss(8)) found.push(sha256('absent', Uint8Array.of(random.int(3))));
    return found;
  }

  payload(type, base, key, sub) {
    const { random } = this;
    const payload = copy(base);
    const other = () => random.pick([...this.party.values()]);
    const mine = this.party.get(key.name);
    const before = this.records.length > 0 ? random.pick(this.records) : undefined;
    if (get(payload, 'occurredAt')) set(payload, 'occurredAt', instant(this.time));
    const replace = (name) =>
      before && random.chance(85) && get(payload, name) && set(payload, name, before.id);
    if (type === 'countersign') {
      const answered = this.records.filter((record) =>
        ['handover', 'delivery', 'agreement', 'inspection'].includes(record.type),
      );
      if (answered.length > 0 && random.chance(85)) set(payload, 'of', random.pick(answered).id);
      else replace('of');
    }
    replace('against');
    replace('authorisation');
    replace('lastSensorRecord');
    if (get(payload, 'occasion')) replace.call(null, 'occasion');
    if (get(payload, 'occasion') instanceof Uint8Array)
      set(payload, 'occasion', object({ boundary: 'transfer', of: get(payload, 'occasion') }));
    if (type === 'handover' || type === 'delivery' || type === 'return') {
      set(payload, 'from', random.chance(50) ? mine : other());
      set(payload, 'to', random.chance(50) ? mine : other());
    }
    if (type === 'agreement')
      set(payload, 'parties', [...new Set([mine, other(), other(), PARTIES[0], PARTIES[1]])]);
    if (type === 'inspection' && random.chance(50)) set(payload, 'requestedBy', other());
    if (type === 'acknowledgement')
      set(payload, 'received', distinct(this.ids(50).concat(before ? [before.id] : [sha256('x')])));
    if (type === 'key-event') return this.keyEvent(key, sub);
    if (type === 'manifest') return this.manifest(key, sub);
    if (type === 'commission' && random.chance(40)) {
      set(payload, 'lot', LOT);
      if (random.chance(40))
        set(payload, 'predecessor', object({ sub: OTHER, manifest: before?.id ?? sha256('m') }));
    }
    return payload;
  }

  /** Private places with openings, and files. */
  hide(type, payload, key, sub) {
    const { random } = this;
    const opened = [];
    const digest = (path, value) => {
      const salt = random.bytes(16);
      opened.push([path, salt, value]);
      return sha256('goodorder/field/1\0', encode([key.kid, sub, salt, path, value]));
    };
    if (type === 'aggregation') {
      const children = random.some([ITEM, OTHER, BOX], 60);
      if (children.length === 0) children.push(ITEM);
      set(
        payload,
        'children',
        children.map((child, i) => digest(['children', i], random.amiss(5) ? 7 : child)),
      );
    }
    if (type === 'payment' && random.chance(60))
      set(payload, 'amountMinor', digest(['amountMinor'], random.amiss(10) ? -1 : 9900));
    const observing = ![
      'acknowledgement',
      'aggregation',
      'agreement',
      'countersign',
      'key-event',
      'manifest',
      'payment',
    ].includes(type);
    if (observing && random.chance(15)) {
      const name = digest(['persons', 0, 'name'], random.amiss(10) ? object({ a: 1 }) : 'Li Lei');
      set(payload, 'persons', [object({ capacity: 'driver', name })]);
    }
    if (observing && random.chance(10)) {
      const exact = digest(
        ['place', 'exact'],
        object(random.amiss(30) ? { address: 'x', more: 1 } : { address: 'Kontorgatan 1' }),
      );
      set(payload, 'place', object({ country: 'SE', exact }));
    }
    const list = {
      countersign: 'photos',
      handover: 'photos',
      seal: 'photos',
      incident: 'media',
      notice: 'evidence',
      inspection: 'rawData',
    }[type];
    if (list && random.chance(30)) {
      const files = ['one', 'two'].map(
        (text) => new Uint8Array(Buffer.from(`${text} ${this.records.length}`)),
      );
      set(
        payload,
        list,
        files.map((bytes) => [-16, sha256(bytes)]),
      );
      this.members.get(8).push(...random.some(files, 50));
    }
    return opened;
  }

  keyEvent(key, sub) {
    const { random } = this;
    const about = this.signers.find((one) => keyUri(one) === sub) ?? key;
    const revoke = random.chance(60);
    const fields = { action: revoke ? 'revoke' : 'rotate', key: about.kid };
    if (revoke) fields.suspectFrom = instant(this.time - random.pick([0, 60, 600, 6000, -600]));
    else fields.nextKey = random.pick(this.signers).kid;
    if (revoke && this.records.length > 0 && random.chance(50))
      fields.lastGood = random.pick(this.records).id;
    return { map: [[0n, 1n], ...object(fields).map] };
  }

  manifest(key, sub) {
    const { random } = this;
    const all = [
      ...this.records.map((record) => record.id),
      ...random.some(
        this.members.get(3).map((bytes) => sha256(bytes)),
        40,
      ),
    ];
    const ids = distinct(random.some(all, this.honest ? 100 : random.pick([95, 95, 80, 50])));
    const left = this.records.filter((record) => !ids.some((id) => bytesOrder(id, record.id) === 0));
    const withheld = random.some(left, 60).map((record) => {
      const entry = {
        id: record.id,
        reason: random.pick(['privacy', 'secret', 'other-subject', 'not-held']),
      };
      if (entry.reason !== 'not-held' || random.chance(50))
        entry.at = [record.key.kid, sha256(record.sub), record.seq];
      return entry;
    });
    const skipped = [...this.chains.values()].flatMap((chain) => chain.skipped ?? []);
    for (const [kid, subject, seq] of random.some(skipped, 60)) {
      withheld.push({
        id: sha256('skipped', kid, Uint8Array.of(seq)),
        reason: 'privacy',
        at: [kid, sha256(subject), seq],
      });
    }
    withheld.sort((a, b) => bytesOrder(a.id, b.id));
    const fields = {
      root: rootOf(ids.map(leaf)),
      count: ids.length,
      ids,
      heads: random.chance(50) ? [] : [[key.kid, [[sha256(sub), 1]]]],
      withheld: withheld.map(object),
      asOf:
        this.notes.length > 0 && random.chance(60)
          ? sha256(random.pick(this.notes))
          : random.amiss(10)
            ? sha256('no note')
            : null,
    };
    const before = this.records.filter((record) => record.type === 'manifest' && record.part);
    if (random.chance(30)) {
      const prior = before.length > 0 && random.chance(75) ? random.pick(before) : undefined;
      const part = prior ? [prior.part[0] + 1, prior.part[1]] : [1, 1 + random.int(3)];
      if (part[0] <= part[1]) {
        fields.part = part;
        if (prior) fields.continues = prior.id;
      }
    }
    if (random.amiss(8)) fields.after = before.length > 0 ? before[0].root : sha256('volume');
    this.lastPart = fields.part;
    this.lastRoot = fields.root;
    return { map: [[0n, 1n], ...object(fields).map] };
  }

  record(by) {
    const { random } = this;
    const key = by ?? random.pick(this.signers);
    let [type, base] = random.pick(payloads());
    if (random.chance(35)) {
      const wanted = random.pick([
        'manifest',
        'manifest',
        'acknowledgement',
        'countersign',
        'key-event',
        'handover',
        'statement',
      ]);
      [type, base] = payloads().find(([name]) => name === wanted);
    }
    const sub = type === 'key-event' ? keyUri(random.pick(this.signers)) : random.pick(this.subjects);
    this.time += random.pick([0, 60, 60, 600, -30]);
    let payload = this.payload(type, base, key, sub);
    const opened = this.hide(type, payload, key, sub);
    if (random.amiss(4)) payload = changeTree(random, payload, [sha256('pool')]);
    if (random.amiss(3)) set(payload, 0n, 2n);
    const name = `${key.name} ${sub}`;
    const chain = this.chains.get(name) ?? { next: 0, prev: null };
    let { next: seq, prev } = chain;
    if (random.amiss(6)) {
      chain.skipped = [...(chain.skipped ?? []), [key.kid, sub, seq]];
      seq += 1;
      prev = random.chance(50) || prev === null ? sha256('skipped', key.kid, Uint8Array.of(seq)) : prev;
    } else if (random.amiss(4) && seq > 0) {
      seq -= 1;
      if (seq === 0) prev = null;
    }
    let lane = this.lanes.get(key.name) ?? null;
    if (lane === null && seq > 0) lane = prev;
    if (random.amiss(3) && this.records.length > 0) lane = random.pick(this.records).statement;
    if (random.amiss(3) && this.records.length > 0 && seq > 0) prev = random.pick(this.records).statement;
    const seen =
      !this.honest && random.chance(30)
        ? this.ids(30)
        : this.records
            .filter((record) => record.key !== key || record.sub !== sub)
            .map((record) => record.id);
    if (random.chance(25)) seen.push(...random.some(this.members.get(3), 50).map((bytes) => sha256(bytes)));
    const anchors = random.chance(30) ? random.some(this.notes, 60).map((bytes) => sha256(bytes)) : [];
    if (random.amiss(4)) anchors.push(sha256('no anchor'));
    const iss = random.amiss(6)
      ? random.pick([...PARTIES, keyUri(key), keyUri(random.pick(SIGNERS))])
      : this.party.get(key.name);
    const iat = this.time + random.pick([0, 0, 0, 5, -100, 100]);
    const header = {
      map: [
        [1, key.alg ?? -19],
        [3, `application/vnd.goodorder.${random.amiss(3) ? 'future-thing' : type}+cbor`],
        [4, key.kid],
        [
          15,
          {
            map: [
              [1, iss],
              [2, sub],
              [6, iat],
            ],
          },
        ],
        [16, RECORD_TYP],
        [
          -70001,
          [
            random.amiss(1) ? 2 : 1,
            seq,
            prev,
            distinct(seen).slice(0, 64),
            lane,
            distinct(anchors).slice(0, 16),
          ],
        ],
      ],
    };
    if (random.amiss(2)) header.map.push([99, 1], [2, random.chance(70) ? [99] : [98]]);
    const { bytes, statement } = seal(key, encode(header), encode(payload));
    const id = sha256(bytes);
    for (const [path, salt, value] of opened) {
      if (random.amiss(10)) continue;
      this.members
        .get(4)
        .push(
          encode([
            id,
            random.amiss(4) ? ['persons', 1, 'name'] : path,
            random.amiss(3) ? random.bytes(16) : salt,
            value,
          ]),
        );
    }
    this.records.push({
      key,
      sub,
      seq,
      id,
      statement,
      bytes,
      anchors,
      asOf: type === 'manifest' && payload.map ? get(payload, 'asOf') : null,
      type,
      iss,
      part: this.lastPart,
      root: this.lastRoot,
    });
    this.lastPart = undefined;
    if (seq >= chain.next) {
      chain.next = seq + 1;
      chain.prev = statement;
    }
    this.chains.set(name, chain);
    if (!random.amiss(3)) this.lanes.set(key.name, statement);
    if (random.chance(45)) this.entries.push(id);
    if (random.chance(95)) this.members.get(1).push(bytes);
    if (random.chance(15)) this.log();
  }

  log() {
    const { random } = this;
    const log = random.pick(random.chance(85) ? LOGS.slice(0, 1) : LOGS);
    let hashes = this.entries.map(leaf);
    if (random.amiss(10) && hashes.length > 0) hashes[random.int(hashes.length)] = sha256('another');
    if (random.amiss(10)) hashes = hashes.slice(0, random.int(hashes.length + 1));
    const origin = random.amiss(4) ? 'log.example/three' : log.name;
    const size = hashes.length;
    this.time += 10;
    if (random.chance(25)) {
      const sub = random.chance(80) ? ITEM : random.pick(this.subjects);
      let ids = distinct(
        this.records
          .filter((record) => record.sub === sub && (random.chance(50) || this.entries.includes(record.id)))
          .map((record) => record.id),
      );
      ids = ids.slice(0, size);
      const text = `goodorder-subject/1\n${origin}\n${size}\n${base64(sha256(sub))}\n${ids.length}\n${base64(rootOf(ids.map(leaf)))}\n`;
      this.notes.push(note(random, text, log, this.time));
      return;
    }
    const text = `${origin}\n${size}\n${base64(rootOf(hashes))}\n${random.amiss(5) ? 'extension\n' : ''}`;
    const bytes = note(random, text, log, this.time, { origin, size, root: rootOf(hashes) });
    this.notes.push(bytes);
    for (const [index, id] of this.entries.slice(0, size).entries()) {
      if (!random.chance(45)) continue;
      const path = pathOf(hashes, index);
      if (random.amiss(3) && path.length > 0) path.pop();
      const tokens = random.amiss(4) ? [sha256('token')] : [];
      this.members.get(7).push(encode([id, index, path, sha256(bytes), tokens]));
    }
  }

  trust() {
    const { random } = this;
    if (random.amiss(5)) return null;
    const time = (s) => new Date(s * 1000).toISOString().replace('.000', '');
    const authority = {
      party: 'https://id.gs1.org/417/9521234543213',
      key: Buffer.from(AUTHORITY.element).toString('base64url'),
      roles: random.chance(85) ? ROLES : random.some(ROLES, 60),
      mayDelegate: random.chance(90) ? 3 : random.int(4),
      from: time(START - 100000),
      until: time(START + 9000000),
    };
    if (random.amiss(8)) authority.subjects = ['https://id.gs1.org/01/', 'urn:goodorder:'];
    const quorum = random.pick([
      'group g all a b c\nquorum g',
      'group g any a b c\nquorum g',
      'group g 2 a b c\nquorum g',
      'quorum a',
      'quorum none',
      'group h any b c\ngroup g all a h\nquorum g',
    ]);
    const witnesses = random.quantum ? [...WITNESSES.slice(0, 2), quantumWitness()] : WITNESSES;
    const names = ['a', 'b', 'c'];
    const value = {
      format: 1,
      name: 'story',
      sequence: 12,
      issued: time(START - 1000),
      nextUpdate: time(START + random.pick([9000000, 9000000, 9000000, 1000])),
      authorities: [authority],
    };
    if (random.chance(90)) {
      value.logs = `${LOGS.map((log) => `log ${vkey(log)}`).join('\n')}\n${witnesses.map((w, i) => `witness ${names[i]} ${vkey(w)}`).join('\n')}\n${quorum}\n`;
    }
    if (random.chance(20))
      value.revoked = [
        {
          kid: random.pick([AUTHORITY, ...this.signers]).kidHex,
          suspectFrom: time(START + random.pick([-100, 100, 500, 2000])),
        },
      ];
    if (random.amiss(12))
      value.authorities.push({
        ...authority,
        party: PARTIES[1],
        key: Buffer.from(this.signers[0].element).toString('base64url'),
        mayDelegate: 1,
      });
    return JSON.stringify(value);
  }

  /** A great many of something small: the bounds of verification.md that decide answers. */
  crowd() {
    const { random } = this;
    const [key, other] = SIGNERS;
    for (let i = random.pick([63, 64, 65, 70]); i > 0; i -= 1) {
      this.members.get(3).push(
        credential(random.chance(95) ? AUTHORITY : other, {
          party: random.pick(PARTIES),
          key: key.kid,
          roles: random.some(ROLES, 50),
          from: START - 86400,
          until: START + i * 1000,
          mayDelegate: random.int(2),
        }),
      );
    }
    for (let i = random.pick([0, 15, 16, 17, 20]); i > 0; i -= 1) {
      const chain = this.chains.get(`${key.name} ${ITEM}`);
      if (chain) chain.next = Math.max(0, chain.next - 1);
      this.record(key);
    }
  }

  /** Leaves out what has no reason to be in an honest file. */
  tidy() {
    const named = new Set();
    const name = (bytes) => named.add(Buffer.from(bytes).toString('hex'));
    const used = new Set(this.records.map((record) => record.key.kidHex));
    for (const [i, bytes] of this.members.get(3).entries()) {
      const payload = decode(decode(bytes.subarray(1))[2]);
      if (!used.has(Buffer.from(get(payload, 'key')).toString('hex'))) this.members.get(3)[i] = undefined;
    }
    this.members.set(
      3,
      this.members.get(3).filter((bytes) => bytes !== undefined),
    );
    const shown = new Set(
      [...this.members.get(1), ...this.members.get(3)].map((bytes) =>
        Buffer.from(sha256(bytes)).toString('hex'),
      ),
    );
    this.members.set(
      7,
      this.members.get(7).filter((bytes) => shown.has(Buffer.from(decode(bytes)[0]).toString('hex'))),
    );
    for (const bytes of this.members.get(7)) name(decode(bytes)[3]);
    for (const record of this.records) {
      for (const anchor of record.anchors) name(anchor);
      if (record.asOf instanceof Uint8Array) name(record.asOf);
    }
    this.notes = this.notes.filter((bytes) => named.has(Buffer.from(sha256(bytes)).toString('hex')));
    const issuers = new Set(
      this.members
        .get(3)
        .map((bytes) => Buffer.from(get(decode(decode(bytes.subarray(1))[0]), 4n)).toString('hex')),
    );
    return [AUTHORITY, ...SIGNERS].filter((key) => used.has(key.kidHex) || issuers.has(key.kidHex));
  }

  job() {
    const { random } = this;
    this.credentials();
    const steps = 1 + random.int(9);
    for (let i = 0; i < steps; i += 1) this.record();
    if (random.chance(60)) this.log();
    if (random.amiss(2)) this.crowd();
    const keys = this.honest ? this.tidy() : [AUTHORITY, ...this.signers];
    for (const key of keys) if (!random.amiss(3)) this.members.get(2).push(key.element);
    this.members.set(
      5,
      this.notes.filter(() => !random.amiss(8)),
    );
    if (random.amiss(4)) this.members.get(6).push(new Uint8Array(Buffer.from('token')));
    for (const list of this.members.values())
      if (list.length > 0 && random.amiss(4)) list.splice(random.int(list.length), 1);
    return {
      name: 'a story',
      passport: join({ item: random.amiss(3) ? BOX : ITEM, members: this.members }),
      trust: this.trust(),
      at: this.honest || random.chance(80) ? this.time + 100000 : START + random.int(3000),
    };
  }
}

export function story(random) {
  return new Story(random).job();
}
