/** The rules of a community and changes of them: bytes there and back, what no community could mean, thresholds to the fen, and who may be the second. */
import { describe, expect, it } from 'vitest'
import { type Fen, fen, period } from '#kernel'
import { type ControlChange, type Controls, changedControls, type FeeStandard, requiredSteps } from '#ledger'
import { ROLES } from '#people'
import { type Approval, openSteps } from '../../app/ledger/approval.ts'
import {
  CONTROL_ACTIONS,
  changeMembers,
  checkControlChange,
  decodeControlChange,
  encodeControlChange,
  isSecondSide,
  parentOf,
  sideOf,
} from '../../app/ledger/control-change.ts'
import {
  CHARGING_MODELS,
  CONTROL_NAMES,
  checkControls,
  controlMembers,
  controlsOf,
  firstControls,
  isToldOf,
  needsChair,
} from '../../app/ledger/controls.ts'
import { fc } from '../support/properties.ts'
import { ACCOUNTS, CHART, contentOf, credit, debit } from './books.ts'

const FIRST = firstControls({ chargingModel: 'trust', publishesDetail: true })
const STANDARD: FeeStandard = {
  from: period('2025-01'),
  rates: [
    { unitKind: 'residence', per: 'm2', priceFen: fen(140n) },
    { unitKind: 'parking', per: 'unit', priceFen: fen(5_000n) },
  ],
  poll: 'POLL1',
  document: 'c'.repeat(64),
}
const LAST: FeeStandard = { ...STANDARD, from: period('2024-01'), poll: '', document: '' }
const IN_FORCE = { controls: FIRST, feeStandard: LAST }
const anyThreshold = fc.option(fc.bigInt({ min: 1n, max: 10n ** 12n }).map(fen))
const anyDays = fc.option(fc.integer({ min: 1, max: 366 }))
const anyControls: fc.Arbitrary<Controls> = fc.record({
  chairFromFen: anyThreshold,
  tellFromFen: anyThreshold,
  needsBudgetLine: fc.boolean(),
  showsSignals: fc.boolean(),
  pairedChanges: fc.boolean(),
  statementDays: anyDays,
  yearDays: anyDays,
  chargingModel: fc.constantFrom(...CHARGING_MODELS),
  publishesDetail: fc.boolean(),
  procedure: fc.constantFrom('', '2026 年 3 月版'),
  volunteerPoints: fc.boolean(),
})
const ceiling = { fiscalYear: 2025, fund: 'trust', account: '5110', amountFen: fen(100_000n) }
const CHANGES: readonly ControlChange[] = [
  { kind: 'controls', reason: 'r', before: FIRST, controls: { ...FIRST, needsBudgetLine: true } },
  { kind: 'ceiling', reason: 'r', ceiling, poll: 'P1', digest: 'a'.repeat(64) },
  { kind: 'emergency', reason: 'r', ceiling, emergency: 'roof-leak' },
  {
    kind: 'teach-rule',
    reason: 'r',
    rule: {
      ruleId: 'R',
      direction: 'in',
      contains: '张三',
      fund: 'trust',
      account: '410101',
      narration: '收费',
    },
  },
  { kind: 'retire-rule', reason: 'r', ruleId: 'R' },
  { kind: 'add-account', reason: 'r', code: '510301', nameZh: '外墙清洗', nameEn: 'Facade cleaning' },
  { kind: 'reissue', reason: 'r', period: period('2025-01') },
  {
    kind: 'adopt-budget',
    reason: 'r',
    plan: {
      fiscalYear: 2025,
      version: 1,
      lines: [{ fiscalYear: 2025, fund: 'trust', account: '5103', direction: 'out', amountFen: fen(5n) }],
      basis: {
        kind: 'vote',
        poll: 'P',
        question: 'q1',
        title: 't',
        digest: 'a'.repeat(64),
        votedFen: fen(5n),
      },
    },
  },
  {
    kind: 'map-columns',
    reason: 'r',
    file: {
      importId: 'I',
      bankAccount: '100201',
      fileSha256: 'a'.repeat(64),
      signature: 'b'.repeat(64),
      mapping: {
        headerRow: 0,
        columns: { date: [0], narration: [], amount: 1, direction: 2 },
        amountSign: null,
        directionWords: { in: ['张三'], out: ['付'], neutral: [] },
        dayFirst: false,
        yearInTitle: false,
      },
      rows: 1,
      sumInFen: fen(1n),
      sumOutFen: fen(0n),
      firstOn: null,
      lastOn: null,
      openingFen: null,
      closingFen: fen(1n),
      chainOk: null,
    },
  },
  { kind: 'fee-standard', reason: 'r', before: LAST, standard: STANDARD },
]

