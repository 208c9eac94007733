/** The voucher list as CSV: the columns of the page, the words of its language. Pure. */
import type { Translate } from '#i18n'
import { CSV_START, csvRecord } from '#kernel'
import type { VoucherRow } from './voucher-row.ts'

/** The line of headings, with what the file begins with. */
export function voucherCsvHead(t: Translate): string {
  const words = [
    t('vouchers.csvNumber'),
    t('vouchers.csvDate'),
    t('vouchers.csvPeriod'),
    t('vouchers.csvKind'),
    t('vouchers.csvNarration'),
    t('vouchers.csvIn'),
    t('vouchers.csvOut'),
    t('vouchers.csvAmount'),
    t('vouchers.csvReverses'),
    t('vouchers.csvReplaces'),
    t('vouchers.csvLeaf'),
    t('vouchers.csvDigest'),
  ]
  return CSV_START + csvRecord(words.map(text => ({ text })))
}

/** One line. */
export function voucherCsvLine(row: VoucherRow, t: Translate): string {
  return csvRecord([
    { text: row.number },
    { text: row.occurredOn },
    { text: row.period },
    { text: t(`vouchers.kind.${row.kind}`) },
    { text: row.narration },
    { amount: row.inFen },
    { amount: row.outFen },
    { amount: row.amountFen },
    { text: row.reverses ?? '' },
    { text: row.replaces ?? '' },
    { number: row.leafIndex },
    { text: row.leafSha256 },
  ])
}
