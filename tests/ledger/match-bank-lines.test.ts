/** The bench: rules propose, people draft, and what no voucher will hold is explained in public. Nothing posts by itself. */
import { beforeAll, expect, it } from 'vitest'
import { civilDate } from '#kernel'
import type { MatchingRule } from '#ledger'
import {
  draftProposals,
  draftVoucher,
  explainBankLine,
  readFund,
  readMatchingRules,
  readOfficeLines,
  retireRule,
  teachMatchingRule,
  withdrawDraft,
} from '#ledger/server'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import {
  ACCOUNT,
  approveAll,
  benchOf,
  entry,
  expectSound,
  must,
  post,
  statementOf,
  takeIn,
} from './office.ts'

const RULE: Omit<MatchingRule, 'ruleId'> = {
  direction: 'in',
  contains: '物业费',
  fund: 'trust',
  account: '410101',
  narration: '收物业服务费',
}

describeOnOneDatabase('the bookkeeper’s bench', open => {
  let portal: TestPortal
  let sample: SampleCommunity

  beforeAll(async () => {
    portal = openTestPortal(await open(), { now: new Date('2025-02-10T02:00:00Z') })
    sample = await openSampleCommunity(portal)
    await takeIn(
      portal,
      sample,
      statementOf([
        ['2025-01-05', '100.00', '100.00', '王小明', '3-1-1602物业费'],
        ['2025-01-05', '50.00', '150.00', '李大', '物业费'],
        ['2025-01-06', '8.00', '158.00', '赵六', '物业费'],
        ['2025-01-06', '-30.00', '128.00', '绿源保洁有限公司', '物业费退回'],
        ['2025-01-07', '0.01', '128.01', '', '账户验证'],
        ['2025-01-07', '-0.01', '128.00', '', '账户验证'],
      ]),
    )
  })

  const teach = (changes: object = {}, actor = sample.bookkeeper) =>
    teachMatchingRule(portal, actor, sample.community, { ...RULE, ...changes })
  const lineOf = async (amount: bigint) => {
    const { lines } = await benchOf(portal, sample)
    return lines.find(line => line.amountFen === amount)!.bankLine
  }
  const explain = (bankLine: string, explanation: string, actor = sample.bookkeeper) =>
    explainBankLine(portal, actor, sample.community, { bankLine, explanation })

  it('refuses rules that would publish a person, book on money, or fit everything', async () => {
    const code = async (changes: object, actor = sample.bookkeeper) => {
      const taught = await teach(changes, actor)
      return taught.ok ? null : taught.error.code
    }
    expect(await code({}, sample.manager)).toBe('not-permitted')
    expect(await code({ contains: ' 费 ' })).toBe('rule-too-short')
    expect(await code({ account: ACCOUNT })).toBe('rule-account-unfit')
    expect(await code({ account: '9999' })).toBe('rule-account-unfit')
    expect(await code({ fund: 'nobody' })).toBe('rule-fund-unknown')
    expect(await code({ narration: ' ' })).toBe('narration-empty')
    expect(await code({ narration: '收 13800138000 物业费' })).toBe('narration-private')
    expect(await readMatchingRules(portal, sample.community)).toEqual([])
  })

  it('proposes by the newest rule, and no more once it is retired', async () => {
    const older = must(await teach())
    portal.clock.advance(1000)
    const newer = must(await teach({ account: '410103', narration: '收预交物业费' }))
    expect((await readMatchingRules(portal, sample.community)).map(rule => rule.ruleId)).toEqual([
      newer.ruleId,
      older.ruleId,
    ])
    const proposed = (await benchOf(portal, sample)).proposals
    expect(proposed.map(p => [p.occurredOn, p.bankLines.length, p.rule.account])).toEqual([
      ['2025-01-05', 2, '410103'],
      ['2025-01-06', 1, '410103'],
    ])
    must(await retireRule(portal, sample.bookkeeper, sample.community, newer.ruleId))
    expect(await retireRule(portal, sample.bookkeeper, sample.community, newer.ruleId)).toEqual({
      ok: false,
      error: { code: 'rule-unknown' },
    })
    expect((await benchOf(portal, sample)).proposals.map(p => p.rule.account)).toEqual(['410101', '410101'])
  })

  it('drafts receipts for people to approve, once, and never payments', async () => {
    must(await teach({ direction: 'out', account: '5103', narration: '付保洁费' }))
    expect((await benchOf(portal, sample)).proposals).toHaveLength(3)
    const denied = await draftProposals(portal, sample.manager, sample.community, null)
    expect(denied).toEqual({ ok: false, error: { code: 'not-permitted' } })
    const third = await lineOf(800n)
    const { drafted: one } = must(await draftProposals(portal, sample.bookkeeper, sample.community, [third]))
    expect(one).toHaveLength(1)
    const { drafted, refused } = must(await draftProposals(portal, sample.bookkeeper, sample.community, null))
    expect([drafted.length, refused]).toEqual([1, []])
    const again = must(await draftProposals(portal, sample.bookkeeper, sample.community, null))
    expect(again.drafted).toEqual([])
    const bench = await benchOf(portal, sample)
    expect([bench.lines.length, bench.drafted.size]).toEqual([6, 3])
    expect((await readFund(portal, sample.community, null)).total.month.inFen).toBe(0n)
    for (const draft of [...one, ...drafted]) await approveAll(portal, sample, draft)
    expect((await benchOf(portal, sample)).lines).toHaveLength(3)
    await expectSound(portal, sample)
  })

  it('frees the lines of a draft that is withdrawn', async () => {
    const line = await lineOf(1n)
    const draft = must(
      await draftVoucher(portal, sample.bookkeeper, sample.community, entry(1n, { bankLines: [line] })),
    )
    expect((await benchOf(portal, sample)).drafted.get(line)).toBe(draft.draftId)
    must(await withdrawDraft(portal, sample.bookkeeper, sample.community, draft.draftId))
    expect((await benchOf(portal, sample)).drafted.has(line)).toBe(false)
  })

  it('a voucher moves what its lines move, holds each once, and only lines that are free', async () => {
    const line = await lineOf(1n)
    const draft = (input: Parameters<typeof entry>[1], amount = 1n) =>
      draftVoucher(portal, sample.bookkeeper, sample.community, entry(amount, input))
    expect(await draft({ bankLines: [line] }, 2n)).toEqual({
      ok: false,
      error: { code: 'bank-lines-differ', account: ACCOUNT, linesFen: 1n, postingsFen: 2n },
    })
    // Named twice it still moves once.
    expect(await draft({ bankLines: [line, line] }, 2n)).toMatchObject({
      error: { code: 'bank-lines-differ', linesFen: 1n },
    })
    expect(await draft({ bankLines: ['none'] })).toEqual({
      ok: false,
      error: { code: 'bank-line-unknown', bankLine: 'none' },
    })
    const first = must(await draft({ bankLines: [line, line] }))
    const second = must(await draft({ bankLines: [line] }))
    const key = await approveAll(portal, sample, first)
    await expect(approveAll(portal, sample, second)).rejects.toThrow('bank-line-taken')
    expect(await draft({ bankLines: [line] })).toEqual({
      ok: false,
      error: { code: 'bank-line-taken', bankLine: line, voucher: `${key.fiscalYear}-000${key.number}` },
    })
    must(await withdrawDraft(portal, sample.bookkeeper, sample.community, second.draftId))
    await expectSound(portal, sample)
  })

  it('explains once what nobody will book, without names; two people at once explain it once', async () => {
    const line = await lineOf(-1n)
    expect(await explain(line, '', sample.bookkeeper)).toMatchObject({ error: { code: 'explanation-empty' } })
    expect(await explain(line, '验证', sample.treasurer)).toEqual({
      ok: false,
      error: { code: 'not-permitted' },
    })
    expect(await explain('none', '验证')).toEqual({
      ok: false,
      error: { code: 'bank-line-unknown', bankLine: 'none' },
    })
    const payment = await lineOf(-3_000n)
    expect(await explain(line, '退给13800138000')).toMatchObject({ error: { code: 'explanation-private' } })
    const both = await Promise.all([explain(line, '银行账户验证'), explain(line, '银行账户验证，次日冲回')])
    expect(both.map(result => result.ok).sort()).toEqual([false, true])
    expect(both.find(result => !result.ok)).toEqual({
      ok: false,
      error: { code: 'bank-line-already-answered', bankLine: line },
    })
    expect((await benchOf(portal, sample)).lines.map(l => l.bankLine)).toEqual([payment])
    const { unmatched } = await readFund(portal, sample.community, null)
    expect(unmatched).toEqual({ lines: 1, sumFen: 3_000n })
    await expectSound(portal, sample)
  })

  it('names on lines are for officers, and stay out of what a voucher says', async () => {
    const posted = await readOfficeLines(portal, sample.bookkeeper, sample.community, [await lineOf(-3_000n)])
    expect(posted?.map(l => l.counterparty)).toEqual(['绿源保洁有限公司'])
    expect(
      await readOfficeLines(portal, { ...sample.bookkeeper, roles: [] }, sample.community, []),
    ).toBeNull()
    await takeIn(portal, sample, statementOf([['2025-01-08', '7.00', '135.00', '欧阳修', '停车费']]))
    const line = await lineOf(700n)
    const named = { bankLines: [line], narration: '收欧阳修停车费' }
    const draft = () => draftVoucher(portal, sample.bookkeeper, sample.community, entry(700n, named))
    expect(await draft()).toMatchObject({
      error: { problems: [{ code: 'narration-private', found: '欧阳修' }] },
    })
    const key = await post(
      portal,
      sample,
      entry(700n, { bankLines: [line], occurredOn: civilDate('2025-01-08') }),
    )
    expect(key.fiscalYear).toBe(2025)
    expect((await readFund(portal, sample.community, null)).total.month.inFen).toBe(16_501n)
  })
})
