/**
 * Takes in source documents (原始凭证): sniffed, bounded, addressed by SHA-256. The original is never public; a redacted
 * public copy may stand beside it. Must never change a stored file.
 */
import {
  findPublicCopy,
  hasPublicCopy,
  insertPublicCopy,
  insertSourceDocument,
  readSourceDocuments,
} from '#db/ledger'
import {
  DOCUMENT_LIMIT_BYTES,
  type DocumentMediaType,
  err,
  ok,
  plainFileName,
  type Result,
  sniffDocument,
} from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { redactedCopyLeaf } from './leaf.ts'
import { findInPdfCopy, type PdfCopyFinding } from './pdf-copy.server.ts'
import { stripPicture } from './picture.ts'
import type { LedgerCommunity } from './read-chart.server.ts'

export type DocumentRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'document-empty' }
  | { readonly code: 'document-too-large'; readonly limitBytes: number }
  | { readonly code: 'document-kind-unknown' }
  | { readonly code: 'document-broken' }
  /** A PDF that is to be public carries what its pages do not show. */
  | { readonly code: 'copy-unsafe'; readonly found: readonly PdfCopyFinding[] }
  | { readonly code: 'document-unknown'; readonly sha256: string }

export interface StoredDocument {
  readonly sha256: string
  readonly mediaType: DocumentMediaType
  readonly byteCount: number
}

/** A stored document as officers see it: its name may hold a person's, so it is never public. */
export interface AttachedDocument {
  readonly sha256: string
  readonly fileName: string
  readonly mediaType: string
  readonly byteCount: number
  readonly publicSha256: string | null
}

function checkFile(bytes: Uint8Array): Result<DocumentMediaType, DocumentRefusal> {
  if (bytes.length === 0) return err({ code: 'document-empty' })
  if (bytes.length > DOCUMENT_LIMIT_BYTES) {
    return err({ code: 'document-too-large', limitBytes: DOCUMENT_LIMIT_BYTES })
  }
  const mediaType = sniffDocument(bytes)
  return mediaType === null ? err({ code: 'document-kind-unknown' }) : ok(mediaType)
}

/** Stores an original. The same file twice is stored once. Needs `voucher:draft`. */
export async function attachSourceDocument(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<StoredDocument, DocumentRefusal>> {
  if (!can(actor, 'voucher:draft', community.communityId)) return err({ code: 'not-permitted' })
  const mediaType = checkFile(file.bytes)
  if (!mediaType.ok) return mediaType
  const sha256 = await portal.objects.put(file.bytes)
  const row = {
    community_id: community.communityId,
    sha256,
    media_type: mediaType.value,
    byte_count: file.bytes.length,
    file_name: plainFileName(file.name),
    uploaded_by: actor.userId,
    uploaded_at: portal.clock.now(),
  }
  await portal.db.transaction().execute(tx => insertSourceDocument(tx, row))
  return ok({ sha256, mediaType: mediaType.value, byteCount: file.bytes.length })
}

/** The bytes that may be public: of a picture nothing but the picture; of a PDF all, when nothing is found beside its pages. */
function publicBytes(mediaType: DocumentMediaType, bytes: Uint8Array): Result<Uint8Array, DocumentRefusal> {
  if (mediaType === 'application/pdf') {
    const found = findInPdfCopy(bytes)
    return found.length === 0 ? ok(bytes) : err({ code: 'copy-unsafe', found })
  }
  const stripped = stripPicture(mediaType, bytes)
  return stripped === null ? err({ code: 'document-broken' }) : ok(stripped)
}

/** A file as it may be public: its kind, and its bytes without what stands beside the picture. For rooms that publish papers of their own. */
export function preparePublicFile(
  bytes: Uint8Array,
): Result<{ readonly bytes: Uint8Array; readonly mediaType: DocumentMediaType }, DocumentRefusal> {
  const mediaType = checkFile(bytes)
  if (!mediaType.ok) return mediaType
  const prepared = publicBytes(mediaType.value, bytes)
  return prepared.ok ? ok({ bytes: prepared.value, mediaType: mediaType.value }) : prepared
}

/**
 * Stores a redacted copy that everybody may see: a picture loses its metadata, a PDF that carries an earlier version of itself,
 * attachments, scripts or its author's name is refused. Needs `voucher:draft`.
 */
export async function publishRedactedCopy(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  originalSha256: string,
  file: { readonly bytes: Uint8Array },
): Promise<Result<StoredDocument, DocumentRefusal>> {
  const { communityId } = community
  if (!can(actor, 'voucher:draft', communityId)) return err({ code: 'not-permitted' })
  const mediaType = checkFile(file.bytes)
  if (!mediaType.ok) return mediaType
  const originals = await readSourceDocuments(portal.db, communityId, [originalSha256])
  if (originals.length === 0) return err({ code: 'document-unknown', sha256: originalSha256 })
  const copy = publicBytes(mediaType.value, file.bytes)
  if (!copy.ok) return copy
  const bytes = copy.value
  const sha256 = await portal.objects.put(bytes)
  await portal.db.transaction().execute(async tx => {
    if (await hasPublicCopy(tx, communityId, originalSha256, sha256)) return
    const now = portal.clock.now()
    const leaf = redactedCopyLeaf(community.logOrigin, originalSha256, sha256, now)
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertPublicCopy(tx, {
      community_id: communityId,
      sha256: originalSha256,
      public_sha256: sha256,
      public_media_type: mediaType.value,
      public_byte_count: bytes.length,
      made_by: actor.userId,
      made_at: now,
      leaf_index: BigInt(firstIndex),
    })
  })
  return ok({ sha256, mediaType: mediaType.value, byteCount: bytes.length })
}

/** A public copy's bytes by their digest; null when nothing public has it. */
export async function readPublicCopy(
  portal: Portal,
  community: LedgerCommunity,
  publicSha256: string,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | null> {
  const copy = await findPublicCopy(portal.db, community.communityId, publicSha256)
  const bytes = copy === undefined ? null : await portal.objects.read(publicSha256)
  return copy === undefined || bytes === null ? null : { bytes, mediaType: copy.public_media_type }
}

/** An original's bytes, for those who may read everything (`community:read-full`); null when there is none. */
export async function readOriginal(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  sha256: string,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | null> {
  if (!can(actor, 'community:read-full', community.communityId)) return null
  const [document] = await readSourceDocuments(portal.db, community.communityId, [sha256])
  const bytes = document === undefined ? null : await portal.objects.read(sha256)
  return document === undefined || bytes === null ? null : { bytes, mediaType: document.media_type }
}

/** Source documents by their digests, in that order, for those who may read everything; unknown ones are left out. */
export async function readAttachedDocuments(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  digests: readonly string[],
): Promise<AttachedDocument[]> {
  if (!can(actor, 'community:read-full', community.communityId)) return []
  const rows = await readSourceDocuments(portal.db, community.communityId, digests)
  return digests.flatMap(sha256 =>
    rows
      .filter(row => row.sha256 === sha256)
      .map(row => ({
        sha256,
        fileName: row.file_name,
        mediaType: row.media_type,
        byteCount: row.byte_count,
        publicSha256: row.public_sha256,
      })),
  )
}
