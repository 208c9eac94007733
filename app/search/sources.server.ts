/**
 * From a log leaf to the text it made public. What everybody may read is in the log, so the index needs no second list of
 * what is public: a leaf that is not named here is not searched. Reads through the rooms' doors, as a visitor would.
 */
import { readPublishedMinutes } from '#council/server'
import type { CanonicalValue, CivilDate } from '#kernel'
import { dateOf } from '#kernel'
import { type LedgerCommunity, readChart } from '#ledger/server'
import type { Portal } from '#platform'
import { readProposal } from '#projects/server'
import { readCaseOfLeaf } from '#voice/server'
import { readPoll } from '#votes/server'
import type { SearchDocument } from './document.ts'

type Leaf = { readonly [name: string]: CanonicalValue }
type Source = (
  portal: Portal,
  community: LedgerCommunity,
  leaf: Leaf,
  index: number,
) => Promise<SearchDocument | null>

/** Everything a public voucher page says in words: what for, to whom, from which accounts, and the amounts. */
const voucher: Source = async (portal, community, leaf) => {
  const { accounts } = await readChart(portal.db, community.communityId)
  const postings = leaf.postings as readonly { readonly account: string; readonly fen: string }[]
  const names = postings.map(({ account }) => {
    const known = accounts.find(each => each.code === account)
    return known === undefined ? account : `${known.nameZh} ${known.nameEn}`
  })
  const amounts = postings.map(({ fen }) => yuanOf(BigInt(fen)))
  const payee = typeof leaf.payee === 'string' ? [leaf.payee] : []
  return {
    kind: 'voucher',
    key: String(leaf.voucher),
    title: String(leaf.narration),
    body: [...new Set([...payee, ...names, ...amounts])].join(' · '),
    on: leaf.occurred_on as CivilDate,
  }
}

/** An amount as people type it: yuan with two places, without separators. */
function yuanOf(fen: bigint): string {
  return `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
}

/** A motion with its summary, its questions, and what speaks for and against it. */
const motion: Source = async (portal, community, leaf) => {
  const poll = await readPoll(portal, community, null, String(leaf.poll))
  if (poll === null) return null
  const { title, summary, questions } = poll.motion
  return {
    kind: 'motion',
    key: poll.pollId,
    title,
    body: [summary, ...questions.map(question => question.text)].join(' · '),
    on: dateOf(poll.announcedAt ?? poll.opensAt),
  }
}

/** Minutes that stand: title, and of every topic what was found, said, asked and answered, and is to be done. */
const minutes: Source = async (portal, community, leaf) => {
  const [newest] = await readPublishedMinutes(portal.db, community.communityId, String(leaf.meeting))
  if (newest === undefined) return null
  const { meeting, title, startsAt, items } = newest.minutes
  const texts = items.flatMap(item => [
    item.title,
    item.conclusion,
    item.background,
    ...item.positions.map(({ text }) => text),
    ...item.options,
    ...item.actions.map(({ text }) => text),
    ...item.questions.flatMap(({ question, answer }) => [question, answer]),
  ])
  const body = texts.filter(text => text !== '').join(' · ')
  return { kind: 'minutes', key: meeting, title, body, on: dateOf(new Date(startsAt)) }
}

/** A proposal of a resident with its need and place; one whose text is hidden or gone is found by nothing. */
const proposal: Source = async (portal, community, leaf) => {
  if (leaf.act === 'support' || leaf.act === 'unsupport') return null
  const read = await readProposal(portal, community, null, String(leaf.proposal))
  if (read === null) return null
  const { proposalId, title, text, place, proposedAt } = read.view
  const body = [text, place].filter(each => each !== null).join(' · ')
  return { kind: 'proposal', key: proposalId, title: title ?? '', body, on: dateOf(proposedAt) }
}

/** The longest part of a question that its list calls it by. */
const LONGEST_TITLE = 60

/** A public question or request with what was answered: made anew with each act, so that a hidden text is found no more. */
const voice: Source = async (portal, community, _leaf, index) => {
  const view = await readCaseOfLeaf(portal, community, index)
  if (view === null) return null
  const [asked, ...said] = view.events.map(event => event.text ?? '')
  const isShown = asked !== undefined && asked !== ''
  const texts = [asked ?? '', view.place ?? '', view.spot ?? '', ...said].filter(text => text !== '')
  return {
    kind: view.kind,
    key: view.caseId,
    title: isShown ? [...asked].slice(0, LONGEST_TITLE).join('') : '',
    body: isShown ? texts.join(' · ') : '',
    on: dateOf(view.openedAt),
  }
}

/** By the type of leaf. */
export const SOURCES: Readonly<Record<string, Source>> = {
  'ledger.voucher': voucher,
  'vote.notice': motion,
  'council.published': minutes,
  'projects.proposal': proposal,
  'voice.challenge': voice,
  'voice.request': voice,
}
