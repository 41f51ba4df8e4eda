import { parseStrictJson } from '../../../codec/strict-json.js';
import type { LoggerFamily } from '../logger-family.js';
import { recordsOf, senmlChannels } from '../senml.js';
import { looksLikeSenmlCbor, readSenmlCbor } from '../senml-cbor.js';

/** SenML in JSON (RFC 8428 §5): base fields are resolved first, so one reading has one spelling. */
export const senmlJson: LoggerFamily = {
  name: 'senml-json',
  title: 'SenML in JSON (RFC 8428)',
  recognises: ({ text }) => {
    const head = (text?.lines.slice(0, 20).join(' ') ?? '').trimStart();
    return /^\[\s*\{/.test(head) && /"(?:bn|bt|bu|bv|n|u|v|t)"\s*:/.test(head);
  },
  open: ({ bytes }) => senmlChannels(recordsOf(parseStrictJson(bytes)), 'senml-json'),
};

/** SenML in CBOR (RFC 8428 §6). */
export const senmlCbor: LoggerFamily = {
  name: 'senml-cbor',
  title: 'SenML in CBOR (RFC 8428)',
  recognises: ({ bytes, text }) => (text === null || bytes.length < 4096) && looksLikeSenmlCbor(bytes),
  open: ({ bytes }) => senmlChannels(recordsOf(readSenmlCbor(bytes)), 'senml-cbor'),
};
