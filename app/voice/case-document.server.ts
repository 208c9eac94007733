/**
 * Photographs and papers of cases: kept by digest without what stands beside the picture, given out to whoever may read the
 * case that names them. A PDF that carries an earlier version of itself, attachments, scripts or an author is refused.
 */
import { countUploads, insertDocument, listDocuments } from '#db/voice'
import { err, ok, type Result } from '#kernel'
import { type DocumentRefusal, preparePublicFile } from '#ledger/server'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import type { DocumentsRefusal, VoiceCommunity } from './case-access.server.ts'
import { readCase } from './read-cases.server.ts'
import { MOST_UPLOADS_A_DAY } from './rules.ts'

const DAY_MS = 86_400_000

/** Keeps a document for a case or a project and gives the digest that the act names. For residents, and for officers who answer, handle or arrange. */
export async function attachCaseDocument(
  portal: Portal,
  actor: Actor,
  { communityId }: VoiceCommunity,
  file: { readonly bytes: Uint8Array },
): Promise<Result<{ readonly sha256: string }, DocumentRefusal | DocumentsRefusal>> {
  const may = (
    ['voice:ask', 'request:list', 'challenge:answer', 'request:handle', 'project:arrange'] as const
  ).some(action => can(actor, action, communityId))
  if (!may) return err({ code: 'not-permitted' })
  const now = portal.clock.now()
  const since = new Date(now.getTime() - DAY_MS)
  if ((await countUploads(portal.db, communityId, actor.userId, since)) >= MOST_UPLOADS_A_DAY) {
    return err({ code: 'too-many-documents', limit: MOST_UPLOADS_A_DAY })
  }
  const prepared = preparePublicFile(file.bytes)
  if (!prepared.ok) return prepared
  const { bytes, mediaType } = prepared.value
  const sha256 = await portal.objects.put(bytes)
  const row = {
    community_id: communityId,
    sha256,
    uploaded_by: actor.userId,
    media_type: mediaType,
    byte_count: bytes.length,
    uploaded_at: now,
  }
  await portal.db.transaction().execute(tx => insertDocument(tx, row))
  return ok({ sha256 })
}

/** A document that a case names, for whoever may read the case; null otherwise. A hidden act gives none out. */
export async function readCaseDocument(
  portal: Portal,
  community: VoiceCommunity,
  actor: Actor | null,
  request: { readonly caseId: string; readonly sha256: string },
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | null> {
  const read = await readCase(portal, community, actor, request.caseId)
  const named = read?.view.events
    .flatMap(event => event.documents)
    .find(document => document.sha256 === request.sha256)
  const bytes = named === undefined ? null : await portal.objects.read(named.sha256)
  return named === undefined || bytes === null ? null : { bytes, mediaType: named.mediaType }
}

/** The kinds of kept documents by their digests: for whoever names them in public, where a document of another place is none of theirs. */
export async function readDocumentKinds(
  portal: Pick<Portal, 'db'>,
  { communityId }: VoiceCommunity,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const kept = await listDocuments(portal.db, communityId, [...new Set(digests)])
  return new Map(kept.map(document => [document.sha256, document.media_type]))
}
