/** What a poll refuses, and that a refusal leaves nothing behind: who may do what, when, for which unit. */
import { beforeAll, expect, it } from 'vitest'
import {
  announcePoll,
  answerObjection,
  castPapers,
  draftPoll,
  extendPoll,
  finalizePoll,
  importOfficialResult,
  markNoticesRead,
  nameRepresentative,
  objectTo,
  openPoll,
  readDesk,
  readMyPoll,
  readNotices,
  readObjections,
  readPapersToPrint,
  readPaperToRead,
  readPoll,
  readPolls,
  readResult,
  readTurnout,
  receivePaper,
  recordDelivery,
  recordPosting,
  registerProxy,
  registerTransfer,
  remindUnits,
  revisePoll,
  sealPoll,
  signOffTally,
  tallyPoll,
  withdrawPaper,
} from '#votes/server'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { unit } from './polls.ts'
import { expectSound } from './sound.ts'
import {
  announce,
  CLOSES,
  cast,
  DRAFTED,
  draftOf,
  enter,
  freshVillage,
  moveTo,
  must,
  OPENS,
  open,
  PNG,
  question,
  refusalOf,
  type Village,
} from './village.ts'

const UNITS = [
  unit('A1', { owners: ['ann', 'bob'] }),
  unit('A2', { owners: ['cat'] }),
  unit('A3', { owners: ['dan'] }),
  unit('A4', { owners: ['eve'], building: '2' }),
  unit('A5', { owners: ['fay'], status: 'unsold' }),
  unit('A6', { owners: ['gus'], kind: 'parking' }),
  unit('A7', { owners: ['hal'] }),
  unit('A8', { owners: ['ida'] }),
]
const OTHERS = { developer: 'dev', others: ['proxy', 'buyer', 'stranger'] }
const DURING = new Date('2026-03-25T02:00:00Z')
const AFTER = new Date(CLOSES.getTime() + 1000)
const code = (result: Parameters<typeof refusalOf>[0]) => (refusalOf(result) as { code: string }).code
const nobody = { userId: 'u', displayName: 'u', roles: [], sessionId: 's' }

async function rowsOf({ portal }: Village): Promise<unknown> {
  const tables = [
    'poll_paper',
    'poll_ballot',
    'tlog_entry',
    'household_notice',
    'poll_paper_receipt',
  ] as const
  const counts: number[] = []
  for (const table of tables)
    counts.push((await portal.db.selectFrom(table).select('community_id').execute()).length)
  return counts
}

