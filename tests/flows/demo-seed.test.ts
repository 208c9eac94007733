/** The demo community is the same on every machine: its log's root is a golden value, and nothing in it is off. */
import { expect, it } from 'vitest'
import { checkCouncil } from '#council/server'
import { toHex } from '#kernel'
import { checkLedger, checkPoints, readClosedMonths, readCommunity, readPublicPoints } from '#ledger/server'
import { checkPeople } from '#people/server'
import { checkProjects, readProposals } from '#projects/server'
import { checkStatements, readCertificates, readStatements } from '#statements/server'
import { parseCheckpoint } from '#tlog'
import { checkLog, openLogSigner, openSignGuard, readCheckpoint } from '#tlog/server'
import { checkVoice, readOverdueChallenges, readSupervisionOrders } from '#voice/server'
import { checkVotes, readPolls } from '#votes/server'
import { seedDemo } from '../../app/cli/demo.ts'
import { DEMO_SECOND_SLUG, DEMO_SLUG } from '../../app/cli/demo-officers.ts'
import { checkCommunity } from '../../app/cli/fsck.ts'
import { databaseKinds, openTestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'

/** Root of the demo's log after seeding. Changes only with the demo itself, or with what a leaf holds: say which in the commit. */
const GOLDEN = { size: 1287, root: '043e3046f3e6df1bcc485cc672c9aa1df727d1c0d3af5e81357c3dc0b2837195' }

/** The second community of the demo, small and for its own people. */
const SECOND = { leaves: 23, vouchers: 15, statements: 1, cases: 1, findings: [] }

it('seeds the same log everywhere, sound to the last row', async () => {
  const database = await openTestDatabase(databaseKinds()[0]!)
  const portal = openTestPortal(database)
  const months: string[] = []
  await seedDemo(portal, month => months.push(month))
  expect(months).toHaveLength(23)
  const community = await readCommunity(portal.db, DEMO_SLUG)
  expect(await readClosedMonths(portal.db, community!)).toHaveLength(22)
  expect((await checkPeople(portal, community!)).findings).toEqual([])
  expect((await checkLedger(portal, community!)).findings).toEqual([])
  expect((await checkStatements(portal, community!)).findings).toEqual([])
  const issued = await readStatements(portal, community!)
  expect(issued.filter(statement => statement.file !== null)).toHaveLength(22)
  expect((await checkVotes(portal, community!)).findings).toEqual([])
  const polls = await readPolls(portal, community!, null)
  expect(polls.map(poll => [poll.title, poll.state, poll.outcomes])).toEqual([
    ['2027 年度开放式预算', 'open', null],
    ['东门绿地改停车位', 'objection', [{ question: 'q1', outcome: 'NOT_PASSED' }]],
    ['消防设施改造', 'final', [{ question: 'q1', outcome: 'PASSED' }]],
  ])
  expect((await checkCouncil(portal, community!)).findings).toEqual([])
  expect(await checkVoice(portal, community!)).toMatchObject({ cases: 9, findings: [] })
  expect(await checkProjects(portal, community!)).toMatchObject({ proposals: 5, findings: [] })
  const proposals = await readProposals(portal, community!)
  expect(proposals.map(each => each.state)).toEqual([
    'proposed',
    'proposed',
    'declined',
    'funded',
    'accepted',
  ])
  expect((await checkPoints(portal, community!)).findings).toEqual([])
  const points = await readPublicPoints(portal, community!, null)
  expect(points?.figures).toEqual({ issued: 130n, redeemed: 20n, pool: 10n, held: 100n })
  portal.clock.moveTo(new Date('2026-11-16T04:00:00Z'))
  expect((await readOverdueChallenges(portal, community!)).map(each => each.state)).toEqual([
    'asked',
    'ordered',
  ])
  expect((await readSupervisionOrders(portal, community!)).map(each => each.dueOn)).toEqual(['2026-11-12'])
  const certificates = await readCertificates(portal, community!, null)
  expect(certificates.filter(certificate => certificate.file !== null)).toHaveLength(2)
  const { key } = await openLogSigner(portal, community!.logOrigin)
  const lastSigned = await openSignGuard(portal).last(community!.logOrigin)
  expect(await checkLog(portal.db, community!.communityId, [key], lastSigned)).toEqual([])
  const checkpoint = await readCheckpoint(portal.db, community!.communityId)
  const text = checkpoint!.note.slice(0, checkpoint!.note.indexOf('\n\n') + 1)
  const parsed = parseCheckpoint(text)
  expect(parsed.ok && { size: parsed.value.size, root: toHex(parsed.value.root) }).toEqual(GOLDEN)
  const second = await readCommunity(portal.db, DEMO_SECOND_SLUG)
  expect(second).toMatchObject({ chargingModel: 'remuneration', publishesDetail: false })
  expect(await checkCommunity(portal, second!)).toMatchObject(SECOND)
  await database.close()
}, 600_000)
