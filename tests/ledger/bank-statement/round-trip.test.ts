/** Random lines, printed as each family prints them, read back equal; one changed amount never passes unseen. */
import { describe, expect, it } from 'vitest'
import { civilDate, fen, formatYuan, formatYuanPlain } from '#kernel'
import { lineKeys } from '../../../app/ledger/bank-statement/line-keys.ts'
import { fc, runs } from '../../support/properties.ts'
import { codesOf, csvOf, gb18030Of, read, utf8Of } from './making.ts'

interface Entry {
  readonly date: string
  readonly time: string
  /** Positive received, negative paid, never zero. */
  readonly amount: bigint
  readonly balance: bigint
  readonly name: string
  readonly account: string
  readonly narration: string
  readonly serial: string
}

const yuan = (amount: bigint) => formatYuan(fen(amount < 0n ? -amount : amount))
const plain = (amount: bigint) => formatYuanPlain(fen(amount))
const compact = (text: string) => text.replaceAll(/[-:]/g, '')
const OWN = '4402010009200123456'

const words = fc
  .string({
    unit: fc.constantFrom(...'物业费停车电梯维保王李赵一二三𠮷㐂䶮abc0129（）()，,"\'=+@<&'),
    minLength: 1,
    maxLength: 12,
  })
  .map(text => `甲${text}乙`)

