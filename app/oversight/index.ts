/** The pure door of oversight: what needs eyes, how entries are answered, how fees come in, and the draw of vouchers. */
export {
  ENTRY_ACTION,
  type EntryKind,
  type EntryState,
  type EntrySubject,
  type ReplyKind,
  WORDS_LENGTH_MAX,
} from './entry.ts'
export {
  comparisonsOf,
  type FeeComparison,
  type FeeMonth,
  feesByLevel,
  type LevelFees,
} from './fee-trend.ts'
export { ITEM_KINDS, type ItemKind, isPublicItem, type OversightItem } from './item.ts'
export {
  drawSample,
  SAMPLE_ROWS_MAX,
  type SampleProblem,
  type VoucherSample,
} from './voucher-sample.ts'
