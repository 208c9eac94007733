/**
 * The papers of a motion: plans, offers, drawings. Kept by digest when uploaded, public from the notice on, because a motion
 * names them and the motion is public then. A picture loses what its camera wrote (place, time, device).
 */
import type { Tx } from '#db'
import { insertPollDocument, listPollDocuments } from '#db/votes'
import {
  DOCUMENT_LIMIT_BYTES,
  type DocumentMediaType,
  err,
  ok,
  type Result,
  sniffDocument,
  stripJpegMetadata,
} from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import type { MotionInput } from './motion.ts'
import type { VotingCommunity } from './poll-access.server.ts'
import { readPoll } from './read-polls.server.ts'

export type PollDocumentRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'document-missing' }
  | { readonly code: 'document-kind-unknown' }
  | { readonly code: 'document-too-large'; readonly limitBytes: number }

/** Keeps a document for a motion and gives the digest that the motion names. Needs `poll:draft`. */
export async function attachPollDocument(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  file: { readonly bytes: Uint8Array },
): Promise<Result<{ readonly sha256: string }, PollDocumentRefusal>> {
  if (!can(actor, 'poll:draft', community.communityId)) return err({ code: 'not-permitted' })
  if (file.bytes.length === 0) return err({ code: 'document-missing' })
  if (file.bytes.length > DOCUMENT_LIMIT_BYTES) {
    return err({ code: 'document-too-large', limitBytes: DOCUMENT_LIMIT_BYTES })
  }
  const kind = sniffDocument(file.bytes)
  const bytes = kind === 'image/jpeg' ? stripJpegMetadata(file.bytes) : file.bytes
  if (kind === null || bytes === null) return err({ code: 'document-kind-unknown' })
  const sha256 = await portal.objects.put(bytes)
  const row = {
    community_id: community.communityId,
    sha256,
    uploaded_by: actor.userId,
    uploaded_at: portal.clock.now(),
  }
  await portal.db.transaction().execute(tx => insertPollDocument(tx, row))
  return ok({ sha256 })
}

/**
 * True when the motion names only papers that the community uploaded for its motions, or that its earlier text named. The
 * store is shared: a digest that stands in a public voucher would otherwise open the unredacted original of any community.
 */
export async function areOwnDocuments(
  tx: Tx,
  { communityId }: VotingCommunity,
  motion: Pick<MotionInput, 'documents'>,
  earlier: Pick<MotionInput, 'documents'> | null,
): Promise<boolean> {
  const named = motion.documents.map(({ sha256 }) => sha256)
  const known = (earlier?.documents ?? []).map(({ sha256 }) => sha256)
  const own = await listPollDocuments(tx, communityId, named)
  return named.every(sha256 => known.includes(sha256) || own.includes(sha256))
}

/** A document that a motion names, for whoever may read the poll: everybody from the notice on. Null when there is none. */
export async function readPollDocument(
  portal: Portal,
  community: VotingCommunity,
  actor: Actor | null,
  request: { readonly pollId: string; readonly sha256: string },
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: DocumentMediaType } | null> {
  const poll = await readPoll(portal, community, actor, request.pollId)
  const isNamed = poll?.motion.documents.some(document => document.sha256 === request.sha256) ?? false
  const bytes = isNamed ? await portal.objects.read(request.sha256) : null
  const mediaType = bytes === null ? null : sniffDocument(bytes)
  return bytes === null || mediaType === null ? null : { bytes, mediaType }
}
