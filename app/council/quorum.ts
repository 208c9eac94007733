/**
 * When a meeting may begin and when the owners' committee has decided: counts compared as integers, never a percentage. Each body
 * has its own rule, and an assembly or an open-air meeting has none: it consults and decides nothing.
 */

export const QUORUM_RULES = ['more-than-half', 'two-thirds', 'none'] as const
export type QuorumRule = (typeof QUORUM_RULES)[number]

export const MEETING_KINDS = ['council', 'owners-committee', 'assembly', 'open-air'] as const
/** 议事协商会, 业主委员会会议, 业主大会会议, 坝坝会. */
export type MeetingKind = (typeof MEETING_KINDS)[number]

/** Calendar days by which the owners' committee posts its agenda before it meets, and its decisions after. */
export const COMMITTEE_NOTICE_DAYS = 7
export const COMMITTEE_POSTING_DAYS = 3

/** The rule a kind of meeting is held to. The owners' committee's is the law's; a council's own rules may ask for more. */
export function quorumChoices(kind: MeetingKind): readonly QuorumRule[] {
  switch (kind) {
    case 'owners-committee':
      return ['more-than-half']
    case 'council':
      return ['more-than-half', 'two-thirds']
    case 'assembly':
    case 'open-air':
      return ['none']
  }
}

/** How many of the seats must be present at least; 0 where nothing is asked. */
export function quorumOf(rule: QuorumRule, seatCount: number): number {
  switch (rule) {
    case 'none':
      return 0
    case 'more-than-half':
      return Math.floor(seatCount / 2) + 1
    case 'two-thirds':
      return Math.floor((2 * seatCount + 2) / 3)
  }
}

/** Whether the meeting had its quorum; a body without seats never has one. */
export function isQuorate(rule: QuorumRule, seatCount: number, presentCount: number): boolean {
  return rule === 'none' || (seatCount > 0 && presentCount >= quorumOf(rule, seatCount))
}

/** A decision of the owners' committee needs half of **all** its members in favour, absent ones counted (经全体委员半数以上同意). */
export function committeeDecides(memberCount: number, inFavourCount: number): boolean {
  return memberCount > 0 && 2 * inFavourCount >= memberCount
}
