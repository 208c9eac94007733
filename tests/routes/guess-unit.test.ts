/**
 * A neighbour with every public byte of a poll (pages, board, archive, leaves) and knowledge of one home's area cannot tell
 * what that home chose: tokens stand nowhere beside homes, no single area stands beside a choice or can be opened, and the
 * published sums fit whichever way that home chose.
 */
import { beforeAll, expect, it } from 'vitest'
import { unpackArchive } from '#archive/server'
import { type AreaCentiM2, isCommitmentTo, sumBlindings } from '#kernel'
import { type Board, parseBoard, parseWeightRoll } from '#votes'
import { SMALLEST_GROUP } from '../../app/votes/board.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { unit } from '../votes/polls.ts'
import { announce, CLOSES, cast, draftOf, moveTo, must, OPENS } from '../votes/village.ts'
import { type OwnerSite, openOwnerSite } from './owner-site.ts'

/** Floor areas of five types of flats, as in any estate: many homes share one. */
const TYPES = [8_912n, 9_537n, 10_244n, 11_868n, 13_403n] as const
const HOMES = Array.from({ length: 30 }, (_, i) =>
  unit(`${1 + (i % 3)}栋-1单元-${100 + i}`, { building: `${1 + (i % 3)}栋`, area: TYPES[i % TYPES.length]! }),
)
/** The first 24 take part: 15 for it, 9 against. The neighbour is the fifth home. */
const choiceOf = (i: number) => (i % 8 < 5 ? 'FOR' : 'AGAINST')
const NEIGHBOUR = HOMES[4]!

/** True when some `count` of the homes have this sum of areas, with the neighbour among them or not as asked. */
function fits(count: number, sum: bigint, withNeighbour: boolean): boolean {
  const others = HOMES.filter(home => home !== NEIGHBOUR)
  let reached = new Set(['0 0'])
  for (const { area } of others) {
    const next = new Set(reached)
    for (const state of reached) {
      const [chosen, total] = state.split(' ')
      if (Number(chosen) < count) next.add(`${Number(chosen) + 1} ${BigInt(total!) + area}`)
    }
    reached = next
  }
  const own = withNeighbour ? NEIGHBOUR.area : 0n
  return reached.has(`${count - (withNeighbour ? 1 : 0)} ${sum - own}`)
}

