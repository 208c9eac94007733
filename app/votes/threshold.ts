/**
 * The two gates of 民法典第278条第2款 as cross products of integers, and the official wording they come from. The only
 * file of the room that holds Chinese text: the law's own. Never a percentage, never a division.
 */
import { type AreaCentiM2, areaCentiM2 } from '#kernel'
import { type Clause, classOf, type MatterClass } from './matter.ts'

/** Area and heads of a set of units, always side by side: the law asks for both. */
export interface Measure {
  readonly area: AreaCentiM2
  readonly heads: bigint
}

/** Whether a gate is met, by area and by heads. */
export interface Gate {
  readonly area: boolean
  readonly heads: boolean
}

/** 未产生决定 and 未通过 are different things, and neither is the opposite decision. */
export type Outcome = 'PASSED' | 'NOT_PASSED' | 'NO_QUORUM'

/** A measure of nothing. */
export const NO_MEASURE: Measure = { area: areaCentiM2(0n), heads: 0n }

/** Exact sum. */
export function addMeasures(...measures: readonly Measure[]): Measure {
  let area = 0n
  let heads = 0n
  for (const measure of measures) {
    area += measure.area
    heads += measure.heads
  }
  return { area: areaCentiM2(area), heads }
}

/** Rule 14: 三分之二以上 of the base take part; 以上 includes the figure (第1259条). */
export function participationGate(participating: Measure, total: Measure): Gate {
  return {
    area: 3n * participating.area >= 2n * total.area,
    heads: 3n * participating.heads >= 2n * total.heads,
  }
}

/**
 * Rule 15, 过半数, is strict; rule 16, 四分之三以上, includes the figure. The formulas are taken at their word when nobody
 * takes part (0 > 0 is false, 0 >= 0 is true): then rule 17 decides on `NO_QUORUM` whatever this gate says.
 */
export function approvalGate(matterClass: MatterClass, inFavour: Measure, participating: Measure): Gate {
  if (matterClass === 'ordinary') {
    return {
      area: 2n * inFavour.area > participating.area,
      heads: 2n * inFavour.heads > participating.heads,
    }
  }
  return {
    area: 4n * inFavour.area >= 3n * participating.area,
    heads: 4n * inFavour.heads >= 3n * participating.heads,
  }
}

/** Both gates and the outcome of rule 17. */
export interface Judgement {
  readonly quorum: Gate
  readonly approval: Gate
  readonly outcome: Outcome
}

/** Judges one question by its figures. */
export function judge(
  matterClass: MatterClass,
  figures: { readonly total: Measure; readonly participating: Measure; readonly inFavour: Measure },
): Judgement {
  const quorum = participationGate(figures.participating, figures.total)
  const approval = approvalGate(matterClass, figures.inFavour, figures.participating)
  // Nobody taking part decides nothing, also where the base itself is empty and the products are 0 >= 0.
  const isQuorate = quorum.area && quorum.heads && figures.participating.heads > 0n
  const outcome = !isQuorate ? 'NO_QUORUM' : approval.area && approval.heads ? 'PASSED' : 'NOT_PASSED'
  return { quorum, approval, outcome }
}

/** The article and its official wording. */
export interface LegalText {
  readonly article: string
  readonly wording: string
}

const PARTICIPATION =
  '业主共同决定事项，应当由专有部分面积占比三分之二以上的业主且人数占比三分之二以上的业主参与表决。'
const APPROVAL: Readonly<Record<MatterClass, string>> = {
  ordinary: '决定前款其他事项，应当经参与表决专有部分面积过半数的业主且参与表决人数过半数的业主同意。',
  special:
    '决定前款第六项至第八项规定的事项，应当经参与表决专有部分面积四分之三以上的业主且参与表决人数四分之三以上的业主同意。',
}
const CLAUSE_TEXTS: Readonly<Record<Clause, LegalText>> = {
  1: {
    article: '《中华人民共和国民法典》第二百七十八条第一款第（一）项',
    wording: '制定和修改业主大会议事规则',
  },
  2: { article: '《中华人民共和国民法典》第二百七十八条第一款第（二）项', wording: '制定和修改管理规约' },
  3: {
    article: '《中华人民共和国民法典》第二百七十八条第一款第（三）项',
    wording: '选举业主委员会或者更换业主委员会成员',
  },
  4: {
    article: '《中华人民共和国民法典》第二百七十八条第一款第（四）项',
    wording: '选聘和解聘物业服务企业或者其他管理人',
  },
  5: {
    article: '《中华人民共和国民法典》第二百七十八条第一款第（五）项',
    wording: '使用建筑物及其附属设施的维修资金',
  },
  6: {
    article: '《中华人民共和国民法典》第二百七十八条第一款第（六）项',
    wording: '筹集建筑物及其附属设施的维修资金',
  },
  7: {
    article: '《中华人民共和国民法典》第二百七十八条第一款第（七）项',
    wording: '改建、重建建筑物及其附属设施',
  },
  8: {
    article: '《中华人民共和国民法典》第二百七十八条第一款第（八）项',
    wording: '改变共有部分的用途或者利用共有部分从事经营活动',
  },
  9: {
    article: '《中华人民共和国民法典》第二百七十八条第一款第（九）项',
    wording: '有关共有和共同管理权利的其他重大事项',
  },
}

/** How figures at the mark are read (第1259条). */
export const INCLUSIVE_WORDING: LegalText = {
  article: '《中华人民共和国民法典》第一千二百五十九条',
  wording: '民法所称的“以上”、“以下”、“以内”、“届满”，包括本数；所称的“不满”、“超过”、“以外”，不包括本数。',
}

/** Articles and official wording behind a clause: what it is, who must take part, who must agree (第278条第2款). */
export function legalTextsOf(clause: Clause): {
  readonly matter: LegalText
  readonly participation: string
  readonly approval: string
} {
  return { matter: CLAUSE_TEXTS[clause], participation: PARTICIPATION, approval: APPROVAL[classOf(clause)] }
}
