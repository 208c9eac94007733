/** A count is made before its transaction and beside the event loop; what changes meanwhile is noticed and nothing is stored. */
import { expect, it } from 'vitest'
import { checkVotes, readBoard, readPoll, sealPoll, tallyPoll } from '#votes/server'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { unit } from './polls.ts'
import { expectSound } from './sound.ts'
import { CLOSES, cast, freshVillage, must, open, refusalOf, type Village } from './village.ts'

const AFTER = new Date(CLOSES.getTime() + 1000)
const HOMES = 110
const UNITS = Array.from({ length: HOMES }, (_, i) => unit(`H${i}`, { area: 8_000n + BigInt(i) }))

/** A sealed poll with `ballots` ballots on one question, not counted yet. */
async function sealed(database: TestDatabase, ballots: number) {
  const village = await freshVillage(database, UNITS)
  const pollId = await open(village)
  for (let i = 0; i < ballots; i++)
    must(await cast(village, pollId, `P-H${i}`, `H${i}`, i % 3 ? 'FOR' : 'AGAINST'))
  village.portal.clock.moveTo(AFTER)
  must(await sealPoll(village.portal, village.chair, village.community, { pollId, refusesPending: false }))
  return { village, pollId }
}

/** The village's portal, on which `meanwhile` happens before the transaction that would store the count. */
function interrupted({ portal }: Village, meanwhile: () => Promise<unknown>): Village['portal'] {
  let begun = 0
  const db = new Proxy(portal.db, {
    get(target, name) {
      if (name !== 'transaction') return Reflect.get(target, name, target)
      begun += 1
      return begun === 1
        ? () => target.transaction()
        : () => ({
            execute: async (act: Parameters<ReturnType<typeof target.transaction>['execute']>[0]) => {
              await meanwhile()
              return target.transaction().execute(act)
            },
          })
    },
  })
  return { ...portal, db }
}

describeOnOneDatabase('a count', openDatabase => {
  it('of many ballots is made in a thread, to the same bytes, while others are answered', async () => {
    const { village, pollId } = await sealed(await openDatabase(), HOMES)
    const { portal, chair, community } = village
    let answered = 0
    let isCounting = true
    const counting = tallyPoll(portal, chair, community, { pollId }).finally(() => {
      isCounting = false
    })
    while (isCounting) {
      await readPoll(portal, community, null, pollId)
      answered += 1
    }
    must(await counting)
    expect(answered).toBeGreaterThan(3)
    // fsck makes the board again, without a thread.
    expect((await checkVotes(portal, community)).findings).toEqual([])
    await expectSound(village)
  }, 120_000)

  it('stores nothing when what was sealed is no longer what was counted', async () => {
    const database = await openDatabase()
    const { village, pollId } = await sealed(database, 6)
    const { chair, community, portal } = village
    const where = `community_id = ${community.communityId} and poll_id = '${pollId}'`
    const tamper = (answers: string) =>
      database.asOwner(
        `do $t$ begin set local session_replication_role = replica; update poll_ballot_secret set answers = '${answers}' where ${where} and seq = 1; end $t$`,
      )
    const changing = interrupted(village, () => tamper('q1=FOR'))
    await expect(tallyPoll(changing, chair, community, { pollId })).rejects.toThrow(
      'changed while it was counted',
    )
    expect(await readBoard(portal.db, community, pollId)).toBeNull()
    expect((await readPoll(portal, community, null, pollId))!.state).toBe('sealed')
    await tamper('q1=AGAINST')
    const twice = interrupted(village, async () =>
      must(await tallyPoll(portal, chair, community, { pollId })),
    )
    expect(refusalOf(await tallyPoll(twice, chair, community, { pollId })).code).toBe('poll-state')
    await expectSound(village)
  }, 120_000)
})
