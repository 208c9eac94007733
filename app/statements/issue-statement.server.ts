/**
 * Issues the statement of a closed month: model and leaf in one transaction, then proof, PDF and seal over all of it. Each
 * stage finds what an earlier try has done, so a kill in the middle neither loses nor doubles a statement.
 */
import { readFile } from 'node:fs/promises'
import type { Tx } from '#db'
import { lockLedger } from '#db/ledger'
import {
  findFundStatement,
  insertFundStatement,
  insertFundStatementFile,
  listFundStatementFiles,
  listUntimestamped,
} from '#db/statements'
import { assert, err, ok, type Period, type Result } from '#kernel'
import { type LedgerCommunity, readCommunityById, readPeriodState } from '#ledger/server'
import { type Actor, can } from '#people'
import { enqueueJob, type JobRun, type Portal } from '#platform'
import {
  appendLeaf,
  openPublisher,
  publishCheckpoint,
  readCheckpoint,
  readInclusionProof,
} from '#tlog/server'
import { createSealingKeys, openSigner } from './create-sealing-keys.server.ts'
import {
  buildFundStatement,
  encodeFundStatement,
  type StatementProblem,
  statementDigestOf,
  statementIdOf,
} from './fund-statement.ts'
import {
  type RenderProblem,
  renderFundStatement,
  type Say,
  SEAL_RECT,
} from './render-fund-statement.server.ts'
import { type Signer, sealPdf } from './seal.server.ts'
import { encodeStatementLeaf } from './statement-leaf.ts'
import { readStatementSource } from './statement-source.server.ts'
import { timestampSeal } from './timestamp.server.ts'

export type IssueRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'period-not-closed'; readonly period: Period }
  | { readonly code: 'reason-missing' }
  | StatementProblem
  | RenderProblem

export const ISSUE_STATEMENT = 'statements.issue'
export const TIMESTAMP_STATEMENT = 'statements.timestamp'

type StatementRow = NonNullable<Awaited<ReturnType<typeof findFundStatement>>>

interface IssueOrder {
  readonly period: Period
  readonly version: number
  readonly reason: string | null
}

/** The texts a sealed document is drawn with: always Chinese, the language the owners' rights are written in. */
export interface DocumentTexts {
  readonly say: Say
  readonly lang: string
}

/** Makes authority and sealing certificate unless they are there. For set-up only. */
export async function createStatementKeys(portal: Portal, { say }: DocumentTexts): Promise<void> {
  await createSealingKeys(portal, {
    operator: new URL(portal.settings.baseUrl).hostname,
    sealName: say('sealName'),
    authorityName: say('authorityName'),
  })
}

/** Writes the statement's model and leaf once; finds them when an earlier try already has. */
async function recordStatement(
  portal: Portal,
  community: LedgerCommunity,
  order: IssueOrder,
  requestedBy: string,
): Promise<Result<StatementRow, IssueRefusal>> {
  const { communityId } = community
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    const existing = await findFundStatement(tx, communityId, order.period, order.version)
    if (existing !== undefined) return ok(existing)
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
    return ok(row)
  })
}

/** Publishes a checkpoint that covers the leaf, and gives the leaf's proof under it. */
async function proveLeaf(
  portal: Portal,
  communityId: number,
  index: number,
): Promise<{ proof: string; size: number }> {
  const published = await readCheckpoint(portal.db, communityId)
  if (published === null || published.size <= index) {
    const outcome = await publishCheckpoint(openPublisher(portal), communityId)
    if (!outcome.ok) throw new Error(`checkpoint not published: ${outcome.error.code}`)
  }
  const newest = await readCheckpoint(portal.db, communityId)
  assert(newest !== null && newest.size > index, 'the published checkpoint does not cover the statement')
  const proof = await readInclusionProof(portal.db, communityId, index, newest.size)
  if (!proof.ok) throw new Error(`no inclusion proof: ${proof.error}`)
  return { proof: proof.value, size: newest.size }
}

