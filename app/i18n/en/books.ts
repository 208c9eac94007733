/** English of `zh-cn/books.ts`. */
import type { Translation } from '../translation.ts'
import type { books as source } from '../zh-cn/books.ts'

export const books = {
  title: 'Health of the books',
  lead: 'The program computes the whole set of books again from the beginning and compares. Whatever is off is listed here with its row, and nobody can remove it.',
  allGood: 'All checks passed',
  allGoodText:
    '{checks} checks over {vouchers} {vouchers|voucher|vouchers} and {leaves} log {leaves|entry|entries}: nothing is off.',
  faults: '{count} {count|check|checks} failed',
  faultsText: 'See the failed checks below. Until they are corrected, source documents and bank lines count.',
  pendingTitle: 'The books are being checked',
  pendingText: 'Computing all of it again takes a little while.',
  failedTitle: 'This check did not finish',
  failedText:
    'The program failed. That says neither that the books are wrong nor that they are right. It will be tried again.',
  checkedAt:
    'Last checked {when}, with {size} {size|entry|entries} in the log. Checked again whenever the log has grown, and at least every {hours} hours.',
  ledgerTitle: 'The books',
  logTitle: 'The transparency log',
  passed: 'passed',
  failed: '{count} {count|fault|faults}',
  check: 'Check',
  result: 'Result',
  place: 'Where',
  found: 'What was found',
  faultsOf: 'Rows at fault',
  moreFaults: 'Only the first {count} are listed',
  omitElsewhere:
    'Money outside the books: what went neither through a bank account nor into a voucher cannot be found by computing. Compare documents and bank lines',
  omitTruth: 'Whether the documents themselves are genuine',
  how: 'A site that checks itself proves little? Download the log and compute it yourself.',
  logLink: 'The transparency log and its key',
  'ledger.voucher-balances': 'Every voucher balances, in every fund by itself',
  'ledger.voucher-numbers-continuous': 'Voucher numbers are continuous, none missing, none twice',
  'ledger.voucher-matches-draft': 'Every voucher is word for word what was approved',
  'ledger.voucher-approved': 'Every required step was taken, nobody took two',
  'ledger.voucher-in-log': 'Every voucher is in the transparency log, with the same content',
  'ledger.reversal-mirrors': 'Every reversal mirrors its original: same side, opposite amount',
  'ledger.turnover-adds-up': 'Every sum equals the entries beneath it',
  'ledger.trial-balance-zero': 'Trial balance: all debits equal all credits',
  'ledger.bank-line-held-once': 'Every bank line belongs to one voucher only',
  'ledger.bank-lines-add-up': 'Every voucher equals its bank lines',
  'ledger.closed-period-unchanged': 'Closed months were not touched again',
  'ledger.document-intact': 'Every source document is there and unchanged',
  'ledger.payment-note-in-log': 'Signals, answers and recusals of payments are in the log as they are here',
  'ledger.control-in-log': 'Every change of the rules was made by two people and is in the log as it is here',
  'ledger.budget-by-vote':
    'Every budget that was entered is the one both sides confirmed, within what was voted',
  'ledger.columns-by-two':
    'Where a bank file’s columns were named by hand, both sides agreed before its lines were stored',
  'log.entries': 'No log entry is missing, every hash fits',
  'log.tiles': 'The hash tree computed from the entries is the published one',
  'log.head': 'The root hash of the log comes out the same',
  'log.checkpoints': 'Every checkpoint ever signed is valid and lies in the log',
} as const satisfies Translation<typeof source>
