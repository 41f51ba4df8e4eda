export { type CborValue, decodeCbor, encodeCbor } from './codec/cbor.js';
export { type CborFault, scanCbor } from './codec/cbor-scan.js';
export { diagnose } from './codec/diagnostic.js';
export { formatInstant, type Instant, parseInstant } from './codec/instant.js';
export type { Axis, CheckCode, Code, CodeMeaning, Severity, ToolCode } from './codes.js';
export { CODES, TOOL_CODES } from './codes.js';
export { type Credential, readCredential, signCredential } from './credential/credential.js';
export { readTrustFile, type TrustFile } from './credential/trust-file.js';
export { type CoseKey, encodeOkpKey, keyThumbprint, readCoseKey } from './crypto/cose-key.js';
export { verifyEd25519, verifyEd25519Sync } from './crypto/ed25519.js';
export { sha256 } from './crypto/hash.js';
export { ed25519Signer, type Signer } from './crypto/signer.js';
export type { Diagnostic } from './diagnostic.js';
export type { Place } from './errors.js';
export { GoodOrderError } from './errors.js';
export type { CaseFacts, FactScope } from './facts/case-facts.js';
export { type Custody, custodyOf } from './facts/custody.js';
export { deriveFacts } from './facts/derive-facts.js';
export type { Fact, Provenance } from './facts/fact.js';
export { type Checkpoint, parseCheckpoint } from './log/checkpoint.js';
export { type Receipt, readReceipt, verifyReceipt } from './log/receipt.js';
export { parseNote, type SignedNote } from './log/signed-note.js';
export { type ConsistencyProof, verifyConsistency } from './merkle/consistency.js';
export { type InclusionProof, verifyInclusion } from './merkle/inclusion.js';
export { merkleRoot } from './merkle/tree.js';
export { MEMBER } from './passport/element.js';
export type { EvidenceInput } from './passport/evidence-set.js';
export {
  type ExportRequest,
  type ExportResult,
  exportPassport,
  type ManifestMaker,
} from './passport/export.js';
export { encodePassport, type PassportContents, readPassportFile } from './passport/file.js';
export { type LeftOut, type MergeOptions, type MergeResult, mergePassports } from './passport/merge.js';
export { type Tips, tipsFor } from './passport/tips.js';
export { dropOpenings } from './passport/withhold.js';
export { fieldDigest, HIDDEN, isHidden } from './record/private-fields.js';
export { readRecord } from './record/read-record.js';
export type { ReadRecord, SignedRecord } from './record/record.js';
export type { Draft, Hidden, Opened, RecordType } from './record/record-type.js';
export { type ChainPosition, type NewRecord, type RecordToSign, signRecord } from './record/sign-record.js';
export { type PayloadOf, RECORD_TYPES, type RecordTypeName } from './record/types/index.js';
export { type Party, parseParty } from './subject/party.js';
export { parseScan } from './subject/scan.js';
export { parseSubject, type Subject } from './subject/subject.js';
export { isVerifiedPassport } from './verify/sealed.js';
export type {
  ProvenInterval,
  RecordState,
  Verdict,
  VerifiedPassport,
  VerifiedRecord,
} from './verify/verified-passport.js';
export { type VerifyOptions, verifyPassport } from './verify/verify-passport.js';
export { makeVerifyReport, type VerifyReport } from './verify/verify-report.js';
