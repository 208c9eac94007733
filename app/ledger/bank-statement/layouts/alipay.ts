/** 支付宝: the personal bill of the app, the older one of the web site, and the business account's 账务明细. */
import type { BankLayout } from '../layout.ts'
import { WALLET_DIRECTION_WORDS } from '../vocabulary.ts'

export const ALIPAY_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'alipay-personal',
    bank: 'Alipay',
    headers: ['交易时间', '交易分类', '交易对方', '收/支', '金额', '交易状态'],
    habits: { directionWords: WALLET_DIRECTION_WORDS },
    columns: { narration: ['商品说明', '交易分类', '备注'] },
  },
  {
    id: 'alipay-personal-web',
    bank: 'Alipay',
    headers: ['交易号', '交易创建时间', '付款时间', '收/支', '金额', '交易状态'],
    habits: { directionWords: WALLET_DIRECTION_WORDS, dateFallsBack: true },
    columns: { date: ['付款时间', '交易创建时间'], narration: ['商品名称', '类型', '备注'] },
  },
  {
    id: 'alipay-business',
    bank: 'Alipay',
    headers: ['账务流水号', '业务流水号', '发生时间', '收入金额', '支出金额'],
    columns: { narration: ['商品名称', '业务类型', '备注', '商户订单号'] },
  },
]