describe('bytes', () => {
  it('of any rules come back as they were', () => {
    fc.assert(
      fc.property(anyControls, controls => {
        expect(controlsOf(controlMembers(controls))).toEqual(controls)
        expect(changedControls(controls, controls)).toEqual([])
        expect(checkControls(controls)).toEqual({ ok: true, value: null })
      }),
    )
  })

  it('of a first standard of fees come back as they were', () => {
    const first: ControlChange = { kind: 'fee-standard', reason: 'r', before: null, standard: STANDARD }
    expect(decodeControlChange(encodeControlChange(first))).toEqual(first)
    expect(checkControlChange(first, CHART, { ...IN_FORCE, feeStandard: null }).ok).toBe(true)
  })

  it.each(CHANGES)('of a change of kind $kind come back as they were', change => {
    expect(decodeControlChange(encodeControlChange(change))).toEqual(change)
    expect(checkControlChange(change, CHART, IN_FORCE)).toEqual({ ok: true, value: null })
  })

  it('cover every kind, and the public ones never hold the words a matching rule looks for', () => {
    expect(CHANGES.map(change => change.kind).sort()).toEqual(Object.keys(CONTROL_ACTIONS).sort())
    const texts = CHANGES.map(change => JSON.stringify(changeMembers(change, true)))
    expect(texts.some(text => text.includes('张三'))).toBe(false)
    expect(JSON.stringify(changeMembers(CHANGES[3]!, false))).toContain('张三')
  })
})

describe('what cannot be meant', () => {
  it.each<[string, Partial<Controls>]>([
    ['threshold-unfit', { chairFromFen: fen(0n) }],
    ['threshold-unfit', { tellFromFen: fen(-1n) }],
    ['days-unfit', { statementDays: 0 }],
    ['days-unfit', { yearDays: 367 }],
    ['days-unfit', { yearDays: 1.5 }],
    ['procedure-too-long', { procedure: '规'.repeat(61) }],
  ])('%s', (code, changes) => {
    expect(checkControls({ ...FIRST, ...changes })).toMatchObject({ error: { code } })
  })

  const ofKind = (kind: ControlChange['kind']) => CHANGES.find(change => change.kind === kind)!
  const controls = ofKind('controls')
  const voted = ofKind('ceiling')
  const emergency = ofKind('emergency')
  const account = ofKind('add-account')
  const fees = ofKind('fee-standard')
  it.each<[string, ControlChange]>([
    ['reason-missing', { ...controls, reason: ' ' }],
    ['reason-too-long', { ...controls, reason: '改'.repeat(201) }],
    ['reason-private', { ...controls, reason: '问 13812345678' }],
    ['nothing-changed', { kind: 'controls', reason: 'r', before: FIRST, controls: FIRST }],
    [
      'rules-moved-on',
      { kind: 'controls', reason: 'r', before: { ...FIRST, procedure: '1' }, controls: FIRST },
    ],
    ['poll-missing', { ...voted, poll: '' } as ControlChange],
    ['digest-malformed', { ...voted, digest: 'A'.repeat(64) } as ControlChange],
    ['ceiling-unfit', { ...voted, ceiling: { ...ceiling, account: '410101' } } as ControlChange],
    ['ceiling-unfit', { ...emergency, ceiling: { ...ceiling, amountFen: fen(0n) } } as ControlChange],
    ['ceiling-unfit', { ...emergency, ceiling: { ...ceiling, fund: 'nobody' } } as ControlChange],
    ['account-code-unfit', { ...account, code: '5103' } as ControlChange],
    ['account-code-unfit', { ...account, code: '100299' } as ControlChange],
    ['account-code-unfit', { ...account, code: '10020101' } as ControlChange],
    ['account-code-unfit', { ...account, code: '990001' } as ControlChange],
    ['account-name-missing', { ...account, nameEn: '' } as ControlChange],
    ['rules-moved-on', { ...fees, before: null } as ControlChange],
    ['nothing-changed', { ...fees, standard: LAST } as ControlChange],
    ['fee-rates-missing', { ...fees, standard: { ...STANDARD, rates: [] } } as ControlChange],
  ])('%s', (code, change) => {
    expect(checkControlChange(change, CHART, IN_FORCE)).toMatchObject({ error: { code } })
  })

  it('the parent of an account is the longest code that it begins with', () => {
    expect(parentOf('51010201', CHART)?.code).toBe('510102')
    expect(parentOf('510102', CHART)).toBe(null)
  })
})

