/** Documents of the council: papers of a meeting and proofs of what was done are public, a signed sheet is sealed. Named by digest. */
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
import { openSealer, type Portal } from '#platform'
import type { CouncilCommunity } from './council-access.server.ts'

export type CouncilDocumentRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'document-missing' }
  | { readonly code: 'document-kind-unknown' }
  | { readonly code: 'document-too-large'; readonly limitBytes: number }

function judged(bytes: Uint8Array): Result<Uint8Array, CouncilDocumentRefusal> {
  if (bytes.length === 0) return err({ code: 'document-missing' })
  if (bytes.length > DOCUMENT_LIMIT_BYTES)
    return err({ code: 'document-too-large', limitBytes: DOCUMENT_LIMIT_BYTES })
  const kind = sniffDocument(bytes)
  const clean = kind === 'image/jpeg' ? stripJpegMetadata(bytes) : bytes
  return kind === null || clean === null ? err({ code: 'document-kind-unknown' }) : ok(clean)
}

/** Keeps a public document: the paper of a meeting, the proof of an action item. Needs `council:keep`. A picture loses what its camera wrote. */
export async function keepCouncilDocument(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  bytes: Uint8Array,
): Promise<Result<string, CouncilDocumentRefusal>> {
  if (!can(actor, 'council:keep', community.communityId)) return err({ code: 'not-permitted' })
  const fit = judged(bytes)
  return fit.ok ? ok(await portal.objects.put(fit.value)) : fit
}

/** Seals and keeps a sheet with names or signatures; `place` says what it belongs to. */
export async function keepSignedSheet(
  portal: Portal,
  place: string,
  bytes: Uint8Array,
): Promise<Result<string, CouncilDocumentRefusal>> {
  const fit = judged(bytes)
  if (!fit.ok) return fit
  const sealer = await openSealer(portal, 'council-seal')
  return ok(await portal.objects.put(sealer.seal(place, fit.value)))
}

/** A public document by its digest; null when the store has none. Whether anything names it is the caller's to know. */
export async function openCouncilDocument(
  portal: Portal,
  sha256: string,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: DocumentMediaType } | null> {
  const bytes = await portal.objects.read(sha256)
  const mediaType = bytes === null ? null : sniffDocument(bytes)
  return bytes === null || mediaType === null ? null : { bytes, mediaType }
}
