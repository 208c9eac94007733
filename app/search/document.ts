/** What can be found: public texts, each with the page it stands on. Never holds what a page would not show to anybody. */
import type { CivilDate } from '#kernel'

/** Kinds of text. Stored; the words and the addresses are the pages' to say. */
export const SEARCH_KINDS = ['voucher', 'motion', 'minutes', 'challenge', 'request', 'proposal'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

/** Kinds that only a community's own people may read where it publishes totals alone. */
export const DETAIL_KINDS: readonly SearchKind[] = ['voucher', 'challenge', 'request']

/** True when the text names a kind. */
export function isSearchKind(text: string): text is SearchKind {
  return (SEARCH_KINDS as readonly string[]).includes(text)
}

/** A text to be found. `key` names it among its kind: `2026-15` a voucher, the poll's id a motion, the meeting's id its minutes, the case's id a question or request, the proposal's a proposal. */
export interface SearchDocument {
  readonly kind: SearchKind
  readonly key: string
  readonly title: string
  readonly body: string
  readonly on: CivilDate
}

/** A place in a list of results, newest first: everything after it. */
export interface SearchPlace {
  readonly on: CivilDate
  readonly kind: SearchKind
  readonly key: string
}

/** The place as a page's address holds it. */
export function formatPlace({ on, kind, key }: SearchPlace): string {
  return `${on}.${kind}.${key}`
}

/** Reads one; null for anything else. */
export function parsePlace(text: string): SearchPlace | null {
  const parts = /^(\d{4}-\d{2}-\d{2})\.([a-z]+)\.([0-9a-z-]{1,60})$/.exec(text)
  if (parts === null || !isSearchKind(parts[2]!)) return null
  return { on: parts[1] as CivilDate, kind: parts[2], key: parts[3]! }
}
