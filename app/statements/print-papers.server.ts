/**
 * Prints the papers of a vote for those who deliver them: ballots of a building or of all, the list of deliveries, the written
 * proxy, the sheet for the lobby. Drawn when asked for, one file at a time, and kept nowhere: ballots carry the secrets of
 * their QR codes, a unit and a number, never a name.
 */
import { err, type Result } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { choicesOf, type Question, verdictOf } from '#votes'
import {
  type PollResult,
  type PollView,
  type PrintedPaper,
  readPapersToPrint,
  readPoll,
  readResult,
  readTurnout,
} from '#votes/server'
import type { DocumentTexts } from './issue-document.server.ts'
import { printable, printableLines } from './read-counted-poll.server.ts'
import { type LobbySheet, renderLobbySheet } from './render-lobby-sheet.server.ts'
import {
  type PrintedPoll,
  type PrintedQuestion,
  renderDeliveryList,
  renderPaperBallots,
  renderProxyForm,
} from './render-paper-ballots.server.ts'
import type { GlyphProblem } from './sealed-frame.server.ts'

export const PRINTED_KINDS = ['ballots', 'deliveries', 'proxy', 'lobby'] as const
export type PrintedKind = (typeof PRINTED_KINDS)[number]

export interface PrintOrder {
  readonly pollId: string
  readonly kind: PrintedKind
  /** Ballots and deliveries of this building alone; null for all. */
  readonly building: string | null
  /** Where ballots are handed in, printed on each; the other papers do not say it. */
  readonly handInAt: string
}

export type PrintRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'poll-unknown' }
  | { readonly code: 'building-unknown' }
  | { readonly code: 'place-missing' }
  | GlyphProblem

/** Longest place that stands in a ballot's instructions. */
export const LONGEST_PLACE = 60

/** The papers as one PDF. Needs `ballot:deliver`; of an announced poll. */
export async function printPapers(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  order: PrintOrder,
  texts: DocumentTexts,
): Promise<Result<Uint8Array, PrintRefusal>> {
  const { pollId, kind, building } = order
  if (!can(actor, 'ballot:deliver', community.communityId)) return err({ code: 'not-permitted' })
  const poll = await readPoll(portal, community, actor, pollId)
  const all = await readPapersToPrint(portal, actor, community, { pollId })
  if (poll === null || all === null) return err({ code: 'poll-unknown' })
  const papers = all.filter(paper => building === null || paper.building === building)
  if (papers.length === 0) return err({ code: 'building-unknown' })
  const place = printable(order.handInAt).slice(0, LONGEST_PLACE)
  if (kind === 'ballots' && place === '') return err({ code: 'place-missing' })
  const frame = frameOf(portal, community, poll, place, texts)
  switch (kind) {
    case 'ballots':
      return inTurn(() => renderPaperBallots({ ...frame, ...ballotsOf(poll, papers) }))
    case 'deliveries':
      return inTurn(() => renderDeliveryList({ ...frame, rows: papers }))
    case 'proxy':
      return inTurn(() =>
        renderProxyForm({
          ...frame,
          questions: questionsOf(poll),
          proxyLimit: poll.policy.proxyLimit,
          unit: null,
        }),
      )
    default:
      return renderLobbySheet(await lobbyOf(portal, community, poll, texts))
  }
}

/** The buildings that have papers, in the order of the roll, with how many each; null as for `printPapers`. */
export async function readPrintedBuildings(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  pollId: string,
): Promise<readonly { readonly building: string; readonly papers: number }[] | null> {
  const papers = await readPapersToPrint(portal, actor, community, { pollId })
  if (papers === null) return null
  const counts = new Map<string, number>()
  for (const { building } of papers) counts.set(building, (counts.get(building) ?? 0) + 1)
  return [...counts].map(([building, count]) => ({ building, papers: count }))
}

let last: Promise<unknown> = Promise.resolve()

/** One file is drawn at a time: hundreds of sheets take memory, and those who wait need them no sooner. */
function inTurn<T>(draw: () => Promise<T>): Promise<T> {
  const turn = last.then(draw, draw)
  last = turn.catch(() => null)
  return turn
}

function frameOf(
  portal: Portal,
  community: LedgerCommunity,
  poll: PollView,
  handInAt: string,
  { say, lang }: DocumentTexts,
): PrintedPoll {
  return {
    communityName: printable(community.name),
    slug: community.slug,
    pollId: poll.pollId,
    title: printable(poll.motion.title),
    opensAt: poll.opensAt,
    closesAt: poll.closesAt,
    handInAt,
    portalUrl: portal.settings.baseUrl,
    lang,
    say,
    createdAt: portal.clock.now(),
  }
}

function ballotsOf(poll: PollView, papers: readonly PrintedPaper[]) {
  const { blankPolicy, overvotePolicy } = poll.policy
  return { questions: questionsOf(poll), policy: { blankPolicy, overvotePolicy }, rows: papers }
}

function questionsOf(poll: PollView): readonly PrintedQuestion[] {
  return poll.motion.questions.map(question => ({
    title: printable(question.title),
    text: printableLines(question.text),
    choices: choicesOf(question).map(choice => ({ choice, label: labelOf(question, choice) })),
  }))
}

function labelOf({ plans }: Question, choice: string): string | null {
  const plan = plans.find(({ id }) => id === choice)
  return plan === undefined ? null : printable(plan.label)
}

async function lobbyOf(
  portal: Portal,
  community: LedgerCommunity,
  poll: PollView,
  { say, lang }: DocumentTexts,
): Promise<LobbySheet> {
  const result = await readResult(portal.db, community, poll.pollId)
  const turnout =
    result === null && poll.state !== 'notice' ? await readTurnout(portal.db, community, poll.pollId) : null
  return {
    communityName: printable(community.name),
    title: printable(poll.motion.title),
    stage: result !== null ? 'counted' : poll.state === 'notice' ? 'notice' : 'open',
    questions: poll.motion.questions.map(({ questionId, title, text }) => ({
      title: printable(title),
      text: printableLines(text),
      verdicts: result === null ? [] : verdictsOf(result, questionId),
    })),
    turnout:
      turnout === null
        ? null
        : {
            area: { part: turnout.received.area, whole: turnout.total.area },
            heads: { part: turnout.received.heads, whole: turnout.total.heads },
          },
    noticeAt: poll.announcedAt ?? poll.opensAt,
    opensAt: poll.opensAt,
    closesAt: poll.closesAt,
    objectionsUntil: poll.deadlines?.objectionsUntil ?? null,
    address: `${portal.settings.baseUrl}/c/${community.slug}/votes/${poll.pollId}`,
    digest: result?.digest ?? poll.motionDigest,
    printedAt: portal.clock.now(),
    lang,
    say,
  }
}

function verdictsOf(result: PollResult, questionId: string): LobbySheet['questions'][number]['verdicts'] {
  const counted = result.questions.find(({ question }) => question.questionId === questionId)
  if (counted === undefined) return []
  const { class: matterClass, figures, plans, question } = counted
  if (plans.length === 0) return [{ label: null, ...verdictOf(matterClass, figures) }]
  return plans.map(each => ({
    label: labelOf(question, each.plan) ?? each.plan,
    ...verdictOf(matterClass, each),
  }))
}
