/** Notices, attendance, sections, minutes, leaves and the calendar file: each from its bytes, each with what it refuses. */
import { describe, expect, it } from 'vitest'
import {
  type Attendance,
  actionEventDigest,
  buildAttendance,
  buildMinutes,
  buildNotice,
  buildSection,
  type CouncilLeaf,
  calendarOf,
  encodeAttendance,
  encodeCouncilLeaf,
  encodeMinutes,
  encodeNotice,
  encodeRawRecord,
  encodeSection,
  minutesLines,
  type NoticeInput,
  parseAttendance,
  parseCouncilLeaf,
  parseMinutes,
  parseNotice,
  parseRawRecord,
  parseSection,
  requiredSeats,
  type Section,
  type SectionInput,
  signedInTotal,
  takingPart,
  topicDigest,
  topicEventDigest,
} from '#council'
import { canonicalBytes, civilDate, utf8 } from '#kernel'
import { conclusion, councilSeat, noticeInput } from './council-texts.ts'

const TODAY = civilDate('2026-05-01')
const built = (input: NoticeInput = noticeInput()) => {
  const notice = buildNotice('m1', input, null, TODAY)
  if (!notice.ok) throw new Error(notice.error.code)
  return notice.value
}

describe('a notice', () => {
  it('is numbered, canonical, and read back as it was', () => {
    const notice = built()
    expect(notice).toMatchObject({ version: 1, startsAt: '2026-05-20T19:30:00+08:00', cancelled: null })
    expect(notice.agenda.map(item => item.no)).toEqual([1, 2])
    expect(parseNotice(encodeNotice(notice))).toEqual(notice)
    expect(parseNotice(utf8('{ }'))).toBeNull()
  })

  it('names what is missing', () => {
    const refused = (change: Partial<NoticeInput>) => {
      const notice = buildNotice('m1', noticeInput(change), null, TODAY)
      return notice.ok ? 'ok' : notice.error.code
    }
    expect(refused({ title: ' ' })).toBe('title-missing')
    expect(refused({ place: '' })).toBe('place-missing')
    expect(refused({ agenda: [] })).toBe('agenda-missing')
    const [item] = noticeInput().agenda
    expect(refused({ agenda: Array.from({ length: 21 }, () => item!) })).toBe('agenda-too-long')
    expect(refused({ endsAt: new Date('2026-05-20T11:30:00Z') })).toBe('time-malformed')
    expect(refused({ quorum: 'none' })).toBe('quorum-not-of-this-body')
    expect(refused({ title: 'a\u{0007}' })).toBe('text-unprintable')
  })

  it('of the owners’ committee is posted seven days before; only what leaves the agenda alone may come later', () => {
    const at = (day: string) => new Date(`${day}T11:30:00Z`)
    const meeting = (day: string) =>
      noticeInput({
        kind: 'owners-committee',
        startsAt: at(day),
        endsAt: new Date(at(day).getTime() + 3_600_000),
      })
    expect(buildNotice('m', meeting('2026-05-07'), null, TODAY)).toEqual({
      ok: false,
      error: { code: 'notice-too-late', earliest: '2026-05-08' },
    })
    const posted = buildNotice('m', meeting('2026-05-08'), null, TODAY)
    if (!posted.ok) throw new Error(posted.error.code)
    const later = civilDate('2026-05-06')
    const moved = buildNotice('m', { ...meeting('2026-05-08'), place: '二楼' }, posted.value, later)
    expect(moved.ok && moved.value.version).toBe(2)
    const added = { ...meeting('2026-05-08'), agenda: meeting('2026-05-08').agenda.slice(0, 1) }
    expect(buildNotice('m', added, posted.value, later)).toMatchObject({
      ok: false,
      error: { code: 'notice-too-late' },
    })
    const cancelled = { ...added, cancelledBecause: '暴雨' }
    expect(buildNotice('m', cancelled, posted.value, later).ok).toBe(true)
  })
})

