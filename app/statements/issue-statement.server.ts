/**
 * The statement of a closed month: who may ask for it, which version comes next, and what is recorded before it is proved
 * and sealed as every document is.
 */
import { lockLedger } from '#db/ledger'
import {
  findFundStatement,
  insertFundStatement,
  insertFundStatementFile,
  listFundStatementFiles,
  listUntimestamped,
} from '#db/statements'
import { assert, err, ok, type Period, type Result } from '#kernel'
import {
  type LedgerCommunity,
  proposeControlChange,
  readControls,
  readPeriodState,
  readReissues,
} from '#ledger/server'
import { type Actor, can } from '#people'
import { enqueueJob, type Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import {
  buildFundStatement,
  encodeFundStatement,
  type StatementProblem,
  statementDigestOf,
  statementIdOf,
} from './fund-statement.ts'
import {
  type DocumentTexts,
  type FileShelf,
  type IssuableKind,
  issueDocument,
  issueJob,
  type RecordedDocument,
  timestampJob,
} from './issue-document.server.ts'
import { renderFundStatement } from './render-fund-statement.server.ts'
import type { GlyphProblem } from './sealed-frame.server.ts'
import { encodeStatementLeaf } from './statement-leaf.ts'
import { readStatementSource } from './statement-source.server.ts'

export type IssueRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'period-not-closed'; readonly period: Period }
  | { readonly code: 'reason-missing' }
  /** A new version takes two people here: it was proposed, and waits for the other. */
  | { readonly code: 'second-needed'; readonly changeId: string }
  | StatementProblem
  | GlyphProblem

export const ISSUE_STATEMENT = 'statements.issue'
export const TIMESTAMP_STATEMENT = 'statements.timestamp'

interface IssueOrder {
  readonly period: Period
  readonly version: number
  readonly reason: string | null
}

/** Where the files of statements are noted. */
export const FUND_STATEMENT_FILES: FileShelf = {
  list: listFundStatementFiles,
  insert: insertFundStatementFile,
  listUntimestamped,
}

function recordedOf(row: NonNullable<Awaited<ReturnType<typeof findFundStatement>>>): RecordedDocument {
  const { statement_id: statementId, model, leaf, leaf_index } = row
  return { statementId, model, leaf, leafIndex: Number(leaf_index) }
}

/** Writes the statement's model and leaf once; finds them when an earlier try already has. */
async function recordStatement(
  portal: Portal,
  community: LedgerCommunity,
  order: IssueOrder,
  requestedBy: string,
): Promise<Result<RecordedDocument, IssueRefusal>> {
  const { communityId } = community
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    const existing = await findFundStatement(tx, communityId, order.period, order.version)
    if (existing !== undefined) return ok(recordedOf(existing))
    const { lastClosed } = await readPeriodState(tx, community)
    if (lastClosed === null || order.period > lastClosed)
      return err({ code: 'period-not-closed', period: order.period })
    const earlier = await findFundStatement(tx, communityId, order.period, null)
    assert(
      (earlier?.version ?? 0) + 1 === order.version,
      `statement version ${order.version} of ${order.period}`,
    )
    const issuedAt = portal.clock.now()
    const supersedes =
      earlier === undefined
        ? {}
        : {
            supersedes: {
              statementId: earlier.statement_id,
              digest: earlier.digest,
              reason: order.reason ?? '',
            },
          }
    const source = await readStatementSource(tx, community, order.period, {
      version: order.version,
      issuedAt,
      ...supersedes,
    })
    const built = buildFundStatement(source)
    if (!built.ok) return built
    const model = encodeFundStatement(built.value)
    const leaf = encodeStatementLeaf(built.value, model)
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertFundStatement(tx, {
      community_id: communityId,
      period: order.period,
      version: order.version,
      statement_id: statementIdOf(built.value),
      model,
      digest: statementDigestOf(model),
      leaf,
      leaf_index: BigInt(firstIndex),
      supersedes_digest: earlier?.digest ?? null,
      reason: earlier === undefined ? null : order.reason,
      requested_by: requestedBy,
      issued_at: issuedAt,
    })
    const row = await findFundStatement(tx, communityId, order.period, order.version)
    assert(row !== undefined, 'the statement just written is not there')
    return ok(recordedOf(row))
  })
}