describeOnOneDatabase('what is public of a counted poll', openDatabase => {
  let world: OwnerSite
  let pollId: string
  let board: Board
  /** Every public text by where it stands. */
  const texts = new Map<string, string>()
  let tokens: ReadonlyMap<string, { token: string; blinding: Uint8Array }>

  beforeAll(async () => {
    world = await openOwnerSite(await openDatabase(), { units: HOMES })
    pollId = await announce(world.village, draftOf())
    await moveTo(world.village, OPENS)
    for (const [i, home] of HOMES.slice(0, 24).entries()) {
      must(await cast(world.village, pollId, home.owners[0]!, home.id, choiceOf(i)))
    }
    await moveTo(world.village, new Date(CLOSES.getTime() + 1000))
    await world.publish()
    const base = `/c/village/votes/${pollId}`
    const roll = ['1栋', '2栋', '3栋'].map(name => `${base}/roll?building=${encodeURIComponent(name)}`)
    for (const path of ['/c/village', '/c/village/votes', '/c/village/log', base, `${base}/lobby`, ...roll]) {
      texts.set(path, await world.site.html(path))
      texts.set(`${path} data`, await world.site.data(path))
    }
    const zip = await world.site.ask(`${base}/archive.zip`)
    for (const [name, bytes] of must(unpackArchive(new Uint8Array(await zip.arrayBuffer())))) {
      texts.set(name, new TextDecoder().decode(bytes))
    }
    const file = await world.site.ask(`${base}/board.json`)
    board = must(parseBoard(new Uint8Array(await file.arrayBuffer())))
    const rows = await world.village.portal.db
      .selectFrom('poll_unit')
      .select(['unit_id', 'token', 'area_blinding'])
      .where('poll_id', '=', pollId)
      .execute()
    tokens = new Map(rows.map(row => [row.unit_id, { token: row.token, blinding: row.area_blinding }]))
  }, 120_000)

  it('names no home where it names a token, and no token where it names a home', () => {
    const all = [...tokens.values()].map(({ token }) => token)
    const namesToken = [...texts].filter(([, text]) => all.some(token => text.includes(token)))
    const namesHome = [...texts].filter(([, text]) => HOMES.some(({ id }) => text.includes(id)))
    // Both kinds are there, or this would show nothing.
    expect(namesToken.map(([where]) => where)).toContain(`polls/${pollId}/board.json`)
    expect(namesHome.map(([where]) => where)).toContain(`polls/${pollId}/roll.json`)
    const both = namesToken.filter(([where]) => namesHome.some(([other]) => other === where))
    expect(both.map(([where]) => where)).toEqual([])
    for (const [where, text] of namesToken) {
      expect([where, /\d栋|单元|P-|paperNumber|paper_number|head_no/.exec(text)?.[0]]).toEqual([
        where,
        undefined,
      ])
    }
  })

  it('puts no single area beside a choice, and no group smaller than five', () => {
    const text = texts.get(`polls/${pollId}/board.json`)!
    const figures = new Set(text.match(/\d+/g))
    expect(TYPES.filter(area => figures.has(String(area)))).toEqual([])
    const [question] = board.questions
    const [inFavour, against, abstain] = question!.groups
    expect([inFavour!.choices, inFavour!.units]).toEqual([['FOR'], 15])
    expect([against!.units, abstain!.units]).toEqual([9, 0])
    for (const { units, heads } of question!.groups) {
      expect(units === 0 || (units >= SMALLEST_GROUP && heads >= SMALLEST_GROUP)).toBe(true)
    }
    expect(board.ballots.every(each => !('area' in each) && !('weight' in each))).toBe(true)
  })

  it('opens no token’s area with any secret that is published', () => {
    const roll = must(parseWeightRoll(new TextEncoder().encode(texts.get(`polls/${pollId}/weights.json`)!)))
    const question = board.questions[0]!
    const published = [
      roll.totalBlinding,
      question.base.areaBlinding,
      ...question.groups.flatMap(group => [group.areaBlinding, group.headBlinding]),
    ]
    const own = tokens.get(NEIGHBOUR.id)!
    const commitment = roll.units.get(own.token)!
    const opens = (blinding: Uint8Array, area: bigint = NEIGHBOUR.area, point = commitment) =>
      isCommitmentTo(point, area as AreaCentiM2, blinding)
    // With the secret that only the portal and the owner have it opens, so the attack below would be seen to work.
    expect(opens(sumBlindings([own.blinding]))).toBe(true)
    const opened = [...roll.units].flatMap(([token, point]) =>
      published.some(blinding => opens(blinding, NEIGHBOUR.area, point)) ? [token] : [],
    )
    expect(opened).toEqual([])
  }, 60_000)

  it('gives tokens in no order that the roll has, and other ones in every poll', async () => {
    const rolled = HOMES.map(({ id }) => tokens.get(id)!.token)
    expect([...rolled].sort()).not.toEqual(rolled)
    const again = await announce(
      world.village,
      draftOf(
        { title: 'another' },
        { opensAt: new Date('2026-05-01T01:00:00Z'), closesAt: new Date('2026-05-20T01:00:00Z') },
      ),
    )
    const rows = await world.village.portal.db
      .selectFrom('poll_unit')
      .select('token')
      .where('poll_id', '=', again)
      .execute()
    expect(rows).toHaveLength(HOMES.length)
    expect(rows.filter(({ token }) => rolled.includes(token))).toEqual([])
  })

  it('has sums that fit whichever way the neighbour chose, or did not', () => {
    const [inFavour, against] = board.questions[0]!.groups
    for (const group of [inFavour!, against!]) {
      for (const isAmongThem of [true, false]) {
        expect([group.choices, isAmongThem, fits(group.units, group.area, isAmongThem)]).toEqual([
          group.choices,
          isAmongThem,
          true,
        ])
      }
    }
    // A sum that nobody's homes have fits in neither way: the search can fail.
    expect(fits(inFavour!.units, inFavour!.area + 1n, true)).toBe(false)
  })
})
