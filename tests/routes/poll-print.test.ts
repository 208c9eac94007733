/** Papers of a vote as officers print them: one ballot a unit with its secret and without a name, by building or all; and where its code leads. */
import { beforeAll, expect, it } from 'vitest'
import { sha256Hex, utf8 } from '#kernel'
import { officesFor } from '#people'
import { readPapersToPrint } from '#votes/server'
import * as desk from '../../app/routes/c.$slug.office.polls.$poll.desk._index.tsx'
import * as print from '../../app/routes/c.$slug.office.polls.$poll.print._index.tsx'
import * as papersPdf from '../../app/routes/c.$slug.office.polls.$poll.print.papers[.]pdf.ts'
import * as pollPage from '../../app/routes/c.$slug.votes.$poll._index.tsx'
import { readPdf } from '../../app/statements/pdf-file.ts'
import { pageTexts } from '../statements/pdf-text.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { WHO, type Who } from './office-world.ts'
import { announceThrough, draftThrough, openPollsWorld, type PollsWorld } from './polls-world.ts'

describeOnOneDatabase('printing the papers of a vote', open => {
  let world: PollsWorld
  let poll: string
  const order = (query: Readonly<Record<string, string>>, who: Who = 'teller', of = poll) =>
    world.get(papersPdf.loader, `/polls/${of}/print/papers.pdf?${new URLSearchParams(query)}`, who, {
      poll: of,
    })
  const pages = async (query: Readonly<Record<string, string>>) => {
    const { status, data } = await order(query)
    if (status !== 200) throw new Error(`not printed: ${status}`)
    const response = data.response as Response
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    expect(response.headers.get('Content-Type')).toBe('application/pdf')
    const file = readPdf(new Uint8Array(await response.arrayBuffer()))
    if (!file.ok) throw new Error('not a PDF')
    return pageTexts(file.value)
  }

  beforeAll(async () => {
    world = await openPollsWorld(await open())
    poll = await draftThrough(world)
  })

  it('has nothing of a draft, and asks who is there', async () => {
    expect((await order({ kind: 'lobby' })).status).toBe(404)
    expect((await world.get(print.loader, '/polls', 'teller', { poll })).status).toBe(404)
    await announceThrough(world, poll)
    for (const who of WHO) {
      const role = who === 'reviewer' ? 'bookkeeper' : who
      const may = role !== 'nobody' && officesFor('ballot:deliver').includes(role)
      const expected = who === 'nobody' ? 303 : may ? 200 : 403
      for (const answer of [
        await order({ kind: 'proxy' }, who),
        await world.get(print.loader, '/polls', who, { poll }),
      ]) {
        expect([who, answer.status]).toEqual([who, expected])
      }
    }
  })

  it('gives each unit of a building its ballot, with unit, number and place, and no name', async () => {
    const shown = await world.get(print.loader, '/polls', 'teller', { poll })
    expect(shown.data.view).toMatchObject({
      buildings: [
        { building: '1栋', papers: 12 },
        { building: '2栋', papers: 12 },
      ],
    })
    const ballots = await pages({ kind: 'ballots', building: '2栋', place: '门卫室' })
    expect(ballots).toHaveLength(12)
    expect(ballots[0]).toContain('2栋-1单元-101')
    expect(ballots[0]).toContain('№0013')
    expect(ballots.every(text => text.includes('门卫室') && !/业主P-|业主Q-/.test(text))).toBe(true)
    expect(ballots.some(text => text.includes('1栋-1单元'))).toBe(false)
    expect(await pages({ kind: 'ballots', place: '门卫室' })).toHaveLength(24)
  }, 60_000)

  it('prints list, proxy and lobby sheet', async () => {
    expect((await pages({ kind: 'deliveries', building: '1栋' })).join('')).toContain('1栋-2单元-302')
    expect((await pages({ kind: 'proxy' })).join('')).toContain('授权委托书')
    const [lobby, ...others] = await pages({ kind: 'lobby' })
    expect(others).toEqual([])
    expect(lobby).toContain('用共有基金做消防改造')
  }, 60_000)

  it('refuses what cannot be printed, and says so in the form', async () => {
    for (const [query, words] of [
      [{ kind: 'ballots', place: ' ' }, '没有印：请写交票地点。'],
      [{ kind: 'ballots', place: 'x', building: '9栋' }, '没有印：这一栋没有要发的票。'],
      [{ kind: 'ballots', place: '\u{10330}' }, '没有印：字体里没有「\u{10330}」这个字，请换一个字。'],
    ] as const) {
      const { status, location } = await order(query)
      expect(status).toBe(303)
      const [, search] = location!.split('?')
      const shown = await world.get(print.loader, `/polls/x/print?${search}`, 'teller', { poll })
      expect(shown.data.view).toMatchObject({ refusal: words })
    }
    expect((await order({ kind: 'invented' })).status).toBe(404)
    expect((await order({ kind: 'lobby' }, 'teller', '0'.repeat(26))).status).toBe(404)
    const shown = await world.get(print.loader, '/polls/x/print?refused=invented', 'teller', { poll })
    expect(shown.data.view).toMatchObject({ refusal: null })
  }, 60_000)

  it('whose code leads an officer to that paper at the desk, and anybody else to the poll', async () => {
    const papers = await readPapersToPrint(world.portal, world.people.teller, world.community, {
      pollId: poll,
    })
    const paper = papers!.find(each => each.unit === '2栋-2单元-301')!
    const stored = await world.portal.db
      .selectFrom('poll_unit')
      .select('paper_code_digest')
      .where('unit_id', '=', paper.unit)
      .executeTakeFirstOrThrow()
    expect(stored.paper_code_digest).toBe(sha256Hex(utf8(paper.code)))
    const scan = (who: Who, code: string) =>
      world.get(pollPage.loader, `/../votes/${poll}?paper=${encodeURIComponent(code)}`, who, { poll })
    const led = await scan('teller', paper.code)
    expect([led.status, led.location]).toEqual([
      303,
      `/c/office/office/polls/${poll}/desk?find=${paper.code}`,
    ])
    const find = await world.get(desk.loader, `/polls/${poll}/desk?find=${paper.code}`, 'teller', { poll })
    expect([find.status, decodeURIComponent(find.location!)]).toEqual([
      303,
      `/c/office/office/polls/${poll}/desk/2栋-2单元-301`,
    ])
    for (const [who, code] of [
      ['nobody', paper.code],
      ['bookkeeper', paper.code],
      ['teller', '../../x?y'],
    ] as const) {
      expect((await scan(who, code)).location).toBe(`/c/office/votes/${poll}`)
    }
    const wrong = await world.get(desk.loader, `/polls/${poll}/desk?find=${'0'.repeat(26)}`, 'teller', {
      poll,
    })
    expect([wrong.status, wrong.data.notFound]).toEqual([200, '0'.repeat(26)])
  })
})
