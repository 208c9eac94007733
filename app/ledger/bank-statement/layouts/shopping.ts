/** 美团 and 京东: bills of shopping wallets, in the same form as Alipay's. */
import type { BankLayout } from '../layout.ts'
import { WALLET_DIRECTION_WORDS } from '../vocabulary.ts'

export const SHOPPING_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'meituan-personal',
    bank: 'Meituan',
    headers: ['交易成功时间', '订单标题', '收/支', '实付金额', '交易单号'],
    habits: { directionWords: WALLET_DIRECTION_WORDS },
    columns: { narration: ['订单标题', '交易类型', '备注'] },
  },
  {
    id: 'jd-personal',
    bank: 'JD',
    headers: ['交易时间', '商户名称', '交易说明', '金额', '收/支', '交易订单号'],
    habits: { directionWords: WALLET_DIRECTION_WORDS },
    columns: { narration: ['交易说明', '交易分类', '备注'] },
  },
]