async function sealStatement(
  portal: Portal,
  community: LedgerCommunity,
  row: StatementRow,
  texts: DocumentTexts,
  signer: Signer,
): Promise<Result<Uint8Array, RenderProblem>> {
  const index = Number(row.leaf_index)
  const { proof, size } = await proveLeaf(portal, community.communityId, index)
  const unsigned = await renderFundStatement({
    statement: row.model,
    leaf: row.leaf,
    proof,
    position: { index, size },
    lang: texts.lang,
    say: texts.say,
    portalUrl: portal.settings.baseUrl,
  })
  if (!unsigned.ok) return unsigned
  const sealed = await sealPdf(unsigned.value, signer, {
    sealedAt: portal.clock.now(),
    name: texts.say('sealName'),
    reason: texts.say('title'),
    rect: SEAL_RECT,
  })
  assert(sealed.ok, `the statement could not be sealed: ${sealed.ok ? '' : sealed.error}`)
  return ok(sealed.value)
}

async function insertFile(
  portal: Portal,
  tx: Tx,
  communityId: number,
  statementId: string,
  pdf: { readonly sha256: string; readonly bytes: number },
  level: 'B-B' | 'B-T',
): Promise<void> {
  await insertFundStatementFile(tx, {
    community_id: communityId,
    statement_id: statementId,
    pdf_sha256: pdf.sha256,
    pdf_bytes: pdf.bytes,
    level,
    sealed_at: portal.clock.now(),
  })
}

/** The timestamped twin of a sealed file, or null when no authority is set or it does not answer: that is retried later. */
async function timestamped(portal: Portal, pdf: Uint8Array): Promise<Uint8Array | null> {
  const { timestampUrl, timestampAuthorityFile } = portal.settings
  if (timestampUrl === null || timestampAuthorityFile === null) return null
  const anchor = await readFile(timestampAuthorityFile, 'utf8')
  const stamped = await timestampSeal(pdf, { url: timestampUrl, trustAnchors: [anchor] })
  if (stamped.ok) return stamped.value.pdf
  portal.logger.warn(
    { code: stamped.error },
    'the timestamp authority gave no timestamp; it will be asked again',
  )
  return null
}

/** What issuing reports while it works: recorded, proved, sealed, stored. */
export const ISSUE_STAGES = 3

/**
 * Issues version `order.version` of a month's statement, from wherever an earlier try stopped. `settle` ends the job in the
 * transaction that stores the file. Gives the SHA-256 of the sealed PDF.
 */
async function issue(
  portal: Portal,
  community: LedgerCommunity,
  order: IssueOrder,
  texts: DocumentTexts,
  requestedBy: string,
  report: {
    readonly progress: (done: number) => Promise<void>
    readonly settle: (tx: Tx, outcome: string) => Promise<void>
  },
): Promise<Result<string, IssueRefusal>> {
  const { communityId } = community
  const recorded = await recordStatement(portal, community, order, requestedBy)
  if (!recorded.ok) return recorded
  const row = recorded.value
  await report.progress(1)
  const [existing] = await listFundStatementFiles(portal.db, communityId, row.statement_id)
  if (existing !== undefined) return ok(existing.pdf_sha256)
  const signer = await openSigner(portal)
  const sealed = await sealStatement(portal, community, row, texts, signer)
  if (!sealed.ok) return sealed
  await report.progress(2)
  const sha256 = await portal.objects.put(sealed.value)
  const stamped = await timestamped(portal, sealed.value)
  const stampedSha256 = stamped === null ? null : await portal.objects.put(stamped)
  await portal.db.transaction().execute(async tx => {
    await insertFile(portal, tx, communityId, row.statement_id, { sha256, bytes: sealed.value.length }, 'B-B')
    if (stamped !== null && stampedSha256 !== null) {
      const file = { sha256: stampedSha256, bytes: stamped.length }
      await insertFile(portal, tx, communityId, row.statement_id, file, 'B-T')
    } else if (portal.settings.timestampUrl !== null) {
      await enqueueTimestamp(portal, tx, communityId, row.statement_id, requestedBy)
    }
    await report.settle(tx, stampedSha256 ?? sha256)
  })
  await report.progress(ISSUE_STAGES)
  return ok(stampedSha256 ?? sha256)
}

