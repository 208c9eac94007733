/** Asks the index of one community. Every word must be there; newest first, a page at a time by key. */
import { findSearchDocuments } from '#db/search'
import type { CivilDate } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { isSearchKind, type SearchKind, type SearchPlace } from './document.ts'
import { excerptOf, markedText, type TextPart } from './excerpt.ts'
import type { SearchTerms } from './grams.ts'

export interface FoundText {
  readonly kind: SearchKind
  readonly key: string
  readonly on: CivilDate
  readonly title: readonly TextPart[]
  readonly excerpt: readonly TextPart[]
}

/** A page of what is found; `next` is the place to go on after, null at the end. */
export async function searchCommunity(
  portal: Portal,
  { communityId }: LedgerCommunity,
  asked: {
    readonly search: SearchTerms
    readonly kinds: readonly SearchKind[]
    readonly after: SearchPlace | null
    readonly limit: number
  },
): Promise<{ readonly found: readonly FoundText[]; readonly next: SearchPlace | null }> {
  const { search, kinds, after, limit } = asked
  const place = after && { on: after.on, kind: after.kind, key: after.key }
  const rows = await findSearchDocuments(portal.db, communityId, search, kinds, place, limit + 1)
  const found = rows.slice(0, limit).flatMap(row =>
    isSearchKind(row.kind)
      ? [
          {
            kind: row.kind,
            key: row.document_key,
            on: row.happened_on as CivilDate,
            title: markedText(row.title, search.terms),
            excerpt: excerptOf(row.body, search.terms),
          },
        ]
      : [],
  )
  const last = found.at(-1)
  return {
    found,
    next: rows.length > limit && last !== undefined ? { on: last.on, kind: last.kind, key: last.key } : null,
  }
}
