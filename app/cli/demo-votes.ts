/**
 * The votes of the demo through the doors that officers, tellers and owners use: one decided, one counted whose objections
 * are still heard, one open. Owners without an account vote on paper, which two tellers read.
 */
import { civilDate, dateOf, instantOf, type Period } from '#kernel'
import type { Actor } from '#people'
import { renderNotice, requestCertificate } from '#statements/server'
import {
  announcePoll,
  attachPollDocument,
  castPapers,
  draftPoll,
  enterPaper,
  finalizePoll,
  readDesk,
  readMyPoll,
  readResult,
  recordDelivery,
  recordPosting,
  SIGN_OFF_STEPS,
  signOffTally,
} from '#votes/server'
import { BUDGET_POLL, type DemoPoll, FIRE_POLL, LAWN_POLL } from './demo-motions.ts'
import { DEMO_OFFICERS, type Demo, must, type Officers } from './demo-officers.ts'
import { runDueJobs } from './job-handlers.ts'

/** One white pixel: the scan of every paper of the demo. */
const SCAN = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg=='),
  character => character.charCodeAt(0),
)
const FIRE_FINAL_AT = instantOf(civilDate('2026-05-20'), 10 * 3600)
const HOUR_MS = 3_600_000
/** What a teller needs for a paper. */
const PAPER_MS = 60_000

/** Who votes on paper, by place in the desk's list, and how. */
interface Papers {
  readonly isCast: (index: number) => boolean
  readonly choiceOf: (index: number) => string
}

/** Spreads the choices over the list, so that no building votes as one. */
const spread = (index: number) => (index * 37 + 11) % 100

async function announce({ portal, community, officers }: Demo, poll: DemoPoll): Promise<string> {
  portal.clock.moveTo(new Date(poll.announcedAt.getTime() - HOUR_MS))
  const { name, subject, lines } = poll.document
  const bytes = await renderNotice({
    title: subject,
    lines: lines.map((value, index) => ({ label: `${index + 1}`, value })),
    remark: '演示用附件：单位与内容均为虚构。',
    lang: 'zh-CN',
    createdAt: portal.clock.now(),
  })
  const { sha256 } = must(await attachPollDocument(portal, officers.chair, community, { bytes }), name)
  const motion = { ...poll.motion, documents: [{ name, sha256 }] }
  const { opensAt, closesAt } = poll
  const draft = { motion, policy: {}, opensAt, closesAt }
  const { pollId } = must(await draftPoll(portal, officers.chair, community, draft), motion.title)
  portal.clock.moveTo(poll.announcedAt)
  must(await announcePoll(portal, officers.chair, community, { pollId, revision: 1 }), motion.title)
  return pollId
}

async function open({ portal, community, officers }: Demo, poll: DemoPoll, pollId: string): Promise<void> {
  portal.clock.moveTo(poll.opensAt)
  await runDueJobs(portal)
  const desk = await readDesk(portal, officers.tellerOne, community, pollId)
  const units = desk!.units.map(each => each.unit)
  const delivery = { pollId, units, method: 'handed' as const, evidence: null }
  must(await recordDelivery(portal, officers.tellerOne, community, delivery), 'delivery')
}

/** The owners with accounts cast for all their units. */
async function castOnline(
  { portal, community }: Demo,
  pollId: string,
  owners: readonly Actor[],
  choice: string,
): Promise<void> {
  for (const owner of owners) {
    portal.clock.advance(PAPER_MS)
    const mine = must(await readMyPoll(portal, owner, community, pollId), 'own units')
    const ballot = {
      pollId,
      units: mine.units.map(each => each.entry.unit),
      answers: { q1: choice },
      asProxy: false,
    }
    must(await castPapers(portal, owner, community, ballot), owner.displayName)
  }
}

/** The papers of units for which nothing stands yet: one teller reads them, the other reads them again. */
async function castOnPaper(demo: Demo, pollId: string, papers: Papers): Promise<void> {
  const { portal, community, officers } = demo
  const desk = await readDesk(portal, officers.tellerOne, community, pollId)
  const signedOn = dateOf(portal.clock.now())
  for (const [index, { unit, paperNumber, voters, receivedBy }] of desk!.units.entries()) {
    if (receivedBy !== null || !papers.isCast(index)) continue
    portal.clock.advance(PAPER_MS)
    const entry = {
      pollId,
      paper: { paperNumber },
      signedBy: voters[0]!,
      asProxy: false,
      answers: { q1: papers.choiceOf(index) },
      signedOn,
    }
    must(await enterPaper(portal, officers.tellerOne, community, { ...entry, scan: SCAN }), unit)
    must(await enterPaper(portal, officers.tellerTwo, community, { ...entry, scan: null }), unit)
  }
}

