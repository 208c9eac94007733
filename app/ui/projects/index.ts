/** The shelf of proposals: lists, the sheet of one, and their forms. Loaded by their pages only. */
export {
  type EnteredProposal,
  type EnteredProposalAct,
  ProposalActForms,
  ProposalForm,
  RoundForm,
} from './forms.tsx'
export { GroupTabs, ProposalList, RoundList } from './proposal-list.tsx'
export { ProposalSheet } from './proposal-sheet.tsx'
export { SupportForms } from './support-forms.tsx'
export { proposalTitle } from './words.tsx'
