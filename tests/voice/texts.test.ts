import { describe, expect, it } from 'vitest'
import { civilDate, parseCanonical, period } from '#kernel'
import {
  budgetLineKey,
  caseDigest,
  DEFAULT_CLOCKS,
  daysTaken,
  officesOfSeat,
  parseSubject,
  plainText,
  redact,
  SUBJECT_KINDS,
  seatOf,
  similarity,
  subjectPath,
  termOf,
} from '#voice'
import { areClocks, LONGEST_TURN_DAYS } from '../../app/voice/clocks.ts'
import { clocksLeaf, eventLeaf, textDigest } from '../../app/voice/leaf.ts'
import { monthFigures } from '../../app/voice/month.ts'
import { officeOf } from '../../app/voice/rules.ts'
import { similarTo } from '../../app/voice/similar.ts'
import { isCategory, isSeat, parseBudgetLineKey } from '../../app/voice/subject.ts'
import { fc } from '../support/properties.ts'

const ID = '0123456789abcdefghjkmnpqrs'

describe('a text that is to be public', () => {
  it.each([
    ['请打我电话 13812345678', ['mobile'], '请打我电话 ****'],
    ['电话１３８－１２３４－５６７８，谢谢', ['mobile'], '电话****，谢谢'],
    ['+86 138 1234 5678', ['mobile'], '****'],
    ['身份证 510104195003071234', ['identity'], '身份证 ****'],
    ['51010419500307123X 是我的', ['identity'], '**** 是我的'],
    ['卡号 6222 0211 0201 1234 567', ['card'], '卡号 ****'],
    ['座机 028-85551234', ['landline'], '座机 ****'],
    ['写信到 zhang.san@example.cn', ['email'], '写信到 ****'],
    ['13812345678 和 a@b.cn', ['mobile', 'email'], '**** 和 ****'],
    ['1\u200b3812345678', ['mobile'], '****'],
    ['𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖', ['mobile'], '****'],
  ])('%s', (text, found, covered) => {
    expect(redact(text)).toEqual({ found, text: covered })
  })

  it.each([
    '凭证 2026-0412 的 17,410.90 元付给了谁?',
    '3栋2单元电梯从2026年6月1日停到6月15日',
    '410202 科目的 1234567890 元是什么',
    '合同编号 20260601001',
  ])('is left as it is where nothing private stands: %s', text => {
    expect(redact(text).found).toEqual([])
    expect(redact(text).text).toBe(text)
  })

  it('never keeps a mobile number, however it is written among other text', () => {
    const gap = fc.constantFrom('', ' ', '-', '–')
    const mobile = fc
      .tuple(
        fc.integer({ min: 3, max: 9 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }),
      )
      .map(([second, rest]) => `1${second}${rest.join('')}`)
    fc.assert(
      fc.property(mobile, gap, fc.constantFrom('找', '电话:', '。'), (number, stroke, before) => {
        const written = [number.slice(0, 3), number.slice(3, 7), number.slice(7)].join(stroke)
        const { found, text } = redact(`${before}${written}，谢谢`)
        expect(found).toEqual(['mobile'])
        expect(text.replace(/\D/g, '')).toBe('')
      }),
    )
  })

  it('once covered has nothing left to cover', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), text => {
        expect(redact(redact(text).text).found).toEqual([])
      }),
    )
  })

  it('loses what nobody sees and keeps its lines', () => {
    expect(plainText('  a\u202eb\r\nc\u0000d ')).toBe('ab\nc d')
  })
})

describe('two questions', () => {
  it('are alike when they ask the same thing in other words', () => {
    expect(similarity('3栋电梯坏了三天没人修', '三栋的电梯坏了三天没有人修')).toBeGreaterThan(500)
    expect(similarity('3栋电梯坏了三天没人修', '小区门口的路灯不亮')).toBeLessThan(200)
  })

  it('are measured both ways the same, from 0 to 1000, and a text is its own twin', () => {
    const text = fc.string({ maxLength: 40 })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const permille = similarity(a, b)
        expect(permille).toBe(similarity(b, a))
        expect(permille >= 0 && permille <= 1000 && Number.isInteger(permille)).toBe(true)
        expect([0, 1000]).toContain(similarity(a, a))
      }),
    )
  })

  it('are offered most alike first, few of them, and none that is another matter', () => {
    const candidates = [
      { id: 'lamp', text: '门口路灯不亮' },
      { id: 'lift-1', text: '3栋电梯坏了' },
      { id: 'lift-2', text: '3栋电梯坏了三天没人修' },
    ]
    expect(similarTo('3栋电梯坏了三天没人修！', candidates).map(each => each.id)).toEqual([
      'lift-2',
      'lift-1',
    ])
    expect(similarTo('3栋电梯坏了三天没人修', candidates, 1)).toHaveLength(1)
    expect(similarTo('', candidates)).toEqual([])
  })
})

