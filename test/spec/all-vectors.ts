import { fieldDigestsFile, keysFile, signaturesFile } from './build/crypto.js';
import { encodingFile } from './build/encoding.js';
import { merkleFile, notesFile, policiesFile, receiptsFile, trustFilesFile } from './build/log.js';
import { mergesFile } from './build/merges.js';
import { passportFiles } from './build/passports.js';
import { credentialsFile, openingsFile, recordsFile } from './build/records.js';
import { base64File, instantsFile, jsonFile, subjectsFile } from './build/texts.js';
import { volumesFile } from './build/volumes.js';
import type { VectorFile } from './vector-file.js';

/** Every file of `docs/spec/vectors`, made anew. */
export async function allVectorFiles(): Promise<VectorFile[]> {
  return [
    encodingFile(),
    jsonFile(),
    instantsFile(),
    base64File(),
    subjectsFile(),
    keysFile(),
    await signaturesFile(),
    fieldDigestsFile(),
    openingsFile(),
    await recordsFile(),
    await credentialsFile(),
    merkleFile(),
    notesFile(),
    receiptsFile(),
    policiesFile(),
    trustFilesFile(),
    ...(await passportFiles()),
    await mergesFile(),
    await volumesFile(),
  ];
}