async function enqueueTimestamp(
  portal: Portal,
  tx: Tx,
  communityId: number,
  statementId: string,
  requestedBy: string,
): Promise<void> {
  await enqueueJob(portal, tx, {
    communityId,
    kind: TIMESTAMP_STATEMENT,
    key: statementId,
    payload: { statementId },
    requestedBy,
  })
}

/** Which version comes next, or the one that is being issued. */
async function nextOrder(
  portal: Portal,
  community: LedgerCommunity,
  period: Period,
  reason: string | null,
): Promise<Result<IssueOrder, IssueRefusal>> {
  const { lastClosed } = await readPeriodState(portal.db, community)
  if (lastClosed === null || period > lastClosed || period < community.firstPeriod) {
    return err({ code: 'period-not-closed', period })
  }
  const newest = await findFundStatement(portal.db, community.communityId, period, null)
  if (newest === undefined) return ok({ period, version: 1, reason: null })
  const files = await listFundStatementFiles(portal.db, community.communityId, newest.statement_id)
  if (files.length === 0) return ok({ period, version: newest.version, reason: newest.reason })
  const given = reason?.trim() ?? ''
  return given === ''
    ? err({ code: 'reason-missing' })
    : ok({ period, version: newest.version + 1, reason: given })
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
  const order = await nextOrder(portal, community, input.period, input.reason)
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
export function issueStatementJob(texts: DocumentTexts) {
  return async ({ portal, job, progress, finish }: JobRun): Promise<Result<string, string>> => {
    const community = await readCommunityById(portal.db, job.communityId)
    assert(community !== null, `a statement of no community: ${job.communityId}`)
    const order = job.payload as unknown as IssueOrder
    const issued = await issue(portal, community, order, texts, job.requestedBy, {
      progress: done => (done < ISSUE_STAGES ? progress(done, ISSUE_STAGES) : Promise.resolve()),
      settle: finish,
    })
    return issued.ok ? issued : err(issued.error.code)
  }
}

/** The job that asks the timestamp authority again; a failure is thrown, so that it is tried later. */
export async function timestampStatementJob({
  portal,
  job,
  finish,
}: JobRun): Promise<Result<string, string>> {
  const { statementId } = job.payload as { statementId: string }
  const files = await listFundStatementFiles(portal.db, job.communityId, statementId)
  if (files.some(file => file.level === 'B-T')) return ok('already-stamped')
  const sealed = files[0] === undefined ? null : await portal.objects.read(files[0].pdf_sha256)
  if (sealed === null) return err('file-missing')
  const stamped = await timestamped(portal, sealed)
  if (stamped === null) throw new Error('no timestamp yet')
  const sha256 = await portal.objects.put(stamped)
  await portal.db.transaction().execute(async tx => {
    await insertFile(portal, tx, job.communityId, statementId, { sha256, bytes: stamped.length }, 'B-T')
    await finish(tx, sha256)
  })
  return ok(sha256)
}

/** At start: asks once more for every timestamp that is still missing. */
export async function resumeTimestamps(portal: Portal): Promise<void> {
  if (portal.settings.timestampUrl === null) return
  for (const file of await listUntimestamped(portal.db, 200)) {
    await portal.db
      .transaction()
      .execute(tx => enqueueTimestamp(portal, tx, file.community_id, file.statement_id, 'portal'))
  }
}

/** Issues at once, without a job, for the operator at the console: the newest version that exists, else the first. */
export async function issueFromConsole(
  portal: Portal,
  community: LedgerCommunity,
  period: Period,
  texts: DocumentTexts,
): Promise<Result<string, IssueRefusal>> {
  const newest = await findFundStatement(portal.db, community.communityId, period, null)
  const order = { period, version: newest?.version ?? 1, reason: newest?.reason ?? null }
  return issue(portal, community, order, texts, 'console', {
    progress: async () => {},
    settle: async () => {},
  })
}
