/** The server door of oversight: what needs eyes, the daily check, comments and findings, the draw, and its reads. */
export {
  CHECK_COMMUNITY,
  checkCommunityJob,
  checkCommunityNow,
  type DeriveAgain,
  orderDailyChecks,
} from './check-community.server.ts'
export { checkOversight, OVERSIGHT_INVARIANTS, type OversightFinding } from './check-oversight.server.ts'
export { drawVouchers } from './draw-vouchers.server.ts'
export { type InspectionPackRequest, readInspectionPack } from './inspection-pack.server.ts'
export { readNeedsEyes } from './needs-eyes.server.ts'
export { type CheckFinding, type CommunityCheck, readNewestCheck } from './read-check.server.ts'
export { type OversightEntry, readEntries } from './read-entries.server.ts'
export { readFeeTrend } from './read-fees.server.ts'
export { type OverseenCommunity, readOverview, readOverviewFees } from './read-overview.server.ts'
export { type EntryRefusal, replyToEntry, writeEntry } from './write-entry.server.ts'
