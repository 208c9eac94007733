/** Whole votes through the database, from a draft to a final result, sound after every step. */
import { beforeAll, expect, it } from 'vitest'
import { areaCentiM2 } from '#kernel'
import { chooseMessages } from '#people/server'
import { checkPollArchive, readLoggedPolls } from '#votes'
import {
  answerObjection,
  extendPoll,
  finalizePoll,
  importOfficialResult,
  objectTo,
  readCertificateSource,
  readDesk,
  readMyPoll,
  readNotices,
  readObjections,
  readPoll,
  readPollArchive,
  readPolls,
  readPublicRoll,
  readReceipt,
  readResult,
  readTurnout,
  receivePaper,
  recordDelivery,
  recordPosting,
  remindUnits,
  SIGN_OFF_STEPS,
  sealPoll,
  signOffTally,
  withdrawPaper,
} from '#votes/server'
import { readEntries } from '../../db/tlog.server.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { unit } from './polls.ts'
import { expectSound } from './sound.ts'
import {
  CLOSES,
  cast,
  DRAFTED,
  draftOf,
  enter,
  freshVillage,
  moveTo,
  must,
  open,
  PNG,
  paperOf,
  question,
  refusalOf,
  runClock,
  type Village,
} from './village.ts'

const AFTER = new Date(CLOSES.getTime() + 1000)
const UNITS = Array.from({ length: 12 }, (_, i) =>
  unit(`U${i + 1}`, { building: String(1 + (i % 2)), area: 9_000n + BigInt(11 - i) }),
)

async function signOff(village: Village, pollId: string): Promise<void> {
  const { portal, community, tellers, branch } = village
  const { digest } = (await readResult(portal.db, community, pollId))!
  for (const [index, step] of SIGN_OFF_STEPS.entries()) {
    const by = step === 'party-branch' ? branch : tellers[index]!
    must(await signOffTally(portal, by, community, { pollId, step, seenDigest: digest }))
  }
}

/** The public archive judged with nothing but the log. */
async function archiveProblems(village: Village, pollId: string) {
  const { portal, community } = village
  const archive = (await readPollArchive(portal.db, community, pollId))!
  const entries = await readEntries(portal.db, community.communityId, 0, 1000)
  const logged = readLoggedPolls(entries.map(({ entry }) => entry))
  return checkPollArchive(archive, logged.get(pollId)!).filter(fact => !fact.ok)
}

