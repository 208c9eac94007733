/** Tables of the levels above communities, of micro-grids below, and of who oversees at which level. Types only. */
import type { JurisdictionLevel } from '#people'
import type { Written, WrittenByDefault } from './columns.ts'

export interface JurisdictionTable {
  jurisdiction_code: Written<string>
  level: Written<JurisdictionLevel>
  name: string
  name_en: string
  parent_code: Written<string | null>
  parent_level: Written<JurisdictionLevel | null>
  created_at: Written<Date>
}

export interface CommunityPlaceTable {
  community_id: Written<number>
  jurisdiction_code: string
  jurisdiction_level: WrittenByDefault<'neighbourhood'>
  placed_by: string
  placed_at: Date
}

export interface OverseerTermTable {
  jurisdiction_code: Written<string>
  user_id: Written<string>
  title: Written<string>
  term_from: Written<string>
  /** Last day; null is open-ended. */
  term_until: string | null
  granted_by: Written<string>
  granted_at: Written<Date>
}

export interface MicroGridTable {
  community_id: Written<number>
  grid_id: Written<string>
  name: string
  created_at: Written<Date>
}

export interface MicroGridPlaceTable {
  community_id: Written<number>
  building: Written<string>
  /** Empty for the whole building. */
  entrance: WrittenByDefault<string>
  grid_id: string
}

export interface JurisdictionTables {
  jurisdiction: JurisdictionTable
  community_place: CommunityPlaceTable
  overseer_term: OverseerTermTable
  micro_grid: MicroGridTable
  micro_grid_place: MicroGridPlaceTable
}
