/**
 * Documents of a vote that carry personal data: scans of ballots, proxies, contracts of sale. Sealed before they go to the
 * object store, so that its files tell nothing; named by the digest of the sealed bytes.
 */
import { DOCUMENT_LIMIT_BYTES, type DocumentMediaType, err, ok, type Result, sniffDocument } from '#kernel'
import { openSealer, type Portal } from '#platform'

export type VoteDocumentRefusal =
  | { readonly code: 'document-missing' }
  | { readonly code: 'document-kind-unknown' }
  | { readonly code: 'document-too-large'; readonly limitBytes: number }

/** Seals and keeps a PDF or picture; `place` says what it belongs to, and opens it again. Gives the stored digest. */
export async function keepVoteDocument(
  portal: Portal,
  place: string,
  bytes: Uint8Array,
): Promise<Result<string, VoteDocumentRefusal>> {
  if (bytes.length === 0) return err({ code: 'document-missing' })
  if (bytes.length > DOCUMENT_LIMIT_BYTES) {
    return err({ code: 'document-too-large', limitBytes: DOCUMENT_LIMIT_BYTES })
  }
  if (sniffDocument(bytes) === null) return err({ code: 'document-kind-unknown' })
  const sealer = await openSealer(portal, 'vote-seal')
  return ok(await portal.objects.put(sealer.seal(place, bytes)))
}

/** The document in the clear, for an officer; null when the store has none. */
export async function openVoteDocument(
  portal: Portal,
  place: string,
  digest: string,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: DocumentMediaType } | null> {
  const sealed = await portal.objects.read(digest)
  if (sealed === null) return null
  const bytes = (await openSealer(portal, 'vote-seal')).open(place, sealed)
  const mediaType = sniffDocument(bytes)
  return mediaType === null ? null : { bytes, mediaType }
}

/** The place of a ballot's scan. */
export function scanPlace(pollId: string, paperNumber: number): string {
  return `vote/${pollId}/paper/${paperNumber}`
}
