/** The draw by a public seed: known answers made by another program, and a second way to the same answer. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Period, period } from '#kernel'
import { drawSample, SAMPLE_ROWS_MAX } from '#oversight'
import { SAMPLE_RULE, seedOf, ticketOf } from '../../app/oversight/voucher-sample.ts'
import { fc, runs } from '../support/properties.ts'

interface Known {
  readonly log: string
  readonly period: string
  readonly seed: string
  readonly rows: number
  readonly vouchers: readonly string[]
  readonly drawn: readonly { readonly voucher: string; readonly ticket: string }[]
}

const KNOWN = JSON.parse(
  readFileSync(new URL('../vectors/oversight/sample.json', import.meta.url), 'utf8'),
) as readonly Known[]

const requestOf = (known: Known) => ({ ...known, period: period(known.period) })

/** Another way: tickets as numbers, the smallest taken out one after another. */
function drawnAnotherWay(
  request: { log: string; period: Period; seed: string; rows: number },
  all: string[],
) {
  const seed = request.seed.normalize('NFKC').split(/\s+/).filter(Boolean).join(' ')
  const numberOf = (voucher: string) => {
    const hash = createHash('sha256')
    hash.update(`mingzhang-sample-1\n${request.log}\n${request.period}\n${seed}\n${voucher}`)
    return BigInt(`0x${hash.digest('hex')}`)
  }
  const left = new Map(all.map(voucher => [voucher, numberOf(voucher)]))
  const drawn: string[] = []
  while (drawn.length < request.rows && left.size > 0) {
    const [first] = [...left].reduce((least, each) => (each[1] < least[1] ? each : least))
    drawn.push(first)
    left.delete(first)
  }
  return drawn
}

describe('a draw of vouchers', () => {
  it.each(KNOWN.map((known, place) => [place, known] as const))('gives known answer %i', (_, known) => {
    const drawn = drawSample(requestOf(known), known.vouchers)
    expect(drawn.ok && drawn.value.drawn).toEqual(known.drawn)
    expect(drawn.ok && drawn.value.outOf).toBe(known.vouchers.length)
  })

  it('is another draw by another seed, month, log or rule', () => {
    const [known] = KNOWN
    const request = requestOf(known!)
    const ticket = ticketOf(request, '2026-0001')
    expect(ticketOf({ ...request, seed: '4 2 6 1 5 4' }, '2026-0001')).not.toBe(ticket)
    expect(ticketOf({ ...request, period: period('2026-05') }, '2026-0001')).not.toBe(ticket)
    expect(ticketOf({ ...request, log: 'elsewhere' }, '2026-0001')).not.toBe(ticket)
    expect(SAMPLE_RULE).toBe('mingzhang-sample-1')
  })

  it('takes a seed as everybody types it', () => {
    expect(seedOf('  ４ ２　6\t1\n5 3 ')).toBe('4 2 6 1 5 3')
    expect(seedOf('426153')).not.toBe(seedOf('4 2 6 1 5 3'))
  })

  it('refuses what is no draw', () => {
    const draw = (change: object) => {
      const drawn = drawSample({ ...requestOf(KNOWN[0]!), ...change }, ['2026-0001'])
      return drawn.ok ? 'ok' : drawn.error
    }
    expect(draw({ seed: ' \u3000 ' })).toBe('seed-missing')
    expect(draw({ seed: 'x'.repeat(201) })).toBe('seed-too-long')
    for (const rows of [0, -1, 1.5, SAMPLE_ROWS_MAX + 1, Number.NaN]) {
      expect(draw({ rows })).toBe('rows-malformed')
    }
  })

  it('is the same by another program, in whatever order the vouchers come, and a larger one begins with it', () => {
    const anyVouchers = fc
      .uniqueArray(fc.integer({ min: 1, max: 99_999 }), { maxLength: 60 })
      .map(numbers => numbers.map(number => `2026-${String(number).padStart(4, '0')}`))
    fc.assert(
      fc.property(
        anyVouchers,
        fc.string({ minLength: 1, maxLength: 40 }).filter(seed => seed.trim() !== ''),
        fc.integer({ min: 1, max: 20 }),
        (vouchers, seed, rows) => {
          const request = { log: 'portal.example/c/demo', period: period('2026-06'), seed, rows }
          if (seedOf(seed) === '' || seedOf(seed).length > 200) return
          const drawn = drawSample(request, vouchers)
          const names = drawn.ok ? drawn.value.drawn.map(each => each.voucher) : []
          expect(names).toEqual(drawnAnotherWay(request, vouchers))
          const turned = drawSample(request, [...vouchers].reverse())
          expect(turned).toEqual(drawn)
          const larger = drawSample({ ...request, rows: rows + 3 }, vouchers)
          expect(larger.ok && larger.value.drawn.slice(0, names.length).map(each => each.voucher)).toEqual(
            names,
          )
        },
      ),
      { numRuns: runs(60) },
    )
  })
})
