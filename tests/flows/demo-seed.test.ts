/** The demo community is the same on every machine: its log's root is a golden value, and nothing in it is off. */
import { expect, it } from 'vitest'
import { translate } from '#i18n'
import { toHex } from '#kernel'
import { checkPoints, readClosedMonths, readCommunity, readPublicPoints } from '#ledger/server'
import { checkCommunityNow } from '#oversight/server'
import { checkProjects, readProposals } from '#projects/server'
import { readCertificates, readStatements } from '#statements/server'
import { parseCheckpoint } from '#tlog'
import { readCheckpoint } from '#tlog/server'
import { readOverdueChallenges, readSupervisionOrders } from '#voice/server'
import { readPolls } from '#votes/server'
import { DEMO_SECOND_SLUG, DEMO_SLUG } from '../../app/cli/demo-officers.ts'
import { checkCommunity } from '../../app/cli/fsck.ts'
import { preparePortal } from '../../app/cli/prepare-portal.ts'
import { openPublicSite } from '../routes/public-site.ts'
import { enterTestCommunity } from '../support/communities.ts'
import { tryCrossings } from '../support/crossing.ts'
import { databaseKinds, openTestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'

/** Root of the demo's log after seeding. Changes only with the demo itself, or with what a leaf holds: say which in the commit. */
const GOLDEN = { size: 1290, root: '854080af07ebf7c31d6c8b108ceb688fa3d3908ec42feef2da46df4ce21b2992' }

/** The second community of the demo, small and for its own people. */
const SECOND = { leaves: 27, vouchers: 18, statements: 1, cases: 1, findings: [] }

it('seeds the same log everywhere, sound to the last row', async () => {
  const database = await openTestDatabase(databaseKinds()[0]!)
  // As `npm start` on an empty directory does it, on a day after the demo's own: what the demo seals must hold today.
  const portal = openTestPortal(database, { now: new Date('2026-11-28T01:00:00Z') })
  const months: string[] = []
  await preparePortal(portal, {
    partial: () => months.push('partial'),
    seeding: () => months.push('seeding'),
    seededMonth: month => months.push(month),
  })
  expect(months.shift()).toBe('seeding')
  expect(months).toHaveLength(23)
  const community = await readCommunity(portal.db, DEMO_SLUG)
  expect(await readClosedMonths(portal.db, community!)).toHaveLength(22)
  const checked = await checkCommunity(portal, community!)
  expect(checked.findings).toEqual([])
  await checkCommunityNow(portal, community!, async () => checked.findings)
  const page = await openPublicSite(portal).html(`/c/${DEMO_SLUG}/oversight`)
  expect(page).toContain(translate('zh-CN')('oversight.checkGood'))
  expect(page).not.toMatch(/自动核对没有通过|还没有盖上系统签章/)
  const issued = await readStatements(portal, community!)
  expect(issued.filter(statement => statement.file !== null)).toHaveLength(22)
  const polls = await readPolls(portal, community!, null)
  expect(polls.map(poll => [poll.title, poll.state, poll.outcomes])).toEqual([
    ['2027 年度开放式预算', 'open', null],
    ['东门绿地改停车位', 'objection', [{ question: 'q1', outcome: 'NOT_PASSED' }]],
    ['消防设施改造', 'final', [{ question: 'q1', outcome: 'PASSED' }]],
  ])
  expect(checked).toMatchObject({ cases: 9 })
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
  const checkpoint = await readCheckpoint(portal.db, community!.communityId)
  const text = checkpoint!.note.slice(0, checkpoint!.note.indexOf('\n\n') + 1)
  const parsed = parseCheckpoint(text)
  expect(parsed.ok && { size: parsed.value.size, root: toHex(parsed.value.root) }).toEqual(GOLDEN)
  const second = await readCommunity(portal.db, DEMO_SECOND_SLUG)
  expect(second).toMatchObject({ chargingModel: 'remuneration', publishesDetail: false })
  expect(await checkCommunity(portal, second!)).toMatchObject(SECOND)
  // The demo has a row of nearly every kind: none of them can be another community's.
  const other = await enterTestCommunity(portal.db, 'elsewhere')
  const { refused, crossed, empty } = await tryCrossings(database, community!.communityId, other)
  expect(crossed).toEqual([])
  expect(refused.length).toBeGreaterThan(100)
  expect(empty.length).toBeLessThan(12)
  await database.close()
}, 600_000)
