/**
 * The demo community as data: who lives, works and pays there, month by month, from a seeded source. Fictional throughout;
 * any likeness is chance. Pure but for the seed it is given: the same seed gives the same community, to the byte.
 */
import { type CivilDate, civilDate, type Fen, fen, formatYuanPlain, type Period, sumFen } from '#kernel'
import { type RemunerationFormula, trusteeRemuneration } from '#ledger'

/** A line the bank will show. */
export interface DemoBankLine {
  readonly on: CivilDate
  readonly time: string
  /** + received, - paid. */
  readonly amountFen: Fen
  readonly counterparty: string
  readonly counterpartyAccount: string
  readonly purpose: string
}

/** A payment with what the bookkeeper writes for it. */
export interface DemoPayment extends DemoBankLine {
  readonly account: string
  readonly narration: string
  /** Which contract stands behind it: a key of `DEMO_CONTRACTS`. */
  readonly contract: string
}

export interface DemoMonth {
  readonly period: Period
  readonly receipts: readonly DemoBankLine[]
  readonly payments: readonly DemoPayment[]
}

export const DEMO_ACCOUNT_NUMBER = '4402010009200123456'
export const DEMO_MAINTENANCE_NUMBER = '5100187083605123789'
export const DEMO_OPENING_FEN = fen(62_184_530n)
export const DEMO_MAINTENANCE_OPENING_FEN = fen(318_740_000n)

/** The trustee earns eight hundredths of the service fees that came in. */
export const DEMO_REMUNERATION: RemunerationFormula = {
  kind: 'share-of-receipts',
  numerator: 8n,
  denominator: 100n,
  accounts: ['410101', '410102', '410103'],
}

/** Rules the demo bookkeeper taught: what a receipt says, and the account it belongs to. */
export const DEMO_RULES = [
  { contains: '物业费', account: '410101', narration: '收物业服务费（本期）' },
  { contains: '补缴', account: '410102', narration: '收物业服务费（往期补缴）' },
  { contains: '月租车位', account: '410201', narration: '收固定车位费' },
  { contains: '停车商户结算', account: '410202', narration: '收临时停车费（商户结算）' },
  { contains: '充电', account: '4103', narration: '收充电服务收入' },
  { contains: '梯内广告', account: '410401', narration: '收电梯广告费' },
  { contains: '道闸广告', account: '410402', narration: '收道闸广告费' },
  { contains: '快递柜', account: '410501', narration: '收快递柜场地费' },
  { contains: '基站', account: '4106', narration: '收通信基站场地费' },
  { contains: '共享空间', account: '4107', narration: '收一元租空间使用费' },
  { contains: '结息', account: '4108', narration: '收银行存款利息' },
] as const

/** Contracts behind the payments: what a source document of each shows. */
export const DEMO_CONTRACTS: Readonly<Record<string, { readonly payee: string; readonly subject: string }>> =
  {
    wages: { payee: '蓉和物业服务有限公司', subject: '项目人员工资表' },
    insurance: { payee: '成都市社会保险管理局', subject: '社会保险缴费通知单' },
    cleaning: { payee: '成都净邻保洁服务有限公司', subject: '保洁服务合同与月度验收单' },
    greening: { payee: '四川绿檐园林有限公司', subject: '绿化养护合同与验收单' },
    power: { payee: '国网四川省电力公司成都供电公司', subject: '公共用电电费发票' },
    water: { payee: '成都市自来水有限责任公司', subject: '公共用水水费发票' },
    lift: { payee: '四川蓉安电梯工程有限公司', subject: '电梯维保合同与维保记录' },
    fire: { payee: '成都安舍消防技术有限公司', subject: '消防设施维保合同与检测报告' },
    trustee: { payee: '蓉和物业服务有限公司', subject: '受托人酬金计算表' },
    audit: { payee: '四川明度会计师事务所', subject: '年度审计业务约定书与报告' },
    surveillance: { payee: '成都视安智能科技有限公司', subject: '监控系统维护合同' },
    liability: { payee: '中国人民财产保险股份有限公司成都分公司', subject: '公众责任保险单' },
    repairs: { payee: '成都匠心建筑维修有限公司', subject: '维修工程合同与验收照片' },
  }

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻'
const GIVEN = [
  '桂芳',
  '建国',
  '雅琴',
  '志强',
  '玉兰',
  '晓东',
  '淑珍',
  '文博',
  '梓涵',
  '德明',
  '春燕',
  '国庆',
  '思远',
  '秀英',
  '浩然',
]

