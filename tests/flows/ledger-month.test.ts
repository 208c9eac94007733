/**
 * The life of a bank line, as the people of a community see it: from the bank's own file to a month that is closed. After
 * every step every figure is derived again from the rows beneath, and every hash of the log.
 */
import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { addMonths, civilDate, type Fen, fen, period, periodOf, utf8 } from '#kernel'
import { postingsAgainst } from '#ledger'
import {
  closePeriod,
  draftProposals,
  draftReversal,
  draftVoucher,
  explainBankLine,
  previewClosing,
  publishRedactedCopy,
  readFund,
  readOpenDrafts,
  readPublicCopy,
  readVoucher,
  readVoucherPage,
  teachMatchingRule,
} from '#ledger/server'
import {
  ACCOUNT,
  approveAll,
  attach,
  benchOf,
  confirm,
  entry,
  expectSound,
  importOf,
  must,
  PNG,
  post,
  runJobs,
  upload,
} from '../ledger/office.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnEachDatabase } from '../support/database.ts'
import { pngChunk, pngOf } from '../support/pictures.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { approveWithFactor } from '../support/second-factor.ts'

const FILE = 'corp-icbc-historydetail-csv.csv'
const VECTORS = new URL('../vectors/bank/', import.meta.url)
const BYTES = new Uint8Array(readFileSync(new URL(FILE, VECTORS)))
/** What the file's maker knows of it. */
const TRUTH = (
  JSON.parse(readFileSync(new URL('expected.json', VECTORS), 'utf8')) as {
    readonly file: string
    readonly truth: Readonly<Record<string, number>>
  }[]
).find(({ file }) => file === FILE)!.truth
const OPENING = fen(BigInt(TRUTH.derived_opening_fen!))
const JANUARY = period('2025-01')

