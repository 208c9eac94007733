/** What anybody takes home of a counted poll: the board and the archive as stored and as they recompute, and no link that leads nowhere. */
import { beforeAll, expect, it } from 'vitest'
import { recomputeArchive } from '#archive'
import { packArchive, packArchiveAside, unpackArchive } from '#archive/server'
import { sha256Hex } from '#kernel'
import { parseBoard } from '#votes'
import { readPoll, readResult, signOffTally } from '#votes/server'
import { describeOnOneDatabase } from '../support/database.ts'
import { announce, CLOSES, cast, draftOf, moveTo, must, OPENS } from '../votes/village.ts'
import { type OwnerSite, openOwnerSite } from './owner-site.ts'

const AFTER = new Date(CLOSES.getTime() + 1000)
/** Pages for people with a session: they ask to sign in, as they must. */
const SIGNED_IN = /\/(?:mine|cast|withdraw|me|spend)(?:[?#]|$)/
/** Served outside the pages of a community, each with tests of its own. */
const ELSEWHERE = /^\/(?:assets|verify|sign-in|sign-out|account|privacy|_|\?|$)|^\/none\.js/

/** Addresses of this site that a page's links name. */
function linksIn(html: string): readonly string[] {
  const hrefs = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) =>
    href!.replaceAll('&amp;', '&'),
  )
  return [...new Set(hrefs.filter(href => href.startsWith('/')).map(href => href.split('#')[0]!))]
}

describeOnOneDatabase('public files of a poll', openDatabase => {
  let world: OwnerSite
  let pollId: string
  let base: string
  const file = async (name: string) => {
    const response = await world.site.ask(`${base}/${name}`)
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
  }

  beforeAll(async () => {
    world = await openOwnerSite(await openDatabase())
    pollId = await announce(world.village, draftOf({ title: '消防设施改造' }))
    base = `/c/village/votes/${pollId}`
    await moveTo(world.village, OPENS)
    for (let i = 4; i <= 12; i++) must(await cast(world.village, pollId, `P-U${i}`, `U${i}`, 'FOR'))
    await world.publish()
  })

  it('are not there before the count, nor of another poll', async () => {
    for (const path of [`${base}/board.json`, `${base}/archive.zip`, '/c/village/votes/none/board.json']) {
      expect([path, (await world.site.ask(path)).status]).toEqual([path, 404])
    }
    expect((await world.site.ask('/c/village/votes/none/archive.zip')).status).toBe(404)
    expect(await world.site.html(base)).not.toMatch(/board\.json|archive\.zip/)
  })

  it('give the board as its digest says, and the archive once a checkpoint covers the count', async () => {
    await moveTo(world.village, AFTER)
    const early = await file('archive.zip')
    expect([early.response.status, early.response.headers.get('Retry-After')]).toEqual([503, '5'])
    await world.publish()
    const board = await file('board.json')
    expect(board.response.headers.get('Content-Type')).toBe('application/json')
    expect(board.response.headers.get('Content-Disposition')).toContain('attachment; filename="village-')
    const { portal, community } = world.village
    const poll = await readPoll(portal, community, null, pollId)
    expect(sha256Hex(board.bytes)).toBe(poll!.boardDigest)
    expect(must(parseBoard(board.bytes)).ballots).toHaveLength(9)
    const archive = await file('archive.zip')
    expect(archive.response.headers.get('Content-Type')).toBe('application/zip')
    const files = must(unpackArchive(archive.bytes))
    expect(files.get(`polls/${pollId}/board.json`)).toEqual(board.bytes)
    const { facts } = must(recomputeArchive(files, { vkeys: null, older: null }))
    expect(facts.filter(({ ok }) => !ok)).toEqual([])
    expect(facts.length).toBeGreaterThan(10)
    const changed = new Map(files).set(`polls/${pollId}/board.json`, board.bytes.with(20, 0x30))
    const again = recomputeArchive(changed, { vkeys: null, older: null })
    expect(again.ok && again.value.facts.every(({ ok }) => ok)).toBe(false)
    expect(await packArchiveAside(files)).toEqual(packArchive(files))
  })

  it('are made once, and anew only when the poll has gone on', async () => {
    const [first, ...others] = await Promise.all([
      file('archive.zip'),
      file('archive.zip'),
      file('archive.zip'),
    ])
    for (const other of others) expect(other.bytes).toEqual(first!.bytes)
    const { portal, community, tellers } = world.village
    // The log grows by another matter: the kept archive is as true as before.
    await announce(
      world.village,
      draftOf(
        { title: '另一件事' },
        { opensAt: new Date('2026-05-01T01:00:00Z'), closesAt: new Date('2026-05-20T01:00:00Z') },
      ),
    )
    await world.publish()
    expect((await file('archive.zip')).bytes).toEqual(first!.bytes)
    const seenDigest = (await readResult(portal.db, community, pollId))!.digest
    must(await signOffTally(portal, tellers[0], community, { pollId, step: 'teller-1', seenDigest }))
    expect((await file('archive.zip')).bytes).toEqual(first!.bytes)
    await world.publish()
    const later = await file('archive.zip')
    expect(later.bytes).not.toEqual(first!.bytes)
    const leaves = new TextDecoder().decode(must(unpackArchive(later.bytes)).get('log/leaves.jsonl'))
    expect(leaves).toContain('vote.signoff')
  })

  it('and every link of the public pages of the poll leads somewhere', async () => {
    const seen = new Set<string>()
    const waiting = ['/c/village/votes', base]
    const broken: [string, number, string][] = []
    while (waiting.length > 0) {
      const path = waiting.pop()!
      if (seen.has(path) || seen.size > 400) continue
      seen.add(path)
      const response = await world.site.ask(path)
      const expected = SIGNED_IN.test(path) ? 303 : 200
      if (response.status !== expected) broken.push([path, response.status, ''])
      if (!(response.headers.get('Content-Type') ?? '').startsWith('text/html')) continue
      if (!path.startsWith('/c/village/votes')) continue
      waiting.push(...linksIn(await response.text()).filter(link => !ELSEWHERE.test(link)))
    }
    expect(broken).toEqual([])
    expect([...seen].some(path => path.startsWith(`${base}/board.json`))).toBe(true)
    expect(seen.size).toBeGreaterThan(15)
  }, 60_000)
})
