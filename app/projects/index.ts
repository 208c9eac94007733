/** The pure door of the projects: the course of a proposal, its funding, and how it is seen. */
export {
  isEnded,
  nextProposalState,
  PROPOSAL_ACTS,
  PROPOSAL_STATES,
  type ProposalAct,
  type ProposalState,
  replayProposal,
  takesSupport,
} from './course.ts'
export {
  FUNDING_SOURCES,
  type Funding,
  type FundingSource,
  fundingBySource,
  isCovered,
  totalFunding,
} from './funding.ts'
export {
  isProposalGroup,
  mayMakeMotion,
  PROPOSAL_GROUPS,
  type ProposalDocument,
  type ProposalEventView,
  type ProposalGroup,
  type ProposalView,
  possibleProposalActs,
  type RoundView,
} from './proposal-view.ts'
export {
  type FormedAct,
  LONGEST_PROPOSAL_PLACE,
  LONGEST_PROPOSAL_TEXT,
  LONGEST_PROPOSAL_TITLE,
  LONGEST_ROUND_DAYS,
  PROPOSAL_RULES,
} from './rules.ts'
