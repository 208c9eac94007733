/** The rules of letters: who gets one, what is printed, what may be typed. */
import { describe, expect, it } from 'vitest'
import { areaCentiM2, idOf, isId } from '#kernel'
import {
  CODE_REASONS,
  groupedCode,
  isClaimProof,
  isCodeReason,
  maskedName,
  parseLastFour,
  planLetters,
  type RegisteredUnit,
  typedCode,
} from '#people'
import { fc } from '../support/properties.ts'

function unit(unitId: string, owners: readonly string[]): RegisteredUnit {
  return {
    unitId,
    building: unitId.split('-')[0]!,
    entrance: '',
    number: unitId,
    kind: 'residence',
    areaCentiM2: areaCentiM2(8950n),
    areaSource: 'register',
    status: 'delivered',
    owners,
  }
}

const NOBODY: ReadonlySet<string> = new Set()

describe('letters', () => {
  it('are one a household, in reading order, with a place for each owner', () => {
    const units = [unit('10栋-101', ['c']), unit('2栋-101', ['a', 'b'])]
    const provable = new Set(['a', 'b', 'c'])
    expect(planLetters(units, { withAccount: NOBODY, provable })).toEqual([
      {
        unitId: '2栋-101',
        building: '2栋',
        slots: [
          { personId: 'a', kind: 'code' },
          { personId: 'b', kind: 'code' },
        ],
      },
      { unitId: '10栋-101', building: '10栋', slots: [{ personId: 'c', kind: 'code' }] },
    ])
  })

  it('hold no code for somebody with an account, and for nobody whose proof is not on record', () => {
    const units = [unit('1栋-101', ['a', 'b']), unit('1栋-102', ['a']), unit('1栋-103', [])]
    const planned = planLetters(units, { withAccount: new Set(['a']), provable: new Set(['a']) })
    expect(planned).toEqual([
      {
        unitId: '1栋-101',
        building: '1栋',
        slots: [
          { personId: 'a', kind: 'has-account' },
          { personId: 'b', kind: 'desk' },
        ],
      },
    ])
  })
})

describe('what is typed', () => {
  it('takes the last four with spaces and full width, and nothing else', () => {
    expect(['1234', ' 12 34 ', '１２３４', '123x', '123X'].map(parseLastFour)).toEqual([
      '1234',
      '1234',
      '1234',
      '123X',
      '123X',
    ])
    for (const text of ['', '123', '12345', 'X123', '12a4', '····']) expect(parseLastFour(text)).toBeNull()
  })

  it('reads every code back from its groups, whatever the hand made of it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), bytes => {
        const code = idOf(bytes)
        const printed = groupedCode(code)
        expect(printed.split(' ').map(group => group.length)).toEqual([4, 4, 4, 4, 4, 4, 2])
        expect(typedCode(printed.toUpperCase())).toBe(code)
        expect(typedCode(printed.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll(' ', '－'))).toBe(code)
        expect(isId(typedCode(`${printed}x`))).toBe(false)
      }),
    )
  })
})

describe('words of letters', () => {
  it('show the ends of a name', () => {
    expect(['张三', '张三甲', '欧阳三甲', '张', '', 'Anna Maria'].map(maskedName)).toEqual([
      '张*',
      '张*甲',
      '欧**甲',
      '*',
      '*',
      'A****a',
    ])
  })

  it('know their proofs, and which reason goes with whom', () => {
    expect(['none', 'phone', 'identity', 'name', ''].map(isClaimProof)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
    expect(CODE_REASONS.filter(reason => isCodeReason(reason, 'tenant'))).toEqual(['tenancy'])
    expect(CODE_REASONS.filter(reason => isCodeReason(reason, 'owner'))).toHaveLength(4)
    expect(isCodeReason('because', 'owner')).toBe(false)
  })
})
