/** 上海浦东发展银行: corporate with numeric cells, personal debit card as an old XLS. */
import type { BankLayout } from '../layout.ts'

export const SPDB_LAYOUTS: readonly BankLayout[] = [
  { id: 'spdb-corporate', bank: 'SPDB', headers: ['交易日期', '账务日', '借方金额', '贷方金额', '余额'] },
  { id: 'spdb-personal', bank: 'SPDB', headers: ['顺序号', '交易日期', '存入金额', '取出金额', '余额'] },
]