/** After the close: sealed and counted by the clock, signed off by three people, posted, certified. */
async function count(demo: Demo, poll: DemoPoll, pollId: string): Promise<void> {
  const { portal, community, officers } = demo
  portal.clock.moveTo(new Date(poll.closesAt.getTime() + PAPER_MS))
  await runDueJobs(portal)
  const startedAt = portal.clock.now()
  const { digest } = (await readResult(portal.db, community, pollId))!
  const signers: Record<(typeof SIGN_OFF_STEPS)[number], keyof Officers> = {
    'teller-1': 'tellerOne',
    'teller-2': 'tellerTwo',
    'party-branch': 'overseer',
  }
  for (const step of SIGN_OFF_STEPS) {
    portal.clock.advance(5 * PAPER_MS)
    const signOff = { pollId, step, seenDigest: digest }
    must(await signOffTally(portal, officers[signers[step]], community, signOff), step)
  }
  const place = '各单元门厅公告栏和小区东门'
  must(await recordPosting(portal, officers.chair, community, { pollId, place }), 'posting')
  const nameOf = (key: keyof Officers) => DEMO_OFFICERS.find(officer => officer.key === key)!.name
  const minutes = {
    place: '小区党群服务站',
    startedAt,
    endedAt: portal.clock.now(),
    persons: [
      { office: '计票人', name: nameOf('tellerOne') },
      { office: '监票人', name: nameOf('tellerTwo') },
      { office: '党支部', name: nameOf('overseer') },
      { office: '居委会', name: nameOf('residents') },
    ],
    remarks: '唱票、计票全程公开，到场业主 23 人。',
  }
  const order = { pollId, reason: null, minutes }
  must(await requestCertificate(portal, officers.chair, community, order), 'certificate')
  await runDueJobs(portal)
}

async function liveFirePoll(demo: Demo, owners: readonly Actor[]): Promise<string> {
  const pollId = await announce(demo, FIRE_POLL)
  await open(demo, FIRE_POLL, pollId)
  await castOnline(demo, pollId, owners, 'FOR')
  await castOnPaper(demo, pollId, {
    isCast: index => spread(index) < 70,
    choiceOf: index => (spread(index) < 58 ? 'FOR' : spread(index) < 66 ? 'AGAINST' : 'ABSTAIN'),
  })
  await count(demo, FIRE_POLL, pollId)
  return pollId
}

/** More than half agree, and three quarters are needed. */
async function liveLawnPoll(demo: Demo, owners: readonly Actor[], pollId: string): Promise<void> {
  await open(demo, LAWN_POLL, pollId)
  await castOnline(demo, pollId, owners.slice(0, 1), 'AGAINST')
  await castOnline(demo, pollId, owners.slice(1), 'FOR')
  await castOnPaper(demo, pollId, {
    isCast: index => spread(index + 5) < 70,
    choiceOf: index => (spread(index + 5) < 44 ? 'FOR' : spread(index + 5) < 67 ? 'AGAINST' : 'ABSTAIN'),
  })
}

async function liveBudgetPoll(demo: Demo, pollId: string): Promise<void> {
  await open(demo, BUDGET_POLL, pollId)
  await castOnPaper(demo, pollId, {
    isCast: index => index % 11 === 3,
    choiceOf: index => (spread(index) < 80 ? 'FOR' : 'AGAINST'),
  })
}

/** What owners do once a month is closed; called for every month, in order. */
export function demoPolls(demo: Demo, owners: readonly Actor[]): (closed: Period) => Promise<void> {
  const polls = { fire: '', lawn: '', budget: '' }
  return async closed => {
    if (closed === '2026-03') polls.fire = await liveFirePoll(demo, owners)
    if (closed === '2026-04') {
      demo.portal.clock.moveTo(FIRE_FINAL_AT)
      const { portal, community, officers } = demo
      must(await finalizePoll(portal, officers.chair, community, { pollId: polls.fire }), 'final')
    }
    if (closed === '2026-09') {
      polls.lawn = await announce(demo, LAWN_POLL)
      polls.budget = await announce(demo, BUDGET_POLL)
      await liveLawnPoll(demo, owners, polls.lawn)
    }
    if (closed === '2026-10') {
      await liveBudgetPoll(demo, polls.budget)
      await count(demo, LAWN_POLL, polls.lawn)
    }
  }
}
