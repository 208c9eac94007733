/** What "my page" shows: the reader's units as registered today, what waits for them, their household's notices and receipts. */
import { dateOf, periodOf } from '#kernel'
import { monthlyFee, rateOf } from '#ledger'
import { readFeeStandardOf } from '#ledger/server'
import { readPersonOf, readUnitsOf } from '#people/server'
import { type MyPoll, readMyPoll, readNotices, readPolls } from '#votes/server'
import type { OwnerVisit } from './owner-visit.server.ts'

/** Polls that are over and still looked into for receipts. */
const RECENT = 5

/** How far the reader is with a poll that is announced or open. */
function progressOf({ units }: MyPoll) {
  const votable = units.filter(unit => unit.obstacle === null && unit.questions.length > 0)
  return {
    votable: votable.length,
    voted: votable.filter(unit => unit.standing !== null).length,
  }
}

/** What the reader's own units owe a month by the standard in force; null where none is. */
async function ownFees({ portal, community }: OwnerVisit, units: Awaited<ReturnType<typeof readUnitsOf>>) {
  const month = periodOf(dateOf(portal.clock.now()))
  const version = await readFeeStandardOf(portal.db, community.communityId, month)
  if (version === null) return null
  const { standard, basis } = version
  return {
    basis,
    units: units.map(unit => ({
      unit: unit.unitId,
      area: unit.areaCentiM2,
      rate: rateOf(standard, unit.kind),
      dueFen: monthlyFee(standard, unit),
    })),
  }
}

/** Reads everything; the units are empty for a user bound to no person of the register. */
export async function readMyPage(visit: OwnerVisit) {
  const { portal, actor, community, frame } = visit
  const { communityId } = community
  const person = await readPersonOf(portal.db, communityId, actor.userId)
  const today = dateOf(portal.clock.now())
  const units = person === null ? [] : await readUnitsOf(portal.db, communityId, person, today)
  const polls = await readPolls(portal, community, null)
  const isCurrent = (state: string) => state === 'open' || state === 'notice'
  const looked = [
    ...polls.filter(poll => isCurrent(poll.state)),
    ...polls.filter(poll => !isCurrent(poll.state)).slice(0, RECENT),
  ]
  const mine: MyPoll[] = []
  for (const poll of looked) {
    const read = await readMyPoll(portal, actor, community, poll.pollId)
    if (read.ok) mine.push(read.value)
  }
  return {
    frame,
    isBound: person !== null,
    units: units.map(({ unitId, areaCentiM2, areaSource, kind, owners }) => ({
      unit: unitId,
      area: areaCentiM2,
      areaSource,
      kind,
      owners: owners.length,
    })),
    fees: await ownFees(visit, units),
    waiting: polls.filter(poll => isCurrent(poll.state)),
    progress: Object.fromEntries(mine.map(each => [each.poll.pollId, progressOf(each)])),
    notices: await readNotices(portal, actor, community),
    receipts: mine.flatMap(({ poll, units: own }) =>
      own.flatMap(({ ballots }) =>
        ballots.map(({ seq, unit, receivedAt, withdraws }) => ({
          pollId: poll.pollId,
          title: poll.motion.title,
          seq,
          unit,
          receivedAt,
          withdraws,
        })),
      ),
    ),
  }
}

export type MyPage = Awaited<ReturnType<typeof readMyPage>>
