import { readTrustFile } from '../../src/credential/trust-file.js';
import { GoodOrderError } from '../../src/errors.js';
import { type BuiltScenario, buildScenario, type ScenarioFiles } from '../../src/scenario/build-scenario.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { readYaml } from '../../src/yaml/read-yaml.js';

/** A parcel handed over: small, and every mechanism of the builder can be shown on it. */
export const SMALL = `schema: goodorder-scenario/1
title: a parcel handed over

item: https://id.gs1.org/01/09521234543213/21/SN0007

trust:
  name: small
  sequence: 1
  issued: 2026-08-01T00:00:00Z
  nextUpdate: 2026-12-31T00:00:00Z
  authorities:
    registry: { party: 'https://id.gs1.org/417/9521234000006', roles: [seller, carrier] }

parties:
  seller: { name: the seller, uri: 'https://id.gs1.org/417/9521234000013', roles: [seller] }
  carrier: { name: the carrier, uri: 'https://id.gs1.org/417/9521234000037', roles: [carrier] }
  buyer: { name: the buyer }

records:
  - id: pickup
    by: carrier
    type: handover
    at: 2026-08-28T11:00:00+08:00
    logged: 2026-08-28T11:05:00+08:00
    payload:
      occurredAt: 2026-08-28T10:58:00+08:00
      from: party:seller
      to: party:carrier
      fromCapacity: principal
      toCapacity: carrier
      parcels: 1
      remark: clean
      inspectedScope: [{ aspect: packaging-outer }]
      sealState: intact
      leg: A
      mode: road
      waybill: SF1020304050607
      photos: [digest:photo of the parcel]

  - id: agreed
    by: seller
    type: countersign
    at: 2026-08-28T11:06:00+08:00
    seen: [pickup]
    anchors: [pickup]
    payload: { of: record:pickup, stance: agree, remark: none, inspectedScope: [], occurredAt: 2026-08-28T11:06:00+08:00 }

  - id: word
    by: buyer
    type: statement
    at: 2026-08-29T09:00:00+08:00
    payload:
      occurredAt: 2026-08-29T09:00:00+08:00
      about: { party: party:seller }
      text: 'text:party:seller told me so'

export:
  by: seller
  at: 2026-09-08T09:00:00+08:00

dispute:
  id: small
  parties: [{ id: party:buyer }]
  key: kid:buyer
  sub: subject:item
  first: record:pickup

expect:
  verdict: TOTAL-PASSED
`;

export const FILE = 'small.scenario.yaml';

export function build(text: string = SMALL, files?: ScenarioFiles): Promise<BuiltScenario> {
  return Promise.resolve().then(() => buildScenario(readYaml(text, FILE), FILE, files));
}

/** The text with one part replaced; the part must stand there exactly once. */
export function changed(part: string, by: string, text: string = SMALL): string {
  const parts = text.split(part);
  if (parts.length !== 2) throw new Error(`\`${part}\` stands there ${parts.length - 1} times`);
  return parts.join(by);
}

/** 2026-10-01T00:00:00Z. */
export const AT = 1_790_812_800;

export function verify(built: BuiltScenario): Promise<VerifiedPassport> {
  return verifyPassport(built.passport, { trust: readTrustFile(built.trust), at: AT });
}

/** What building throws, as a person would read it: code, place, message. */
export async function refusal(text: string, files?: ScenarioFiles): Promise<string> {
  try {
    await build(text, files);
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    const { column, file, line, path } = error.place;
    return `${error.code} ${file}:${line}:${column} ${path ?? '-'}: ${error.message}`;
  }
  throw new Error('it was built');
}