describeOnOneDatabase('a poll refuses', openDatabase => {
  let database: TestDatabase
  const village = () => freshVillage(database, UNITS, OTHERS)
  beforeAll(async () => {
    database = await openDatabase()
  })

  it('every act without its office', async () => {
    const v = await village()
    const { portal, community, chair, member, tellers } = v
    const pollId = await open(v)
    const to = { pollId }
    const acts = [
      draftPoll(portal, nobody, community, draftOf()),
      revisePoll(portal, tellers[0], community, { ...draftOf(), pollId, revision: 1 }),
      announcePoll(portal, member, community, { pollId, revision: 1 }),
      openPoll(portal, member, community, to),
      extendPoll(portal, member, community, { pollId, closesAt: AFTER, decision: 'x' }),
      sealPoll(portal, tellers[0], community, { pollId, refusesPending: false }),
      tallyPoll(portal, member, community, to),
      finalizePoll(portal, member, community, to),
      recordPosting(portal, member, community, { pollId, place: 'x' }),
      signOffTally(portal, chair, community, { pollId, step: 'party-branch', seenDigest: '' }),
      signOffTally(portal, v.branch, community, { pollId, step: 'teller-1', seenDigest: '' }),
      importOfficialResult(portal, member, community, { pollId, figures: [], document: PNG }),
      recordDelivery(portal, v.branch, community, {
        pollId,
        units: ['A1'],
        method: 'handed',
        evidence: null,
      }),
      registerProxy(portal, v.branch, community, { pollId, unit: 'A1', proxyPerson: 'proxy', document: PNG }),
      nameRepresentative(portal, v.branch, community, { pollId, unit: 'A1', person: 'ann', document: PNG }),
      registerTransfer(portal, v.branch, community, {
        pollId,
        unit: 'A2',
        fromPerson: 'cat',
        toPerson: 'x',
        document: PNG,
      }),
      remindUnits(portal, v.branch, community, to),
      receivePaper(portal, v.branch, community, { pollId, paper: { paperNumber: 1 } }),
      answerObjection(portal, member, community, { pollId, objectionId: 'x', isUpheld: true, answer: 'x' }),
      castPapers(portal, chair, community, { pollId, units: ['A1'], answers: { q1: 'FOR' }, asProxy: false }),
    ]
    for (const act of acts) expect(code(await act)).toBe('not-permitted')
    expect(await readDesk(portal, v.branch, community, pollId)).toBeNull()
    expect(await readObjections(portal, member, community, to)).toBeNull()
    expect(await readPapersToPrint(portal, v.branch, community, to)).toBeNull()
    expect(
      await readPaperToRead(portal, v.branch, community, { pollId, paper: { paperNumber: 1 } }),
    ).toBeNull()
  })

  it('a motion that is unfit, an unknown switch, a window that is none, and any change after the notice', async () => {
    const v = await village()
    const { portal, community, chair } = v
    expect(refusalOf(await draftPoll(portal, chair, community, draftOf({ questions: [] })))).toEqual({
      code: 'motion-unfit',
      problems: [{ code: 'questions-missing', question: null }],
    })
    const strange = draftOf({}, { policy: { rounding: 'up' } })
    expect(code(await draftPoll(portal, chair, community, strange))).toBe('policy-unfit')
    for (const window of [{ opensAt: CLOSES }, { closesAt: new Date(CLOSES.getTime() + 5) }]) {
      expect(code(await draftPoll(portal, chair, community, draftOf({}, window)))).toBe('window-malformed')
    }
    const { pollId } = must(await draftPoll(portal, chair, community, draftOf()))
    expect(await readPoll(portal, community, null, pollId)).toBeNull()
    expect(await readPolls(portal, community, null)).toEqual([])
    const revised = { ...draftOf({ title: 'better' }), pollId }
    expect(must(await revisePoll(portal, chair, community, { ...revised, revision: 1 })).revision).toBe(2)
    expect(code(await revisePoll(portal, chair, community, { ...revised, revision: 1 }))).toBe(
      'revision-stale',
    )
    expect(code(await announcePoll(portal, chair, community, { pollId, revision: 1 }))).toBe('revision-stale')
    expect(code(await announcePoll(portal, chair, community, { pollId: 'none', revision: 1 }))).toBe(
      'poll-unknown',
    )
    portal.clock.moveTo(new Date('2026-03-05T02:00:00Z'))
    expect(refusalOf(await announcePoll(portal, chair, community, { pollId, revision: 2 }))).toEqual({
      code: 'opens-too-early',
      earliest: '2026-03-21',
    })
    portal.clock.moveTo(DRAFTED)
    must(await announcePoll(portal, chair, community, { pollId, revision: 2 }))
    expect(code(await revisePoll(portal, chair, community, { ...revised, revision: 2 }))).toBe('poll-state')
    expect(code(await openPoll(portal, chair, community, { pollId }))).toBe('not-yet')
    const empty = draftOf({
      questions: [question('q1', { matter: { clause: 5, scope: { buildings: ['9'], entrances: [] } } })],
    })
    const other = must(await draftPoll(portal, chair, community, empty))
    expect(code(await announcePoll(portal, chair, community, { ...other, revision: 1 }))).toBe('base-empty')
  })

  it('a ballot that can never count, with the engine’s reason, and keeps no trace of it', async () => {
    const v = await village()
    const { portal, community } = v
    const scoped = question('q2', { matter: { clause: 5, scope: { buildings: ['1'], entrances: [] } } })
    const pollId = await announce(v, draftOf({ questions: [question(), scoped] }))
    const both = { q1: 'FOR', q2: 'FOR' }
    expect(refusalOf(await cast(v, pollId, 'cat', 'A2', both))).toEqual({
      code: 'before-open',
      opensAt: OPENS,
    })
    portal.clock.moveTo(DURING)
    const before = await rowsOf(v)
    const tries: [string, string | readonly string[], Record<string, string>, object][] = [
      ['stranger', 'A2', both, { code: 'cannot-count', unit: 'A2', reason: 'NOT_ENTITLED' }],
      ['cat', ['A2', 'A3'], both, { code: 'cannot-count', unit: 'A3', reason: 'NOT_ENTITLED' }],
      ['cat', 'A99', both, { code: 'cannot-count', unit: 'A99', reason: 'NOT_ON_ROLL' }],
      ['gus', 'A6', both, { code: 'cannot-count', unit: 'A6', reason: 'OUT_OF_SCOPE' }],
      ['fay', 'A5', both, { code: 'cannot-count', unit: 'A5', reason: 'NOT_ENTITLED' }],
      ['cat', [], both, { code: 'units-missing' }],
      ['cat', 'A2', { q1: 'FOR' }, { code: 'answer-missing', question: 'q2' }],
      ['cat', 'A2', { ...both, q3: 'FOR' }, { code: 'answer-unknown-question', question: 'q3' }],
      ['cat', 'A2', { q1: 'OVERVOTE', q2: 'FOR' }, { code: 'answer-unknown-choice', question: 'q1' }],
      ['cat', 'A2', { q1: 'WITHDRAW', q2: 'FOR' }, { code: 'answer-unknown-choice', question: 'q1' }],
      ['eve', 'A4', both, { code: 'answer-unknown-question', question: 'q2' }],
    ]
    // The first try in the window opens the poll in place of the clock's job; that is a step, and the only one.
    expect(refusalOf(await cast(v, pollId, 'stranger', 'A2', both))).toMatchObject({ code: 'cannot-count' })
    const opened = await rowsOf(v)
    for (const [person, units, answers, refusal] of tries) {
      expect(refusalOf(await cast(v, pollId, person, units, answers))).toEqual(refusal)
    }
    expect(code(await cast(v, pollId, 'proxy', 'A2', both, true))).toBe('cannot-count')
    const withdrawal = { pollId, units: ['A2'], asProxy: false }
    expect(code(await withdrawPaper(portal, v.owner('cat'), community, withdrawal))).toBe(
      'nothing-to-withdraw',
    )
    expect(
      code(await castPapers(portal, v.owner('nobody'), community, { ...withdrawal, answers: both })),
    ).toBe('not-an-owner')
    expect(code(await cast(v, 'none', 'cat', 'A2', both))).toBe('poll-unknown')
    expect(await rowsOf(v)).toEqual(opened)
    expect(opened).not.toEqual(before)
    must(await cast(v, pollId, 'eve', 'A4', { q1: 'FOR' }))
    must(await cast(v, pollId, 'dev', 'A5', both))
    await moveTo(v, AFTER)
    expect(refusalOf(await cast(v, pollId, 'cat', 'A2', both))).toEqual({
      code: 'after-close',
      closesAt: CLOSES,
    })
    await expectSound(v)
  })

  it('a second vote where the rules of procedure keep the first, and a withdrawal where they allow none', async () => {
    const v = await village()
    const policy = { duplicatePolicy: 'first_valid', withdrawAllowed: false }
    const pollId = await open(v, draftOf({}, { policy }))
    must(await cast(v, pollId, 'cat', 'A2', 'FOR'))
    expect(refusalOf(await cast(v, pollId, 'cat', 'A2', 'AGAINST'))).toMatchObject({ reason: 'SUPERSEDED' })
    const withdrawal = { pollId, units: ['A2'], asProxy: false }
    expect(refusalOf(await withdrawPaper(v.portal, v.owner('cat'), v.community, withdrawal))).toMatchObject({
      reason: 'WITHDRAW_NOT_ALLOWED',
    })
  })

  it('what a representative, a proxy and a sale leave no room for', async () => {
    const v = await village()
    const { portal, community, chair } = v
    const pollId = await open(v, draftOf({}, { policy: { proxyLimit: 2 } }))
    const first = must(await cast(v, pollId, 'ann', 'A1', 'FOR'))
    expect(first.coOwnerVoted).toEqual([])
    expect(must(await readMyPoll(portal, v.owner('bob'), community, pollId)).units[0]).toMatchObject({
      coOwnerVoted: true,
      coOwners: 2,
      ballots: [],
      obstacle: null,
    })
    expect(must(await cast(v, pollId, 'bob', 'A1', 'AGAINST')).coOwnerVoted).toEqual(['A1'])
    const name = (person: string, unitId = 'A1') =>
      nameRepresentative(portal, chair, community, { pollId, unit: unitId, person, document: PNG })
    expect(code(await name('cat'))).toBe('not-a-co-owner')
    expect(code(await name('cat', 'A2'))).toBe('not-a-co-owner')
    must(await name('ann'))
    expect(code(await name('bob'))).toBe('already-registered')
    expect(refusalOf(await cast(v, pollId, 'bob', 'A1', 'FOR'))).toMatchObject({
      reason: 'NOT_REPRESENTATIVE',
    })
    const mandate = (unitId: string, document = PNG, proxyPerson = 'proxy') =>
      registerProxy(portal, chair, community, { pollId, unit: unitId, proxyPerson, document })
    expect(code(await mandate('A99'))).toBe('unit-unknown')
    expect(code(await mandate('A2', new Uint8Array()))).toBe('document-missing')
    expect(code(await mandate('A2', Uint8Array.of(1, 2, 3)))).toBe('document-kind-unknown')
    expect(code(await mandate('A2', PNG, 'cat'))).toBe('proxy-is-owner')
    must(await mandate('A2'))
    expect(code(await mandate('A2'))).toBe('already-registered')
    must(await mandate('A3'))
    expect(refusalOf(await mandate('A4'))).toEqual({ code: 'proxy-limit', limit: 2 })
    must(await cast(v, pollId, 'proxy', ['A2', 'A3'], 'FOR', true))
    must(await cast(v, pollId, 'cat', 'A2', 'AGAINST'))
    expect(refusalOf(await cast(v, pollId, 'proxy', 'A2', 'FOR', true))).toMatchObject({
      reason: 'OVERRIDDEN_BY_OWNER',
    })
    const sell = (unitId: string, fromPerson: string, toPerson: string) =>
      registerTransfer(portal, chair, community, {
        pollId,
        unit: unitId,
        fromPerson,
        toPerson,
        document: PNG,
      })
    expect(code(await sell('A7', 'cat', 'buyer'))).toBe('not-the-holder')
    expect(code(await sell('A1', 'ann', 'bob'))).toBe('already-registered')
    must(await sell('A2', 'cat', 'buyer'))
    portal.clock.advance(1000)
    expect(refusalOf(await cast(v, pollId, 'buyer', 'A2', 'FOR'))).toMatchObject({
      reason: 'SELLER_ALREADY_VOTED',
    })
    must(await sell('A7', 'hal', 'buyer'))
    expect(refusalOf(await cast(v, pollId, 'hal', 'A7', 'FOR'))).toMatchObject({ reason: 'NOT_ENTITLED' })
    must(await cast(v, pollId, 'buyer', 'A7', 'FOR'))
    const deliver = (units: readonly string[]) =>
      recordDelivery(portal, chair, community, { pollId, units, method: 'handed', evidence: null })
    expect(code(await deliver([]))).toBe('units-missing')
    expect(code(await deliver(['A99']))).toBe('unit-unknown')
    must(await deliver(['A1']))
    expect(code(await deliver(['A1', 'A2']))).toBe('already-delivered')
    await expectSound(v)
    await moveTo(v, AFTER)
    expect(code(await mandate('A4'))).toBe('poll-state')
    await expectSound(v)
  })

  it('a teller who confirms their own entry, and a third who agrees with neither', async () => {
    const v = await village()
    const { tellers, portal, community } = v
    const pollId = await open(v)
    const entry = { signedBy: 'cat' }
    expect(code(await enter(v, pollId, tellers[0], 'A2', 'FOR', { ...entry, scan: null }))).toBe(
      'document-missing',
    )
    expect(code(await enter(v, pollId, tellers[0], 'A2', 'FOR', { ...entry, signedOn: '2026-02-30' }))).toBe(
      'signed-on-malformed',
    )
    expect(code(await enter(v, pollId, tellers[0], 'A2', 'FOR', { signedBy: ' ' }))).toBe('signer-missing')
    expect((await readDesk(portal, tellers[0], community, pollId))!.pending).toEqual([])
    must(await enter(v, pollId, tellers[0], 'A2', 'FOR', entry))
    expect(code(await enter(v, pollId, tellers[0], 'A2', 'FOR', entry))).toBe('same-teller')
    expect(must(await enter(v, pollId, tellers[1], 'A2', 'AGAINST', entry)).outcome).toBe('differs')
    expect(code(await enter(v, pollId, tellers[1], 'A2', 'FOR', entry))).toBe('same-teller')
    expect(code(await enter(v, pollId, tellers[2], 'A2', 'BLANK', entry))).toBe('agrees-with-neither')
    const paper = (await readPaperToRead(portal, tellers[2], community, {
      pollId,
      paper: { paperNumber: 2 },
    }))!
    expect(paper).toMatchObject({ unit: 'A2', voters: ['cat'], entries: 2, scanMediaType: 'image/png' })
    expect([...paper.scan!]).toEqual([...PNG])
    expect(JSON.stringify(paper)).not.toMatch(/FOR|AGAINST/)
    expect(must(await enter(v, pollId, tellers[2], 'A2', 'FOR', entry)).outcome).toBe('cast')
    expect(code(await enter(v, pollId, tellers[2], 'A2', 'FOR', entry))).toBe('paper-already-cast')
    // Signed by somebody who owns nothing: two tellers read the same, and it is refused with its reason.
    must(await enter(v, pollId, tellers[0], 'A3', 'FOR', entry))
    expect(must(await enter(v, pollId, tellers[1], 'A3', 'FOR', entry))).toMatchObject({
      reason: 'NOT_ENTITLED',
    })
    expect((await readPoll(portal, community, null, pollId))!.refusedPapers).toEqual({ NOT_ENTITLED: 1 })
    expect(
      code(await receivePaper(portal, tellers[0], community, { pollId, paper: { paperCode: 'guess' } })),
    ).toBe('paper-unknown')
    const [printed] = (await readPapersToPrint(portal, v.chair, community, { pollId }))!
    expect(
      must(await receivePaper(portal, tellers[0], community, { pollId, paper: { paperCode: printed!.code } }))
        .paperNumber,
    ).toBe(1)
    await expectSound(v)
  })

  it('an extension that the course does not allow, comes too late or is not later', async () => {
    const v = await village()
    const { portal, community, chair } = v
    const extend = (pollId: string, closesAt: Date, decision = 'x') =>
      extendPoll(portal, chair, community, { pollId, closesAt, decision })
    const later = new Date(CLOSES.getTime() + 86_400_000)
    const pollId = await announce(v)
    expect(code(await extend(pollId, later))).toBe('extension-not-allowed')
    expect(code(await extend(pollId, later, ' '))).toBe('decision-missing')
    const course = { notice: 15, objection: 15, posting: 3, extensionAllowed: true }
    const longer = await announce(v, draftOf({ course }))
    expect(code(await extend(longer, new Date(later.getTime() + 1)))).toBe('window-malformed')
    expect(code(await extend(longer, CLOSES))).toBe('extension-not-later')
    must(await extend(longer, later))
    expect(code(await extend(longer, CLOSES))).toBe('extension-not-later')
    portal.clock.moveTo(OPENS)
    must(await openPoll(portal, chair, community, { pollId: longer }))
    expect(code(await openPoll(portal, chair, community, { pollId: longer }))).toBe('poll-state')
    portal.clock.moveTo(new Date(later.getTime() + 1000))
    expect(code(await extend(longer, new Date(later.getTime() + 9000)))).toBe('extension-after-close')
    expect(code(await sealPoll(portal, chair, community, { pollId, refusesPending: false }))).toBe(
      'poll-state',
    )
  })

  it('objections of strangers and after their time, sign-offs of one person twice, and an end before all is done', async () => {
    const v = await village()
    const { portal, community, chair, tellers, branch } = v
    const pollId = await announce(v)
    const object = (person: string, unitId: string, text = 'the area is wrong') =>
      objectTo(portal, v.owner(person), community, { pollId, unit: unitId, text })
    expect(code(await object('cat', 'A3'))).toBe('unit-not-yours')
    expect(code(await object('nobody', 'A3'))).toBe('not-an-owner')
    expect(code(await object('cat', 'A2', ' '))).toBe('text-missing')
    expect(code(await object('cat', 'A2', 'x'.repeat(4001)))).toBe('text-too-long')
    const { objectionId, stage } = must(await object('cat', 'A2'))
    expect(stage).toBe('roll')
    const answer = (id: string, text = 'corrected') =>
      answerObjection(portal, chair, community, { pollId, objectionId: id, isUpheld: true, answer: text })
    expect(code(await answer('none'))).toBe('objection-unknown')
    expect(code(await answer(objectionId, ' '))).toBe('text-missing')
    must(await answer(objectionId))
    expect(code(await answer(objectionId))).toBe('already-answered')
    const [told] = await readNotices(portal, v.owner('cat'), community)
    expect(told).toMatchObject({ kind: 'objection-answered', unit: 'A2', isRead: false })
    await markNoticesRead(portal, v.owner('dan'), community, [told!.noticeId])
    expect((await readNotices(portal, v.owner('cat'), community))[0]!.isRead).toBe(false)
    await markNoticesRead(portal, v.owner('cat'), community, [told!.noticeId])
    expect((await readNotices(portal, v.owner('cat'), community))[0]!.isRead).toBe(true)
    await moveTo(v, DURING)
    expect(code(await tallyPoll(portal, chair, community, { pollId }))).toBe('poll-state')
    expect(code(await sealPoll(portal, chair, community, { pollId, refusesPending: true }))).toBe('not-yet')
    await moveTo(v, AFTER)
    const sign = (by: typeof chair, step: 'teller-1' | 'teller-2' | 'party-branch', seenDigest: string) =>
      signOffTally(portal, by, community, { pollId, step, seenDigest })
    const { digest } = (await readResult(portal.db, community, pollId))!
    expect(code(await sign(tellers[0], 'teller-1', 'ab'.repeat(32)))).toBe('digest-differs')
    must(await sign(tellers[0], 'teller-1', digest))
    expect(code(await sign(tellers[1], 'teller-1', digest))).toBe('already-signed-off')
    expect(code(await sign(tellers[0], 'teller-2', digest))).toBe('same-person')
    must(await sign(branch, 'party-branch', digest))
    expect(code(await recordPosting(portal, chair, community, { pollId, place: ' ' }))).toBe('place-missing')
    must(await recordPosting(portal, chair, community, { pollId, place: 'lobby' }))
    expect(code(await recordPosting(portal, chair, community, { pollId, place: 'lobby' }))).toBe(
      'already-posted',
    )
    portal.clock.moveTo(new Date('2026-05-01T02:00:00Z'))
    expect(code(await object('cat', 'A2'))).toBe('objection-period-over')
    expect(refusalOf(await finalizePoll(portal, chair, community, { pollId }))).toEqual({
      code: 'sign-offs-missing',
      steps: ['teller-2'],
    })
    await expectSound(v)
  })

  it('figures of fewer than three owners, while it runs', async () => {
    const v = await village()
    const pollId = await open(v)
    must(await cast(v, pollId, 'cat', 'A2', 'FOR'))
    const turnout = (await readTurnout(v.portal.db, v.community, pollId))!
    expect(turnout.byBuilding).toHaveLength(1)
    expect(turnout.byBuilding[0]!.buildings).toEqual(['1', '2'])
    expect(turnout.received.heads).toBe(1n)
  })
})
