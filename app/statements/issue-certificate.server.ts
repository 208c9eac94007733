/**
 * The certificate of a counted poll: who may ask for it, which version comes next, and what is recorded before it is proved
 * and sealed as every document is. What was counted is the votes room's to say; the minutes of the count come with the order.
 */
import { lockLedger } from '#db/ledger'
import {
  findTallyCertificate,
  insertTallyCertificate,
  insertTallyCertificateFile,
  listTallyCertificateFiles,
  listUntimestampedCertificates,
} from '#db/statements'
import { assert, type CanonicalValue, err, formatInstant, ok, type Result } from '#kernel'
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
import { type CountedPoll, readCountedPoll } from './read-counted-poll.server.ts'
import { renderTallyCertificate } from './render-tally-certificate.server.ts'
import type { GlyphProblem } from './sealed-frame.server.ts'
import { encodeCertificateLeaf } from './statement-leaf.ts'
import {
  buildTallyCertificate,
  type CertificateProblem,
  type CertificateSource,
  type CountMinutes,
  certificateIdOf,
  encodeTallyCertificate,
} from './tally-certificate.ts'

export type CertificateRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'poll-not-counted'; readonly poll: string }
  | { readonly code: 'reason-missing' }
  | CertificateProblem
  | GlyphProblem

export const ISSUE_CERTIFICATE = 'statements.issue-certificate'
export const TIMESTAMP_CERTIFICATE = 'statements.timestamp-certificate'

interface CertificateOrder {
  readonly pollId: string
  readonly version: number
  readonly reason: string | null
  readonly minutes: CountMinutes<string> | null
}

/** Where the files of certificates are noted. */
const TALLY_CERTIFICATE_FILES: FileShelf = {
  list: listTallyCertificateFiles,
  insert: insertTallyCertificateFile,
  listUntimestamped: listUntimestampedCertificates,
}

type CertificateRow = NonNullable<Awaited<ReturnType<typeof findTallyCertificate>>>

function recordedOf(row: CertificateRow): RecordedDocument {
  const { certificate_id: statementId, model, leaf, leaf_index } = row
  return { statementId, model, leaf, leafIndex: Number(leaf_index) }
}

function sourceOf(
  community: LedgerCommunity,
  counted: CountedPoll,
  order: CertificateOrder,
  earlier: CertificateRow | undefined,
  issuedAt: Date,
): CertificateSource {
  const { minutes } = order
  return {
    ...counted,
    community: { slug: community.slug, name: community.name, logOrigin: community.logOrigin },
    version: order.version,
    issuedAt,
    ...(earlier && {
      supersedes: {
        statementId: earlier.certificate_id,
        digest: earlier.digest,
        reason: order.reason ?? '',
      },
    }),
    minutes: minutes && {
      ...minutes,
      startedAt: new Date(minutes.startedAt),
      endedAt: new Date(minutes.endedAt),
    },
  }
}

async function recordCertificate(
  portal: Portal,
  community: LedgerCommunity,
  order: CertificateOrder,
  requestedBy: string,
): Promise<Result<RecordedDocument, CertificateRefusal>> {
  const { communityId } = community
  const { pollId, version } = order
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    const existing = await findTallyCertificate(tx, communityId, pollId, version)
    if (existing !== undefined) return ok(recordedOf(existing))
    const counted = await readCountedPoll(tx, community, pollId)
    if (counted === null) return err({ code: 'poll-not-counted', poll: pollId })
    const earlier = await findTallyCertificate(tx, communityId, pollId, null)
    assert((earlier?.version ?? 0) + 1 === version, `certificate version ${version} of ${pollId}`)
    const issuedAt = portal.clock.now()
    const built = buildTallyCertificate(sourceOf(community, counted, order, earlier, issuedAt))
    if (!built.ok) return built
    const model = encodeTallyCertificate(built.value)
    const leaf = encodeCertificateLeaf(built.value, model)
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertTallyCertificate(tx, {
      community_id: communityId,
      poll_id: pollId,
      version,
      certificate_id: certificateIdOf(built.value),
      model,
      digest: statementDigestOf(model),
      leaf,
      leaf_index: BigInt(firstIndex),
      supersedes_digest: earlier?.digest ?? null,
      reason: earlier === undefined ? null : order.reason,
      requested_by: requestedBy,
      issued_at: issuedAt,
    })
    const row = await findTallyCertificate(tx, communityId, pollId, version)
    assert(row !== undefined, 'the certificate just written is not there')
    return ok(recordedOf(row))
  })
}

/** Certificates as a kind of issued document. */
export const TALLY_CERTIFICATES: IssuableKind<CertificateOrder, CertificateRefusal> = {
  timestampJob: TIMESTAMP_CERTIFICATE,
  sealReason: 'certificate.title',
  record: recordCertificate,
  render: renderTallyCertificate,
  files: TALLY_CERTIFICATE_FILES,
}

/** The job that issues. */
export const issueCertificateJob = (texts: DocumentTexts) => issueJob(TALLY_CERTIFICATES, texts)

/** The job that asks the timestamp authority again. */
export const timestampCertificateJob = timestampJob(TALLY_CERTIFICATES)

/**
 * Asks for the certificate of a counted poll, or with a reason (a recount, a slip in the minutes) for one that supersedes it.
 * Needs `certificate:issue`. Gives the job to watch; asking twice gives the same job.
 */
export async function requestCertificate(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  input: {
    readonly pollId: string
    readonly reason: string | null
    /** The minutes of the count; null leaves lines to fill in by hand. */
    readonly minutes: CountMinutes<Date> | null
  },
): Promise<Result<{ readonly jobId: string; readonly version: number }, CertificateRefusal>> {
  const { communityId } = community
  if (!can(actor, 'certificate:issue', communityId)) return err({ code: 'not-permitted' })
  const { pollId, minutes } = input
  if ((await readCountedPoll(portal.db, community, pollId)) === null) {
    return err({ code: 'poll-not-counted', poll: pollId })
  }
  const newest = await findTallyCertificate(portal.db, communityId, pollId, null)
  const files =
    newest === undefined ? [] : await listTallyCertificateFiles(portal.db, communityId, newest.certificate_id)
  // A certificate that is recorded and not sealed yet is finished before another follows it.
  const isUnfinished = newest !== undefined && files.length === 0
  const given = input.reason?.trim() ?? ''
  if (newest !== undefined && !isUnfinished && given === '') return err({ code: 'reason-missing' })
  const version = (newest?.version ?? 0) + (isUnfinished ? 0 : 1)
  const order: CertificateOrder = {
    pollId,
    version,
    reason: isUnfinished ? newest.reason : newest === undefined ? null : given,
    minutes: minutes && {
      ...minutes,
      startedAt: formatInstant(minutes.startedAt),
      endedAt: formatInstant(minutes.endedAt),
    },
  }
  const job = await portal.db.transaction().execute(tx =>
    enqueueJob(portal, tx, {
      communityId,
      kind: ISSUE_CERTIFICATE,
      key: `${pollId}/${version}`,
      payload: order as unknown as CanonicalValue,
      requestedBy: actor.userId,
    }),
  )
  return ok({ jobId: job.jobId, version })
}
