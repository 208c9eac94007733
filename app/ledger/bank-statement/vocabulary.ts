/**
 * The words banks print: column headers, labels above and below the table, directions, statuses. One shared table for
 * all layouts, written in the form `normalLabel` gives. Data only; the order inside a role is the order of preference.
 */

/** What a column is for. */
export const COLUMN_ROLES = [
  'date',
  'time',
  'in',
  'out',
  'amount',
  'direction',
  'balance',
  'counterpartyName',
  'counterpartyAccount',
  'payerName',
  'payerAccount',
  'payeeName',
  'payeeAccount',
  'narration',
  'serial',
  'currency',
  'status',
  'fee',
  'ownAccount',
  'ownName',
  'sequence',
] as const

export type ColumnRole = (typeof COLUMN_ROLES)[number]

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Header words by role. A header that is in two roles (交易时间) is settled by what stands beneath it. */
export const COLUMN_WORDS: Readonly<Record<ColumnRole, readonly string[]>> = {
  date: words(`交易日期 交易时间 交易日 交易成功时间 交易日期时间 交易日期及时间 交易发生日期 发生时间 发生日期 付款时间 支付时间
    完成时间 交易完成时间 入账时间 业务日期 日期 时间 日期时间 记账日期 记账日 记账时间 入账日期 入账日 银行记账日 过账日期 会计日期 账务日期
    账务日 交易创建时间 创建时间 起息日期 起息日 transactiondate bookingdate date date/time datetime postdate postingdate valuedate`),
  time: words('交易时间 交易时间戳 交易具体时间 时间 发生时间 记账时间 入账时间 time transactiontime'),
  in: words(`记账金额(收入) 贷方发生额 贷方金额 贷方发生金额 贷方交易金额 贷方 贷 贷方发生额(收入) 贷方金额(收入) 贷方(收入) 收入(贷方) 收入金额
    收入 收入额 收入发生额 存入金额 存入 存入额 转入金额 转入 收款金额 收方金额 收方发生额 收方 贷记金额 进账金额 发生额贷方 交易金额(收入)
    金额(收入) 收入金额(贷) 贷方金额(cr) credit creditamount credits deposit deposits moneyin`),
  out: words(`记账金额(支出) 借方发生额 借方金额 借方发生金额 借方交易金额 借方 借 借方发生额(支取) 借方发生额(支出) 借方金额(支出) 借方(支出)
    支出(借方) 支出金额 支出 支出额 支出发生额 支取金额 支取 取出金额 取出 转出金额 转出 付款金额 付方金额 付方发生额 付方 借记金额 发生额借方
    交易金额(支出) 金额(支出) 支出金额(借) 借方金额(dr) debit debitamount debits withdrawal withdrawals moneyout`),
  amount:
    words(`入账金额 结算金额 记账金额 入账币种/金额 人民币金额 实付金额 billingamount 交易金额 发生额 金额 发生金额 交易额 收支金额
    变动金额 交易币种/金额 应结订单金额 订单金额 交易地金额 amount transactionamount tradeamount`),
  direction:
    words(`借贷标志 借/贷 借贷 借贷方向 借贷标识 借贷标记 借/贷标志 收/支 收支 收支标识 收支标志 收支方向 收支类型 收入/支出
    收入/支出标志 收/付 收付 收付标志 收付方向 收付标识 方向 交易方向 存取标志 credit/debit debit/credit dr/cr d/c`),
  balance:
    words(`余额 账户余额 交易后余额 本次余额 联机余额 账面余额 当前余额 交易余额 结余 结余金额 可用余额 卡余额 balance runningbalance
    after-transactionbalance`),
  counterpartyName:
    words(`对方户名 对方账户名称 对方账户名 对方账号名称 对方账户户名 对方名称 对方单位名称 对方单位 对方姓名 对方客户名称 对方公司
    对手户名 对手名称 对手信息 交易对方 交易对方户名 交易对方名称 交易对手 交易对手名称 交易对手户名 收(付)方名称 收付方名称 收/付方名称 收付款人名称 对方
    商户名称 商家名称 往来单位 往来户名 merchantname counterparty payee`),
  counterpartyAccount:
    words(`对方账号 对方账户 对方账户号 对方账户账号 对方卡号 对方卡号/账号 对方账号/卡号 对方账卡号 对手账号 交易对手账号 交易对方账号
    收(付)方账号 收付方账号 收/付方账号 往来账号`),
  payerName: words(
    '付款人名称 付款人户名 付款人 付款户名 付款方户名 付款方名称 付款方 付款单位 付款单位名称 付方户名 付方名称',
  ),
  payerAccount: words('付款人账号 付款人账户 付款账号 付款方账号 付款方账户 付款账户 付方账号'),
  payeeName: words(
    '收款人名称 收款人户名 收款人 收款户名 收款方户名 收款方名称 收款方 收款单位 收款单位名称 收方户名 收方名称',
  ),
  payeeAccount: words('收款人账号 收款人账户 收款账号 收款方账号 收款方账户 收款账户 收方账号'),
  narration:
    words(`摘要 交易摘要 用途 交易用途 附言 交易附言 客户附言 商品 商品说明 商品名称 订单标题 交易说明 交易描述 交易详情 交易内容 说明
    备注 业务摘要 其它摘要 扩展摘要 客户摘要 摘要说明 摘要备注 description details remark remarks purpose reference memo narrative 交易名称 交易类型
    业务类型 交易分类 交易场所 交易地点 业务名称 明细标注`),
  serial:
    words(`交易流水号 流水号 银行流水号 核心流水号 账户明细编号-交易流水号 账务流水号 交易日志号 日志号 交易单号 交易订单号 交易号 微信订单号
    传票号 交易编号 交易参考号 主机流水号 柜员流水号 ref serialno transactionreferencenumber transactionid`),
  currency: words(
    `记账币种 结算币种 入账货币 入账币种 币种 币别 货币 交易币种 交易货币 货币种类 billingcurrency currency ccy`,
  ),
  status: words('交易状态 当前状态 状态 订单状态 transactionstatus status'),
  fee: words('手续费 服务费 手续费总额'),
  ownAccount: words(
    `本方账号 查询账号 账号 账户号 我方账号 本方账户 本方卡号 交易账号 银行账号 accountnumber accountno`,
  ),
  ownName: words('本方户名 本方账户名称 本方单位名称 户名 账户名称 账户名 我方户名'),
  sequence: words('序号 顺序号 编号 行号 no item'),
}

