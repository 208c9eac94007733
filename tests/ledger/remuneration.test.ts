/** The trustee's remuneration by its published formula: floored to the fen in the owners' favour. */
import { expect, it } from 'vitest'
import { fen } from '#kernel'
import { type RemunerationFormula, trusteeRemuneration } from '#ledger'
import { decodeRemuneration, encodeRemuneration } from '../../app/ledger/remuneration.ts'
import { fc } from '../support/properties.ts'

const share = (numerator: bigint, denominator: bigint): RemunerationFormula => ({
  kind: 'share-of-receipts',
  numerator,
  denominator,
  accounts: ['410101', '410201'],
})

it.each([
  [1n, 10n, 100n, 10n],
  [1n, 10n, 109n, 10n],
  [1n, 10n, 9n, 0n],
  [2n, 3n, 100n, 66n],
  [1n, 1n, 7n, 7n],
  [0n, 10n, 100n, 0n],
  [1n, 10n, 0n, 0n],
  [1n, 10n, -100n, 0n],
])('%s/%s of %s fen is %s', (numerator, denominator, received, expected) => {
  expect(trusteeRemuneration(share(numerator, denominator), fen(received))).toBe(expected)
})

it('never more than the exact share, and less than a fen below it', () => {
  const natural = fc.bigInt({ min: 0n, max: 10n ** 15n })
  fc.assert(
    fc.property(
      natural,
      fc.bigInt({ min: 1n, max: 10n ** 6n }),
      natural,
      (numerator, denominator, received) => {
        const given = trusteeRemuneration(share(numerator, denominator), fen(received))
        expect(given * denominator <= received * numerator).toBe(true)
        expect((given + 1n) * denominator > received * numerator).toBe(true)
      },
    ),
  )
})

it('a fixed sum is that sum, whatever came in', () => {
  expect(trusteeRemuneration({ kind: 'fixed', amountFen: fen(5n) }, fen(0n))).toBe(5n)
})

it('a formula that divides by nothing or takes back is a broken invariant', () => {
  expect(() => trusteeRemuneration(share(1n, 0n), fen(1n))).toThrow('invariant broken')
  expect(() => trusteeRemuneration(share(-1n, 10n), fen(1n))).toThrow('invariant broken')
})

it('is stored and read back, and what is not a formula is not read', () => {
  for (const formula of [share(1n, 10n), { kind: 'fixed', amountFen: fen(2_000_000n) } as const]) {
    expect(decodeRemuneration(encodeRemuneration(formula))).toEqual(formula)
  }
  expect(encodeRemuneration(share(1n, 10n))).toBe(
    '{"accounts":["410101","410201"],"denominator":"10","kind":"share-of-receipts","numerator":"1"}',
  )
  expect(() => decodeRemuneration('{"kind":"whim"}')).toThrow('invariant broken')
})
