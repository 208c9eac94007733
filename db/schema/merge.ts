/** Tables of owners who were entered twice: what was proposed, and what a second officer decided. Types only. */
import type { Written } from './columns.ts'

export interface PersonMergeTable {
  community_id: Written<number>
  merge_id: Written<string>
  kind: Written<'merge' | 'undo'>
  kept_person_id: Written<string>
  merged_person_id: Written<string>
  undoes: Written<string | null>
  proposed_by: Written<string>
  proposed_at: Written<Date>
}

export interface PersonMergeDecisionTable {
  community_id: Written<number>
  merge_id: Written<string>
  decision: Written<'confirmed' | 'refused'>
  decided_by: Written<string>
  decided_at: Written<Date>
  import_id: Written<string | null>
  merge_no: Written<number | null>
  leaf_index: Written<bigint | null>
}

export interface MergeTables {
  person_merge: PersonMergeTable
  person_merge_decision: PersonMergeDecisionTable
}
