/**
 * Issues a sealed document of any kind: model and leaf in one transaction, then proof, PDF and seal over all of it, the
 * timestamp when there is one. Each stage finds what an earlier try has done, so a kill in the middle neither loses nor
 * doubles a document.
 */
import { readFile } from 'node:fs/promises'
import type { Tx } from '#db'
import { assert, err, ok, type Result } from '#kernel'
import { type LedgerCommunity, readCommunityById } from '#ledger/server'
import { enqueueJob, type JobRun, type Portal } from '#platform'
import { openPublisher, publishCheckpoint, readCheckpoint, readInclusionProof } from '#tlog/server'
import { createSealingKeys, openSigner } from './create-sealing-keys.server.ts'
import { sealPdf } from './seal.server.ts'
import { type RenderInput, type Say, SEAL_RECT } from './sealed-frame.server.ts'
import { timestampSeal } from './timestamp.server.ts'

/** The texts a sealed document is drawn with: always Chinese, the language the owners' rights are written in. */
export interface DocumentTexts {
  readonly say: Say
  readonly lang: string
}

/** A document's model and leaf as they were recorded, once. */
export interface RecordedDocument {
  readonly statementId: string
  readonly model: Uint8Array
  readonly leaf: Uint8Array
  readonly leafIndex: number
}

/** A sealed file: without (`B-B`) or with (`B-T`) a trusted timestamp. */
export interface SealedFile {
  readonly communityId: number
  readonly statementId: string
  readonly sha256: string
  readonly bytes: number
  readonly level: 'B-B' | 'B-T'
  readonly sealedAt: Date
}

/** What one kind of document brings to the mechanism. */
export interface IssuableKind<Order, Refusal extends { readonly code: string }> {
  /** Kind of the job that asks for a missing timestamp again. */
  readonly timestampJob: string
  /** Key of the seal's reason among the document texts. */
  readonly sealReason: string
  /** Writes model and leaf once; finds them when an earlier try already has. */
  readonly record: (
    portal: Portal,
    community: LedgerCommunity,
    order: Order,
    requestedBy: string,
  ) => Promise<Result<RecordedDocument, Refusal>>
  readonly render: (input: RenderInput) => Promise<Result<Uint8Array, Refusal>>
  readonly files: FileShelf
}

/** Where a kind's sealed files are noted. */
export interface FileShelf {
  /** The timestamped one first. */
  readonly list: (tx: Tx, communityId: number, statementId: string) => Promise<readonly SealedFile[]>
  readonly insert: (tx: Tx, file: SealedFile) => Promise<void>
  /** Sealed without a timestamp, oldest first. */
  readonly listUntimestamped: (tx: Tx, limit: number) => Promise<readonly SealedFile[]>
}

/** What issuing reports while it works: recorded, proved and sealed, stored. */
export const ISSUE_STAGES = 3

