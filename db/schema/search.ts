/** Tables of the search. All of it is made from what is public elsewhere, and can be made again. Types only. */

interface SearchDocumentTable {
  community_id: number
  kind: string
  document_key: string
  title: string
  body: string
  /** Title and body as they are compared. */
  folded: string
  grams: string[]
  happened_on: string
}

interface SearchProgressTable {
  community_id: number
  next_index: bigint
}

export interface SearchTables {
  search_document: SearchDocumentTable
  search_progress: SearchProgressTable
}