describe('attendance', () => {
  const row = (seat: string, presence: 'present' | 'absent' | 'deputy' | 'observer', more = {}) => ({
    seat,
    presence,
    interest: '',
    isRecused: false,
    ...more,
  })

  it('is taken for every seat; who leaves over an interest says which', () => {
    const taken = buildAttendance(
      ['a', 'b', 'c', 'd'],
      [row('a', 'present'), row('b', 'deputy'), row('c', 'absent'), row('d', 'observer')],
    )
    if (!taken.ok) throw new Error(taken.error.code)
    expect(takingPart(taken.value)).toEqual(['a', 'b'])
    expect(parseAttendance(encodeAttendance(taken.value))).toEqual(taken.value)
    expect(parseAttendance(utf8('[]'))).toBeNull()
    expect(buildAttendance(['a', 'b'], [row('a', 'present')])).toEqual({
      ok: false,
      error: { code: 'presence-missing', seat: 'b' },
    })
    expect(buildAttendance(['a'], [row('a', 'present', { isRecused: true })])).toEqual({
      ok: false,
      error: { code: 'interest-missing', seat: 'a' },
    })
  })

  it('of residents is a count', () => {
    expect(signedInTotal({ byQr: 3, byPaper: 7, byVoice: 2 })).toBe(12)
  })
})

const input = (change: Partial<SectionInput> = {}): SectionInput => ({
  background: '电梯已用 18 年',
  positions: [
    { seat: 'a', text: '同意大修' },
    { seat: 'b', text: ' ' },
  ],
  options: ['大修', '', '更换'],
  opinion: 'majority',
  conclusion: '建议更换',
  dissents: [{ seat: 'b', text: '费用过高' }],
  clause: 6,
  money: { amountFen: '1000', ceilingFen: '1200' },
  actions: [
    { no: 1, text: '询价', seat: 'a', dueOn: '2026-06-01' },
    { no: 2, text: '', seat: '', dueOn: '' },
  ],
  questions: [
    { question: '谁出钱？', answer: '维修资金' },
    { question: '', answer: '' },
  ],
  ...change,
})

describe('a section', () => {
  it('drops empty rows, and the clause fixes the class', () => {
    const section = buildSection(input(), ['a', 'b'])
    if (!section.ok) throw new Error(section.error.code)
    expect(section.value).toMatchObject({
      positions: [{ seat: 'a', text: '同意大修' }],
      options: ['大修', '更换'],
      vote: { clause: 6, class: 'special' },
      actions: [{ no: 1 }],
      questions: [{ question: '谁出钱？', answer: '维修资金' }],
    })
    expect(parseSection(encodeSection(section.value))).toEqual(section.value)
    expect(parseSection(utf8('null'))).toBeNull()
    expect(parseRawRecord(encodeRawRecord('原始记录'))).toBe('原始记录')
    expect(parseRawRecord(utf8('x'))).toBe('')
  })

  it('refuses what it cannot stand for', () => {
    const refused = (change: Partial<SectionInput>) => {
      const section = buildSection(input(change), ['a', 'b'])
      return section.ok ? 'ok' : section.error.code
    }
    expect(refused({ opinion: 'most' as never })).toBe('opinion-unknown')
    expect(refused({ clause: 10 })).toBe('clause-unknown')
    expect(refused({ money: { amountFen: '1.5', ceilingFen: null } })).toBe('money-malformed')
    expect(refused({ money: { amountFen: '10', ceilingFen: '9' } })).toBe('ceiling-below-amount')
    expect(refused({ actions: [{ no: 1, text: 'x', seat: 'z', dueOn: '2026-06-01' }] })).toBe(
      'action-incomplete',
    )
    expect(refused({ actions: [{ no: 1, text: 'x', seat: 'a', dueOn: '2026-02-30' }] })).toBe(
      'action-incomplete',
    )
    expect(refused({ positions: [{ seat: 'z', text: 'x' }] })).toBe('seat-unknown')
    expect(refused({ options: Array.from({ length: 31 }, () => 'x') })).toBe('rows-too-many')
    expect(refused({ background: 'x'.repeat(7000) })).toBe('text-too-long')
    expect(refused({ opinion: '', conclusion: '' })).toBe('ok')
  })
})

