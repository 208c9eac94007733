/** The pure door of the archive: what is in it, and what can be made again from it. */
export { type ArchiveFiles, type ArchiveSource, archiveFilesOf } from './archive-file.ts'
export { ARCHIVE_FACTS, type ArchiveFactName } from './finding.ts'
export { type LedgerSource, ledgerRecordText } from './ledger-record.ts'
export { type ArchiveFact, type Recomputation, recomputeArchive } from './recompute.ts'
