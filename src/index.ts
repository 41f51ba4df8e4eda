export { type CborValue, type DecodeOptions, decodeCbor, encodeCbor } from './codec/cbor.js';
export { type CborFault, type ScanOptions, scanCbor } from './codec/cbor-scan.js';
export { diagnose } from './codec/diagnostic.js';
export { formatInstant, type Instant, parseInstant } from './codec/instant.js';
export type { Axis, CheckCode, Code, CodeMeaning, Severity, ToolCode } from './codes.js';
export { CODES, TOOL_CODES } from './codes.js';
export {
  type Credential,
  type CredentialToSign,
  type ReadCredential,
  readCredential,
  signCredential,
} from './credential/credential.js';
export { type Authority, readTrustFile, type TrustFile, type Tsa } from './credential/trust-file.js';
export {
  type CoseKey,
  type CoseKeyFault,
  encodeOkpKey,
  keyThumbprint,
  readCoseKey,
} from './crypto/cose-key.js';
export { toBeSigned } from './crypto/cose-sign1.js';
export { verifyEd25519, verifyEd25519Sync } from './crypto/ed25519.js';
export { sha256 } from './crypto/hash.js';
export { ed25519Signer, type Signer } from './crypto/signer.js';
export type { Diagnostic } from './diagnostic.js';
export type { Place } from './errors.js';
export { GoodOrderError } from './errors.js';
export type { CaseFacts, FactScope } from './facts/case-facts.js';
export { type Custody, custodyOf } from './facts/custody.js';
export { deriveFacts } from './facts/derive-facts.js';
export type { Fact, FactOf, Provenance, Witness } from './facts/fact.js';
export {
  type ConfirmedDelivery,
  confirmDelivery,
  type DeliveryConfirmation,
} from './finding/delivery-confirmation.js';
export { type Dispute, readDispute } from './finding/dispute.js';
export type { DisputeSource } from './finding/dispute-problem.js';
export { find } from './finding/finding.js';
export type { Finding, FoundAmount, FoundDebt, FoundEdge, FractionText } from './finding/finding-form.js';
export {
  type PayoutTable,
  readPayoutTable,
  type TriggerEvent,
  triggerEvents,
} from './finding/parametric-trigger.js';
export { type PreflightOptions, preflight } from './finding/preflight.js';
export type { Preflight } from './finding/preflight-form.js';
export type { PreflightParts } from './finding/preflight-plan.js';
export { type Settlement, type SettlementInstruction, settleDispute } from './finding/settlement.js';
export { readSettlementPolicy, type SettlementPolicy } from './finding/settlement-policy.js';
export { type Flip, type WhatIf, whatIf } from './finding/what-if.js';
export { type Checkpoint, parseCheckpoint, type TextFault } from './log/checkpoint.js';
export type { LogPolicy } from './log/log-policy.js';
export { type Receipt, type ReceiptFault, readReceipt, verifyReceipt } from './log/receipt.js';
export { type NoteFault, type NoteSignature, parseNote, type SignedNote } from './log/signed-note.js';
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
export {
  encodePassport,
  type PassportContents,
  type ReadLimits,
  type ReadPassportFile,
  readPassportFile,
} from './passport/file.js';
export { type LeftOut, type MergeOptions, type MergeResult, mergePassports } from './passport/merge.js';
export { SignatureCache, type SignatureOptions } from './passport/signatures.js';
export { type Tips, tipsFor } from './passport/tips.js';
export { type UnitedVolumes, uniteVolumes } from './passport/unite-volumes.js';
export { exportVolumes, type Volume, type VolumesRequest, type VolumesResult } from './passport/volumes.js';
export { dropOpenings } from './passport/withhold.js';
export type { RecordLink } from './record/link.js';
export { type FieldToDigest, fieldDigest, HIDDEN, isHidden } from './record/private-fields.js';
export { readRecord } from './record/read-record.js';
export type { PartialRecord, Payload, ReadRecord, SignedRecord } from './record/record.js';
export type { Draft, Fields, Hidden, Opened, RecordType } from './record/record-type.js';
export { type ChainPosition, type NewRecord, type RecordToSign, signRecord } from './record/sign-record.js';
export { type PayloadOf, RECORD_TYPES, type RecordTypeName } from './record/types/index.js';
export type { Pack } from './rules/pack.js';
export { BUILT_IN_PACKS } from './rules/packs/index.js';
export { type Party, parseParty } from './subject/party.js';
export { parseScan, type ScanResult } from './subject/scan.js';
export { parseSubject, type Subject, type SubjectResult } from './subject/subject.js';
export { isVerifiedPassport } from './verify/sealed.js';
export type {
  AnswerWord,
  AxisAnswer,
  ElementCounts,
  ProvenInterval,
  RecordState,
  Standing,
  Verdict,
  VerifiedPassport,
  VerifiedRecord,
} from './verify/verified-passport.js';
export { type VerifyOptions, verifyPassport } from './verify/verify-passport.js';
export {
  makeVerifyReport,
  type ReportedCheck,
  type ReportedFinding,
  type ReportedRecord,
  type VerifyReport,
} from './verify/verify-report.js';