describe('minutes', () => {
  const seats = [
    councilSeat('a'),
    councilSeat('b', { deputyName: '代理' }),
    councilSeat('c', { isVoting: false }),
  ]
  const attendance: Attendance = {
    v: 1,
    seats: [
      { seat: 'a', presence: 'present', interest: '', isRecused: false },
      { seat: 'b', presence: 'deputy', interest: '亲属任职', isRecused: true },
      { seat: 'c', presence: 'observer', interest: '', isRecused: false },
    ],
  }
  const sections = new Map<number, Section>([
    [1, conclusion('同意')],
    [2, conclusion('再议')],
  ])
  const source = { notice: built(), seats, attendance, signIns: null, sections, rawRecord: null }

  it('hold notice, attendance and every topic, and name the deputy who came', () => {
    const minutes = buildMinutes(source)
    if (!minutes.ok) throw new Error(minutes.error.code)
    expect(minutes.value.seats.map(seat => seat.name)).toEqual(['holder a', '代理', 'holder c'])
    expect(minutes.value.quorum).toEqual({ rule: 'more-than-half', needed: 2, isMet: true })
    expect(requiredSeats(minutes.value)).toEqual(['a', 'b'])
    expect(parseMinutes(encodeMinutes(minutes.value))).toEqual(minutes.value)
    expect(parseMinutes(canonicalBytes({ v: 1 }))).toBeNull()
    expect(minutesLines(minutes.value).filter(line => line.what === 'conclusion')).toHaveLength(2)
  })

  it('say honestly that attendance was not taken', () => {
    const minutes = buildMinutes({ ...source, attendance: null })
    if (!minutes.ok) throw new Error(minutes.error.code)
    expect(minutes.value.quorum.isMet).toBeNull()
    expect(requiredSeats(minutes.value)).toEqual(['a', 'b', 'c'])
  })

  it('are not made of an unfinished topic, without seats, or of a cancelled meeting', () => {
    expect(buildMinutes({ ...source, sections: new Map([[1, conclusion('同意')]]) })).toMatchObject({
      error: { code: 'item-unfinished', item: 2 },
    })
    expect(buildMinutes({ ...source, seats: [] })).toMatchObject({ error: { code: 'seats-missing' } })
    const cancelled = { ...source.notice, cancelled: '暴雨' }
    expect(buildMinutes({ ...source, notice: cancelled })).toMatchObject({
      error: { code: 'meeting-cancelled' },
    })
  })
})

describe('what the owners’ committee decides', () => {
  const members = ['a', 'b', 'c', 'd'].map(id => councilSeat(id, { body: 'owners-committee' }))
  const minutesWith = (section: Section, kind: 'council' | 'owners-committee' = 'owners-committee') =>
    buildMinutes({
      notice: built(
        noticeInput({ kind, agenda: [{ no: 1, topicId: null, title: '路灯', source: null, minutes: 9 }] }),
      ),
      seats: members,
      attendance: null,
      signIns: null,
      sections: new Map([[1, section]]),
      rawRecord: null,
    })

  it('says how many of all members were in favour, and cannot be circulated without', () => {
    const decided = minutesWith(conclusion('修', { inFavour: 2 }))
    expect(decided.ok && decided.value.items[0]).toMatchObject({ inFavour: 2, members: 4 })
    expect(decided.ok && minutesLines(decided.value)).toContainEqual({
      what: 'in-favour',
      item: 1,
      text: '2 4',
    })
    expect(minutesWith(conclusion('修'))).toMatchObject({ error: { code: 'in-favour-missing', item: 1 } })
    expect(minutesWith(conclusion('没谈拢', { opinion: 'none' })).ok).toBe(true)
    const council = minutesWith(conclusion('修', { inFavour: 2 }), 'council')
    expect(council.ok && 'inFavour' in council.value.items[0]!).toBe(false)
  })

  it('takes a number between none and all members', () => {
    const { vote: _, ...section } = conclusion('修')
    const of = (inFavour: number) => buildSection({ ...section, clause: null, inFavour }, ['a', 'b']).ok
    expect([0, 2, 3, -1, 1.5].map(of)).toEqual([true, true, false, false, false])
  })
})

describe('a leaf of a topic and of a report', () => {
  const content = topicDigest({ title: '电梯', summary: '', source: 'request', reference: null })
  const topic = { v: 1, t: 'council.topic', log: 'l', topic: 't', number: 1, content } as const
  const report = {
    v: 1,
    t: 'council.action-event',
    log: 'l',
    meeting: 'm',
    item: 1,
    action: 1,
    no: 1,
  } as const

  it('comes back, and is none with a member too few, too many or of another kind', () => {
    for (const leaf of [topic, { ...report, content }]) {
      expect(parseCouncilLeaf(encodeCouncilLeaf(leaf))).toEqual({ ok: true, value: leaf })
    }
    for (const bad of [
      report,
      { ...topic, meeting: 'm' },
      { ...topic, number: '1' },
      { ...topic, content: 'x' },
    ])
      expect(parseCouncilLeaf(canonicalBytes(bad as never)).ok).toBe(false)
  })

  it('holds a digest that any word of the row changes', () => {
    const event = { kind: 'answer', reference: null, text: '已换', happenedOn: '2026-07-22' }
    const digests = [event, { ...event, text: '没换' }, { ...event, reference: '1' }].map(topicEventDigest)
    const reports = [null, 'a'].map(proof => actionEventDigest({ kind: 'done', text: 'x', proof }))
    expect(new Set([content, ...digests, ...reports]).size).toBe(6)
  })
})

