/** The server door of the archive: reading what goes into it, packing and unpacking it. */
export { readAllVouchers, readArchive, readLedgerRecord } from './read-archive.server.ts'
export { ARCHIVE_LIMIT_BYTES, packArchive, type UnpackProblem, unpackArchive } from './zip.server.ts'