describeOnEachDatabase('a month of a community', open => {
  let portal: TestPortal
  let sample: SampleCommunity
  let importId: string

  beforeAll(async () => {
    portal = openTestPortal(await open(), { now: new Date('2025-04-02T02:00:00Z') })
    sample = await openSampleCommunity(portal, 'yulin', { accountNumber: '4402010009200123456' })
  })

  const fundAt = (month = JANUARY) => readFund(portal, sample.community, month)
  const unmatched = async () => (await benchOf(portal, sample)).lines
  const inJanuary = async () => (await unmatched()).filter(line => periodOf(line.bookedOn) === JANUARY)

  it('opens with the money that was there', async () => {
    await post(portal, sample, {
      ...entry(1n),
      occurredOn: civilDate('2025-01-01'),
      narration: '期初余额',
      opening: true,
      postings: [
        { fund: 'trust', account: ACCOUNT, side: 'debit', amountFen: OPENING },
        { fund: 'trust', account: '3101', side: 'credit', amountFen: OPENING },
      ],
    })
    const { total } = await fundAt()
    expect(total.month).toEqual({ openingFen: OPENING, inFen: 0n, outFen: 0n, closingFen: OPENING })
    await expectSound(portal, sample)
  })

  it('takes the bank’s file in: shown, confirmed, stored, and publicly unmatched', async () => {
    importId = await upload(portal, sample, BYTES, FILE)
    const preview = await importOf(portal, sample, importId)
    expect(preview.state).toBe('ready')
    expect(preview.reading).toMatchObject({
      rows: TRUTH.rows_total,
      rowsIn: TRUTH.rows_in,
      rowsOut: TRUTH.rows_out,
      sumInFen: BigInt(TRUTH.sum_in_fen!),
      sumOutFen: BigInt(TRUTH.sum_out_fen!),
    })
    must(await confirm(portal, sample, importId))
    await runJobs(portal)
    expect((await fundAt()).unmatched).toEqual({
      lines: TRUTH.rows_total,
      sumFen: BigInt(TRUTH.sum_in_fen! + TRUTH.sum_out_fen!),
    })
    expect((await fundAt()).bankKnownThrough).toBe('2025-03-30')
    await expectSound(portal, sample)
  })

  it('proposes receipts by what the bookkeeper taught, and posts what a second person reviewed', async () => {
    for (const [contains, account, narration] of [
      ['物业', '410101', '收物业服务费'],
      ['支付', '410202', '收临时停车费（平台结算）'],
      ['租金', '4107', '收场地租金'],
    ] as const) {
      must(
        await teachMatchingRule(portal, sample.bookkeeper, sample.community, {
          direction: 'in',
          contains,
          fund: 'trust',
          account,
          narration,
        }),
      )
      portal.clock.advance(1000)
    }
    const before = (await unmatched()).length
    const { drafted, refused } = must(await draftProposals(portal, sample.bookkeeper, sample.community, null))
    expect(refused).toEqual([])
    expect(drafted.length).toBeGreaterThan(10)
    const waiting = await readOpenDrafts(portal, sample.reviewer, sample.community, 100)
    expect(new Set(waiting!.map(draft => draft.due))).toEqual(new Set(['review']))
    expect((await fundAt()).total.month.inFen).toBe(0n)
    for (const draft of drafted) await approveAll(portal, sample, draft)
    expect((await unmatched()).length).toBeLessThan(before)
    expect((await fundAt()).total.month.inFen).toBeGreaterThan(0n)
    await expectSound(portal, sample)
  })

  it('pays only with a source document and two releases, and shows everybody a redacted copy', async () => {
    const payment = (await inJanuary()).find(line => line.amountFen < -1_000_000n)!
    const input = {
      occurredOn: payment.bookedOn,
      narration: '付电梯维保费',
      postings: postingsAgainst(
        { cashAccount: ACCOUNT, fund: 'trust', amountFen: payment.amountFen },
        '5107',
      ),
      payee: '四川蓉安电梯工程有限公司',
      documents: [] as string[],
      bankLines: [payment.bankLine],
      replaces: null,
    }
    expect(await draftVoucher(portal, sample.bookkeeper, sample.community, input)).toMatchObject({
      error: { problems: [{ code: 'document-missing' }] },
    })
    const invoice = await attach(portal, sample)
    const draft = must(
      await draftVoucher(portal, sample.bookkeeper, sample.community, { ...input, documents: [invoice] }),
    )
    const step = (
      actor: SampleCommunity['manager'],
      name: 'review' | 'release_company' | 'release_committee',
    ) =>
      approveWithFactor(portal, actor, sample.community, {
        draftId: draft.draftId,
        step: name,
        seenDigest: draft.contentDigest,
      })
    must(await step(sample.reviewer, 'review'))
    expect(await step(sample.treasurer, 'release_committee')).toMatchObject({
      error: { due: 'release_company' },
    })
    must(await step(sample.manager, 'release_company'))
    const key = must(await step(sample.treasurer, 'release_committee'))
    const redacted = must(
      await publishRedactedCopy(portal, sample.bookkeeper, sample.community, invoice, {
        bytes: pngOf([pngChunk('tEXt', utf8('Author王会计'))]),
      }),
    )
    const voucher = await readVoucher(portal, sample.community, key!)
    expect(voucher?.steps.map(s => s.role)).toEqual([
      'bookkeeper',
      'bookkeeper',
      'manager',
      'committee_treasurer',
    ])
    expect(voucher?.documents.map(d => [d.sha256, d.publicSha256])).toEqual([[invoice, redacted.sha256]])
    expect(voucher?.bankLines.map(line => line.amountFen)).toEqual([payment.amountFen])
    expect(await readPublicCopy(portal, sample.community, invoice)).toBeNull()
    expect((await readPublicCopy(portal, sample.community, redacted.sha256))?.bytes).toEqual(pngOf())
    await expectSound(portal, sample)
  })

  it('corrects a mistake in red and books it again; turnover is not inflated', async () => {
    const before = (await fundAt()).total.month
    const { vouchers } = await readVoucherPage(
      portal,
      sample.community,
      { period: JANUARY, kind: 'receipt' },
      null,
      1,
    )
    const wrong = vouchers[0]!
    const held = new Set((await unmatched()).map(line => line.bankLine))
    const red = { reverses: wrong.key, occurredOn: wrong.occurredOn, narration: '科目错误，冲销重开' }
    await approveAll(
      portal,
      sample,
      must(await draftReversal(portal, sample.bookkeeper, sample.community, red)),
    )
    // Taken back, its lines lie on the bench again.
    const lines = (await unmatched()).filter(line => !held.has(line.bankLine))
    const again = lines.reduce((sum, line) => sum + line.amountFen, 0n) as Fen
    expect(again).toBe(wrong.amountFen)
    const key = await post(portal, sample, {
      ...entry(again, {
        bankLines: lines.map(line => line.bankLine),
        replaces: wrong.key,
        narration: '收物业服务费（往期）',
      }),
      occurredOn: wrong.occurredOn,
      postings: postingsAgainst({ cashAccount: ACCOUNT, fund: 'trust', amountFen: again }, '410102'),
    })
    expect((await readVoucher(portal, sample.community, wrong.key))?.replacedBy).toEqual(key)
    expect((await fundAt()).total.month).toEqual(before)
    await expectSound(portal, sample)
  })

  it('books or explains the rest of the month, line by line', async () => {
    const document = await attach(portal, sample, Uint8Array.from([...PNG, 7]))
    const rest = await inJanuary()
    expect(rest.length).toBeGreaterThan(2)
    const left = rest.find(line => line.amountFen > 0n) ?? rest.at(-1)!
    for (const line of rest) {
      if (line === left) continue
      const account = line.amountFen < 0n ? '5199' : '4199'
      await post(portal, sample, {
        ...entry(line.amountFen, {
          bankLines: [line.bankLine],
          documents: line.amountFen < 0n ? [document] : [],
          narration: '其他收支',
        }),
        occurredOn: line.bookedOn,
        postings: postingsAgainst(
          { cashAccount: ACCOUNT, fund: 'trust', amountFen: line.amountFen },
          account,
        ),
      })
    }
    const explanation = { bankLine: left.bankLine, explanation: '付款人填错户名，下月退回' }
    must(await explainBankLine(portal, sample.bookkeeper, sample.community, explanation))
    expect(await inJanuary()).toEqual([])
    await expectSound(portal, sample)
  })

  it('closes the month: the bank’s balance and ours, and what lies between them, to the fen', async () => {
    const preview = await previewClosing(portal, sample.community, JANUARY)
    expect(preview.refusal).toBeNull()
    const [bank] = preview.reconciliations
    expect(bank!.items).toHaveLength(1)
    expect(bank!.adjustedBankFen).toBe(bank!.bankBalanceFen)
    expect(bank!.bookBalanceFen + bank!.items[0]!.amountFen).toBe(bank!.bankBalanceFen)
    const { total } = await fundAt()
    expect(total.month.closingFen).toBe(bank!.bookBalanceFen)
    expect(total.month.openingFen + total.month.inFen - total.month.outFen).toBe(total.month.closingFen)
    must(await closePeriod(portal, sample.manager, sample.community, JANUARY))
    expect((await fundAt()).reconciledThrough).toBe('2025-01-31')
    await expectSound(portal, sample)
  })

  it('and stays as it was when the next months go on and the same file comes again', async () => {
    const closed = await fundAt()
    const again = await upload(portal, sample, BYTES, FILE)
    expect((await importOf(portal, sample, again)).reading!.lines.every(line => line.known)).toBe(true)
    must(await confirm(portal, sample, again))
    await runJobs(portal)
    expect(await inJanuary()).toEqual([])
    const late = { occurredOn: civilDate('2025-01-31') }
    expect(await draftVoucher(portal, sample.bookkeeper, sample.community, entry(1n, late))).toMatchObject({
      error: { code: 'period-closed' },
    })
    const february = addMonths(JANUARY, 1)
    must(await closePeriod(portal, sample.manager, sample.community, february))
    const { month } = (await fundAt(february)).total
    expect(month.openingFen).toBe(closed.total.month.closingFen)
    expect((await fundAt()).total).toEqual(closed.total)
    await expectSound(portal, sample)
  })
})
