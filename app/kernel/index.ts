/** The pure door of the kernel: words that every room shares. */
export { type AreaCentiM2, type AreaProblem, areaCentiM2, formatAreaM2, parseAreaM2 } from './area.ts'
export { type CanonicalValue, canonicalBytes, canonicalText, parseCanonical } from './canonical.ts'
export {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  dateOf,
  daysBetween,
  firstDayOf,
  fiscalYearOf,
  formatInstant,
  instantOf,
  lastDayOf,
  type Period,
  parseCivilDate,
  parsePeriod,
  period,
  periodOf,
} from './civil-date.ts'
export { CSV_START, type CsvCell, csvRecord } from './csv.ts'
export {
  concatBytes,
  equalBytes,
  fingerprint,
  fromBase64,
  fromHex,
  isEd25519Signature,
  sha256,
  sha256Hex,
  toBase64,
  toHex,
  utf8,
} from './digest.ts'
export {
  DOCUMENT_LIMIT_BYTES,
  type DocumentMediaType,
  plainFileName,
  sniffDocument,
  stripJpegMetadata,
} from './document.ts'
export {
  commit,
  commitBit,
  deriveBlinding,
  isBitProof,
  isCommitmentTo,
  sumBlindings,
  sumCommitments,
} from './group.ts'
export { idOf, isId, isSlug } from './ids.ts'
export {
  type Fen,
  fen,
  formatYuan,
  formatYuanPlain,
  type MoneyProblem,
  parseYuan,
  sumFen,
  ZERO_FEN,
} from './money.ts'
export { formatPercentFloor } from './ratio.ts'
export { assert, assertNever, err, ok, type Result } from './result.ts'
export { saltedDigest } from './salted-digest.ts'
export {
  CALENDAR_YEARS,
  isCalendarKnown,
  isWorkingDay,
  type WorkingTerm,
  weekdayOf,
  workingDaysAfter,
  workingDaysBetween,
} from './working-day.ts'