const entries: fc.Arbitrary<Entry[]> = fc
  .array(
    fc.record({
      amount: fc.bigInt({ min: -99_999_999n, max: 99_999_999n }).filter(amount => amount !== 0n),
      name: words,
      narration: words,
      account: fc.stringMatching(/^6[0-9]{18}$/),
      seconds: fc.integer({ min: 1, max: 86_399 }),
      day: fc.integer({ min: 1, max: 28 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map(drafts => {
    let balance = 10_000_000_000n
    return drafts
      .sort((a, b) => a.day - b.day || a.seconds - b.seconds)
      .map(({ amount, day, seconds, ...rest }, index) => {
        balance += amount
        const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(part =>
          String(Math.trunc(part)).padStart(2, '0'),
        )
        const date = `2025-03-${String(day).padStart(2, '0')}`
        return {
          ...rest,
          amount,
          balance,
          date,
          time: clock.join(':'),
          serial: `S${date.replaceAll('-', '')}${index + 1}`,
        }
      })
  })

/**
 * No balance comes back, to the fen: within one day the lines may stand in any order, and a day that goes round can lose
 * a line and still be told in another order. That a day of several balances is not such a day is what is left to hold.
 */
const neverReturns = (lines: readonly Entry[]): boolean => {
  const balances = [lines[0]!.balance - lines[0]!.amount, ...lines.map(line => line.balance)].sort((a, b) =>
    a < b ? -1 : 1,
  )
  return balances.every((balance, i) => i === 0 || balance - balances[i - 1]! > 1n)
}

/** How a family prints a whole file; `chains` when it has balances, `totals` when it states sums. */
const FAMILIES: readonly {
  readonly layout: string
  readonly serial: boolean
  readonly account: boolean
  readonly print: (entries: readonly Entry[]) => string
}[] = [
  {
    layout: 'icbc-corporate-historydetail',
    serial: false,
    account: true,
    print: lines =>
      csvOf([
        ['[HISTORYDETAIL]'],
        [
          '凭证号',
          '本方账号',
          '对方账号',
          '交易时间',
          '借/贷',
          '借方发生额',
          '贷方发生额',
          '对方行号',
          '摘要',
          '用途',
          '对方单位名称',
          '余额',
          '个性化信息',
        ],
        ...lines.map(({ amount, balance, date, time, account, name, narration }) => [
          '000000000\t',
          `${OWN}\t`,
          `${account}\t`,
          `${date} ${time}\t`,
          amount < 0n ? '借' : '贷',
          amount < 0n ? yuan(amount) : '',
          amount > 0n ? yuan(amount) : '',
          '\t',
          narration,
          '',
          name,
          yuan(balance),
          '\t',
        ]),
      ]),
  },
  {
    layout: 'pab-corporate',
    serial: true,
    account: true,
    print: lines =>
      csvOf([
        [
          '交易日期',
          '传票号',
          '借方',
          '贷方',
          '余额',
          '付款人账户',
          '付款人名称',
          '收款人账户',
          '收款人名称',
          '用途',
          '摘要',
          '交易时间',
        ],
        ...lines.map(({ amount, balance, date, time, account, name, narration, serial }) => {
          const [own, other] = [
            [`="${OWN}"`, '示例业主大会'],
            [`="${account}"`, name],
          ]
          const sides = amount < 0n ? [...own, ...other] : [...other, ...own]
          const paid = amount < 0n ? plain(-amount) : '0.00'
          const received = amount > 0n ? plain(amount) : '0.00'
          return [
            compact(date),
            `="${serial}"`,
            paid,
            received,
            plain(balance),
            ...sides,
            '',
            narration,
            compact(time),
          ]
        }),
      ]),
  },
  {
    layout: 'boc-personal',
    serial: false,
    account: true,
    print: lines =>
      csvOf([
        ['中国银行交易流水明细单'],
        [
          '记账日期',
          '记账时间',
          '币别',
          '金额',
          '余额',
          '交易名称',
          '渠道',
          '网点名称',
          '附言',
          '对方账户名',
          '对方卡号/账号',
          '对方开户行',
          '借记卡号',
        ],
        ...[...lines]
          .reverse()
          .map(({ amount, balance, date, time, account, name, narration }) => [
            date,
            time,
            '人民币',
            `${amount < 0n ? '-' : ''}${yuan(amount)}`,
            yuan(balance),
            '',
            '手机银行',
            '-------------------',
            narration,
            name,
            account,
            '',
            '3167',
          ]),
      ]),
  },
  {
    layout: 'generic',
    serial: true,
    account: true,
    print: lines =>
      csvOf([
        ['账户明细'],
        [`账号：${OWN}`, '户名：示例'],
        ['交易日期', '交易时间', '借贷标志', '交易金额', '余额', '对方户名', '对方账号', '摘要', '流水号'],
        ...lines.map(({ amount, balance, date, time, account, name, narration, serial }) => [
          date.replaceAll('-', '/'),
          time,
          amount < 0n ? '借' : '贷',
          plain(amount < 0n ? -amount : amount),
          plain(balance),
          name,
          account,
          narration,
          serial,
        ]),
      ]),
  },
  {
    layout: 'wechat-personal',
    serial: true,
    account: false,
    print: lines => {
      const side = (isIn: boolean) => {
        const sided = lines.filter(({ amount }) => amount > 0n === isIn)
        const sum = sided.reduce((total, { amount }) => total + (isIn ? amount : -amount), 0n)
        return `${sided.length}笔 ${plain(sum)}元`
      }
      return csvOf([
        ['微信支付账单明细'],
        [`共${lines.length}笔记录`],
        [`收入：${side(true)}`],
        [`支出：${side(false)}`],
        ['中性交易：0笔 0.00元'],
        ['----------------------微信支付账单明细列表--------------------'],
        [
          '交易时间',
          '交易类型',
          '交易对方',
          '商品',
          '收/支',
          '金额(元)',
          '支付方式',
          '当前状态',
          '交易单号',
          '商户单号',
          '备注',
        ],
        ...lines.map(({ amount, date, time, name, narration, serial }) => [
          `${date} ${time}`,
          '',
          name,
          narration,
          amount < 0n ? '支出' : '收入',
          `¥${plain(amount < 0n ? -amount : amount)}`,
          '零钱',
          '支付成功',
          `${serial}\t`,
          '/',
          '/',
        ]),
      ])
    },
  },
]

const inTimeOrder = <Line extends { bookedAt: { date: string; time: string | null } }>(
  lines: readonly Line[],
) => {
  const stamp = ({ bookedAt }: Line) => `${bookedAt.date} ${bookedAt.time}`
  return lines.length > 1 && stamp(lines[0]!) > stamp(lines.at(-1)!) ? [...lines].reverse() : lines
}

describe.each(FAMILIES)('$layout', ({ layout, print, serial, account }) => {
  it.each([
    ['UTF-8', utf8Of],
    ['GB18030', gb18030Of],
  ] as const)('reads back equal from %s', async (_, encode) => {
    await fc.assert(
      fc.asyncProperty(entries, async lines => {
        const { outcome, statement, problems } = await read(encode(print(lines)))
        expect(problems).toEqual([])
        expect([outcome, statement!.layout]).toEqual(['accept', layout])
        const found = inTimeOrder(statement!.lines).map(line => [
          line.bookedAt,
          line.amountFen,
          line.direction,
          line.counterpartyName,
          line.narration,
          line.counterpartyAccount,
          line.serial,
        ])
        const expected = lines.map(line => [
          { date: civilDate(line.date), time: line.time },
          line.amount,
          line.amount < 0n ? 'out' : 'in',
          line.name,
          line.narration,
          account ? line.account : '',
          serial ? line.serial : null,
        ])
        expect(new Set(found.map(String))).toEqual(new Set(expected.map(String)))
        expect(found).toHaveLength(expected.length)
      }),
      { numRuns: runs(60) },
    )
  })

  it('one changed amount is held, a missing line too', async () => {
    await fc.assert(
      fc.asyncProperty(
        entries.filter(lines => lines.length > 2 && neverReturns(lines)),
        fc.nat(),
        async (lines, pick) => {
          // The first line has nothing before it to disagree with.
          const at = 1 + (pick % (lines.length - 2))
          const printed = print(lines).split('\r\n')
          const target = printed.indexOf(print([lines[at]!]).split('\r\n').at(-2)!)
          const changed = print(
            lines.map((line, i) => (i === at ? { ...line, amount: line.amount + 1n || 2n } : line)),
          ).split('\r\n')
          const tampered = printed.map((row, i) => (i === target ? changed[i]! : row)).join('\r\n')
          const missing = printed.filter((_, i) => i !== target).join('\r\n')
          for (const text of [tampered, missing])
            expect([text === print(lines), (await read(text)).outcome]).toEqual([false, 'hold'])
        },
      ),
      { numRuns: runs(40) },
    )
  })

  it('overlapping exports give the same line the same key', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.nat(), async (lines, pick) => {
        const days = [...new Set(lines.map(line => line.date))]
        const from = days[pick % days.length]!
        const part = lines.filter(line => line.date >= from)
        const keysOf = async (printed: readonly Entry[]) => {
          const { statement } = await read(print(printed))
          return lineKeys(statement!.lines).map(({ key, occurrence }) => `${key} ${occurrence}`)
        }
        const [whole, later] = [await keysOf(lines), await keysOf(part)]
        expect(new Set(whole).size).toBe(lines.length)
        expect(later.every(key => whole.includes(key))).toBe(true)
      }),
      { numRuns: runs(40) },
    )
  })
})

describe('the same lines in another coat', () => {
  it('CSV in either encoding gives the same keys', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async lines => {
        const text = FAMILIES[3]!.print(lines)
        const [a, b] = [await read(gb18030Of(text)), await read(utf8Of(`\ufeff${text}`))]
        expect(codesOf(a)).toEqual(codesOf(b))
        expect(lineKeys(a.statement!.lines)).toEqual(lineKeys(b.statement!.lines))
      }),
      { numRuns: runs(30) },
    )
  })
})
