/** A topic from the request to the answer through the database: notice, meeting, minutes, corrections, sign-offs, publication, action item. */
import { beforeAll, describe, expect, it } from 'vitest'
import { requiredSeats, signOffPurpose } from '#council'
import {
  answerCorrection,
  checkCouncil,
  circulateMinutes,
  countDecisions,
  countOverdue,
  endSeat,
  enterSeat,
  enterSignInSheet,
  followTopic,
  forgetSignIns,
  isSignedIn,
  openTopic,
  postNotice,
  publishMinutes,
  readComingMeetings,
  readDecisions,
  readDoneActions,
  readMeeting,
  readMeetingDesk,
  readMeetingPaper,
  readOpenActions,
  readOverdueActions,
  readOverduePostings,
  readPastMeetings,
  readSeatsToday,
  readTopic,
  readTopicFrom,
  readTopics,
  recordAttendance,
  reportAction,
  requestCorrection,
  saveRawRecord,
  saveSection,
  signInToMeeting,
  signOffMinutes,
  tellOverdueActions,
} from '#council/server'
import { readNeedsEyes } from '#oversight/server'
import { describeOnEachDatabase } from '../support/database.ts'
import { passkeyFactor } from '../support/second-factor.ts'
import { conclusion } from './council-texts.ts'
import {
  type CouncilWorld,
  callMeeting,
  codeOf,
  dayAt,
  entered,
  HELD,
  must,
  openCouncilWorld,
  PNG,
  signOff,
  writeSections,
} from './council-world.ts'

const LATE = new Date(HELD.getTime() + 7_200_000)

