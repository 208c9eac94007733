/** A poll held through the use cases comes into the archive with its count, and the recount names what is changed behind it. */
import { beforeAll, expect, it } from 'vitest'
import { type ArchiveFiles, recomputeArchive } from '#archive'
import { packArchive, readArchive, unpackArchive } from '#archive/server'
import { erasePerson } from '#people/server'
import { openPublisher, publishCheckpoint } from '#tlog/server'
import { POLL_FACTS } from '#votes'
import { checkVotes } from '#votes/server'
import { prepareKeys } from '../../app/cli/prepare-keys.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { unit } from '../votes/polls.ts'
import { CLOSES, cast, DRAFTED, moveTo, must, open, openVillage, type Village } from '../votes/village.ts'

const UNITS = Array.from({ length: 14 }, (_, i) =>
  unit(`U-${i + 1}`, { area: 9_001n + 13n * BigInt(i), owners: [i < 2 ? 'TWO' : `P-${i + 1}`] }),
)

describeOnOneDatabase('an archive with a poll', openDatabase => {
  let database: TestDatabase
  let portal: TestPortal
  let village: Village
  let pollId: string

  const publish = async () =>
    must(await publishCheckpoint(openPublisher(portal), village.community.communityId))
  const archive = (poll: string | null) =>
    readArchive(portal, village.community, { poll, readme: 'read me\n' })
  const faultsOf = (files: ArchiveFiles) => {
    const recomputed = must(recomputeArchive(files, { vkeys: null, older: null }))
    return recomputed.facts.flatMap(({ name, ok, detail }) => (ok ? [] : [`${name}: ${detail}`]))
  }

  beforeAll(async () => {
    database = await openDatabase()
    portal = openTestPortal(database, { now: DRAFTED })
    village = await openVillage(portal, UNITS)
    await prepareKeys(portal)
    pollId = await open(village)
    for (const [i, { id, owners }] of UNITS.slice(0, 12).entries()) {
      must(await cast(village, pollId, owners[0]!, id, i < 7 ? 'FOR' : 'AGAINST'))
    }
    // Nobody is alone with a choice: the posted figures, which the law wants exact, would show that one's area.
    must(await cast(village, pollId, 'P-12', 'U-12', 'FOR'))
  }, 120_000)

  it('has no poll before it is counted, and then only once a checkpoint covers the count', async () => {
    expect(await archive(null)).toEqual({ ok: false, error: 'log-unpublished' })
    await publish()
    expect(await archive(pollId)).toEqual({ ok: false, error: 'poll-unknown' })
    expect(must(await archive(null)).has(`polls/${pollId}/motion.json`)).toBe(false)
    await moveTo(village, new Date(CLOSES.getTime() + 1000))
    expect(await archive(pollId)).toEqual({ ok: false, error: 'poll-unknown' })
    await publish()
    expect(must(await archive(null)).has(`polls/${pollId}/board.json`)).toBe(true)
    expect(await archive('p9')).toEqual({ ok: false, error: 'poll-unknown' })
  })

  it('holds in every fact after packing and unpacking, whole and of the one poll', async () => {
    for (const poll of [null, pollId]) {
      const files = must(unpackArchive(packArchive(must(await archive(poll)))))
      const recomputed = must(recomputeArchive(files, { vkeys: null, older: null }))
      expect(recomputed.facts.filter(({ ok }) => !ok)).toEqual([])
      expect(recomputed.facts.filter(fact => fact.poll === pollId).map(({ name }) => name)).toEqual([
        ...POLL_FACTS,
      ])
    }
  })

  it('is the same to the byte, and counts the same, after a voter was erased', async () => {
    const { communityId } = village.community
    const before = must(await archive(pollId))
    await database.asOwner(
      `insert into person_private (community_id, person_id, sealed, name_hash)
         values (${communityId}, 'P-3', '\\x01', decode(repeat('ab', 32), 'hex'))`,
    )
    await database.asOwner(
      `insert into unit_record select community_id, unit_id, 2, effective_on + 1, recorded_at + interval '1 year', recorded_by, import_id,
         is_removed, kind, area_centi_m2, area_source, status from unit_record
         where community_id = ${communityId} and unit_id = 'U-3'`,
    )
    must(await erasePerson(portal, village.chair, village.community, 'P-3'))
    expect(await database.asOwner('select 1 from person_private')).toEqual([])
    const after = must(await archive(pollId))
    expect([...after.keys()]).toEqual([...before.keys()])
    for (const [name, bytes] of before)
      expect([name, Buffer.from(after.get(name)!).equals(bytes)]).toEqual([name, true])
    expect(faultsOf(after)).toEqual([])
    expect((await checkVotes(portal, village.community)).findings).toEqual([])
  })

  it('shows no owner, no unit beside the public roll, and no single area', async () => {
    const files = must(await archive(null))
    const text = [...files]
      .map(([name, bytes]) => (name.endsWith('/roll.json') ? '' : new TextDecoder().decode(bytes)))
      .join('\n')
    const roll = new TextDecoder().decode(files.get(`polls/${pollId}/roll.json`))
    for (const { id, area, owners } of UNITS) {
      expect(text).not.toMatch(new RegExp(`"${id}"`))
      expect(text).not.toMatch(new RegExp(`"${area}"`))
      for (const owner of owners) expect(text + roll).not.toMatch(new RegExp(`\\b${owner}\\b`))
      expect(roll).toContain(`"${id}"`)
    }
  })

  it('names what the owner of the database changes with the guards down', async () => {
    const withoutGuards = async (change: string) => {
      await database.asOwner('set session_replication_role = replica')
      await database.asOwner(change)
      await database.asOwner('set session_replication_role = origin')
    }
    const board = new TextDecoder().decode(must(await archive(pollId)).get(`polls/${pollId}/board.json`))
    const bent = board.replace('q1=AGAINST', 'q1=FOR').replaceAll("'", "''")
    const store = (text: string) =>
      withoutGuards(
        `update poll_board set (bytes, digest) = (select b, encode(sha256(b), 'hex') from convert_to('${text}', 'UTF8') b)`,
      )
    await store(bent)
    const faults = faultsOf(must(await archive(null)))
    expect(faults).toContain('board: q1: other-than-logged')
    expect(faults.some(text => /^openings: \d+: does-not-open$/.test(text))).toBe(true)
    await store(board)
    expect(faultsOf(must(await archive(null)))).toEqual([])
    await withoutGuards(`update poll_notice set weight_roll = convert_to('{}', 'UTF8')`)
    expect(faultsOf(must(await archive(pollId)))).toContain('weights: weights-malformed')
  })
})