describeOnEachDatabase('a vote', openDatabase => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openDatabase()
  })

  it('on an ordinary matter passes: online and paper, changed and withdrawn, objected to and final', async () => {
    const village = await freshVillage(database, UNITS)
    const { portal, chair, tellers, community } = village
    const pollId = await open(village)
    await expectSound(village)
    const asked = { channel: 'sms', address: '13800138000', isDigest: false } as const
    for (const name of ['P-U7', 'P-U9']) must(await chooseMessages(portal, village.owner(name), asked))
    expect((await readPublicRoll(portal.db, community, pollId))!.rows).toHaveLength(12)
    must(
      await recordDelivery(portal, chair, community, {
        pollId,
        units: ['U8', 'U9'],
        method: 'handed',
        evidence: PNG,
      }),
    )
    for (let i = 1; i <= 7; i++)
      must(await cast(village, pollId, `P-U${i}`, `U${i}`, i < 6 ? 'FOR' : 'AGAINST'))
    must(await cast(village, pollId, 'P-U7', 'U7', 'ABSTAIN'))
    const withdrawn = { pollId, units: ['U1'], asProxy: false }
    must(await withdrawPaper(portal, village.owner('P-U1'), community, withdrawn))
    must(await cast(village, pollId, 'P-U1', 'U1', 'FOR'))
    await expectSound(village)
    expect(must(await enter(village, pollId, tellers[0], 'U8', 'FOR')).outcome).toBe('entered')
    expect(must(await enter(village, pollId, tellers[1], 'U8', 'FOR', { scan: null })).outcome).toBe('cast')
    await expectSound(village)
    expect((await readTurnout(portal.db, community, pollId))!.received).toEqual({
      area: areaCentiM2(UNITS.slice(0, 8).reduce((sum, each) => sum + each.area, 0n)),
      heads: 8n,
    })
    for (const read of [readResult, readCertificateSource, readPollArchive]) {
      expect(await read(portal.db, community, pollId)).toBeNull()
    }
    expect(must(await remindUnits(portal, chair, community, { pollId })).units).toBe(4)
    expect((await readNotices(portal, village.owner('P-U9'), community)).map(each => each.kind)).toEqual([
      'reminder',
    ])
    // Written to are those who asked for it, each about their own home; a ballot each time, the reminder once a day.
    must(await remindUnits(portal, chair, community, { pollId }))
    const written = await portal.db
      .selectFrom('message')
      .select(['user_id', 'kind', 'message_values'])
      .execute()
    const about = (name: string) => ({
      user_id: village.owner(name).userId,
      message_values: expect.anything(),
    })
    expect(written).toHaveLength(3)
    expect(written).toEqual(
      expect.arrayContaining([
        {
          ...about('P-U7'),
          kind: 'ballot-recorded',
          message_values: expect.stringContaining('U7 · № 7"'),
        },
        { ...about('P-U9'), kind: 'vote-waiting' },
      ]),
    )
    expect(JSON.stringify(written)).not.toMatch(/FOR|AGAINST|ABSTAIN|13800138000/)
    await moveTo(village, AFTER)
    await expectSound(village)
    const result = (await readResult(portal.db, community, pollId))!
    expect(result.questions[0]).toMatchObject({
      outcome: 'PASSED',
      excludedByReason: { SUPERSEDED: 1, WITHDRAWN: 1 },
    })
    expect(await archiveProblems(village, pollId)).toEqual([])
    const mine = must(await readMyPoll(portal, village.owner('P-U6'), community, pollId))
    expect(mine.units[0]!.ballots).toMatchObject([{ choices: { q1: 'AGAINST' }, fates: { q1: 'counted' } }])
    const objection = { pollId, unit: 'U6', text: 'please look again' }
    const { objectionId, stage } = must(await objectTo(portal, village.owner('P-U6'), community, objection))
    expect(stage).toBe('count')
    await signOff(village, pollId)
    must(await recordPosting(portal, chair, community, { pollId, place: 'lobby' }))
    expect(refusalOf(await finalizePoll(portal, chair, community, { pollId })).code).toBe(
      'objection-period-running',
    )
    portal.clock.moveTo(new Date('2026-04-20T01:00:00Z'))
    expect(refusalOf(await finalizePoll(portal, chair, community, { pollId })).code).toBe(
      'objections-unanswered',
    )
    const answer = { pollId, objectionId, isUpheld: false, answer: 'counted as cast' }
    must(await answerObjection(portal, chair, community, answer))
    must(await finalizePoll(portal, chair, community, { pollId }))
    await expectSound(village)
    const view = (await readPoll(portal, community, null, pollId))!
    expect(view.state).toBe('final')
    expect(view.deadlines).toMatchObject({
      postedOn: '2026-03-31',
      isPostingOverdue: false,
      annulmentUntil: '2027-03-31',
    })
    expect((await readObjections(portal, chair, community, { pollId }))![0]!.answer!.text).toBe(
      'counted as cast',
    )
    const source = (await readCertificateSource(portal.db, community, pollId))!
    expect(source).toMatchObject({
      ballotCount: 11,
      deliveredUnits: 2,
      ballotsByChannel: { online: 10, paper: 1, proxy: 0 },
    })
    expect((await readPolls(portal, community, null))[0]!.outcomes).toEqual([
      { question: 'q1', outcome: 'PASSED' },
    ])
  })

  it('on a special matter takes part and fails by three quarters', async () => {
    const village = await freshVillage(database, UNITS)
    const { portal } = village
    const pollId = await open(
      village,
      draftOf({ questions: [question('q1', { matter: { clause: 8, scope: null } })] }),
    )
    for (let i = 1; i <= 9; i++)
      must(await cast(village, pollId, `P-U${i}`, `U${i}`, i <= 6 ? 'FOR' : 'AGAINST'))
    await moveTo(village, AFTER)
    const [counted] = (await readResult(portal.db, village.community, pollId))!.questions
    expect(counted).toMatchObject({
      class: 'special',
      outcome: 'NOT_PASSED',
      figures: { quorum: { area: true, heads: true }, approval: { area: false, heads: false } },
    })
    expect(await archiveProblems(village, pollId)).toEqual([])
    await expectSound(village)
  })

  it('with plans, a building’s own question and an election counts each of them', async () => {
    const village = await freshVillage(database, UNITS)
    const { portal } = village
    const plans = [
      { id: 'PLAN-A', label: 'a' },
      { id: 'PLAN-B', label: 'b' },
    ]
    const questions = [
      question('q1', { form: 'plans', plans }),
      question('q2', { matter: { clause: 5, scope: { buildings: ['1'], entrances: [] } } }),
    ]
    const pollId = await open(village, draftOf({ questions }))
    for (let i = 1; i <= 10; i++) {
      const answers = { q1: i < 8 ? 'PLAN-A' : 'PLAN-B', ...(i % 2 === 1 && { q2: 'FOR' }) }
      must(await cast(village, pollId, `P-U${i}`, `U${i}`, answers))
    }
    const candidates = ['c1', 'c2'].map(id =>
      question(id, { form: 'candidate', matter: { clause: 3, scope: null } }),
    )
    portal.clock.moveTo(DRAFTED)
    const election = await open(village, draftOf({ questions: candidates, election: { seats: 1 } }))
    for (let i = 1; i <= 9; i++) {
      const answers = { c1: i < 7 ? 'FOR' : 'AGAINST', c2: i < 8 ? 'FOR' : 'ABSTAIN' }
      must(await cast(village, election, `P-U${i}`, `U${i}`, answers))
    }
    await moveTo(village, AFTER)
    const result = (await readResult(portal.db, village.community, pollId))!
    expect(result.questions.map(each => [each.outcome, each.adoptedPlan])).toEqual([
      ['PASSED', 'PLAN-A'],
      ['PASSED', null],
    ])
    expect(result.questions[1]!.figures.total.heads).toBe(6n)
    expect(result.questions[1]!.excludedByReason).toEqual({ OUT_OF_SCOPE: 5 })
    const elected = (await readResult(portal.db, village.community, election))!.election
    expect(elected).toEqual({ seats: 1, elected: ['c2'], tied: [], vacantSeats: 0 })
    expect([
      ...(await archiveProblems(village, pollId)),
      ...(await archiveProblems(village, election)),
    ]).toEqual([])
    await expectSound(village)
  })

  it('keeps the papers that lay at the desk before the close, and no others', async () => {
    const village = await freshVillage(database, UNITS)
    const { portal, chair, tellers, community } = village
    const course = { notice: 15, objection: 15, posting: 3, extensionAllowed: true }
    const pollId = await open(village, draftOf({ course }))
    const later = new Date('2026-04-02T10:00:00Z')
    must(
      await extendPoll(portal, chair, community, {
        pollId,
        closesAt: later,
        decision: 'rain on the last day',
      }),
    )
    await moveTo(village, AFTER)
    expect((await readPoll(portal, community, null, pollId))!.state).toBe('open')
    const receive = async (unitId: string, signedOn = '2026-03-30') =>
      receivePaper(portal, tellers[0], community, {
        pollId,
        paper: { paperNumber: await paperOf(village, pollId, unitId) },
        signedOn,
      })
    for (const id of ['U1', 'U2', 'U3']) must(await receive(id))
    must(await enter(village, pollId, tellers[0], 'U3', 'FOR'))
    expect(refusalOf(await receive('U4', '2026-04-03')).code).toBe('paper-late')
    await moveTo(village, new Date(later.getTime() + 1000))
    expect((await readPoll(portal, community, null, pollId))!.state).toBe('closed')
    expect(refusalOf(await cast(village, pollId, 'P-U5', 'U5', 'FOR')).code).toBe('after-close')
    expect(refusalOf(await receive('U6')).code).toBe('paper-late')
    expect(refusalOf(await receive('U6')).code).toBe('paper-refused-before')
    const desk = (await readDesk(portal, tellers[1], community, pollId))!
    expect(desk.pending.map(each => [each.unit, each.waitsFor])).toEqual([
      ['U1', 'first'],
      ['U2', 'first'],
      ['U3', 'second'],
    ])
    expect(refusalOf(await sealPoll(portal, chair, community, { pollId, refusesPending: false })).code).toBe(
      'papers-pending',
    )
    for (const id of ['U1', 'U3']) {
      if (id !== 'U3') must(await enter(village, pollId, tellers[0], id, 'FOR'))
      must(await enter(village, pollId, tellers[1], id, 'FOR'))
    }
    await expectSound(village)
    must(await sealPoll(portal, chair, community, { pollId, refusesPending: true }))
    await runClock(portal)
    const view = (await readPoll(portal, community, null, pollId))!
    expect(view.state).toBe('objection')
    expect(view.refusedPapers).toEqual({ LATE: 2, UNCONFIRMED: 1 })
    await expectSound(village)
  })

  it('seals by itself with the last paper that is read after the close', async () => {
    const village = await freshVillage(database, UNITS)
    const { portal } = village
    const pollId = await open(village)
    must(await enter(village, pollId, village.tellers[0], 'U3', 'FOR'))
    await moveTo(village, AFTER)
    expect((await readPoll(portal, village.community, null, pollId))!.state).toBe('closed')
    must(await enter(village, pollId, village.tellers[1], 'U3', 'FOR'))
    await runClock(portal)
    expect((await readPoll(portal, village.community, null, pollId))!.state).toBe('objection')
    await expectSound(village)
  })

  it('takes over the result of the government’s own system, and says so', async () => {
    const village = await freshVillage(database, UNITS)
    const { portal, chair, community } = village
    const pollId = await open(village, draftOf({ officialVoting: 'import', officialSystem: 'city system' }))
    expect(refusalOf(await cast(village, pollId, 'P-U1', 'U1', 'FOR'))).toEqual({
      code: 'official-system-only',
      system: 'city system',
    })
    await moveTo(village, AFTER)
    expect((await readPoll(portal, community, null, pollId))!.state).toBe('sealed')
    const whole = { area: 108_000n, heads: 12n }
    const stated = {
      question: 'q1',
      outcome: 'PASSED',
      total: whole,
      participating: whole,
      inFavour: whole,
    } as const
    const request = { pollId, figures: [stated], document: PNG }
    const tooMuch = { ...stated, inFavour: { area: 1n, heads: 13n } }
    expect(
      refusalOf(await importOfficialResult(portal, chair, community, { ...request, figures: [tooMuch] }))
        .code,
    ).toBe('figures-malformed')
    must(await importOfficialResult(portal, chair, community, request))
    const result = (await readResult(portal.db, community, pollId))!
    expect(result.imported).toMatchObject({ system: 'city system' })
    expect(result.questions[0]!.figures.inFavour).toEqual(whole)
    expect(await archiveProblems(village, pollId)).toEqual([])
    await expectSound(village)
  })

  it('gives every owner a receipt that opens to the owner’s own answer, and nobody else', async () => {
    const village = await freshVillage(database, UNITS)
    const { portal } = village
    const pollId = await open(village)
    const { ballots } = must(await cast(village, pollId, 'P-U1', 'U1', 'FOR'))
    const wanted = { pollId, seq: ballots[0]!.seq }
    const receipt = (await readReceipt(portal, village.owner('P-U1'), village.community, wanted))!
    expect(receipt).toMatchObject({
      unit: 'U1',
      answers: 'q1=FOR',
      community: village.community.slug,
      proof: null,
    })
    expect(await readReceipt(portal, village.owner('P-U2'), village.community, wanted)).toBeNull()
  })
})
