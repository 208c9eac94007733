/** The server door of the archive: reading what goes into it, packing and unpacking it. */
export { readPublicArchive } from './public-archive.server.ts'
export { readAllVouchers, readArchive, readLedgerRecord } from './read-archive.server.ts'
export {
  ARCHIVE_LIMIT_BYTES,
  packArchive,
  packArchiveAside,
  type UnpackProblem,
  unpackArchive,
} from './zip.server.ts'
