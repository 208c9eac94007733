import { describe, expect, it } from 'vitest'
import { maskedAddress, messageDueAt, parseMessageAddress, retryDelayMs } from '#people'
import { fc } from '../support/properties.ts'

describe('an address', () => {
  it.each([
    ['sms', '138 0013 8000', '13800138000'],
    ['sms', '+86 138-0013-8000', '13800138000'],
    ['sms', '１３８００１３８０００', '13800138000'],
    ['sms', '12345678901', null],
    ['sms', '1380013800', null],
    ['wecom', 'LiWei', 'LiWei'],
    ['wecom', 'li wei', null],
    ['email', 'li.wei@example.cn', 'li.wei@example.cn'],
    ['email', 'li.wei@example', null],
    ['email', 'Li <li@example.cn>', null],
    ['email', 'li@example.cn\nBcc: x@example.cn', null],
  ] as const)('by %s: %j is %j', (channel, text, address) => {
    const parsed = parseMessageAddress(channel, text)
    expect(parsed.ok ? parsed.value : null).toBe(address)
  })

  it('is shown by its last four characters', () => {
    expect(maskedAddress('13800138000')).toBe('…8000')
  })
})

describe('a message', () => {
  it.each([
    ['2026-07-01T09:00:00+08:00', '2026-07-01T18:00:00+08:00'],
    ['2026-07-01T18:00:00+08:00', '2026-07-01T18:00:00+08:00'],
    ['2026-07-01T18:00:01+08:00', '2026-07-02T18:00:00+08:00'],
    ['2026-07-02T00:30:00+08:00', '2026-07-02T18:00:00+08:00'],
  ])('of %s comes in the digest of %s', (now, due) => {
    expect(messageDueAt(new Date(now), true)).toEqual(new Date(due))
    expect(messageDueAt(new Date(now), false)).toEqual(new Date(now))
  })

  it('never waits longer than a day for its digest', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        now => {
          const wait = messageDueAt(now, true).getTime() - now.getTime()
          expect(wait >= 0 && wait <= 86_400_000).toBe(true)
        },
      ),
    )
  })

  it('is tried again after longer and longer pauses', () => {
    expect([1, 2, 3].map(retryDelayMs)).toEqual([60_000, 300_000, 1_500_000])
  })
})