/** Words of direction cells, in the form `normalLabel` gives. */
export interface DirectionWords {
  readonly in: readonly string[]
  readonly out: readonly string[]
  readonly neutral: readonly string[]
}

/** Banks: debit of the account holder is money paid. */
export const BANK_DIRECTION_WORDS: DirectionWords = {
  in: words('贷 贷方 贷记 贷cr 贷(cr) 收入 收 收款 收方 转入 存入 存 入账 来账 进账 cr c credit in +'),
  out: words('借 借方 借记 借dr 借(dr) 支出 支 付 付款 付方 转出 支取 取出 取 出账 往账 dr d debit out -'),
  neutral: words('不计收支 中性 /'),
}

/** WeChat, Alipay and their like print just these; any other word is flagged, never guessed. */
export const WALLET_DIRECTION_WORDS: DirectionWords = {
  in: words('收入 已收入'),
  out: words('支出 已支出'),
  neutral: words('不计收支 中性交易 中性 其他 资金转移 /'),
}

/** Statuses with which no money moved. */
export const UNSETTLED_STATUS =
  /交易关闭|已关闭|订单关闭|支付失败|交易失败|^失败|已撤销|等待付款|等待买家付款|^closed$|^failed$/i

/** Narrations of red entries: they tell a reversal from a column that prints its sign. */
export const REVERSAL_WORDS = /冲正|红字|红冲|冲销|冲账|抹账|撤销|reversal/i