describe('a leaf of the council', () => {
  const leaf: CouncilLeaf = {
    v: 1,
    t: 'council.signoff',
    log: 'portal.example/c/demo',
    meeting: 'm',
    version: 1,
    minutes: 'a'.repeat(64),
    seat: 's',
    stance: 'agrees',
    method: 'own-key',
  }

  it('is read back, and nothing else is taken for one', () => {
    expect(parseCouncilLeaf(encodeCouncilLeaf(leaf))).toEqual({ ok: true, value: leaf })
    const changed = (change: object) => parseCouncilLeaf(canonicalBytes({ ...leaf, ...change } as never)).ok
    expect(changed({ name: 'Zhang' })).toBe(false)
    expect(changed({ minutes: 'x' })).toBe(false)
    expect(changed({ t: 'vote.open' })).toBe(false)
    expect(changed({ t: 'toString' })).toBe(false)
    expect(parseCouncilLeaf(canonicalBytes(null)).ok).toBe(false)
  })
})

describe('the calendar file', () => {
  const event = {
    uid: 'm1@portal.example.org',
    sequence: 0,
    stampedAt: new Date('2026-05-01T01:02:03Z'),
    startsAt: '2026-05-20T19:30:00+08:00',
    endsAt: '2026-05-20T21:00:00+08:00',
    title: '议事协商会; 电梯, 停车\\',
    place: '小区党群服务站二楼会议室，从北门进入后直走到底再左转，门口有指示牌，轮椅可以通行',
    description: '一、电梯\n二、停车',
    url: 'https://portal.example.org/c/demo/council/meetings/m1',
    isCancelled: false,
  }

  it('is byte for byte what RFC 5545 asks for', () => {
    const text = calendarOf(event)
    expect(text).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Mingzhang//Council//ZH',
        'CALSCALE:GREGORIAN',
        'METHOD:PUBLISH',
        'BEGIN:VTIMEZONE',
        'TZID:Asia/Shanghai',
        'BEGIN:STANDARD',
        'DTSTART:19910915T000000',
        'TZOFFSETFROM:+0800',
        'TZOFFSETTO:+0800',
        'TZNAME:CST',
        'END:STANDARD',
        'END:VTIMEZONE',
        'BEGIN:VEVENT',
        'UID:m1@portal.example.org',
        'SEQUENCE:0',
        'DTSTAMP:20260501T010203Z',
        'DTSTART;TZID=Asia/Shanghai:20260520T193000',
        'DTEND;TZID=Asia/Shanghai:20260520T210000',
        'SUMMARY:议事协商会\\; 电梯\\, 停车\\\\',
        'LOCATION:小区党群服务站二楼会议室，从北门进入后直走到',
        ' 底再左转，门口有指示牌，轮椅可以通行',
        'DESCRIPTION:一、电梯\\n二、停车',
        'URL:https://portal.example.org/c/demo/council/meetings/m1',
        'STATUS:CONFIRMED',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:议事协商会\\; 电梯\\, 停车\\\\',
        'TRIGGER:-P1D',
        'END:VALARM',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:议事协商会\\; 电梯\\, 停车\\\\',
        'TRIGGER:-PT1H',
        'END:VALARM',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    )
    for (const line of text.split('\r\n')) expect(utf8(line).length).toBeLessThanOrEqual(75)
  })

  it('takes a meeting back out of the calendar, and lets nothing be smuggled into a line', () => {
    const text = calendarOf({ ...event, sequence: 3, isCancelled: true, title: 'x\r\nBEGIN:VALARM\u{0007}' })
    expect(text).toContain('METHOD:CANCEL\r\n')
    expect(text).toContain('STATUS:CANCELLED\r\n')
    expect(text).toContain('SUMMARY:x\\nBEGIN:VALARM\r\n')
    expect(text).not.toContain('\r\nBEGIN:VALARM')
  })
})
