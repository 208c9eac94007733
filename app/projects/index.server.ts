/** The server door of the projects: rounds, proposals, acts on them, the motion that is made of one, and the re-deriver. */
export { actOnProposal, type ProposalActRefusal, type ProposalRequest } from './act-on-proposal.server.ts'
export { checkProjects, PROJECT_INVARIANTS, type ProjectFinding } from './check-projects.server.ts'
export { draftMotion, type MotionRefusal } from './draft-motion.server.ts'
export type { ProjectCommunity, ProposalRefusal, ProposalTextRefusal } from './proposal-access.server.ts'
export {
  type NewProposal,
  openRound,
  type ProposeRefusal,
  proposeProject,
  type RoundRefusal,
} from './propose.server.ts'
export {
  readOwnSupport,
  readProposal,
  readProposalDocument,
  readProposals,
  readRounds,
} from './read-projects.server.ts'
