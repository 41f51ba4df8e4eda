import { type AiValueFault, aiValueFault } from './ai-value.js';
import { type ApplicationIdentifier, applicationIdentifier } from './application-identifiers.js';
import { percentDecode } from './character-set.js';

/** One identifier and its value, decoded. */
export interface AiElement {
  readonly ai: string;
  readonly value: string;
  readonly role: 'key' | 'qualifier' | 'attribute';
}

export interface DigitalLink {
  readonly ok: true;
  /** Scheme and domain, and any path before the key, as scanned. */
  readonly stem: string;
  /** Key and qualifiers in the path's order, then attributes in the query's. */
  readonly elements: readonly AiElement[];
  /** The GTIN was written with fewer than 14 digits and has been filled up with zeros. */
  readonly gtinPadded: boolean;
}

export type DigitalLinkReason =
  | 'character'
  | 'scheme'
  | 'domain'
  | 'no-key'
  | 'qualifiers'
  | 'value'
  | 'escape'
  | 'attribute'
  | 'repeated'
  | AiValueFault;

export interface DigitalLinkFault {
  readonly ok: false;
  readonly reason: DigitalLinkReason;
  /** The identifier concerned. */
  readonly ai?: string;
}

export interface DigitalLinkOptions {
  /** Accept a GTIN of 8, 12 or 13 digits under identifier 01, as older labels carry it. */
  readonly shortGtin?: boolean;
}

const URI_CHARACTERS = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/;
const BAD_IN_DOMAIN = /[_~?#@!$&'()*+,;=%]/;

function refuse(reason: DigitalLinkReason, ai?: string): DigitalLinkFault {
  return ai === undefined ? { ok: false, reason } : { ok: false, reason, ai };
}

/**
 * Reads a GS1 Digital Link URI (uncompressed, numeric identifiers, any domain) as it was scanned. The text is walked as
 * it stands; `new URL` would collapse dot segments, which are good serials.
 */
export function parseDigitalLink(
  uri: string,
  options: DigitalLinkOptions = {},
): DigitalLink | DigitalLinkFault {
  if (!URI_CHARACTERS.test(uri)) return refuse('character');
  const scheme = /^(?:https?|HTTPS?):\/\//.exec(uri)?.[0];
  if (scheme === undefined) return refuse('scheme');
  const afterScheme = uri.slice(scheme.length);
  const pathStart = afterScheme.indexOf('/');
  const domain = pathStart < 0 ? afterScheme : afterScheme.slice(0, pathStart);
  if (domain === '' || BAD_IN_DOMAIN.test(domain)) return refuse('domain');
  if (pathStart < 0) return refuse('no-key');

  const [beforeFragment = ''] = afterScheme.slice(pathStart).split('#', 1);
  const queryStart = beforeFragment.indexOf('?');
  const path = queryStart < 0 ? beforeFragment : beforeFragment.slice(0, queryStart);
  const query = queryStart < 0 ? '' : beforeFragment.slice(queryStart + 1);

  const segments = path.split('/').slice(1);
  const keyAt = keyPosition(segments);
  if (keyAt === null) return refuse('no-key');
  const stemPath = segments.slice(0, keyAt).map((segment) => `/${segment}`);
  const stem = scheme + domain + stemPath.join('');

  const elements: AiElement[] = [];
  let gtinPadded = false;
  for (let i = keyAt; i < segments.length; i += 2) {
    const ai = segments[i]!;
    let value = percentDecode(segments[i + 1]!);
    if (value === null) return refuse('escape', ai);
    if (ai === '01' && options.shortGtin === true && /^(?:\d{8}|\d{12,13})$/.test(value)) {
      value = value.padStart(14, '0');
      gtinPadded = true;
    }
    const fault = aiValueFault(applicationIdentifier(ai)!, value);
    if (fault !== null) return refuse(fault, ai);
    elements.push({ ai, value, role: i === keyAt ? 'key' : 'qualifier' });
  }
  const key = applicationIdentifier(segments[keyAt]!)!;
  const present = elements.slice(1).map(({ ai }) => ai);
  if (!isQualifierSequence(key, present)) return refuse('qualifiers', key.ai);

  const attributes = readQuery(query, key, present, options.shortGtin === true);
  if ('ok' in attributes) return attributes;
  elements.push(...attributes);
  const seen = new Set<string>();
  for (const { ai } of elements) {
    if (seen.has(ai)) return refuse('repeated', ai);
    seen.add(ai);
  }
  return { ok: true, stem, elements, gtinPadded };
}

/** Pairs are read from the right: whatever stands before the last primary key belongs to the stem. */
function keyPosition(segments: readonly string[]): number | null {
  for (let i = segments.length - 2; i >= 0; i -= 2) {
    const identifier = applicationIdentifier(segments[i]!);
    if (identifier === undefined) return null;
    if (identifier.qualifiers !== null) return i;
  }
  return null;
}

/** Are these some of one alternative's qualifiers, in its order? */
function isQualifierSequence(key: ApplicationIdentifier, present: readonly string[]): boolean {
  return (key.qualifiers ?? []).some((alternative) => {
    let from = 0;
    return present.every((ai) => {
      const at = alternative.indexOf(ai, from);
      from = at + 1;
      return at >= 0;
    });
  });
}

function readQuery(
  query: string,
  key: ApplicationIdentifier,
  present: readonly string[],
  shortGtin: boolean,
): readonly AiElement[] | DigitalLinkFault {
  const attributes: AiElement[] = [];
  for (const parameter of query.split('&')) {
    const equals = parameter.indexOf('=');
    const ai = parameter.slice(0, Math.max(equals, 0));
    // Words without a value and names that are no number belong to whoever runs the domain.
    if (equals < 0 || !/^[0-9]+$/.test(ai)) continue;
    const identifier = applicationIdentifier(ai);
    if (identifier?.attribute !== true || couldBeQualifier(key, present, ai)) return refuse('attribute', ai);
    let value = percentDecode(parameter.slice(equals + 1).replaceAll('+', ' '));
    if (value === null) return refuse('escape', ai);
    if (ai === '01' && shortGtin && /^(?:\d{8}|\d{12,13})$/.test(value)) value = value.padStart(14, '0');
    const fault = aiValueFault(identifier, value);
    if (fault !== null) return refuse(fault, ai);
    attributes.push({ ai, value, role: 'attribute' });
  }
  return attributes;
}

/** What could have stood in the path has to. */
function couldBeQualifier(key: ApplicationIdentifier, present: readonly string[], ai: string): boolean {
  for (let at = 0; at <= present.length; at += 1) {
    if (isQualifierSequence(key, [...present.slice(0, at), ai, ...present.slice(at)])) return true;
  }
  return false;
}
