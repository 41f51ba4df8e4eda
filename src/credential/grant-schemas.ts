import { integer, MAX_UTC_S, once, oneOf } from '../record/field-schemas.js';
import { ROLES } from '../record/vocabulary.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { parseParty } from '../subject/party.js';

const MAX_SUBJECTS = 64;
/** Longest chain of delegation: an authority that may delegate 3 stands above three credentials. */
const MAX_DELEGATION = 3;

export const partyUri = once(() => z.string().check(z.refine((value) => parseParty(value) !== null)));

/** Ascending and without repetition, so that one meaning has one spelling. */
function isAscending(values: readonly string[]): boolean {
  return values.every((value, index) => index === 0 || (values[index - 1] as string) < value);
}

/** None is allowed: the key then speaks for its party in the types that are open to everybody. */
export const roles = once(() =>
  z.array(oneOf(ROLES)).check(z.maxLength(ROLES.length), z.refine(isAscending)),
);

/** 1 to 512 printable ASCII characters up to a separator: half a GTIN or half a serial is no prefix. */
const PREFIX = /^[!-~]{0,511}[/:]$/;
const subjectPrefix = once(() => z.string().check(z.regex(PREFIX)));

/** Their order is asked only where all are prefixes: what is none has no place in it. */
function areOrdered(values: readonly string[]): boolean {
  return values.some((value) => !PREFIX.test(value)) || isAscending(values);
}

export const subjects = once(() =>
  z.array(subjectPrefix()).check(z.minLength(1), z.maxLength(MAX_SUBJECTS), z.refine(areOrdered)),
);

export const mayDelegate = once(() => integer(0, MAX_DELEGATION));

export const utcSeconds = once(() => integer(0, MAX_UTC_S));
