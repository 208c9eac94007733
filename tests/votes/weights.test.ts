/** The weight roll: it opens to the total, to no other, and to no part of it without the owner's own opening. */
import { describe, expect, it } from 'vitest'
import {
  areaCentiM2,
  type CanonicalValue,
  canonicalBytes,
  commit,
  deriveBlinding,
  parseCanonical,
  sumBlindings,
  toHex,
  utf8,
} from '../../app/kernel/index.ts'
import { checkWeightRoll, isWeightOf, makeWeightRoll, parseWeightRoll } from '../../app/votes/weights.ts'
import { fc } from '../support/properties.ts'

const secret = new Uint8Array(32).fill(1)
const weights = ['t3', 't1', 't2'].map((token, i) => ({
  token,
  area: areaCentiM2([8_950n, 12_000n, 8_950n][i]!),
  blinding: deriveBlinding(secret, token),
}))
const bytes = makeWeightRoll('p1', weights)

const phantom = toHex(commit(99n, secret))

interface RollJson {
  v: number
  poll: string
  units: { token: string; area: string }[]
  totalArea: string
  totalBlinding: string
  unitCount: number
}

function bent(change: (roll: RollJson) => unknown): Uint8Array {
  const json = parseCanonical(bytes)
  const roll = structuredClone(json.ok ? json.value : null) as unknown as RollJson
  change(roll)
  return canonicalBytes(roll as unknown as CanonicalValue)
}

describe('a weight roll', () => {
  it('is in order of token, says the total, and opens', () => {
    const roll = checkWeightRoll(bytes)
    expect(roll.ok && [...roll.value.units.keys()]).toEqual(['t1', 't2', 't3'])
    expect(roll.ok && roll.value.totalArea).toBe(29_900n)
    expect(roll.ok && toHex(roll.value.totalBlinding)).toBe(
      toHex(sumBlindings(weights.map(({ blinding }) => blinding))),
    )
    expect(toHex(makeWeightRoll('p1', weights.toReversed()))).toBe(toHex(bytes))
  })

  it('hides equal areas behind unequal commitments, and shows none of them', () => {
    const text = new TextDecoder().decode(bytes)
    for (const { area, blinding } of weights) {
      expect(text).not.toContain(`"${area}"`)
      expect(text).not.toContain(toHex(blinding))
    }
    const roll = parseWeightRoll(bytes)
    expect(roll.ok && new Set([...roll.value.units.values()].map(toHex)).size).toBe(3)
  })

  it('lets an owner check the own weight, and nobody else’s', () => {
    const roll = checkWeightRoll(bytes)
    if (!roll.ok) throw new Error(roll.error)
    const [mine, other] = weights
    expect(isWeightOf(roll.value, mine!)).toBe(true)
    expect(isWeightOf(roll.value, { ...mine!, area: areaCentiM2(8_951n) })).toBe(false)
    expect(isWeightOf(roll.value, { ...mine!, token: other!.token })).toBe(false)
    expect(isWeightOf(roll.value, { ...mine!, token: 'nobody' })).toBe(false)
    expect(isWeightOf(roll.value, { ...mine!, blinding: other!.blinding })).toBe(false)
  })

  it.each<[string, (roll: RollJson) => unknown, string]>([
    ['another total', roll => Object.assign(roll, { totalArea: '29901' }), 'weights-total-wrong'],
    [
      'another blinding',
      roll => Object.assign(roll, { totalBlinding: '00'.repeat(32) }),
      'weights-total-wrong',
    ],
    [
      'a unit more',
      roll => Object.assign(roll, { units: [...roll.units, { token: 't4', area: phantom }], unitCount: 4 }),
      'weights-total-wrong',
    ],
    [
      'a unit less',
      roll => Object.assign(roll, { units: roll.units.slice(1), unitCount: 2 }),
      'weights-total-wrong',
    ],
    ['another weight', roll => Object.assign(roll.units[0]!, { area: phantom }), 'weights-total-wrong'],
    ['no point', roll => Object.assign(roll.units[0]!, { area: 'ff'.repeat(32) }), 'weights-point-malformed'],
    ['a wrong count', roll => Object.assign(roll, { unitCount: 4 }), 'weights-malformed'],
    ['another order', roll => roll.units.reverse(), 'weights-malformed'],
    ['a token twice', roll => Object.assign(roll.units[1]!, { token: 't1' }), 'weights-malformed'],
    ['a member more', roll => Object.assign(roll, { unit: '1-101' }), 'weights-malformed'],
    ['a member more of a unit', roll => Object.assign(roll.units[0]!, { m2: '1' }), 'weights-malformed'],
    ['an area that is no number', roll => Object.assign(roll, { totalArea: '0x10' }), 'weights-malformed'],
    [
      'upper case',
      roll => Object.assign(roll.units[0]!, { area: phantom.toUpperCase() }),
      'weights-malformed',
    ],
    ['no unit', roll => Object.assign(roll, { units: [], unitCount: 0 }), 'weights-malformed'],
    ['another version', roll => Object.assign(roll, { v: 2 }), 'weights-malformed'],
  ])('with %s is refused', (_what, change, code) => {
    expect(checkWeightRoll(bent(change))).toEqual({ ok: false, error: code })
  })

  it('is refused in another spelling, and anything at all never throws', () => {
    const text = new TextDecoder().decode(bytes)
    expect(parseWeightRoll(utf8(`${text} `)).ok).toBe(false)
    fc.assert(fc.property(fc.json(), json => !checkWeightRoll(utf8(json)).ok))
  })

  it('cannot be made with one token for two units', () => {
    expect(() => makeWeightRoll('p1', [...weights, weights[0]!])).toThrow('one token')
  })
})
