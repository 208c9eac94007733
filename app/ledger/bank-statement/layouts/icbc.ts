/** 中国工商银行: corporate HISTORYDETAIL in three codings of direction, and the personal detail download. */
import type { BankLayout } from '../layout.ts'

export const ICBC_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'icbc-corporate-historydetail',
    bank: 'ICBC',
    headers: ['凭证号', '对方账号', '交易时间', '余额'],
    title: /HISTORYDETAIL/,
  },
  { id: 'icbc-corporate-detail', bank: 'ICBC', headers: ['凭证号', '对方单位', '本方账号', '余额'] },
  { id: 'icbc-personal', bank: 'ICBC', headers: ['交易日期', '记账金额(收入)', '记账金额(支出)', '余额'] },
]
