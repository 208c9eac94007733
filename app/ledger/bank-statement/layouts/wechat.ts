/** 微信支付: the personal bill (CSV, since 2025 XLSX) and the merchant's 交易账单 in its three scopes. */
import type { BankLayout } from '../layout.ts'
import { WALLET_DIRECTION_WORDS } from '../vocabulary.ts'

export const WECHAT_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'wechat-personal',
    bank: 'WeChat',
    headers: ['交易时间', '交易对方', '收/支', '金额', '当前状态', '交易单号'],
    habits: { directionWords: WALLET_DIRECTION_WORDS },
    columns: { narration: ['商品', '交易类型', '备注'] },
  },
  {
    id: 'wechat-merchant',
    bank: 'WeChat',
    headers: ['交易时间', '公众账号id', '商户号', '微信订单号', '交易状态', '应结订单金额'],
    habits: { amountSign: 'signed', refundColumn: '退款金额', refundSerialColumn: '微信退款单号' },
    columns: { amount: ['应结订单金额'], narration: ['商品名称', '商户订单号'], ownAccount: ['商户号'] },
  },
]
