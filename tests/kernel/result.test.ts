import { expect, it } from 'vitest'
import { assert, assertNever, err, ok, type Result } from '#kernel'

it('tells the good outcome from the refusal by one field', () => {
  const half = (n: number): Result<number, 'odd'> => (n % 2 === 0 ? ok(n / 2) : err('odd'))
  expect([half(4), half(5)]).toEqual([
    { ok: true, value: 2 },
    { ok: false, error: 'odd' },
  ])
})

it('throws where an invariant is broken, and only there', () => {
  expect(() => assert(1 + 1 === 2, 'sums')).not.toThrow()
  for (const nothing of [false, null, undefined, 0, '']) {
    expect(() => assert(nothing, 'what broke')).toThrow('invariant broken: what broke')
  }
  expect(() => assertNever('case' as never)).toThrow('unexpected case case')
})
