/**
 * The chart of accounts of a trust-managed community, and the funds it keeps apart. Accounting data with its Chinese and
 * English names; must never hold an amount. The books are kept on a receipts-and-payments basis (收付实现制): what moves
 * money is income or expense of the month it moved.
 */

/** cash: money held at a bank or wallet; interfund: owed between two funds; the others as their names say. */
export type AccountType = 'cash' | 'interfund' | 'liability' | 'balance' | 'income' | 'expense'

export interface Account {
  /** Digits; a longer code that begins with a shorter one is its child. */
  readonly code: string
  readonly type: AccountType
  readonly nameZh: string
  readonly nameEn: string
}

export type FundKind =
  | 'trust-fund'
  | 'restricted-project'
  | 'maintenance-fund'
  | 'community-fund'
  | 'deposits-held'

/** Funds are kept apart and never netted: every voucher balances within each fund it touches. */
export interface Fund {
  readonly code: string
  readonly kind: FundKind
  readonly nameZh: string
  readonly nameEn: string
}

const row = (code: string, type: AccountType, nameZh: string, nameEn: string): Account => ({
  code,
  type,
  nameZh,
  nameEn,
})

/** Prefixes under which each bank account or wallet of a community gets a cash account of its own. */
export const CASH_PREFIX = { bank: '1002', wallet: '1012' } as const

/** The account through which one fund lends to another: shown as an internal transfer, left out of the totals. */
export const INTERFUND_ACCOUNT = '1391'

/** Where the money that was there on the first day came from. */
export const OPENING_ACCOUNT = '3101'

/** Accounts every community starts with; communities may add below them, never change them. */
export const CHART_OF_ACCOUNTS: readonly Account[] = [
  row('1391', 'interfund', '基金间往来', 'Due between funds'),
  row('2202', 'liability', '应付账款', 'Payables'),
  row('2221', 'liability', '应交税费', 'Taxes payable'),
  row('2241', 'liability', '押金及保证金', 'Deposits held'),
  row('3101', 'balance', '期初结余', 'Opening balance'),
  row('410101', 'income', '物业服务费（本期）', 'Service fees, current'),
  row('410102', 'income', '物业服务费（往期补缴）', 'Service fees, past periods'),
  row('410103', 'income', '物业服务费（预收）', 'Service fees, in advance'),
  row('410201', 'income', '固定车位费', 'Parking, fixed spaces'),
  row('410202', 'income', '临时停车费', 'Parking, casual'),
  row('4103', 'income', '充电服务收入', 'Vehicle charging'),
  row('410401', 'income', '广告：电梯', 'Advertising, lifts'),
  row('410402', 'income', '广告：道闸', 'Advertising, gates'),
  row('410403', 'income', '广告：外墙与公共区域', 'Advertising, facade and common areas'),
  row('410501', 'income', '快递柜', 'Parcel lockers'),
  row('410502', 'income', '摊位', 'Stalls'),
  row('4106', 'income', '通信基站', 'Telecom site'),
  row('4107', 'income', '一元租空间', 'One-yuan-rent spaces'),
  row('4108', 'income', '利息', 'Interest'),
  row('4109', 'income', '赔偿', 'Compensation'),
  row('411001', 'income', '共筹：居民筹', 'Co-funding, residents'),
  row('411002', 'income', '共筹：社区出', 'Co-funding, neighbourhood'),
  row('411003', 'income', '共筹：政府补', 'Co-funding, government'),
  row('411004', 'income', '共筹：企业帮', 'Co-funding, companies'),
  row('4111', 'income', '维修资金划拨', 'Maintenance-fund drawings'),
  row('4199', 'income', '其他收入', 'Other income'),
  row('510101', 'expense', '工资：项目管理', 'Wages, management'),
  row('510102', 'expense', '工资：秩序维护', 'Wages, security'),
  row('510103', 'expense', '工资：保洁', 'Wages, cleaning'),
  row('510104', 'expense', '工资：绿化', 'Wages, greening'),
  row('510105', 'expense', '工资：工程维修', 'Wages, repairs'),
  row('5102', 'expense', '社会保险', 'Social insurance'),
  row('5103', 'expense', '保洁', 'Cleaning'),
  row('5104', 'expense', '绿化', 'Greening'),
  row('5105', 'expense', '秩序维护', 'Security'),
  row('510601', 'expense', '公共用水', 'Shared water'),
  row('510602', 'expense', '公共用电', 'Shared power'),
  row('5107', 'expense', '电梯维保', 'Lifts'),
  row('5108', 'expense', '消防设施', 'Fire equipment'),
  row('5109', 'expense', '监控系统', 'Surveillance'),
  row('5110', 'expense', '维修', 'Repairs'),
  row('5111', 'expense', '受托人酬金', 'Trustee remuneration'),
  row('5112', 'expense', '税费', 'Tax'),
  row('5113', 'expense', '银行手续费', 'Bank fees'),
  row('5114', 'expense', '审计', 'Audit'),
  row('5115', 'expense', '保险', 'Insurance'),
  row('5116', 'expense', '业主委员会经费', "Owners' committee expenses"),
  row('5117', 'expense', '社区基金划缴', 'Community-fund share'),
  row('5199', 'expense', '其他支出', 'Other expenses'),
]

/** The account by its code, or null. */
export function accountByCode(accounts: readonly Account[], code: string): Account | null {
  return accounts.find(account => account.code === code) ?? null
}

/** True for money held: a bank account or a wallet. */
export function isCash(account: Account): boolean {
  return account.type === 'cash'
}

/** The next free child code below a prefix, such as `100203` after `100202`. */
export function nextChildCode(accounts: readonly Account[], prefix: string): string {
  const taken = accounts
    .filter(account => account.code.startsWith(prefix) && account.code.length === prefix.length + 2)
    .map(account => Number(account.code.slice(prefix.length)))
  const next = Math.max(0, ...taken) + 1
  if (next > 99) throw new Error(`invariant broken: no free code below ${prefix}`)
  return `${prefix}${String(next).padStart(2, '0')}`
}
