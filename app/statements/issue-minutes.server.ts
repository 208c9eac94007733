/**
 * The copy of published minutes as a sealed document: who may ask for it, and what is recorded before it is proved and sealed as every
 * document is. What was signed and published is the council's to say.
 */
import { type CouncilCommunity, readPublishedMinutes } from '#council/server'
import { lockLedger } from '#db/ledger'
import {
  findMinutesCopy,
  insertMinutesCopy,
  insertMinutesCopyFile,
  listMinutesCopies,
  listMinutesCopyFiles,
  listUntimestampedMinutes,
} from '#db/statements'
import { assert, type CanonicalValue, err, ok, type Result } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import { type Actor, can } from '#people'
import { enqueueJob, type Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { statementDigestOf } from './fund-statement.ts'
import {
  type DocumentTexts,
  type FileShelf,
  type IssuableKind,
  issueJob,
  type RecordedDocument,
  timestampJob,
} from './issue-document.server.ts'
import {
  buildMinutesCopy,
  encodeMinutesCopy,
  type MinutesCopyProblem,
  minutesCopyIdOf,
} from './minutes-copy.ts'
import { renderMinutesCopy } from './render-minutes-copy.server.ts'
import type { GlyphProblem } from './sealed-frame.server.ts'
import { encodeMinutesLeaf } from './statement-leaf.ts'

export type MinutesCopyRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'minutes-not-published' }
  | MinutesCopyProblem
  | GlyphProblem

export const ISSUE_MINUTES = 'statements.issue-minutes'
export const TIMESTAMP_MINUTES = 'statements.timestamp-minutes'

interface MinutesOrder {
  readonly meetingId: string
  /** Number of the publication. */
  readonly issue: number
}

const MINUTES_COPY_FILES: FileShelf = {
  list: listMinutesCopyFiles,
  insert: insertMinutesCopyFile,
  listUntimestamped: listUntimestampedMinutes,
}

type CopyRow = Awaited<ReturnType<typeof listMinutesCopies>>[number]

function recordedOf(row: CopyRow): RecordedDocument {
  const { copy_id: statementId, model, leaf, leaf_index } = row
  return { statementId, model, leaf, leafIndex: Number(leaf_index) }
}

async function recordMinutesCopy(
  portal: Portal,
  community: LedgerCommunity,
  { meetingId, issue }: MinutesOrder,
  requestedBy: string,
): Promise<Result<RecordedDocument, MinutesCopyRefusal>> {
  const { communityId, slug, name, logOrigin } = community
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    const existing = (await listMinutesCopies(tx, communityId, meetingId)).find(row => row.issue === issue)
    if (existing !== undefined) return ok(recordedOf(existing))
    const published = await readPublishedMinutes(tx, communityId, meetingId)
    const text = published.find(each => each.issue === issue)
    if (text === undefined) return err({ code: 'minutes-not-published' } as const)
    const earlier = await findMinutesCopy(tx, communityId, meetingId, null)
    const issuedAt = portal.clock.now()
    const built = buildMinutesCopy({
      community: { slug, name, logOrigin },
      version: (earlier?.version ?? 0) + 1,
      ...(earlier && {
        supersedes: {
          statementId: earlier.copy_id,
          digest: earlier.digest,
          reason: (text.reason ?? '').replace(/\n+/g, ' '),
        },
      }),
      textVersion: text.version,
      minutes: text.minutes,
      leaves: { circulated: text.circulatedLeaf, published: text.publishedLeaf },
      issuedAt,
      publishedAt: text.publishedAt,
      signOffs: text.signOffs,
    })
    if (!built.ok) return built
    const model = encodeMinutesCopy(built.value)
    const leaf = encodeMinutesLeaf(built.value, model)
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertMinutesCopy(tx, {
      community_id: communityId,
      meeting_id: meetingId,
      version: built.value.version,
      issue,
      copy_id: minutesCopyIdOf(built.value),
      model,
      digest: statementDigestOf(model),
      leaf,
      leaf_index: BigInt(firstIndex),
      supersedes_digest: earlier?.digest ?? null,
      reason: earlier === undefined ? null : text.reason,
      requested_by: requestedBy,
      issued_at: issuedAt,
    })
    const row = await findMinutesCopy(tx, communityId, meetingId, null)
    assert(row !== undefined, 'the copy just written is not there')
    return ok(recordedOf(row))
  })
}

/** Copies of minutes as a kind of issued document. */
export const MINUTES_COPIES: IssuableKind<MinutesOrder, MinutesCopyRefusal> = {
  timestampJob: TIMESTAMP_MINUTES,
  sealReason: 'minutes.title',
  record: recordMinutesCopy,
  render: renderMinutesCopy,
  files: MINUTES_COPY_FILES,
}

/** The job that issues. */
export const issueMinutesJob = (texts: DocumentTexts) => issueJob(MINUTES_COPIES, texts)

/** The job that asks the timestamp authority again. */
export const timestampMinutesJob = timestampJob(MINUTES_COPIES)

/** Asks for the sealed copy of the newest publication. Needs `council:keep`; asking twice gives the same job. */
export async function requestMinutesCopy(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  meetingId: string,
): Promise<Result<{ readonly jobId: string }, MinutesCopyRefusal>> {
  const { communityId } = community
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const [newest] = await readPublishedMinutes(portal.db, communityId, meetingId)
  if (newest === undefined) return err({ code: 'minutes-not-published' })
  const order: MinutesOrder = { meetingId, issue: newest.issue }
  const job = await portal.db.transaction().execute(tx =>
    enqueueJob(portal, tx, {
      communityId,
      kind: ISSUE_MINUTES,
      key: `${meetingId}/${newest.issue}`,
      payload: order as unknown as CanonicalValue,
      requestedBy: actor.userId,
    }),
  )
  return ok({ jobId: job.jobId })
}

export interface IssuedMinutesCopy {
  readonly version: number
  readonly issue: number
  readonly copyId: string
  readonly digest: string
  readonly leafIndex: number
  /** Null while the sealed file is being made. */
  readonly file: { readonly sha256: string; readonly level: 'B-B' | 'B-T' } | null
}

/** The sealed copies of one meeting's minutes, newest first. */
export async function readMinutesCopies(
  portal: Portal,
  { communityId }: Pick<CouncilCommunity, 'communityId'>,
  meetingId: string,
): Promise<readonly IssuedMinutesCopy[]> {
  const copies: IssuedMinutesCopy[] = []
  for (const row of await listMinutesCopies(portal.db, communityId, meetingId)) {
    const [file] = await listMinutesCopyFiles(portal.db, communityId, row.copy_id)
    copies.push({
      version: row.version,
      issue: row.issue,
      copyId: row.copy_id,
      digest: row.digest,
      leafIndex: Number(row.leaf_index),
      file: file === undefined ? null : { sha256: file.sha256, level: file.level },
    })
  }
  return copies
}

/** The canonical JSON of a meeting's copy and, when it is made, the sealed PDF; of one version or the newest. Null when there is none. */
export async function readMinutesCopyFile(
  portal: Portal,
  { communityId }: Pick<CouncilCommunity, 'communityId'>,
  meetingId: string,
  version: number | null,
): Promise<{ readonly copyId: string; readonly model: Uint8Array; readonly pdf: Uint8Array | null } | null> {
  const row = await findMinutesCopy(portal.db, communityId, meetingId, version)
  if (row === undefined) return null
  const [file] = await listMinutesCopyFiles(portal.db, communityId, row.copy_id)
  const pdf = file === undefined ? null : await portal.objects.read(file.sha256)
  return { copyId: row.copy_id, model: row.model, pdf }
}