describeOnEachDatabase('the council', open => {
  let world: CouncilWorld
  let meetingId = ''
  let topicId = ''
  let text = { meetingId: '', version: 1, seenDigest: '' }
  const findings = async () => (await checkCouncil(world.portal, world.community)).findings
  const desk = async () => (await readMeetingDesk(world.portal, world.residents, world.community, meetingId))!

  beforeAll(async () => {
    world = await openCouncilWorld(await open())
    const called = await callMeeting(world)
    meetingId = called.meetingId
    topicId = called.topicId
  })

  it('posts its notice, and only its clerks may', async () => {
    const { portal, community, manager, bookkeeper } = world
    const { notice } = (await readMeeting(portal, community, meetingId))!
    const again = {
      ...notice,
      startsAt: HELD,
      endsAt: new Date(notice.endsAt),
      cancelledBecause: null,
      place: '二楼',
    }
    const replaces = { meetingId, version: 1 }
    expect(await codeOf(postNotice(portal, manager, community, again, replaces))).toBe('not-permitted')
    expect(await codeOf(postNotice(portal, bookkeeper, community, again))).toBe('not-permitted')
    expect(await codeOf(postNotice(portal, world.chair, community, again, replaces))).toBe('ok')
    expect(await codeOf(postNotice(portal, world.chair, community, again, replaces))).toBe('notice-outdated')
    const unknown = { ...again, agenda: [{ ...again.agenda[0]!, topicId: 'nobody' }] }
    expect(await codeOf(postNotice(portal, world.chair, community, unknown))).toBe('topic-unknown')
    const meeting = (await readMeeting(portal, community, meetingId))!
    expect(meeting.notices.map(each => each.notice.place)).toEqual(['党群服务站', '二楼'])
    expect(meeting).toMatchObject({ state: 'coming', postBy: null, signIns: null, published: [] })
    expect(await readMeetingPaper(portal, community, meetingId, 'a'.repeat(64))).toBeNull()
    expect((await readTopic(portal, community, topicId))!.coming).toHaveLength(1)
    expect((await readComingMeetings(portal, community)).map(each => each.meetingId)).toEqual([meetingId])
  })

  it('keeps both texts when two clerks write at once', async () => {
    const { portal, community, residents, branch } = world
    await writeSections(world, meetingId)
    const mine = {
      meetingId,
      item: 2,
      revision: 1,
      text: entered(conclusion('试行错时停车，晚八点到早八点')),
    }
    expect(await codeOf(saveSection(portal, branch, community, mine))).toBe('ok')
    const theirs = { ...mine, text: entered(conclusion('另写一段')) }
    const second = await saveSection(portal, residents, community, theirs)
    expect(second).toMatchObject({
      ok: false,
      error: { code: 'section-outdated', newest: { revision: 2, savedBy: branch.userId } },
    })
    expect(await codeOf(saveSection(portal, world.manager, community, mine))).toBe('not-permitted')
    expect(await codeOf(saveSection(portal, branch, community, { ...mine, item: 9 }))).toBe('item-unknown')
    const raw = { meetingId, revision: 0, text: '现场记录：张三说……' }
    expect(await codeOf(saveRawRecord(portal, residents, community, raw))).toBe('ok')
    expect(await codeOf(saveRawRecord(portal, branch, community, raw))).toBe('record-outdated')
  })

  it('circulates only after the meeting began, with attendance by seat', async () => {
    const { portal, community, residents, seats } = world
    const early = circulateMinutes(portal, residents, community, { meetingId, reason: '' })
    expect(await codeOf(early)).toBe('meeting-not-over')
    portal.clock.moveTo(LATE)
    const rows = Object.values(seats).map(seat => ({
      seat,
      presence: 'present' as const,
      interest: '',
      isRecused: false,
    }))
    const record = { meetingId, revision: 0, seats: rows }
    expect(await codeOf(recordAttendance(portal, residents, community, record))).toBe('ok')
    expect(await codeOf(recordAttendance(portal, residents, community, record))).toBe('record-outdated')
    const circulated = await must(circulateMinutes(portal, residents, community, { meetingId, reason: '' }))
    text = { meetingId, version: 1, seenDigest: circulated.digest }
    const { versions } = await desk()
    expect(versions[0]!.minutes.quorum).toEqual({ rule: 'more-than-half', needed: 3, isMet: true })
    expect(requiredSeats(versions[0]!.minutes)).toHaveLength(5)
    expect(JSON.stringify(versions[0]!.minutes)).not.toContain('张三')
    const { notice } = (await readMeeting(portal, community, meetingId))!
    const again = { ...notice, startsAt: HELD, endsAt: new Date(notice.endsAt), cancelledBecause: null }
    const replaces = { meetingId, version: 2 }
    expect(await codeOf(postNotice(portal, residents, community, again, replaces))).toBe('minutes-circulated')
    expect(await codeOf(circulateMinutes(portal, residents, community, { meetingId, reason: 'x' }))).toBe(
      'nothing-changed',
    )
  })

  it('answers every correction; an accepted one makes a new version and voids what was signed', async () => {
    const { portal, community, residents, manager, chair, seats } = world
    expect(await codeOf(signOff(world, 'branch', text))).toBe('ok')
    const correction = { meetingId, version: 1, item: 2, seat: seats.manager, text: '时间应为晚九点' }
    expect(await codeOf(requestCorrection(portal, chair, community, { ...correction, seat: 'x' }))).toBe(
      'seat-unknown',
    )
    expect(await codeOf(requestCorrection(portal, world.owner, community, correction))).toBe('not-permitted')
    expect(await codeOf(requestCorrection(portal, manager, community, correction))).toBe('ok')
    expect(await codeOf(signOff(world, 'residents', text))).toBe('correction-open')
    const answer = { meetingId, no: 1, isAccepted: true, answer: '已改' }
    expect(await codeOf(answerCorrection(portal, manager, community, answer))).toBe('not-permitted')
    expect(await codeOf(answerCorrection(portal, residents, community, answer))).toBe('ok')
    expect(await codeOf(answerCorrection(portal, residents, community, answer))).toBe('correction-unknown')
    expect(await codeOf(signOff(world, 'residents', text))).toBe('correction-not-taken-up')
    const revised = { meetingId, item: 2, revision: 2, text: entered(conclusion('晚九点到早八点错时停车')) }
    expect(await codeOf(saveSection(portal, residents, community, revised))).toBe('ok')
    expect(await codeOf(circulateMinutes(portal, residents, community, { meetingId, reason: '' }))).toBe(
      'reason-missing',
    )
    const next = await must(
      circulateMinutes(portal, residents, community, { meetingId, reason: '按物业更正时间' }),
    )
    expect(next.version).toBe(2)
    text = { meetingId, version: 2, seenDigest: next.digest }
    const { standing, versions } = await desk()
    expect(standing.signed).toEqual({})
    const changed = versions[0]!.changes!.filter(line => line.kind !== 'same')
    expect(changed.map(line => line.line.text)).toEqual([
      '试行错时停车，晚八点到早八点',
      '晚九点到早八点错时停车',
    ])
  })

  it('takes a seat’s word only from its holder, with a factor for exactly this text, once', async () => {
    const { portal, community, chair, manager, seats, residents } = world
    const base = {
      ...text,
      seat: seats.chair,
      stance: 'agrees' as const,
      reason: '',
      factor: null,
      scan: null,
    }
    const { communityId } = community
    expect(await codeOf(signOffMinutes(portal, chair, community, base))).toBe('factor-missing')
    // A forged sign-off of another seat: not its holder, no clerk.
    expect(await codeOf(signOffMinutes(portal, manager, community, base))).toBe('not-permitted')
    const other = signOffPurpose({ communityId, ...text, seat: seats.manager })
    const factor = await passkeyFactor(portal, chair, other)
    expect(await codeOf(signOffMinutes(portal, chair, community, { ...base, factor }))).toBe('factor-wrong')
    const stale = { ...base, seenDigest: '0'.repeat(64) }
    expect(await codeOf(signOffMinutes(portal, chair, community, stale))).toBe('text-differs')
    expect(await codeOf(signOffMinutes(portal, chair, community, { ...base, scan: PNG }))).toBe(
      'own-key-needed',
    )
    expect(
      await codeOf(signOffMinutes(portal, residents, community, { ...base, seat: seats.lawyer, scan: null })),
    ).toBe('document-missing')
    const refusing = { ...base, stance: 'refuses' as const }
    expect(await codeOf(signOffMinutes(portal, chair, community, refusing))).toBe('reason-missing')
    for (const who of ['branch', 'residents', 'chair', 'manager'] as const) {
      expect(await codeOf(signOff(world, who, text))).toBe('ok')
    }
    expect(await codeOf(signOff(world, 'chair', text))).toBe('seat-has-signed')
    const publish = publishMinutes(portal, residents, community, text)
    expect(await codeOf(publish)).toBe('sign-offs-missing')
    expect(await codeOf(signOff(world, 'lawyer', text))).toBe('ok')
  })

  it('publishes what was signed, with its action items', async () => {
    const { portal, community, manager, residents } = world
    expect(await codeOf(publishMinutes(portal, manager, community, text))).toBe('not-permitted')
    expect(await must(publishMinutes(portal, residents, community, text))).toEqual({ issue: 1 })
    const meeting = (await readMeeting(portal, community, meetingId))!
    expect(meeting.state).toBe('published')
    expect(meeting.published[0]).toMatchObject({ issue: 1, version: 2, digest: text.seenDigest })
    expect(meeting.published[0]!.signOffs).toHaveLength(5)
    const topic = (await readTopic(portal, community, topicId))!
    expect(topic).toMatchObject({ standing: 'awaits-vote', decides: 'council-opinion', number: 1 })
    expect(topic.opinions[0]!.item.conclusion).toBe('建议更换两部电梯')
    const { rows, next } = await readDecisions(portal, community, { limit: 1 })
    expect(rows.map(each => each.item.no)).toEqual([1])
    const rest = await readDecisions(portal, community, { limit: 5, after: next })
    expect([rest.rows.map(each => each.item.no), rest.next]).toEqual([[2], null])
    const narrowed = { year: '2026', kind: 'council', opinion: 'unanimous' } as const
    expect(await countDecisions(portal, community, narrowed)).toEqual({ count: 2, years: ['2026'] })
    expect((await countDecisions(portal, community, { year: '2025' })).count).toBe(0)
    const past = await readPastMeetings(portal, community, { after: null, limit: 5 })
    expect([past.rows.map(each => each.state), past.next]).toEqual([['published'], null])
    expect(await findings()).toEqual([])
  })

  it('follows its action items until they are done, with proof', async () => {
    const { portal, community, residents, manager } = world
    expect(await readOverdueActions(portal, community)).toEqual([])
    portal.clock.moveTo(dayAt('2026-07-21'))
    expect((await readOverdueActions(portal, community)).map(action => action.text)).toEqual(['询价三家'])
    expect([
      await tellOverdueActions(portal, community),
      await tellOverdueActions(portal, community),
    ]).toEqual([1, 0])
    const report = { meetingId, item: 1, no: 1, kind: 'done' as const, text: '三家报价见附件', proof: PNG }
    expect(await codeOf(reportAction(portal, manager, community, report))).toBe('not-permitted')
    expect(await codeOf(reportAction(portal, residents, community, { ...report, no: 7 }))).toBe(
      'action-unknown',
    )
    expect(await codeOf(reportAction(portal, residents, community, report))).toBe('ok')
    expect(await codeOf(reportAction(portal, residents, community, report))).toBe('action-state')
    expect(await readOverdueActions(portal, community)).toEqual([])
    expect(await readOpenActions(portal, community)).toEqual([])
    const done = await readDoneActions(portal, community, { before: null, limit: 5 })
    expect(done).toMatchObject({ actions: [{ done: { text: '三家报价见附件' } }], next: null })
    const again = { ...report, kind: 'reopened' as const, text: '缺一家', proof: null }
    expect(await codeOf(reportAction(portal, residents, community, again))).toBe('ok')
    expect(await countOverdue(portal, community)).toBe(1)
    expect(await codeOf(reportAction(portal, residents, community, report))).toBe('ok')
    expect(await countOverdue(portal, community)).toBe(0)
  })

  it('leads a topic to its vote, its money and its answer', async () => {
    const { portal, community, residents, owner } = world
    const event = (kind: string, reference: string, words: string) => ({
      topicId,
      kind,
      reference,
      text: words,
      happenedOn: '2026-07-22',
    })
    const follow = (actor = residents, ...what: Parameters<typeof event>) =>
      codeOf(followTopic(portal, actor, community, event(...what)))
    expect(await follow(owner, 'closed', '', 'x')).toBe('not-permitted')
    expect(await follow(residents, 'vote', 'javascript:x', '')).toBe('reference-malformed')
    expect(await follow(residents, 'answer', '', '')).toBe('text-missing')
    expect(await follow(residents, 'vote', '0'.repeat(26), '')).toBe('ok')
    expect(await follow(residents, 'voucher', '2026-0012', '首付款')).toBe('ok')
    expect(await follow(residents, 'answer', '', '电梯已换好')).toBe('ok')
    expect(await readTopic(portal, community, topicId)).toMatchObject({
      standing: 'answered',
      decides: 'owners-vote',
    })
    const odd = { title: 'x', summary: '', source: 'rumour', reference: '' }
    expect(await codeOf(openTopic(portal, residents, community, odd))).toBe('source-unknown')
    const list = await readTopics(portal, community, { before: null, limit: 5 })
    expect([list.rows.map(topic => topic.number), list.next]).toEqual([[1], null])
    expect((await readTopicFrom(portal, community, '2026-017'))!.topicId).toBe(topicId)
    expect(await findings()).toEqual([])
  })

  it('supersedes what was published only by a text that is signed again, with its reason', async () => {
    const { portal, community, residents } = world
    const revised = { meetingId, item: 2, revision: 3, text: entered(conclusion('晚九点到早七点错时停车')) }
    await must(saveSection(portal, residents, community, revised))
    const { digest } = await must(
      circulateMinutes(portal, residents, community, { meetingId, reason: '早上时间写错' }),
    )
    const third = { meetingId, version: 3, seenDigest: digest }
    expect(await codeOf(publishMinutes(portal, residents, community, third))).toBe('sign-offs-missing')
    expect((await readMeeting(portal, community, meetingId))!.published[0]!.issue).toBe(1)
    for (const who of ['branch', 'residents', 'chair', 'manager', 'lawyer'] as const) {
      await must(signOff(world, who, third))
    }
    expect(await must(publishMinutes(portal, residents, community, third))).toEqual({ issue: 2 })
    const { published } = (await readMeeting(portal, community, meetingId))!
    expect(published.map(each => [each.issue, each.reason])).toEqual([
      [2, '早上时间写错'],
      [1, '按物业更正时间'],
    ])
    expect(await readOpenActions(portal, community)).toEqual([])
    expect((await readDecisions(portal, community, { limit: 9 })).rows[1]!.item.conclusion).toBe(
      '晚九点到早七点错时停车',
    )
    expect(await findings()).toEqual([])
  })

  it('signs residents in to an open-air assembly on its day, and shows counts only', async () => {
    const { portal, community, residents, owner, manager } = world
    const day = dayAt('2026-08-01')
    const { meetingId: openAir } = await callMeeting(world, {
      kind: 'open-air',
      quorum: 'none',
      title: '坝坝会',
      startsAt: new Date(day.getTime() + 36_000_000),
      endsAt: new Date(day.getTime() + 40_000_000),
    })
    expect(await codeOf(signInToMeeting(portal, owner, community, openAir))).toBe('sign-in-closed')
    portal.clock.moveTo(day)
    expect(await codeOf(signInToMeeting(portal, manager, community, openAir))).toBe('not-permitted')
    expect(await codeOf(signInToMeeting(portal, owner, community, meetingId))).toBe('sign-in-closed')
    for (const _ of [1, 2])
      expect(await codeOf(signInToMeeting(portal, owner, community, openAir))).toBe('ok')
    expect(await isSignedIn(portal, owner, community, openAir)).toBe(true)
    const sheet = (count: string, scan: Uint8Array | null) =>
      codeOf(enterSignInSheet(portal, residents, community, { meetingId: openAir, count, scan }))
    expect(await sheet('0', null)).toBe('count-malformed')
    expect(await sheet('9', new Uint8Array([1, 2]))).toBe('document-kind-unknown')
    expect(await sheet('9', PNG)).toBe('ok')
    expect(await sheet('2', null)).toBe('ok')
    const meeting = (await readMeeting(portal, community, openAir))!
    expect(meeting.signIns).toEqual({ byQr: 1, byPaper: 9, byVoice: 2 })
    expect(JSON.stringify(meeting)).not.toContain(owner.userId)
    await portal.db.transaction().execute(tx => forgetSignIns(portal, tx, owner.userId))
    expect(await isSignedIn(portal, owner, community, openAir)).toBe(false)
    expect((await readMeeting(portal, community, openAir))!.signIns).toEqual(meeting.signIns)
    const kept = await world.database.asOwner('select user_id, signed_at from council_sign_in')
    expect(JSON.stringify(kept)).not.toContain(owner.userId)
  })

  it('says when the owners’ committee has not posted what it decided', async () => {
    const { portal, community, residents } = world
    const seat = {
      body: 'owners-committee',
      kind: 'owners-committee',
      organisation: '业委会',
      office: '主任',
    }
    const more = {
      holderName: '刘主任',
      deputyName: '',
      userId: '',
      isVoting: true,
      termUntil: '',
      contact: '',
    }
    await must(enterSeat(portal, residents, community, { ...seat, ...more, termFrom: '2026-01-01' }))
    const startsAt = dayAt('2026-08-10')
    const committee = await callMeeting(world, {
      kind: 'owners-committee',
      startsAt,
      endsAt: new Date(startsAt.getTime() + 3_600_000),
    })
    const back = portal.clock.now()
    portal.clock.moveTo(dayAt('2026-08-13'))
    expect(await readOverduePostings(portal, community)).toEqual([])
    portal.clock.moveTo(dayAt('2026-08-14'))
    const [late] = await readOverduePostings(portal, community)
    expect(late).toMatchObject({ meetingId: committee.meetingId, postBy: '2026-08-13' })
    expect(await readNeedsEyes(portal, community)).toContainEqual(
      expect.objectContaining({
        kind: 'decision-unposted',
        days: 1,
        href: `council/meetings/${committee.meetingId}`,
      }),
    )
    portal.clock.moveTo(back)
  })

  it('ends a seat, forgets how to reach it, and keeps who sat there', async () => {
    const { portal, community, residents, seats, database } = world
    const contacts = () => database.asOwner('select seat_id, sealed from council_seat_contact')
    expect(await contacts()).toHaveLength(1)
    expect(Buffer.from((await contacts())[0]!.sealed as Uint8Array).toString('latin1')).not.toContain('138')
    const end = { seatId: seats.lawyer, endedOn: '2026-08-01', reason: '换届' }
    expect(await codeOf(endSeat(portal, world.manager, community, end))).toBe('not-permitted')
    expect(await codeOf(endSeat(portal, residents, community, { ...end, reason: '' }))).toBe('reason-missing')
    expect(await codeOf(endSeat(portal, residents, community, end))).toBe('ok')
    expect(await contacts()).toEqual([])
    portal.clock.moveTo(dayAt('2026-08-02'))
    expect((await readSeatsToday(portal, community)).council).toHaveLength(4)
    expect(await codeOf(endSeat(portal, residents, community, { ...end, endedOn: '2026-08-02' }))).toBe(
      'seat-ended',
    )
  })

  describe('against somebody with the database in hand', () => {
    const refused = (statement: string) =>
      world.database.asOwner(statement).then(
        () => 'done',
        (error: Error) => error.message,
      )
    const asIfUnguarded = async (table: string, statement: string) => {
      await world.database.asOwner(`alter table ${table} disable trigger user`)
      await world.database.asOwner(statement)
      await world.database.asOwner(`alter table ${table} enable trigger user`)
      const found = (await findings()).map(finding => finding.invariant)
      return [...new Set(found)]
    }

    it('refuses an edit after circulation, a version out of turn, a signature on an old text', async () => {
      const edit = `update council_minutes set reason = 'x' where version = 2`
      expect(await refused(edit)).toMatch(/never changed or removed/)
      expect(
        await refused(`insert into council_topic_event select community_id, topic_id, 99, kind, reference,
        text, happened_on, entered_by, entered_at, null from council_topic_event limit 1`),
      ).toMatch(/is_logged/)
      expect(await refused(`delete from council_correction`)).toMatch(/never changed or removed/)
      const copy = (version: number) => `insert into council_minutes
        select community_id, nextval('council_step'), meeting_id, ${version}, content, digest, raw_salt, 'x',
          corrections_until, leaf_index, circulated_by, circulated_at from council_minutes where version = 3`
      expect(await refused(copy(9))).toMatch(/does not follow/)
      expect(
        await refused(`insert into council_sign_off
          select community_id, nextval('council_step'), meeting_id, 2, seat_id, '${text.seenDigest}', stance, reason,
            method, scan_sha256, signed_by, signed_at, leaf_index from council_sign_off where version = 3 limit 1`),
      ).toMatch(/not the newest/)
    })

    it('names whatever was changed behind the triggers', async () => {
      expect(
        await asIfUnguarded(
          'council_action',
          `update council_action set due_on = '2027-01-01' where version = 3`,
        ),
      ).toEqual(['actions-are-of-the-minutes'])
      expect(
        await asIfUnguarded(
          'council_sign_off',
          `update council_sign_off set stance = 'refuses', reason = 'x' where version = 3 and method = 'paper'`,
        ),
      ).toContain('sign-off-matches-log')
      expect(await asIfUnguarded('council_notice', `delete from council_notice where version = 2`)).toContain(
        'leaves-have-their-rows',
      )
      const forger = `update council_sign_off set signed_by = '${world.manager.userId}'
        where version = 3 and seat_id = '${world.seats.chair}'`
      expect(await asIfUnguarded('council_sign_off', forger)).toContain('seat-signed-itself')
      const forgedSeat = `insert into council_sign_off select community_id, nextval('council_step'), meeting_id, 2,
        '${world.seats.lawyer}', digest, 'agrees', null, 'own-key', null, signed_by, signed_at, leaf_index
        from council_sign_off where version = 2 and seat_id = '${world.seats.chair}'`
      await world.database.asOwner(`alter table council_sign_off disable trigger user`)
      await world.database.asOwner(
        `delete from council_sign_off where version = 2 and seat_id = '${world.seats.lawyer}'`,
      )
      expect(await asIfUnguarded('council_sign_off', forgedSeat)).toContain('sign-off-matches-log')
      // What seats have signed is held by their signatures as well, triggers or none.
      await world.database.asOwner('alter table council_minutes disable trigger user')
      const rewritten = `update council_minutes set content = decode('7b7d', 'hex'),
        digest = encode(sha256(decode('7b7d', 'hex')), 'hex') where version = 3`
      expect(await refused(rewritten)).toMatch(/violates foreign key/)
      await world.database.asOwner('alter table council_minutes enable trigger user')
      const unread = `update council_minutes set leaf_index = 0 where version = 1`
      expect(await asIfUnguarded('council_minutes', unread)).toContain('minutes-match-log')
      const edited = `update council_topic_event set text = '没有换' where kind = 'answer'`
      expect(await asIfUnguarded('council_topic_event', edited)).toContain('topics-match-log')
      const report = `update council_action_event set proof_sha256 = null where proof_sha256 is not null`
      expect(await asIfUnguarded('council_action_event', report)).toContain('reports-match-log')
      const list = `update council_outcome set conclusion = '不换' where item_no = 1`
      expect(await asIfUnguarded('council_outcome', list)).toContain('lists-are-of-the-minutes')
      const forged = `update council_correction_answer set is_accepted = true, version = 2`
      expect(await asIfUnguarded('council_correction_answer', forged)).not.toEqual([])
    })
  })
})
