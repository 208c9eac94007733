/**
 * The course of a proposal (提案): which act leads from which state to which. The table is all there is; who may take an act
 * and what it must bring stands beside it in `rules.ts`. Pure.
 */

/**
 * proposed 已提出, shortlisted 已入围, in-motion 已转议案, funded 资金已落实, done 已完成待验收, accepted 已验收, declined 未入围, withdrawn 已撤回.
 */
export const PROPOSAL_STATES = [
  'proposed',
  'shortlisted',
  'in-motion',
  'funded',
  'done',
  'accepted',
  'declined',
  'withdrawn',
] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

/**
 * propose 提出; shortlist 入围; decline 不入围或不再做; motion 转为议案; fund 落实一笔资金; report 报告结果; accept 验收; refuse 验收不过; withdraw 撤回.
 * Beside the course: support 支持 and unsupport 收回支持, hide 隐去文字 and show 恢复文字.
 */
export const PROPOSAL_ACTS = [
  'propose',
  'shortlist',
  'decline',
  'motion',
  'fund',
  'report',
  'accept',
  'refuse',
  'withdraw',
  'support',
  'unsupport',
  'hide',
  'show',
] as const
export type ProposalAct = (typeof PROPOSAL_ACTS)[number]

const COURSE: {
  readonly [From in ProposalState | 'none']?: { readonly [Act in ProposalAct]?: ProposalState }
} = {
  none: { propose: 'proposed' },
  proposed: { shortlist: 'shortlisted', decline: 'declined', withdraw: 'withdrawn' },
  shortlisted: { motion: 'in-motion', fund: 'funded', decline: 'declined', withdraw: 'withdrawn' },
  // A draft may have been put aside, and then another motion is made of the same proposal.
  'in-motion': { motion: 'in-motion', fund: 'funded', decline: 'declined' },
  funded: { fund: 'funded', report: 'done' },
  done: { accept: 'accepted', refuse: 'funded' },
}

/** True while homes say that they want it, too: afterwards owners vote, or money is there. */
export function takesSupport(state: ProposalState): boolean {
  return state === 'proposed' || state === 'shortlisted'
}

/** Where an act leads; null when it cannot be done there. `null` as state is a proposal that does not exist yet. */
export function nextProposalState(state: ProposalState | null, act: ProposalAct): ProposalState | null {
  if (act === 'hide' || act === 'show') return state
  if (act === 'support' || act === 'unsupport') return state !== null && takesSupport(state) ? state : null
  return COURSE[state ?? 'none']?.[act] ?? null
}

/** The state after all acts in their order; null when one of them could not have been done. */
export function replayProposal(acts: readonly ProposalAct[]): ProposalState | null {
  let state: ProposalState | null = null
  for (const act of acts) {
    state = nextProposalState(state, act)
    if (state === null) return null
  }
  return state
}

/** True once nothing more is to be done. */
export function isEnded(state: ProposalState): boolean {
  return COURSE[state] === undefined
}