describe('what is asked about', () => {
  it.each([
    ['voucher', '2026-0412'],
    ['budget-line', '2026.trust.5107'],
    ['motion', ID],
    ['statement', '2026-06'],
    ['minutes', ID],
  ])('may be a %s', (kind, key) => {
    expect(parseSubject(kind, key)).toEqual({ kind, key })
  })

  it.each([
    ['voucher', '2026-04'],
    ['voucher', `2026-0412'--`],
    ['budget-line', '2026.trust'],
    ['budget-line', '2026.TRUST.5107'],
    ['motion', '../../etc'],
    ['statement', '2026-13'],
    ['statement', '2026-06-01'],
    ['person', '2026-0412'],
    ['__proto__', 'x'],
  ])('is not %s %s', (kind, key) => {
    expect(parseSubject(kind, key)).toBeNull()
  })

  it('has a seat that answers, and a page', () => {
    for (const kind of SUBJECT_KINDS) {
      expect(isSeat(seatOf(kind))).toBe(true)
      expect(officesOfSeat(seatOf(kind)).length).toBeGreaterThan(0)
      expect(subjectPath({ kind, key: '2026-06' })).toMatch(/^[a-z/0-9-]+$/)
    }
    expect(seatOf('voucher')).toBe('company')
    expect(seatOf('motion')).toBe('committee')
  })

  it('names a budget line by year, fund and account, and back', () => {
    const line = { fiscalYear: 2026, fund: 'trust', account: '5107' }
    expect(parseBudgetLineKey(budgetLineKey(line))).toEqual(line)
    expect(parseBudgetLineKey('2026.trust')).toBeNull()
    expect(isCategory('repair')).toBe(true)
    expect(isCategory('toString')).toBe(false)
  })
})

describe('clocks', () => {
  it('end on working days: five for an answer over a weekend', () => {
    expect(termOf(DEFAULT_CLOCKS, 'answerDays', civilDate('2026-07-01'))).toEqual({
      dueOn: '2026-07-08',
      isCalendarKnown: true,
    })
  })

  it('are whole days within limits', () => {
    expect(areClocks(DEFAULT_CLOCKS)).toBe(true)
    for (const days of [0, -1, 1.5, LONGEST_TURN_DAYS + 1, Number.NaN]) {
      expect(areClocks({ ...DEFAULT_CLOCKS, replyDays: days })).toBe(false)
    }
  })
})

describe('the office in which somebody acts', () => {
  it('is the first of the act that they hold', () => {
    expect(officeOf(['owner', 'bookkeeper', 'manager'], ['manager', 'bookkeeper'])).toBe('manager')
    expect(officeOf(['owner'], ['manager'])).toBeNull()
  })
})

describe('a month of requests', () => {
  const at = (day: string) => new Date(`${day}T02:00:00Z`)
  const request = (openedAt: string, repliedAt: string | null, stars: number | null = null) => ({
    openedAt: at(openedAt),
    takenAt: repliedAt === null ? null : at(openedAt),
    repliedAt: repliedAt === null ? null : at(repliedAt),
    stars,
    isOverdue: repliedAt === null,
  })

  it('counts what came in it, in working days', () => {
    const requests = [
      request('2026-07-01', '2026-07-02', 5),
      request('2026-07-03', '2026-07-06', 2),
      request('2026-07-06', '2026-07-20', 4),
      request('2026-07-31', null),
      request('2026-06-30', '2026-07-01'),
    ]
    expect(monthFigures(period('2026-07'), requests)).toEqual({
      period: '2026-07',
      listed: 4,
      taken: 3,
      replied: 3,
      overdue: 1,
      medianDays: 1,
      longestDays: 10,
      rated: 3,
      content: 2,
    })
    expect(daysTaken(at('2026-07-03'), at('2026-07-05'))).toBe(0)
  })

  it('without a reply has no time', () => {
    const figures = monthFigures(period('2026-07'), [])
    expect([figures.listed, figures.medianDays, figures.longestDays]).toEqual([0, null, null])
  })
})

describe('a leaf', () => {
  const event = {
    log: 'portal.example/c/sample',
    caseId: ID,
    kind: 'request',
    eventNo: 1,
    act: 'list',
    at: new Date('2026-07-01T01:00:00Z'),
    office: 'owner',
    detail: { isPrivate: true, dueOn: '2026-07-02' },
    textDigest: 'a'.repeat(64),
  } as const

  it('names a case by a digest that its identifier gives, and no person', () => {
    const leaf = parseCanonical(eventLeaf(event))
    expect(leaf.ok && leaf.value).toEqual({
      v: 1,
      t: 'voice.request',
      log: 'portal.example/c/sample',
      case: caseDigest(ID),
      n: 1,
      act: 'list',
      at: '2026-07-01T09:00:00+08:00',
      by: 'owner',
      text: 'a'.repeat(64),
      isPrivate: true,
      dueOn: '2026-07-02',
    })
    expect(new TextDecoder().decode(eventLeaf(event))).not.toContain(ID)
  })

  it('changes with everything in it, and a text with its salt, its words and its place', () => {
    const salt = new Uint8Array(32).fill(1)
    const digest = textDigest(salt, { text: 'a', place: 'b' })
    expect(textDigest(salt, { text: 'a', place: 'b' })).toBe(digest)
    expect(textDigest(salt, { text: 'a' })).not.toBe(digest)
    expect(textDigest(new Uint8Array(32), { text: 'a', place: 'b' })).not.toBe(digest)
    expect(eventLeaf({ ...event, office: 'manager' })).not.toEqual(eventLeaf(event))
    const days = { answerDays: 5 }
    expect(clocksLeaf('a', 1, days, event.at)).not.toEqual(clocksLeaf('a', 2, days, event.at))
  })
})
