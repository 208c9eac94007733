/**
 * The worked votes taken through the database: register, notice, casting, desk and count give the figures of the pure engine.
 * A ballot that the engine leaves out for a lasting reason is refused when it is offered, with the same reason.
 */
import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { dateOf } from '#kernel'
import {
  nameRepresentative,
  readPoll,
  readResult,
  recordDelivery,
  registerProxy,
  registerTransfer,
} from '#votes/server'
import type { Ballot } from '../../app/votes/ballot.ts'
import { byReason } from '../../app/votes/count-poll.ts'
import { parsePolls } from '../../app/votes/poll-file.ts'
import { type Poll, tally } from '../../app/votes/tally.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { ballot, poll, unit } from './polls.ts'
import { expectSound } from './sound.ts'
import {
  announce,
  cast,
  draftOf,
  enter,
  freshVillage,
  moveTo,
  must,
  PNG,
  question,
  type Village,
} from './village.ts'

const PATH = new URL('../../../shared/votes/examples.json', import.meta.url)
/** Small ones, one or more for each way a ballot can be left out; the largest is the fire retrofit of 439 units. */
const SMALL = ['V12', 'V13', 'V19', 'V23', 'V25', 'V27', 'V28', 'V29']
const LARGE = ['V01', 'V11', 'V16', 'V22']

const instant = (micros: number) => new Date(micros / 1000)

/** What a poll's events are, in the order of time; what is registered comes before what is cast. */
function eventsOf(village: Village, pollId: string, source: Poll, refused: string[]) {
  const { portal, community, chair, tellers } = village
  const { proxies, transfers } = source.register
  // The table refuses a mandate beyond the limit, where the engine refuses its ballot: the same limit, met earlier.
  const beyondLimit = new Set<string>()
  return [
    ...proxies.map(({ unit: id, proxy, registeredAtMicros }) => ({
      at: registeredAtMicros,
      run: async () => {
        const request = { pollId, unit: id, proxyPerson: proxy, document: PNG }
        const result = await registerProxy(portal, chair, community, request)
        if (result.ok) return
        expect(result.error.code).toBe('proxy-limit')
        beyondLimit.add(id)
      },
    })),
    ...transfers.map(({ unit: id, from, to, atMicros }) => ({
      at: atMicros,
      run: async () =>
        must(
          await registerTransfer(portal, chair, community, {
            pollId,
            unit: id,
            fromPerson: from,
            toPerson: to,
            document: PNG,
          }),
        ),
    })),
    ...source.ballots.map(each => ({
      at: each.atMicros,
      run: async () => {
        const result = await offer(village, pollId, each, tellers)
        const isBeyond = result === 'NO_WRITTEN_PROXY' && beyondLimit.has(each.units[0]!)
        if (result !== null) refused.push(...each.units.map(() => (isBeyond ? 'PROXY_LIMIT' : result)))
      },
    })),
  ].sort((a, b) => a.at - b.at)
}

/** Offers a ballot as its channel does; gives the reason when it is refused. */
async function offer(
  village: Village,
  pollId: string,
  { units, by, asProxy, choice, channel, atMicros }: Ballot,
  tellers: Village['tellers'],
): Promise<string | null> {
  if (channel !== 'paper') {
    const result = await cast(village, pollId, by, units, choice, asProxy)
    if (result.ok) return null
    if (result.error.code === 'cannot-count') return result.error.reason
    throw new Error(`refused: ${result.error.code}`)
  }
  const entry = { signedBy: by, asProxy, signedOn: dateOf(instant(atMicros)) }
  let reason: string | null = null
  // A paper is of one unit: who signs for several signs as many.
  for (const id of units) {
    must(await enter(village, pollId, tellers[0], id, choice, entry))
    const outcome = must(await enter(village, pollId, tellers[1], id, choice, entry))
    if (outcome.outcome === 'refused') reason = outcome.reason
  }
  return reason
}

