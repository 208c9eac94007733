/**
 * A topic with what its steps point to in other rooms: the request or challenge it came from, the owners' vote, the budget line, the
 * payments. Reads only what is public; single amounts only where the community publishes them.
 */
import type { TopicEventKind } from '#council'
import { readTopic, type TopicView } from '#council/server'
import { type CivilDate, type Fen, fiscalYearOf, type Period, periodOf, sumFen } from '#kernel'
import { accountByCode, parseVoucherKey } from '#ledger'
import { type LedgerCommunity, readChart, readFund, readVoucher } from '#ledger/server'
import type { Portal } from '#platform'
import type { CaseView } from '#voice'
import { readCase } from '#voice/server'
import type { PollState } from '#votes'
import { type PollResult, readPoll, readResult } from '#votes/server'

/** What somebody asked for, and what they were told; never in whose words. */
export interface AskedCase {
  readonly caseId: string
  readonly kind: CaseView['kind']
  readonly state: CaseView['state']
  readonly reply: { readonly text: string | null; readonly at: Date } | null
  readonly stars: number | null
}

export interface LinkedVote {
  readonly title: string
  readonly state: PollState
  readonly outcomes: readonly PollResult['questions'][number]['outcome'][]
}

export interface LinkedLine {
  readonly nameZh: string
  readonly nameEn: string
  readonly year: number
  readonly plannedFen: Fen | null
  readonly spentFen: Fen | null
}

export interface LinkedPayment {
  readonly narration: string
  readonly amountFen: Fen
}

/** What a topic's references lead to, by reference. What is not public (yet) is not among them. */
export interface TopicLinks {
  readonly asked: AskedCase | null
  readonly votes: Readonly<Record<string, LinkedVote>>
  readonly lines: Readonly<Record<string, LinkedLine>>
  readonly payments: Readonly<Record<string, LinkedPayment>>
  readonly paidFen: Fen
}

function referencesOf(topic: TopicView, kind: TopicEventKind): readonly string[] {
  const own = topic.events.filter(event => event.kind === kind && event.reference !== null)
  return [...new Set(own.map(event => event.reference!))]
}

async function readAsked(
  portal: Portal,
  community: LedgerCommunity,
  topic: TopicView,
): Promise<AskedCase | null> {
  const read = await readCase(portal, community, null, topic.reference ?? '')
  if (read === null) return null
  const { caseId, kind, state, stars, events } = read.view
  const reply = events.findLast(({ act }) => act === 'reply' || act === 'answer' || act === 'settle')
  return {
    caseId,
    kind,
    state,
    stars,
    reply: reply === undefined ? null : { text: reply.text, at: reply.at },
  }
}

async function readVotes(portal: Portal, community: LedgerCommunity, topic: TopicView) {
  const votes: Record<string, LinkedVote> = {}
  for (const pollId of referencesOf(topic, 'vote')) {
    const poll = await readPoll(portal, community, null, pollId)
    if (poll === null) continue
    const result = await readResult(portal.db, community, pollId)
    const outcomes = result?.questions.map(question => question.outcome) ?? []
    votes[pollId] = { title: poll.motion.title, state: poll.state, outcomes }
  }
  return votes
}

/** The year's line of an account as it stands at the end of the year in which the topic was put on the budget. */
async function readLines(portal: Portal, community: LedgerCommunity, topic: TopicView) {
  const lines: Record<string, LinkedLine> = {}
  const codes = referencesOf(topic, 'budget')
  if (codes.length === 0) return lines
  const { accounts } = await readChart(portal.db, community.communityId)
  for (const code of codes) {
    const account = accountByCode(accounts, code)
    if (account === null) continue
    const { on } = topic.events.find(event => event.kind === 'budget' && event.reference === code)!
    const year = fiscalYearOf(periodOf(on as CivilDate))
    const { budget } = await readFund(portal, community, `${year}-12` as Period)
    const own = budget.filter(row => row.account === code && row.direction === 'out')
    const total = (name: 'amountFen' | 'actualFen') => sumFen(own.map(row => row[name]))
    const isPlanned = own.some(row => row.amountFen > 0n)
    lines[code] = {
      nameZh: account.nameZh,
      nameEn: account.nameEn,
      year,
      plannedFen: isPlanned ? total('amountFen') : null,
      spentFen: isPlanned ? total('actualFen') : null,
    }
  }
  return lines
}

async function readPayments(portal: Portal, community: LedgerCommunity, topic: TopicView) {
  const payments: Record<string, LinkedPayment> = {}
  if (!community.publishesDetail) return payments
  for (const reference of referencesOf(topic, 'voucher')) {
    const key = parseVoucherKey(reference)
    const voucher = key === null ? null : await readVoucher(portal, community, key)
    if (voucher === null) continue
    payments[reference] = { narration: voucher.narration, amountFen: voucher.amountFen }
  }
  return payments
}

/** The topic with its links; null when there is none. */
export async function readTopicPage(
  portal: Portal,
  community: LedgerCommunity,
  topicId: string,
): Promise<{ readonly topic: TopicView; readonly links: TopicLinks } | null> {
  const topic = await readTopic(portal, community, topicId)
  if (topic === null) return null
  const payments = await readPayments(portal, community, topic)
  return {
    topic,
    links: {
      asked: await readAsked(portal, community, topic),
      votes: await readVotes(portal, community, topic),
      lines: await readLines(portal, community, topic),
      payments,
      paidFen: sumFen(Object.values(payments).map(payment => payment.amountFen)),
    },
  }
}