describe('two people', () => {
  it('of rules, ceilings and columns are of two sides, the owners’ committee always one of them', () => {
    const pairs = ROLES.flatMap(a => ROLES.map(b => [a, b] as const))
    for (const kind of ['controls', 'ceiling', 'map-columns', 'fee-standard', 'adopt-budget'] as const) {
      for (const [a, b] of pairs) {
        const sides = new Set([sideOf(a), sideOf(b)])
        const isAllowed = sides.size === 2 && sides.has('committee')
        expect([a, b, isSecondSide(kind, a, b)]).toEqual([a, b, isAllowed])
        expect(isSecondSide(kind, b, a)).toBe(isAllowed)
      }
    }
    expect(isSecondSide('controls', 'manager', 'overseer')).toBe(false)
  })

  it('each setting has a name of its own', () => {
    expect([...CONTROL_NAMES].sort()).toEqual(Object.keys(FIRST).sort())
  })
})

describe('a threshold', () => {
  const payment = (amount: bigint) =>
    contentOf({ kind: 'payment', postings: [debit('5103', amount), credit('100201', amount)] })
  const stepsAt = (amount: bigint, chairFromFen: Fen | null) =>
    requiredSteps(payment(amount), ACCOUNTS, { ...FIRST, chairFromFen }).length

  it('is reached by its own amount, and not by a fen less', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n, max: 10n ** 12n }), amount => {
        const from = fen(amount)
        expect([amount - 1n, amount, amount + 1n].map(each => stepsAt(each, from))).toEqual([4, 5, 5])
        expect(needsChair({ chairFromFen: from }, from)).toBe(true)
        expect(isToldOf({ tellFromFen: from }, fen(amount - 1n))).toBe(false)
        expect(stepsAt(amount, null)).toBe(4)
      }),
    )
  })

  it('weighs a red entry as much as a black one, and asks nothing of a receipt', () => {
    const red = contentOf({ kind: 'reversal', postings: [debit('5103', -500n), credit('100201', -500n)] })
    expect(requiredSteps(red, ACCOUNTS, { ...FIRST, chairFromFen: fen(500n) })).toContain('release_chair')
    expect(requiredSteps(contentOf(), ACCOUNTS, { ...FIRST, chairFromFen: fen(1n) })).toHaveLength(2)
  })

  it('that was raised while only the chair was missing strands no payment', () => {
    const steps = requiredSteps(payment(100n), ACCOUNTS)
    const at = new Date('2025-01-10T00:00:00Z')
    const acts: Approval[] = steps.map((step, i) => ({ step, userId: `u${i}`, at, contentDigest: 'd' }))
    expect(openSteps(steps, acts, 'd')).toEqual([...steps, 'release_chair'])
    expect(openSteps(steps, acts.slice(1), 'd')).toEqual(steps)
    expect(openSteps(steps, acts, 'another content')).toEqual(steps)
    expect(openSteps(['prepare', 'review'], acts, 'd')).toEqual(['prepare', 'review'])
  })
})