/** Card statements without a sign: the words that tell which way the money went. */
export const CARD_IN_WORDS = /退货|退款|还款|返现|返还|奖励|存入|存款|撤销|贷方调整|payment|refund|return/i
export const CARD_OUT_WORDS =
  /消费|支付|取现|分期|手续费|利息|年费|违约金|滞纳金|购|扣款|charge|purchase|sales/i

/** First cell of a row of totals. */
export const TOTAL_ROW = /^(?:.{0,6}(?:合计|总计|共计)(?:金额|数|行)?|total)$/i

/** Totals of a part (page, day, month so far): skipped, and never compared with the whole. */
export const PART_TOTAL_ROW = /小计|本页|本日|本月|本年|累计|过次页|承前页|subtotal/i

/** Rows that state the opening or closing balance inside the table. */
export const OPENING_ROW = /^(?:期初余额|上期余额|上日余额|上月余额|上年结转|承前页|期初|openingbalance)$/i
export const CLOSING_ROW = /^(?:期末余额|本期余额|期末|closingbalance)$/i

/** What a label above or below the table states. */
export type LabelRole =
  | 'account'
  | 'holder'
  | 'count'
  | 'inCount'
  | 'outCount'
  | 'inSum'
  | 'outSum'
  | 'opening'
  | 'closing'

/** Labels, in the form `normalLabel` gives. */
export const LABEL_WORDS: readonly (readonly [LabelRole, RegExp])[] = [
  [
    'account',
    /^(?:查询|本方|客户|存款|银行|交易|支付宝)?(?:账号|账户号|账户号码|账户|卡号|卡\/账号|账\/卡号|账号\/卡号)$/,
  ],
  ['holder', /^(?:本方|客户|单位|公司|账户)?(?:户名|名称|账户名称|账户名)$/],
  ['inCount', /^(?:贷方|贷记|收入|存入|收方)(?:累计|发生|交易|合计|总)*笔数$|^累计贷总?笔数$/],
  ['outCount', /^(?:借方|借记|支出|支取|付方)(?:累计|发生|交易|合计|总)*笔数$|^累计借总?笔数$/],
  ['inSum', /^(?:贷方|贷记|收入|存入|收方)(?:累计|发生|交易|合计|总)*(?:金额|额|合计|总计)$|^累计贷金额$/],
  ['outSum', /^(?:借方|借记|支出|支取|付方)(?:累计|发生|交易|合计|总)*(?:金额|额|合计|总计)$|^累计借金额$/],
  ['count', /^(?:总笔数|合计笔数|交易笔数|记录条数|总条数|总记录数|交易总笔数)$/],
  ['opening', /^(?:对账单初期余额|对账单期初余额|期初余额|上期余额|上期末余额|起始余额)$/],
  ['closing', /^(?:对账单余额|对账单期末余额|期末余额|本期余额|截止余额|截止日余额)$/],
]

/** Names of banks as titles print them. */
export const BANK_NAMES: readonly (readonly [string, RegExp])[] = [
  ['CCB', /建设银行|China Construction Bank/i],
  ['ICBC', /工商银行|\[HISTORYDETAIL\]/],
  ['ABC', /农业银行/],
  ['BOC', /中国银行(?!业)/],
  ['CMB', /招商银行/],
  ['BOCOM', /交通银行/],
  ['CMBC', /民生银行/],
  ['PAB', /平安银行/],
  ['PSBC', /邮政储蓄|邮储银行/],
  ['SPDB', /浦东发展|浦发银行/],
  ['CIB', /兴业银行/],
  ['HXB', /华夏银行/],
  ['CEB', /光大银行/],
  ['CGB', /广发银行/],
  ['CITIC', /中信银行/],
  ['SCRCB', /四川农信|四川农商/],
  ['CDRCB', /成都农商/],
  ['BOCD', /成都银行/],
]
