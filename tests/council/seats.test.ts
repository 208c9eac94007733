import { describe, expect, it } from 'vitest'
import {
  actionState,
  cleanLine,
  cleanText,
  committeeDecides,
  inActionOrder,
  isQuorate,
  isReference,
  isSeated,
  MEETING_KINDS,
  needsReference,
  quorumChoices,
  quorumOf,
  type Seat,
  seatsOn,
  shapeOf,
  signOffPurpose,
  TOPIC_EVENT_KINDS,
  type TopicEventKind,
  topicStages,
  topicStanding,
  whoDecides,
} from '#council'
import { civilDate } from '#kernel'
import { fc } from '../support/properties.ts'

const seat = (seatId: string, kind: Seat['kind'], more: Partial<Seat> = {}): Seat => ({
  seatId,
  body: 'council',
  kind,
  organisation: `${kind} organisation`,
  office: 'office',
  holderName: 'holder',
  deputyName: null,
  userId: null,
  isVoting: true,
  termFrom: civilDate('2026-01-01'),
  termUntil: null,
  ...more,
})

describe('seats', () => {
  it('count on every day of their term, first and last included, and on no other', () => {
    const term = { termFrom: civilDate('2026-01-10'), termUntil: civilDate('2026-02-01') }
    const on = (day: string) => isSeated(term, civilDate(day))
    expect([on('2026-01-09'), on('2026-01-10'), on('2026-02-01'), on('2026-02-02')]).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('are data: 1+3+N with any N, and party first', () => {
    const three = [
      seat('c', 'property-company'),
      seat('o', 'owners-committee'),
      seat('r', 'residents-committee'),
    ]
    for (const others of [0, 1, 7]) {
      const all = [
        ...Array.from({ length: others }, (_, index) => seat(`n${index}`, 'other')),
        ...three,
        seat('p', 'party'),
      ]
      expect(shapeOf(all)).toBe(`1+3+${others}`)
      expect(seatsOn(all, 'council', civilDate('2026-05-01')).map(each => each.seatId)).toEqual([
        'p',
        'r',
        'o',
        'c',
        ...Array.from({ length: others }, (_, index) => `n${index}`),
      ])
      expect(seatsOn(all, 'owners-committee', civilDate('2026-05-01'))).toEqual([])
    }
    expect(shapeOf([])).toBe('0+0+0')
  })
})

describe('a quorum', () => {
  it('is more than half, or two thirds, counted in whole seats', () => {
    for (let seats = 1; seats <= 40; seats++) {
      for (let present = 0; present <= seats; present++) {
        expect(isQuorate('more-than-half', seats, present)).toBe(2 * present > seats)
        expect(isQuorate('two-thirds', seats, present)).toBe(3 * present >= 2 * seats)
        expect(isQuorate('none', seats, present)).toBe(true)
        expect(committeeDecides(seats, present)).toBe(2 * present >= seats)
      }
    }
    expect(isQuorate('more-than-half', 0, 0)).toBe(false)
    expect(committeeDecides(0, 0)).toBe(false)
    expect([quorumOf('more-than-half', 5), quorumOf('two-thirds', 5), quorumOf('none', 5)]).toEqual([3, 4, 0])
  })

  it('of the owners’ committee is the law’s, and of an open-air assembly none', () => {
    expect(quorumChoices('owners-committee')).toEqual(['more-than-half'])
    expect(quorumChoices('open-air')).toEqual(['none'])
    for (const kind of MEETING_KINDS) expect(quorumChoices(kind).length).toBeGreaterThan(0)
  })
})

describe('a topic', () => {
  const events = (...kinds: TopicEventKind[]) => kinds.map(kind => ({ kind }))
  const opinion = (needsVote: boolean) => ({ opinion: 'unanimous' as const, needsVote })

  it('comes from raised to closed, and back when it is reopened', () => {
    expect(topicStanding([], [])).toBe('raised')
    expect(topicStanding([opinion(false)], [])).toBe('discussed')
    expect(topicStanding([opinion(true)], [])).toBe('awaits-vote')
    expect(topicStanding([opinion(true)], events('vote'))).toBe('in-vote')
    expect(topicStanding([opinion(true)], events('vote', 'contract'))).toBe('under-way')
    expect(topicStanding([], events('contract', 'acceptance'))).toBe('accepted')
    expect(topicStanding([], events('acceptance', 'answer'))).toBe('answered')
    expect(topicStanding([], events('answer', 'closed'))).toBe('closed')
    expect(topicStanding([opinion(false)], events('answer', 'closed', 'reopened'))).toBe('discussed')
  })

  it('goes through eight stages, of which some are not needed', () => {
    const open = (...of: Parameters<typeof topicStages>) =>
      topicStages(...of)
        .filter(({ state }) => state === 'open')
        .map(({ stage }) => stage)
        .join(' ')
    const works = 'budget contract payment acceptance'
    expect(open([], [])).toBe(`opinion vote ${works} answer`)
    expect(open([opinion(false)], [])).toBe(`${works} answer`)
    expect(open([opinion(true)], events('budget'))).toBe('vote contract payment acceptance answer')
    expect(open([opinion(true)], events('answer', 'closed'))).toBe('vote')
    expect(open([opinion(false)], events('closed'))).toBe('answer')
    expect(open([opinion(false)], events('closed', 'reopened'))).toBe(`${works} answer`)
    const all = events('vote', 'budget', 'contract', 'voucher', 'acceptance', 'answer')
    expect(topicStages([opinion(true)], all).every(({ state }) => state === 'done')).toBe(true)
    expect(topicStages([opinion(false)], events('answer'))[2]).toEqual({ stage: 'vote', state: 'not-needed' })
  })

  it('is decided by owners only where a vote is linked, whatever the council’s opinion', () => {
    expect(whoDecides([])).toBe('council-opinion')
    expect(whoDecides(events('budget', 'contract', 'answer', 'closed'))).toBe('council-opinion')
    expect(whoDecides(events('vote'))).toBe('owners-vote')
  })

  it('names votes, budget lines and vouchers by what they are, and nothing that is none', () => {
    expect(isReference('vote', '0'.repeat(26))).toBe(true)
    expect(isReference('vote', 'javascript:alert(1)')).toBe(false)
    expect(isReference('voucher', '2026-0012')).toBe(true)
    expect(isReference('voucher', '../../office')).toBe(false)
    expect(isReference('budget', '5101')).toBe(true)
    expect(isReference('budget', 'x')).toBe(false)
    expect(isReference('contract', 'any text')).toBe(true)
    expect(TOPIC_EVENT_KINDS.filter(needsReference)).toEqual(['vote', 'budget', 'voucher'])
  })
})

describe('an action item', () => {
  const day = (text: string) => civilDate(text)
  const done = { on: day('2026-05-02'), text: 'done', proofSha256: null }

  it('is overdue from the day after it was due until it is done', () => {
    const due = { dueOn: day('2026-05-01'), done: null }
    expect(actionState(due, day('2026-05-01'))).toBe('due')
    expect(actionState(due, day('2026-05-02'))).toBe('overdue')
    expect(actionState({ ...due, done }, day('2026-06-01'))).toBe('done')
  })

  it('stands overdue first, done last', () => {
    const items = [
      { name: 'done', dueOn: day('2026-01-01'), done },
      { name: 'due', dueOn: day('2026-06-01'), done: null },
      { name: 'late', dueOn: day('2026-04-01'), done: null },
      { name: 'later', dueOn: day('2026-03-01'), done: null },
    ]
    expect(inActionOrder(items, day('2026-05-01')).map(item => item.name)).toEqual([
      'later',
      'late',
      'due',
      'done',
    ])
  })
})

describe('text as people paste it', () => {
  it('keeps lists and tables readable and loses nothing that can be seen', () => {
    const pasted = '\u{FEFF}一、电梯\r\n• 年检\t已过\r\n\r\n\r\n\r\n• 困人\t两次\u{200B} \n'
    expect(cleanText(pasted, 'x')).toEqual({ ok: true, value: '一、电梯\n• 年检 | 已过\n\n• 困人 | 两次' })
    expect(cleanLine('两\r\n行', 'x')).toEqual({ ok: true, value: '两 行' })
  })

  it('refuses by name what no sheet can print, and what is endless', () => {
    expect(cleanText('a\u{202E}b', 'x')).toEqual({
      ok: false,
      error: { code: 'text-unprintable', at: 'x', detail: 'U+202E' },
    })
    expect(cleanText('好👍', 'x')).toMatchObject({ ok: false, error: { detail: 'U+1F44D' } })
    expect(cleanText('字'.repeat(100_000), 'x')).toMatchObject({
      ok: false,
      error: { code: 'text-too-long' },
    })
  })

  it('is stable: cleaning twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => {
        const once = cleanText(text, 'x')
        if (once.ok) expect(cleanText(once.value, 'x')).toEqual(once)
      }),
    )
  })
})

describe('the purpose of a sign-off', () => {
  const signOff = { communityId: 1, meetingId: 'm', version: 2, seat: 's', seenDigest: 'd' }

  it('differs with each thing it is given for', () => {
    const others = [
      { communityId: 2 },
      { meetingId: 'n' },
      { version: 3 },
      { seat: 't' },
      { seenDigest: 'e' },
    ].map(change => signOffPurpose({ ...signOff, ...change }))
    expect(new Set([signOffPurpose(signOff), ...others]).size).toBe(6)
  })
})
