/** The door of oversight's SQL. Named re-exports; the use cases of oversight alone come in here. */
export {
  findEntry,
  insertCommunityCheck,
  insertEntry,
  insertOversightText,
  insertReply,
  listEntries,
  listReplies,
  listTexts,
  lockEntry,
  readKeptFees,
  readNewestChecks,
} from './entry.server.ts'
export {
  countOldDrafts,
  listOddReleases,
  listOpenObjections,
  listPollDeadlines,
  listStatementStates,
  listUnreadPapers,
} from './eyes.server.ts'
