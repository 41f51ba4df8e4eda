import { GoodOrderError } from '../errors.js';
import { disputeSchema } from '../finding/dispute-schema.js';
import type { PreflightParts } from '../finding/preflight-plan.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { positionAt, toPlainValue } from '../rules/positioned-value.js';
import { pathText } from '../scenario/scenario-source.js';
import { readYaml } from '../yaml/read-yaml.js';
import type { Io } from './io.js';
import { readTextInput } from './read-input.js';

const MEMBERS = ['parties', 'goods', 'carriages', 'law'];

/** The schema of what a person may state before shipping: members of a dispute, each of which may be left out. */
export function preflightPartsSchema() {
  const { carriages, goods, law, parties } = disputeSchema().def.shape;
  return z.object({
    parties: z.optional(parties),
    carriages,
    goods: z.optional(goods),
    law: z.optional(law),
  });
}

/**
 * Reads a file of parties, or a whole dispute, of which it takes the same members.
 *
 * @throws GoodOrderError `yaml.*` and `dispute.malformed` with file, line and column
 */
export async function readPreflightParts(file: string, io: Io): Promise<PreflightParts> {
  const root = readYaml(await readTextInput(file, io), file);
  const value = toPlainValue(root);
  const known = Object.keys(disputeSchema().def.shape);
  const refuse = (message: string, path: readonly (string | number)[]): GoodOrderError =>
    new GoodOrderError('dispute.malformed', message, {
      file,
      ...positionAt(root, path),
      path: pathText(path),
    });
  if (root.kind !== 'map') throw refuse('a file of parties is a map', []);
  const stray = root.entries.find(({ key }) => !known.includes(key));
  if (stray !== undefined) throw refuse(`\`${stray.key}\` has no meaning here`, [stray.key]);
  if (!root.entries.some(({ key }) => MEMBERS.includes(key)))
    throw refuse('states neither `parties` nor `goods`, `carriages` or `law`', []);
  const read = z.safeParse(preflightPartsSchema(), value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const path = (issue?.path ?? []) as (string | number)[];
    throw refuse(`\`${pathText(path)}\` has a value it cannot have, or is missing`, path);
  }
  const { carriages, goods, law, parties } = read.data;
  const ids = (parties ?? []).map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (twice >= 0) throw refuse(`\`parties[${twice}].id\` stands there twice`, ['parties', twice, 'id']);
  const [unit] = goods ?? [];
  return {
    ...(parties === undefined ? {} : { parties }),
    ...(carriages === undefined ? {} : { carriages }),
    ...(unit === undefined
      ? {}
      : {
          goods: {
            durable: unit.durable,
            category: unit.category,
            priceMinor: unit.priceMinor,
            currency: unit.currency,
          },
        }),
    ...(law === undefined
      ? {}
      : { forum: law.forum, contractDate: law.contractDate, utcOffsetMin: law.utcOffsetMin }),
  };
}