/** Makes authority and sealing certificate unless they are there. For set-up only. */
export async function createStatementKeys(portal: Portal, { say }: DocumentTexts): Promise<void> {
  await createSealingKeys(portal, {
    operator: new URL(portal.settings.baseUrl).hostname,
    sealName: say('sealName'),
    authorityName: say('authorityName'),
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
  assert(newest !== null && newest.size > index, 'the published checkpoint does not cover the document')
  const proof = await readInclusionProof(portal.db, communityId, index, newest.size)
  if (!proof.ok) throw new Error(`no inclusion proof: ${proof.error}`)
  return { proof: proof.value, size: newest.size }
}

async function renderAndSeal<Order, Refusal extends { readonly code: string }>(
  portal: Portal,
  community: LedgerCommunity,
  kind: IssuableKind<Order, Refusal>,
  recorded: RecordedDocument,
  { say, lang }: DocumentTexts,
): Promise<Result<Uint8Array, Refusal>> {
  const signer = await openSigner(portal)
  const { model, leaf, leafIndex: index } = recorded
  const { proof, size } = await proveLeaf(portal, community.communityId, index)
  const unsigned = await kind.render({
    model,
    leaf,
    proof,
    position: { index, size },
    lang,
    say,
    portalUrl: portal.settings.baseUrl,
  })
  if (!unsigned.ok) return unsigned
  const sealed = await sealPdf(unsigned.value, signer, {
    sealedAt: portal.clock.now(),
    name: say('sealName'),
    reason: say(kind.sealReason),
    rect: SEAL_RECT,
  })
  assert(sealed.ok, `the document could not be sealed: ${sealed.ok ? '' : sealed.error}`)
  return ok(sealed.value)
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

/**
 * Issues the ordered document from wherever an earlier try stopped. `settle` ends the job in the transaction that stores the
 * file. Gives the SHA-256 of the sealed PDF.
 */
export async function issueDocument<Order, Refusal extends { readonly code: string }>(
  portal: Portal,
  community: LedgerCommunity,
  kind: IssuableKind<Order, Refusal>,
  order: Order,
  texts: DocumentTexts,
  requestedBy: string,
  report: {
    readonly progress: (done: number) => Promise<void>
    readonly settle: (tx: Tx, outcome: string) => Promise<void>
  },
): Promise<Result<string, Refusal>> {
  const { communityId } = community
  const recorded = await kind.record(portal, community, order, requestedBy)
  if (!recorded.ok) return recorded
  const { statementId } = recorded.value
  await report.progress(1)
  const [existing] = await kind.files.list(portal.db, communityId, statementId)
  if (existing !== undefined) return ok(existing.sha256)
  const sealed = await renderAndSeal(portal, community, kind, recorded.value, texts)
  if (!sealed.ok) return sealed
  await report.progress(2)
  const sha256 = await portal.objects.put(sealed.value)
  const stamped = await timestamped(portal, sealed.value)
  const stampedSha256 = stamped === null ? null : await portal.objects.put(stamped)
  const file = { communityId, statementId, sealedAt: portal.clock.now() }
  await portal.db.transaction().execute(async tx => {
    await kind.files.insert(tx, { ...file, sha256, bytes: sealed.value.length, level: 'B-B' })
    if (stamped !== null && stampedSha256 !== null) {
      await kind.files.insert(tx, { ...file, sha256: stampedSha256, bytes: stamped.length, level: 'B-T' })
    } else if (portal.settings.timestampUrl !== null) {
      await enqueueTimestamp(portal, tx, kind.timestampJob, communityId, statementId, requestedBy)
    }
    await report.settle(tx, stampedSha256 ?? sha256)
  })
  await report.progress(ISSUE_STAGES)
  return ok(stampedSha256 ?? sha256)
}

async function enqueueTimestamp(
  portal: Portal,
  tx: Tx,
  kind: string,
  communityId: number,
  statementId: string,
  requestedBy: string,
): Promise<void> {
  await enqueueJob(portal, tx, {
    communityId,
    kind,
    key: statementId,
    payload: { statementId },
    requestedBy,
  })
}

/** The job that issues documents of a kind; its payload is the order. */
export function issueJob<Order, Refusal extends { readonly code: string }>(
  kind: IssuableKind<Order, Refusal>,
  texts: DocumentTexts,
) {
  return async ({ portal, job, progress, finish }: JobRun): Promise<Result<string, string>> => {
    const community = await readCommunityById(portal.db, job.communityId)
    assert(community !== null, `a document of no community: ${job.communityId}`)
    const order = job.payload as unknown as Order
    const issued = await issueDocument(portal, community, kind, order, texts, job.requestedBy, {
      progress: done => (done < ISSUE_STAGES ? progress(done, ISSUE_STAGES) : Promise.resolve()),
      settle: finish,
    })
    return issued.ok ? issued : err(issued.error.code)
  }
}

/** The job that asks the timestamp authority again; a failure is thrown, so that it is tried later. */
export function timestampJob({ files }: { readonly files: FileShelf }) {
  return async ({ portal, job, finish }: JobRun): Promise<Result<string, string>> => {
    const { statementId } = job.payload as { statementId: string }
    const known = await files.list(portal.db, job.communityId, statementId)
    if (known.some(file => file.level === 'B-T')) return ok('already-stamped')
    const sealed = known[0] === undefined ? null : await portal.objects.read(known[0].sha256)
    if (sealed === null) return err('file-missing')
    const stamped = await timestamped(portal, sealed)
    if (stamped === null) throw new Error('no timestamp yet')
    const sha256 = await portal.objects.put(stamped)
    await portal.db.transaction().execute(async tx => {
      await files.insert(tx, {
        communityId: job.communityId,
        statementId,
        sha256,
        bytes: stamped.length,
        level: 'B-T',
        sealedAt: portal.clock.now(),
      })
      await finish(tx, sha256)
    })
    return ok(sha256)
  }
}

/** Asks once more for every timestamp of a kind that is still missing. */
export async function resumeTimestampsOf(
  portal: Portal,
  kind: { readonly files: FileShelf; readonly timestampJob: string },
): Promise<void> {
  for (const file of await kind.files.listUntimestamped(portal.db, 200)) {
    await portal.db
      .transaction()
      .execute(tx =>
        enqueueTimestamp(portal, tx, kind.timestampJob, file.communityId, file.statementId, 'portal'),
      )
  }
}