/** Takes a poll through the database and compares every figure with the engine's. */
async function replay(database: TestDatabase, source: Poll): Promise<void> {
  const persons = [...source.ballots.map(each => each.by), ...source.register.transfers.map(each => each.to)]
  const village = await freshVillage(database, source.roll.units, {
    developer: source.roll.developer,
    others: [...persons, ...source.register.proxies.map(each => each.proxy)],
  })
  const { portal, community, chair } = village
  const opensAt = instant(source.window.opensAtMicros)
  portal.clock.moveTo(new Date(opensAt.getTime() - 20 * 86_400_000))
  const draft = draftOf(
    { questions: [question('q1', { matter: source.matter })], rulesVersion: source.rulesVersion },
    { policy: { ...source.policy }, opensAt, closesAt: instant(source.window.closesAtMicros) },
  )
  const pollId = await announce(village, draft)
  const units = [...source.delivered]
  if (units.length > 0)
    must(await recordDelivery(portal, chair, community, { pollId, units, method: 'handed', evidence: null }))
  for (const [id, person] of source.register.representatives) {
    must(await nameRepresentative(portal, chair, community, { pollId, unit: id, person, document: PNG }))
  }
  const refused: string[] = []
  for (const { at, run } of eventsOf(village, pollId, source, refused)) {
    if (instant(at) >= opensAt) await moveTo(village, instant(at))
    else portal.clock.moveTo(instant(at))
    await run()
  }
  await moveTo(village, new Date(draft.closesAt.getTime() + 1000))
  expect((await readPoll(portal, community, null, pollId))!.state).toBe('objection')
  const [counted] = (await readResult(portal.db, community, pollId))!.questions
  const { excluded, clause, class: matterClass, ...figures } = tally(source)
  expect(counted!.figures).toEqual(figures)
  expect(counted!.clause).toEqual(clause ?? null)
  expect(counted!.class).toBe(matterClass)
  const reasons: Record<string, number> = { ...counted!.excludedByReason }
  for (const reason of refused) reasons[reason] = (reasons[reason] ?? 0) + 1
  expect(reasons).toEqual(byReason(excluded))
  await expectSound(village)
}

describeOnOneDatabase('a poll through the database', (openDatabase, kind) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openDatabase()
  })

  it('of co-owners, a sale, a silence clause and a proxy counts as the engine does', async () => {
    const [opens, closes] = [Date.UTC(2026, 4, 1), Date.UTC(2026, 4, 31)].map(at => at * 1000) as [
      number,
      number,
    ]
    const at = (day: number) => Date.UTC(2026, 4, day) * 1000
    const units = [unit('A', { owners: ['W', 'L'] }), ...['B', 'C', 'D', 'E'].map(id => unit(id))]
    const source = poll(
      units,
      [
        ballot('b1', 'A', 'W', 'FOR', { atMicros: at(3) }),
        ballot('b2', 'A', 'L', 'AGAINST', { atMicros: at(4) }),
        ballot('b3', 'B', 'BUYER', 'FOR', { atMicros: at(9) }),
        ballot('b4', 'C', 'AGENT', 'FOR', { atMicros: at(9), asProxy: true, channel: 'proxy' }),
        ballot('b5', 'D', 'P-D', 'OVERVOTE', { atMicros: at(9), channel: 'paper' }),
      ],
      {
        window: { opensAtMicros: opens, closesAtMicros: closes },
        policy: { silentPolicy: 'follow_majority' },
        delivered: new Set(['E']),
        register: {
          representatives: new Map(),
          proxies: [{ unit: 'C', proxy: 'AGENT', registeredAtMicros: at(5) }],
          transfers: [{ unit: 'B', from: 'P-B', to: 'BUYER', atMicros: at(6) }],
        },
      },
    )
    await replay(database, source)
  })

  describe.runIf(existsSync(PATH))('of the published examples', () => {
    const parsed = parsePolls(existsSync(PATH) ? readFileSync(PATH, 'utf8') : '{"examples":[]}')
    const wanted = kind === 'native' ? [...SMALL, ...LARGE] : SMALL
    const filed = (parsed.ok ? parsed.value : []).filter(({ id }) => wanted.includes(id))

    it.each(filed.map(each => [each.id, each] as const))('%s counts as published', async (_id, each) => {
      await replay(database, each.poll)
      for (const alternative of each.id === 'V16' ? [] : each.alternatives)
        await replay(database, alternative)
    })
  })
})
