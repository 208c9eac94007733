/** Reading bank, WeChat and Alipay files, in English. */
import type { Translation } from '../translation.ts'
import type { bankImport as source } from '../zh-cn/bank-import.ts'

export const bankImport = {
  'place.file': '{file}: ',
  'place.line': '{file} line {line}: ',
  'place.cell': '{file} line {line}, column "{column}": ',
  'side.all': 'all',
  'side.in': 'received',
  'side.out': 'paid',
  'side.neutral': 'neutral',

  'problem.file-empty': 'the file is empty. Download it again from online banking.',
  'problem.file-too-large': 'the file has {bytes} bytes, more than {limit}. Export it month by month.',
  'problem.file-truncated':
    'cut off: the last row is not complete ({expected} columns expected). Download the file again.',
  'problem.encoding-broken':
    'encoding or cut off: the bytes of line {line} are not whole {encoding} text. Download the file again and do not re-save it in an editor.',
  'problem.nul-byte': 'holds a zero byte, so it is no text statement. Export CSV or Excel again.',
  'problem.line-too-long':
    'the line has more than {limit} characters, so this is no statement. Export it again.',
  'problem.too-many-rows': 'more than {limit} rows. Export it month by month.',
  'problem.too-many-columns': 'more than {limit} columns, so this is no statement. Export it again.',
  'problem.csv-quotes-broken':
    'the quotes do not pair, so the columns are unknown. Download the original again and do not edit it.',
  'problem.csv-quote-swallows-lines':
    'a stray quote swallows everything up to line {lastLine}. Download the original again and do not edit it.',
  'problem.format-pdf': 'PDF is not supported yet: export CSV or Excel instead.',
  'problem.format-image': 'pictures are not supported yet: export CSV or Excel instead.',
  'problem.format-archive': 'this is an archive. Unpack it and import the file inside.',
  'problem.format-mt940': 'MT940 is not supported yet: export the details as CSV or Excel instead.',
  'problem.format-camt': 'CAMT.053 is not supported yet: export the details as CSV or Excel instead.',
  'problem.format-ofx': 'OFX is not supported yet: export the details as CSV or Excel instead.',
  'problem.format-unknown':
    'this is no statement. Import a CSV, XLS or XLSX exported by online banking, WeChat or Alipay.',
  'problem.markup-dtd': 'declares XML or HTML entities, which may do harm; not read. Export it again.',
  'problem.markup-broken': 'the page holds no readable single table. Export CSV or Excel instead.',
  'problem.workbook-broken': 'the workbook is damaged. Download it again, or save it as XLSX in Excel first.',
  'problem.workbook-encrypted': 'the workbook has a password. Remove it in Excel first.',
  'problem.workbook-too-large':
    'the workbook unpacks to too much and was not read. Export it month by month.',
  'problem.workbook-too-slow':
    'the workbook was not read within {seconds} seconds and was given up. Export it month by month.',
  'problem.workbook-no-visible-sheet': 'the workbook has no visible sheet. Unhide one first.',
  'problem.layout-unknown':
    'no header row is known among {rows} rows. The bookkeeper says on the page “Import a bank file” which column is which, and the owners’ committee looks at the preview and agrees before anything is imported; the same header is not asked about again.',
  'problem.mapping-unfit':
    'the chosen columns do not fit this file. Choose again: a date, and one amount or two sides, each once.',
  'problem.date-missing': 'the date is empty. Fill it in, or remove the row and export again.',
  'problem.date-malformed': 'the date "{value}" does not exist or is not written as one. Write 2025-03-08.',
  'problem.date-serial':
    'the date "{value}" looks like a serial number of Excel. Format the column as a date and export again.',
  'problem.date-ambiguous': 'the date "{value}" can be read in more than one way. Write 2025-03-08.',
  'problem.date-future': 'the date "{value}" is after today ({asOf}). Check the year.',
  'problem.time-malformed': 'the time "{value}" is wrong. Write 09:30:00.',
  'problem.amount-missing': 'there is no amount. Fill it in, or remove a row that is no entry.',
  'problem.amount-malformed': 'the amount "{value}" cannot be read. Write 1234.56.',
  'problem.amount-sub-fen':
    'the amount "{value}" has decimals below one fen and is not rounded. Ask the bank for the figure.',
  'problem.amount-too-large': 'the amount "{value}" is unreasonably large. Check it.',
  'problem.amount-both-sides':
    'money both received and paid in one row ({value}). Check for a shifted column.',
  'problem.balance-malformed': 'the balance "{value}" cannot be read. Check for a shifted column.',
  'problem.direction-missing':
    'nothing tells whether "{value}" was received or paid. Choose the columns on the mapping page.',
  'problem.row-too-wide':
    'more than the {expected} columns of the header: "{extra}". Check for a stray comma.',
  'problem.formula-uncached':
    'the formula has no stored result, and formulas are never evaluated. Open and save the file in Excel first.',
  'problem.total-mismatch':
    'totals differ: the file states {stated} {side}, its lines add up to {counted}, {difference} apart. Check for missing lines; nothing is posted before you confirm.',
  'problem.count-mismatch':
    'totals differ: the file states {stated} lines ({side}), it has {counted}. Check for missing lines; nothing is posted before you confirm.',
  'problem.balance-break':
    'the balance does not follow: after line {previousLine} it should be {expected}, the file says {stated}, {difference} apart. Check for a missing line; nothing is posted before you confirm.',
  'problem.opening-mismatch':
    'the balance does not follow: stated opening {stated}, derived {derived}, {difference} apart. Nothing is posted before you confirm.',
  'problem.closing-mismatch':
    'the balance does not follow: stated closing {stated}, last line {derived}, {difference} apart. Nothing is posted before you confirm.',
  'problem.account-mismatch':
    'another account: the file is of {stated}, the import is for {expected}. Check the file; nothing is posted before you confirm.',
  'problem.account-mixed':
    'another account: the file began with {account}, this row is of {other}. Export each account by itself; nothing is posted before you confirm.',
  'problem.direction-unknown':
    'the direction "{value}" is unknown, counted as neutral. Check it; nothing is posted before you confirm.',
  'problem.other-sheets':
    'other visible sheets were not read ({sheets}). Import them by themselves; nothing is posted before you confirm.',
  'problem.duplicate-line': 'the same as line {firstLine} (serial {serial}), counted once.',
  'problem.serial-reused':
    '{count} {count|line has|lines have} the serial of an earlier line but other contents; all are kept: {lines}. Take note.',
  'problem.balance-masked':
    'balances are masked, so their chain cannot be checked ({count} {count|row|rows}).',
  'problem.identifier-rounded':
    'long numbers were kept as figures by Excel and lost their last digits; not used (lines {lines}). Format the column as text and export again.',
  'problem.currency-foreign':
    '{count} {count|line is|lines are} not in renminbi ({currency}) and cannot be posted as they are: {lines}.',
  'problem.not-settled':
    '{count} {count|line|lines} moved no money ({status}) and will not be posted: {lines}.',
  'problem.hidden-rows': '{count} hidden {count|row was|rows were} read with the others: {lines}.',
  'problem.hidden-sheets': 'hidden sheets were not read: {sheets}.',
  'problem.statement-empty': 'a header without lines. That is right when nothing moved in the period.',

  'cli.usage':
    'usage: npm run -s portal -- import FILE... [--community C] [--account CODE] [--dry-run] [--json]',
  'cli.unreadable': 'the file cannot be opened. Check the path and the permissions.',
  'cli.summary':
    '{file}: {outcome}, {layout}, {rows} rows; received {rowsIn}: {sumIn}, paid {rowsOut}: {sumOut}, neutral {rowsNeutral}',
  'outcome.accept': 'accept',
  'outcome.hold': 'hold',
  'outcome.reject': 'reject',
} as const satisfies Translation<typeof source>
