/** Attacks on a poll: races, a clock that is wrong, SQL past the use cases, rows changed behind the triggers, leaves that tell. */
import { beforeAll, describe, expect, it } from 'vitest'
import {
  checkVotes,
  readMyVoting,
  readPoll,
  readResult,
  sealPoll,
  signOffTally,
  VOTE_INVARIANTS,
} from '#votes/server'
import { readEntries } from '../../db/tlog.server.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { unit } from './polls.ts'
import { expectSound } from './sound.ts'
import {
  CLOSES,
  cast,
  draftOf,
  enter,
  freshVillage,
  moveTo,
  must,
  OPENS,
  open,
  refusalOf,
  type Village,
} from './village.ts'

const AFTER = new Date(CLOSES.getTime() + 1000)
const UNITS = Array.from({ length: 6 }, (_, i) => unit(`Tower-9-${i + 1}01`, { owners: [`person-${i + 1}`] }))
const ID = (i: number) => `Tower-9-${i}01`

describeOnOneDatabase('casting at once', openDatabase => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openDatabase()
  })

  it('gives each submission a place of its own, and the latest counts', async () => {
    const village = await freshVillage(database, UNITS)
    const pollId = await open(village)
    const twice = await Promise.all(
      ['FOR', 'AGAINST', 'FOR', 'ABSTAIN'].map(answer => cast(village, pollId, 'person-1', ID(1), answer)),
    )
    const others = await Promise.all(
      [2, 3, 4, 5].map(i => cast(village, pollId, `person-${i}`, ID(i), 'FOR')),
    )
    const seqs = [...twice, ...others].map(result => must(result).ballots[0]!.seq)
    expect([...seqs].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    await expectSound(village)
    await moveTo(village, AFTER)
    const [counted] = (await readResult(village.portal.db, village.community, pollId))!.questions
    expect(counted!.excludedByReason).toEqual({ SUPERSEDED: 3 })
    expect(counted!.figures.participating.heads).toBe(5n)
    await expectSound(village)
  })

  it('and reading at once shows everybody their own unit and nothing of the others', async () => {
    const village = await freshVillage(database, UNITS)
    const pollId = await open(village)
    const { portal, community } = village
    for (const i of [1, 2, 3]) must(await cast(village, pollId, `person-${i}`, ID(i), 'FOR'))
    const own = await Promise.all(
      [1, 2, 3, 4].map(i => readMyVoting(portal, village.owner(`person-${i}`), community, pollId)),
    )
    expect(
      own.map(read => must(read).units.map(({ entry, ballots }) => [entry.unit, ballots.map(b => b.seq)])),
    ).toEqual([1, 2, 3, 4].map(i => [[ID(i), i < 4 ? [i] : []]]))
    const stranger = { ...village.owner('person-1'), userId: 'nobody' }
    const [found, none, unknown] = await Promise.all([
      readMyVoting(portal, village.owner('person-2'), community, pollId),
      readMyVoting(portal, stranger, community, pollId),
      readMyVoting(portal, village.owner('person-2'), community, 'no-such-poll'),
    ])
    expect(must(found).units).toHaveLength(1)
    expect([refusalOf(none).code, refusalOf(unknown).code]).toEqual(['not-an-owner', 'poll-unknown'])
  })

  it('and sealing at once: every ballot is in the seal or refused', async () => {
    const village = await freshVillage(database, UNITS)
    const pollId = await open(village)
    const { portal, chair, community } = village
    portal.clock.moveTo(CLOSES)
    // The clerk's machine is a second ahead of the owners'.
    const ahead = openTestPortal(database, { now: AFTER, seed: `ahead-${pollId}` })
    const acts = [1, 2, 3].map(i => cast(village, pollId, `person-${i}`, ID(i), 'FOR'))
    const sealing = sealPoll(ahead, chair, community, { pollId, refusesPending: false })
    const late = [4, 5, 6].map(i => cast(village, pollId, `person-${i}`, ID(i), 'FOR'))
    const results = await Promise.all([...acts, ...late])
    const { ballotCount } = must(await sealing)
    expect(results.filter(result => result.ok)).toHaveLength(ballotCount)
    for (const result of results) if (!result.ok) expect(refusalOf(result).code).toBe('after-close')
    await expectSound(village)
  })

  it('with a clock that runs behind takes nothing after the close', async () => {
    const village = await freshVillage(database, UNITS)
    const pollId = await open(village)
    await moveTo(village, AFTER)
    village.portal.clock.moveTo(OPENS)
    expect(refusalOf(await cast(village, pollId, 'person-1', ID(1), 'FOR')).code).toBe('after-close')
    expect(refusalOf(await enter(village, pollId, village.tellers[0], ID(2), 'FOR')).code).toBe('paper-late')
    await expectSound(village)
  })
})