export const FUND_STATEMENTS: IssuableKind<IssueOrder, IssueRefusal> = {
  timestampJob: TIMESTAMP_STATEMENT,
  sealReason: 'title',
  record: recordStatement,
  render: renderFundStatement,
  files: FUND_STATEMENT_FILES,
}

/** Which version comes next, or the one that is being issued. */
async function nextOrder(
  portal: Portal,
  community: LedgerCommunity,
  period: Period,
  reason: string | null,
  actor: Actor,
): Promise<Result<IssueOrder, IssueRefusal>> {
  const { lastClosed } = await readPeriodState(portal.db, community)
  if (lastClosed === null || period > lastClosed || period < community.firstPeriod) {
    return err({ code: 'period-not-closed', period })
  }
  const newest = await findFundStatement(portal.db, community.communityId, period, null)
  if (newest === undefined) return ok({ period, version: 1, reason: null })
  const files = await FUND_STATEMENT_FILES.list(portal.db, community.communityId, newest.statement_id)
  if (files.length === 0) return ok({ period, version: newest.version, reason: newest.reason })
  const given = reason?.trim() ?? ''
  if (given === '') return err({ code: 'reason-missing' })
  const version = newest.version + 1
  const { controls } = await readControls(portal.db, community)
  if (!controls.pairedChanges) return ok({ period, version, reason: given })
  return agreedOrder(portal, actor, community, { period, version, reason: given }, newest.leaf_index)
}

/** The order of a new version where two people make it: the one they agreed on since the last, or a proposal that waits. */
async function agreedOrder(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  order: IssueOrder & { readonly reason: string },
  lastLeaf: bigint,
): Promise<Result<IssueOrder, IssueRefusal>> {
  const { period, reason } = order
  const reissues = await readReissues(portal.db, community.communityId, period)
  const agreed = reissues.find(each => each.leafIndex !== null && BigInt(each.leafIndex) > lastLeaf)
  if (agreed !== undefined) return ok({ ...order, reason: agreed.reason })
  const waiting = reissues.find(each => each.leafIndex === null)
  if (waiting !== undefined) return err({ code: 'second-needed', changeId: waiting.changeId })
  const proposed = await proposeControlChange(portal, actor, community, { kind: 'reissue', period, reason })
  if (proposed.ok) return err({ code: 'second-needed', changeId: proposed.value })
  return err({ code: proposed.error.code === 'not-permitted' ? 'not-permitted' : 'reason-missing' })
}

/**
 * Asks for the statement of a closed month, or with a reason for a corrected one that supersedes it. Needs
 * `statement:issue`. Gives the job to watch; asking twice gives the same job.
 */
export async function requestStatement(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  input: { readonly period: Period; readonly reason: string | null },
): Promise<Result<{ readonly jobId: string; readonly version: number }, IssueRefusal>> {
  if (!can(actor, 'statement:issue', community.communityId)) return err({ code: 'not-permitted' })
  const order = await nextOrder(portal, community, input.period, input.reason, actor)
  if (!order.ok) return order
  const { period, version, reason } = order.value
  const job = await portal.db.transaction().execute(tx =>
    enqueueJob(portal, tx, {
      communityId: community.communityId,
      kind: ISSUE_STATEMENT,
      key: `${period}/${version}`,
      payload: { period, version, reason },
      requestedBy: actor.userId,
    }),
  )
  return ok({ jobId: job.jobId, version })
}

/** The job that issues. */
export const issueStatementJob = (texts: DocumentTexts) => issueJob(FUND_STATEMENTS, texts)

/** The job that asks the timestamp authority again. */
export const timestampStatementJob = timestampJob(FUND_STATEMENTS)

/** Issues at once, without a job, for the operator at the console: the newest version that exists, else the first. */
export async function issueFromConsole(
  portal: Portal,
  community: LedgerCommunity,
  period: Period,
  texts: DocumentTexts,
): Promise<Result<string, IssueRefusal>> {
  const newest = await findFundStatement(portal.db, community.communityId, period, null)
  const order = { period, version: newest?.version ?? 1, reason: newest?.reason ?? null }
  return issueDocument(portal, community, FUND_STATEMENTS, order, texts, 'console', {
    progress: async () => {},
    settle: async () => {},
  })
}
