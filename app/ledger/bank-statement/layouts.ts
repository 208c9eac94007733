/**
 * The table of layout families, and how a file finds its own.
 *
 * A file is known by its content, never by its name or extension:
 *   1. the header row is the row with the most words of `vocabulary.ts` (among the first 200), with a date and an amount;
 *   2. the family is the one whose `headers` are all present, the longest list winning;
 *   3. without a family the shared vocabulary still reads the file, under the layout `generic`;
 *   4. without even that the file is refused as `layout-unknown`, and the manual mapping takes over.
 *
 * | Family | Files | Direction | Quirk |
 * |---|---|---|---|
 * | ICBC | corporate HISTORYDETAIL (3 codings), personal | two columns, or mark and amount | TAB after ids, masked balances, footer 人民币合计 |
 * | CCB | corporate (one header row or two), personal | two columns | `0` in the unused column |
 * | ABC | corporate (2), personal | two columns; signed | footers `54 收`, `17 支` |
 * | BOC | corporate, debit card, credit card | signed with payer and payee; two columns | bilingual headers |
 * | CMB | corporate, debit card, credit card | two columns; signed; spent is positive | newest first; MM/DD without year |
 * | BOCOM | corporate, debit card, credit card | mark; by narration | `CNY 12.00` inside the cell |
 * | CMBC, PAB, PSBC, SPDB | corporate (SPDB also debit card) | two columns | 17 rows above; `="..."`; `--`; numeric cells |
 * | CGB, CITIC | credit card | spent is positive | |
 * | HSBC-HK | credit and debit card | mark and sign; signed | DD/MM/YYYY, two currencies |
 * | WeChat | personal, merchant | 收/支; refund column | status 交易关闭; back-ticks, totals with a header of their own |
 * | Alipay | personal (app, web), business | 收/支; two columns | closed rows; TAB after ids; signs in both columns |
 * | Meituan, JD | personal | 收/支 | 实付金额 counts |
 * | CIB, HXB, CBHB, CDB, SCRCB, CQRCB, FC | corporate | any | by columns alone |
 *
 * To add a family: add its words to the vocabulary if they are new, one entry in `layouts/`, and a fixture.
 */
import type { BankLayout } from './layout.ts'
import { ABC_LAYOUTS } from './layouts/abc.ts'
import { ALIPAY_LAYOUTS } from './layouts/alipay.ts'
import { BOC_LAYOUTS } from './layouts/boc.ts'
import { BOCOM_LAYOUTS } from './layouts/bocom.ts'
import { CCB_LAYOUTS } from './layouts/ccb.ts'
import { CGB_LAYOUTS } from './layouts/cgb.ts'
import { CITIC_LAYOUTS } from './layouts/citic.ts'
import { CMB_LAYOUTS } from './layouts/cmb.ts'
import { CMBC_LAYOUTS } from './layouts/cmbc.ts'
import { HSBC_LAYOUTS } from './layouts/hsbc.ts'
import { ICBC_LAYOUTS } from './layouts/icbc.ts'
import { PAB_LAYOUTS } from './layouts/pab.ts'
import { PSBC_LAYOUTS } from './layouts/psbc.ts'
import { REGIONAL_LAYOUTS } from './layouts/regional.ts'
import { SHOPPING_LAYOUTS } from './layouts/shopping.ts'
import { SPDB_LAYOUTS } from './layouts/spdb.ts'
import { WECHAT_LAYOUTS } from './layouts/wechat.ts'

/** Every family, in no order: the most specific one wins. */
export const BANK_LAYOUTS: readonly BankLayout[] = [
  ...ICBC_LAYOUTS,
  ...CCB_LAYOUTS,
  ...ABC_LAYOUTS,
  ...BOC_LAYOUTS,
  ...CMB_LAYOUTS,
  ...BOCOM_LAYOUTS,
  ...CMBC_LAYOUTS,
  ...PAB_LAYOUTS,
  ...PSBC_LAYOUTS,
  ...SPDB_LAYOUTS,
  ...CGB_LAYOUTS,
  ...CITIC_LAYOUTS,
  ...HSBC_LAYOUTS,
  ...WECHAT_LAYOUTS,
  ...ALIPAY_LAYOUTS,
  ...SHOPPING_LAYOUTS,
  ...REGIONAL_LAYOUTS,
]

/** Read by the shared vocabulary alone. */
export const GENERIC_LAYOUT: BankLayout = { id: 'generic', bank: '', headers: [] }

/** Read by a mapping that a person made. */
export const MAPPED_LAYOUT_ID = 'mapped'

/** The family of a header row, given what is printed above it. */
export function layoutOf(headers: readonly string[], above: string): BankLayout {
  let best = GENERIC_LAYOUT
  let bestScore = 0
  for (const layout of BANK_LAYOUTS) {
    const fits =
      layout.headers.every(header => headers.includes(header)) &&
      !(layout.without ?? []).some(header => headers.includes(header)) &&
      (layout.title?.test(above) ?? true)
    const score = layout.headers.length + (layout.title ? 2 : 0)
    if (fits && score > bestScore) {
      best = layout
      bestScore = score
    }
  }
  return best
}
