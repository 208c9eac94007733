/** Makes and reads statement files for these tests. */
import { civilDate } from '#kernel'
import {
  type BankStatementFile,
  readBankStatementFile,
} from '../../../app/ledger/bank-statement/read-bank-statement.server.ts'
import { utf8Of } from '../../tables/making.ts'

export { csvOf, gb18030Of, sheetXml, utf8Of, workbookOf, workbookParts } from '../../tables/making.ts'

export const AS_OF = civilDate('2026-11-21')

export const read = (bytes: Uint8Array | string, options: Partial<BankStatementFile> = {}) =>
  readBankStatementFile({
    name: 'made.csv',
    bytes: typeof bytes === 'string' ? utf8Of(bytes) : bytes,
    asOf: AS_OF,
    ...options,
  })

export const codesOf = (reading: {
  readonly problems: readonly { readonly code: string; readonly line: number | null }[]
}) => reading.problems.map(({ code, line }) => (line === null ? code : `${code}@${line}`))

/** Header and rows of a plain statement that chains; the third row is paid. */
export const PLAIN_HEADER = [
  '交易日期',
  '交易时间',
  '借方发生额',
  '贷方发生额',
  '余额',
  '对方户名',
  '对方账号',
  '摘要',
  '流水号',
]
export const PLAIN_ROWS = [
  [
    '2025-03-05',
    '11:47:00',
    '',
    '3405.70',
    '53405.70',
    '蒋萍晨',
    '6217992742550573880',
    '转账 3-2-1004',
    '202503051924913000',
  ],
  [
    '2025-03-09',
    '12:40:11',
    '',
    '1786.80',
    '55192.50',
    '石志远',
    '6249036303868704159',
    '转账 2-3-1703',
    '202503097757987001',
  ],
  [
    '2025-03-17',
    '16:15:19',
    '31414.38',
    '',
    '23778.12',
    '四川蓉安电梯工程有限公司',
    '6266562929344956',
    '电梯维保费',
    '202503170576717003',
  ],
]