/** Deterministic choices from a stream of bytes. */
export interface Choices {
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number
}

/** Choices drawn from a byte source, such as the platform's seeded one. */
export function choicesOf(bytes: (length: number) => Uint8Array): Choices {
  return {
    between(least, most) {
      const [a = 0, b = 0, c = 0] = bytes(3)
      return least + (((a << 16) | (b << 8) | c) % (most - least + 1))
    },
  }
}

function pick<T>(choices: Choices, items: readonly T[]): T {
  return items[choices.between(0, items.length - 1)]!
}

function day(period: Period, of: number): CivilDate {
  return civilDate(`${period}-${String(of).padStart(2, '0')}`)
}

function clock(choices: Choices): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(choices.between(8, 17))}:${two(choices.between(0, 59))}:${two(choices.between(0, 59))}`
}

function personalCard(choices: Choices): string {
  return `6222${String(choices.between(10_000_000, 99_999_999))}${String(choices.between(1_000_000, 9_999_999))}`
}

/** Fen a square metre of a flat a month: what the first standard asks, and the second from 2026 on. */
export const DEMO_FEE_PRICES = { first: 130n, second: 140n } as const

/** Owners pay at the counter's three days a month, most of them for about a year: area times the price of that year. */
function serviceFees(choices: Choices, period: Period): DemoBankLine[] {
  const areas = [8_950n, 10_530n, 11_860n, 13_620n]
  const price = period < '2026-01' ? DEMO_FEE_PRICES.first : DEMO_FEE_PRICES.second
  return [6, 14, 22].flatMap(of =>
    Array.from({ length: choices.between(9, 13) }, () => {
      const unit = `${choices.between(1, 6)}-${choices.between(1, 2)}-${choices.between(1, 18)}0${choices.between(1, 4)}`
      const late = choices.between(1, 14) === 1
      const months = BigInt(choices.between(10, 12))
      return {
        on: day(period, of),
        time: clock(choices),
        amountFen: fen((pick(choices, areas) * price * months) / 100n),
        counterparty: `${pick(choices, [...SURNAMES])}${pick(choices, GIVEN)}`,
        counterpartyAccount: personalCard(choices),
        purpose: late ? `${unit}补缴往期` : `${unit}物业费`,
      }
    }),
  )
}

function commonIncome(choices: Choices, period: Period): DemoBankLine[] {
  const month = Number(period.slice(5))
  const company = (of: number, yuan: number, counterparty: string, purpose: string): DemoBankLine => ({
    on: day(period, of),
    time: clock(choices),
    amountFen: fen(BigInt(yuan) * 100n + BigInt(choices.between(0, 99))),
    counterparty,
    counterpartyAccount: `2438${choices.between(10_000_000, 99_999_999)}`,
    purpose,
  })
  const lines = [
    company(
      10,
      choices.between(23_000, 27_500),
      '财付通支付科技有限公司',
      `停车商户结算${period.slice(5)}10`,
    ),
    company(
      25,
      choices.between(21_000, 26_000),
      '财付通支付科技有限公司',
      `停车商户结算${period.slice(5)}25`,
    ),
    company(12, choices.between(15_800, 17_200), '财付通支付科技有限公司', '月租车位收款汇总'),
    company(18, choices.between(3_100, 5_400), '成都快充新能源有限公司', '充电分成结算'),
  ]
  if (month % 3 === 1) lines.push(company(8, 18_000, '成都分众传媒有限公司', '梯内广告费（季度）'))
  if (month % 6 === 2) lines.push(company(9, 9_600, '四川道行广告有限公司', '道闸广告费（半年）'))
  if (month % 3 === 2) lines.push(company(16, 2_400, '丰巢网络技术有限公司', '快递柜场地费'))
  if (month === 5) lines.push(company(20, 26_000, '中国铁塔股份有限公司成都分公司', '基站场地费（年）'))
  // Nobody has taught a rule for these two: the running month leaves the bookkeeper something to do.
  if (period === '2026-11') lines.push(company(7, 1_200, '成都鲜果社区店', '十一月摊位费'))
  if (period === '2026-11') lines.push(company(13, 860, '成都快修汽车服务有限公司', '道闸撞损赔偿款'))
  lines.push(company(19, choices.between(300, 900), '武侯区邻里互助社', '共享空间使用费'))
  if (month % 3 === 0) lines.push(company(21, choices.between(280, 460), '中国工商银行', '存款结息'))
  return lines
}

/** What the month's service fees come to under the formula. */
function remunerationOn(receipts: readonly DemoBankLine[]): Fen {
  const fees = receipts.filter(line => /物业费|补缴/.test(line.purpose)).map(line => line.amountFen)
  return trusteeRemuneration(DEMO_REMUNERATION, sumFen(fees))
}

function paymentsOf(choices: Choices, period: Period, receipts: readonly DemoBankLine[]): DemoPayment[] {
  const month = Number(period.slice(5))
  const pay = (
    of: number,
    yuan: number,
    account: string,
    contract: string,
    narration: string,
  ): DemoPayment => ({
    on: day(period, of),
    time: clock(choices),
    amountFen: fen(-(BigInt(yuan) * 100n + BigInt(choices.between(0, 99)))),
    counterparty: DEMO_CONTRACTS[contract]!.payee,
    counterpartyAccount: `4402${choices.between(10_000_000, 99_999_999)}`,
    purpose: narration,
    account,
    narration,
    contract,
  })
  const name = `${month}月`
  const payments = [
    pay(15, choices.between(33_500, 34_500), '510102', 'wages', `${name}秩序维护人员工资`),
    pay(20, choices.between(9_800, 10_600), '5102', 'insurance', `${name}社会保险`),
    pay(26, choices.between(17_800, 18_200), '5103', 'cleaning', `${name}保洁服务费`),
    pay(
      27,
      choices.between(11_500, month > 5 && month < 10 ? 17_000 : 13_000),
      '510602',
      'power',
      `${name}公共用电`,
    ),
    pay(28, 8_800, '5107', 'lift', `${name}电梯维保费`),
    { ...pay(28, 0, '5111', 'trustee', `${name}受托人酬金`), amountFen: fen(-remunerationOn(receipts)) },
  ]
  if (month % 2 === 0)
    payments.push(pay(24, choices.between(2_100, 3_300), '510601', 'water', `${name}公共用水`))
  if (month % 3 === 0) payments.push(pay(23, 6_400, '5104', 'greening', '季度绿化养护费'))
  if (month % 6 === 4) payments.push(pay(22, 7_500, '5108', 'fire', '半年消防设施维保费'))
  if (month === 3) payments.push(pay(18, 16_000, '5114', 'audit', '上年度审计费'))
  if (month === 6) payments.push(pay(17, 9_200, '5115', 'liability', '公众责任保险费'))
  if (month === 8) payments.push(pay(19, 5_600, '5109', 'surveillance', '监控系统年度维护'))
  if (month % 4 === 1)
    payments.push(pay(21, choices.between(3_200, 9_800), '5110', 'repairs', '公共区域维修'))
  return payments
}

/** One month of the community. */
export function demoMonth(choices: Choices, period: Period): DemoMonth {
  const receipts = [...serviceFees(choices, period), ...commonIncome(choices, period)]
  return { period, receipts, payments: paymentsOf(choices, period, receipts) }
}

const HEADER =
  '凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息'

/**
 * The month as the bank exports it: the HISTORYDETAIL layout of ICBC's corporate bank, oldest line first, balances chained
 * from the opening. Text; it is encoded like the bank's own files by who uploads it.
 */
export function demoBankFile(
  accountNumber: string,
  openingFen: Fen,
  lines: readonly DemoBankLine[],
): { readonly text: string; readonly closingFen: Fen } {
  const sorted = [...lines].sort((a, b) => (`${a.on} ${a.time}` < `${b.on} ${b.time}` ? -1 : 1))
  let balance: bigint = openingFen
  const rows = sorted.map(line => {
    balance += line.amountFen
    const isPaid = line.amountFen < 0n
    const amount = formatYuanPlain(isPaid ? fen(-line.amountFen) : line.amountFen)
    return [
      '000000000\t',
      `${accountNumber}\t`,
      `${line.counterpartyAccount}\t`,
      `${line.on} ${line.time}\t`,
      isPaid ? '借' : '贷',
      isPaid ? amount : '',
      isPaid ? '' : amount,
      '\t',
      line.purpose,
      '',
      line.counterparty,
      formatYuanPlain(fen(balance)),
      '',
    ].join(',')
  })
  return { text: ['[HISTORYDETAIL]', HEADER, ...rows, ''].join('\r\n'), closingFen: fen(balance) }
}