/** A poll in its objection period, cast on screen and on paper, with some SQL that knows it. */
async function counted(database: TestDatabase): Promise<{ village: Village; pollId: string; where: string }> {
  const village = await freshVillage(database, UNITS)
  const pollId = await open(village)
  for (const i of [1, 2, 3, 4])
    must(await cast(village, pollId, `person-${i}`, ID(i), i < 4 ? 'FOR' : 'AGAINST'))
  const signed = { signedBy: 'person-5' }
  must(await enter(village, pollId, village.tellers[0], ID(5), 'FOR', signed))
  must(await enter(village, pollId, village.tellers[1], ID(5), 'FOR', signed))
  const where = `community_id = ${village.community.communityId} and poll_id = '${pollId}'`
  return { village, pollId, where }
}

describeOnOneDatabase('a poll in the database', openDatabase => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openDatabase()
  })

  it('cannot be changed by hand: each trigger stands, also against the owner of the tables', async () => {
    const { village, pollId, where } = await counted(database)
    const key = `${village.community.communityId}, '${pollId}'`
    const paper = `insert into poll_paper values (${key}, 99, 'person-6', false, 'online', null, false`
    const unitRow = `'x', 'token-x', 99, '${'ab'.repeat(32)}', '1', '1', 1, 99, true, '\\x${'00'.repeat(32)}'`
    const refused: readonly (readonly [string, string])[] = [
      [`update poll_ballot set cc = '${'ab'.repeat(32)}' where ${where}`, 'never changed'],
      [`delete from poll_ballot where ${where}`, 'never changed'],
      [`update poll_paper set by_person = 'x' where ${where}`, 'never changed'],
      [`delete from poll_notice where ${where}`, 'never changed'],
      [`update poll_paper_entry set answers = 'q1=FOR' where ${where}`, 'never changed'],
      [`delete from poll where ${where}`, 'never changed'],
      [`update poll set motion = '\\x00' where ${where}`, 'frozen'],
      [`update poll set policy = '{}' where ${where}`, 'frozen'],
      [`update poll set opens_at = opens_at - interval '1 day' where ${where}`, 'frozen'],
      [`update poll set closes_at = closes_at - interval '1 hour' where ${where}`, 'only ever made longer'],
      [`update poll set state = 'notice' where ${where}`, 'next state only'],
      [`update poll set state = 'sealed' where ${where}`, 'next state only'],
      [`insert into poll_tally values (${key}, 'q1', '\\x00', '${'ab'.repeat(32)}', 0)`, 'not sealed'],
      [`insert into poll_board values (${key}, '\\x00', '${'ab'.repeat(32)}')`, 'not sealed'],
      [`insert into poll_unit values (${key}, ${unitRow})`, 'frozen'],
      [`insert into poll_voter values (${key}, '${ID(1)}', 'x')`, 'frozen'],
      [`insert into poll_ballot values (${key}, 99, 1, '${ID(6)}', '${'ab'.repeat(32)}', 0)`, 'already cast'],
      [`${paper}, '2026-03-19T00:00:00Z', 'x', null)`, 'outside the window'],
      [`${paper}, '2026-04-19T00:00:00Z', 'x', null)`, 'outside the window'],
    ]
    for (const [statement, message] of refused) {
      await expect(database.asOwner(statement), statement).rejects.toThrow(message)
    }
    await moveTo(village, AFTER)
    await expect(database.asOwner(`${paper}, '2026-03-25T00:00:00Z', 'x', null)`)).rejects.toThrow(
      'takes no ballot',
    )
    const receipt = `insert into poll_paper_receipt values (${key}, 6, '2026-03-25T00:00:00Z', 'x')`
    await expect(database.asOwner(receipt)).rejects.toThrow('takes no ballot')
    await expect(
      database.asOwner(`update poll set closes_at = closes_at + interval '1 day' where ${where}`),
    ).rejects.toThrow('only ever made longer')
    await expectSound(village)
  })

  describe('changed with the triggers off, is named by fsck', () => {
    const other = 'ab'.repeat(32)
    const tampered: readonly (readonly [string, (where: string) => string, readonly string[]])[] = [
      [
        'a ballot removed',
        w =>
          `delete from poll_ballot_secret where ${w} and seq = 2; delete from poll_ballot where ${w} and seq = 2`,
        ['leaves-have-their-rows', 'ballots-stand-in-order', 'seal-matches-ballots'],
      ],
      [
        'the last ballot removed',
        w =>
          `delete from poll_ballot_secret where ${w} and seq = 5; delete from poll_ballot where ${w} and seq = 5`,
        ['leaves-have-their-rows', 'seal-matches-ballots'],
      ],
      [
        'a commitment',
        w => `update poll_ballot set cc = '${other}' where ${w} and seq = 1`,
        ['ballot-matches-log', 'ballot-opens'],
      ],
      [
        'a choice',
        w => `update poll_ballot_secret set answers = 'q1=AGAINST' where ${w} and seq = 1`,
        ['ballot-opens', 'tally-is-the-count', 'board-is-the-count'],
      ],
      [
        'whose ballot it is',
        w => `update poll_ballot set unit_id = '${ID(6)}' where ${w} and seq = 1`,
        ['ballot-matches-log'],
      ],
      [
        'who cast',
        w => `update poll_paper set by_person = 'person-2' where ${w} and paper_no = 1`,
        ['tally-is-the-count'],
      ],
      [
        'when it was received',
        w =>
          `update poll_paper set received_at = received_at - interval '1 year' where ${w} and paper_no = 1`,
        ['ballot-is-in-the-window'],
      ],
      [
        'what a teller read',
        w => `update poll_paper_entry set answers = 'q1=AGAINST' where ${w} and entry_no = 2`,
        ['paper-was-read-twice'],
      ],
      [
        'the second teller',
        w => `delete from poll_paper_entry where ${w} and entry_no = 2`,
        ['paper-was-read-twice'],
      ],
      [
        'an area of the roll',
        w => `update poll_unit set area = area + 1 where ${w} and paper_number = 1`,
        ['roll-is-frozen', 'weights-are-of-the-roll'],
      ],
      [
        'a voter',
        w => `update poll_voter set person_id = 'x' where ${w} and unit_id = '${ID(6)}'`,
        ['roll-is-frozen'],
      ],
      [
        'the roll’s digest',
        w => `update poll_notice set roll_digest = '${other}' where ${w}`,
        ['roll-is-frozen', 'notice-is-frozen'],
      ],
      [
        'a switch of the policy',
        w => `update poll_notice set policy = replace(policy, '"proxyLimit":3', '"proxyLimit":9') where ${w}`,
        ['notice-is-frozen'],
      ],
      [
        'the close',
        w => `update poll set closes_at = closes_at + interval '1 day' where ${w}`,
        ['window-is-announced'],
      ],
      ['a state', w => `update poll set state = 'final' where ${w}`, ['state-has-its-steps']],
      [
        'a step',
        w => `delete from poll_step where ${w} and kind = 'seal'`,
        ['state-has-its-steps', 'leaves-have-their-rows'],
      ],
      ['a result', w => `update poll_tally set digest = '${other}' where ${w}`, ['tally-is-the-count']],
      [
        'the board',
        w => `update poll_board set bytes = '\\x7b7d', digest = encode(sha256('\\x7b7d'), 'hex') where ${w}`,
        ['board-is-the-count'],
      ],
      [
        'a hidden value',
        w => `update poll_leaf_secret set value = 'x' where ${w}`,
        ['hidden-value-matches-log'],
      ],
      ['the motion', w => `update poll_notice set motion = '\\x00' where ${w}`, ['rows-can-be-read']],
      [
        'an area of the register on that day',
        w =>
          `update unit_record set area_centi_m2 = area_centi_m2 + 1
            where ${w.split(' and ')[0]} and unit_id = '${ID(6)}'`,
        ['roll-is-the-register'],
      ],
      ['a sign-off', w => `update poll_tally set digest = '${other}' where ${w}`, ['sign-off-matches-tally']],
      ['a leaf index', w => `update poll_tally set leaf_index = 0 where ${w}`, ['rows-have-their-leaves']],
    ]

    it('whatever it is', async () => {
      const named = new Set<string>()
      for (const [what, statement, invariants] of tampered) {
        const { village, pollId, where } = await counted(database)
        await moveTo(village, AFTER)
        const seenDigest = (await readResult(village.portal.db, village.community, pollId))!.digest
        const step = 'teller-1'
        must(
          await signOffTally(village.portal, village.tellers[0], village.community, {
            pollId,
            step,
            seenDigest,
          }),
        )
        await expectSound(village)
        await database.asOwner(
          `do $tamper$ begin set local session_replication_role = replica; ${statement(where)}; end $tamper$`,
        )
        const { findings } = await checkVotes(village.portal, village.community)
        const found = new Set(findings.map(finding => finding.invariant))
        expect([what, invariants.filter(each => !found.has(each as never))]).toEqual([what, []])
        for (const each of found) named.add(each)
      }
      expect(VOTE_INVARIANTS.filter(invariant => !named.has(invariant))).toEqual([])
    })
  })

  it('logs no name, no unit number and no choice', async () => {
    const { village, pollId } = await counted(database)
    await moveTo(village, AFTER)
    const entries = await readEntries(village.portal.db, village.community.communityId, 0, 1000)
    const text = entries.map(({ entry }) => new TextDecoder().decode(entry)).join('\n')
    expect(text).toContain(pollId)
    expect(text).not.toMatch(/person-\d|user-|Tower|-\d01|FOR|AGAINST|ABSTAIN|teller-\d"|a motion/)
    expect((await readPoll(village.portal, village.community, null, pollId))!.state).toBe('objection')
  })

  it('shows no part of a result while it runs, whoever asks', async () => {
    const { village, pollId } = await counted(database)
    const { portal, community } = village
    expect(await readResult(portal.db, community, pollId)).toBeNull()
    const shown = JSON.stringify(await readPoll(portal, community, village.chair, pollId), (_, v) =>
      typeof v === 'bigint' ? `${v}` : v,
    )
    expect(shown).not.toMatch(/FOR|AGAINST|outcome/)
    expect(draftOf().motion.questions).toHaveLength(1)
  })
})
