/** Banks whose export is known by its columns alone: 兴业, 华夏, 渤海, 国家开发, 四川农信, 重庆农商, 财务公司. */
import type { BankLayout } from '../layout.ts'

export const REGIONAL_LAYOUTS: readonly BankLayout[] = [
  { id: 'cib-corporate', bank: 'CIB', headers: ['银行流水号', '凭证代号', '现/转', '账户余额'] },
  { id: 'hxb-corporate', bank: 'HXB', headers: ['核心流水号', '交易描述', '明细标注', '余额'] },
  {
    id: 'cbhb-corporate',
    bank: 'CBHB',
    headers: ['账务日期', '交易日期', '借方发生额', '贷方发生额', '对方行名称'],
  },
  {
    id: 'cbhb-corporate-2',
    bank: 'CBHB',
    headers: ['交易流水号', '收支标识', '交易金额', '账户余额', '对方行名'],
  },
  {
    id: 'cdb-corporate',
    bank: 'CDB',
    headers: ['交易参考号', '付款账号', '收款账号', '收入/支出标志', '发生额'],
  },
  {
    id: 'scrcb-corporate',
    bank: 'SCRCB',
    headers: ['交易日期', '收入/支出', '收入金额', '支出金额', '对方银行/机构'],
  },
  {
    id: 'cqrcb-corporate',
    bank: 'CQRCB',
    headers: ['交易流水号', '收入金额', '支出金额', '交易账号', '交易渠道'],
  },
  { id: 'finance-company', bank: 'FC', headers: ['日期', '支付请求号', '付款金额', '收款金额', '余额'] },
]
