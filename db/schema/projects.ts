/** Tables of the projects: rounds, proposals of residents, what was done with them, which homes support them. Types only. */
import type { ProposalState } from '#projects'
import type { Written } from './columns.ts'

interface ProjectRoundTable {
  community_id: Written<number>
  round_id: Written<string>
  title: Written<string>
  opens_on: Written<string>
  closes_on: Written<string>
  opened_by: Written<string>
  opened_office: Written<string>
  opened_at: Written<Date>
  leaf_index: Written<bigint>
}

interface ProjectProposalTable {
  community_id: Written<number>
  proposal_id: Written<string>
  /** By which people call it: 第 3 号. */
  number: Written<number>
  /** Null for a small project outside any contest. */
  round_id: Written<string | null>
  /** Never shown. */
  proposed_by: Written<string>
  proposed_at: Written<Date>
}

interface ProjectEventTable {
  community_id: Written<number>
  proposal_id: Written<string>
  event_no: Written<number>
  act: Written<string>
  at: Written<Date>
  by_user: Written<string>
  by_office: Written<string>
  detail: Written<string>
  text_digest: Written<string | null>
  leaf_index: Written<bigint>
}

interface ProjectTextTable {
  community_id: Written<number>
  proposal_id: Written<string>
  event_no: Written<number>
  salt: Written<Uint8Array>
  value: Written<string>
}

interface ProjectStateTable {
  community_id: Written<number>
  proposal_id: Written<string>
  state: ProposalState
  acted_at: Date
}

interface ProjectSupportTable {
  community_id: Written<number>
  proposal_id: Written<string>
  unit_id: Written<string>
  event_no: Written<number>
}

export interface ProjectTables {
  project_round: ProjectRoundTable
  project_proposal: ProjectProposalTable
  project_event: ProjectEventTable
  project_text: ProjectTextTable
  project_state: ProjectStateTable
  project_support: ProjectSupportTable
}
