/** English words of the ledger: its refusals, steps, kinds of vouchers and of outstanding items. */
import type { Translation } from '../translation.ts'
import type { ledger as source } from '../zh-cn/ledger.ts'

export const ledger = {
  'step.prepare': 'Prepared',
  'step.review': 'Reviewed',
  'step.release_company': 'Released by the company (A)',
  'step.release_committee': 'Released by the committee (B)',
  'step.release_chair': 'Released by the chair (C)',
  'turn.prepare': 'the bookkeeper who prepared it',
  'turn.review': 'another bookkeeper or the manager, to review',
  'turn.release_company': 'the company’s manager, to release (A)',
  'turn.release_committee': 'the committee’s chair or treasurer, to release (B)',
  'turn.release_chair': 'the committee’s chair, to release (C)',
  'kind.opening': 'Opening voucher',
  'kind.receipt': 'Receipt voucher',
  'kind.payment': 'Payment voucher',
  'kind.transfer': 'Transfer voucher',
  'kind.reversal': 'Reversal in red',
  'outstanding.bank-received-not-booked': 'Received by the bank, not in the books',
  'outstanding.bank-paid-not-booked': 'Paid by the bank, not in the books',
  'outstanding.booked-received-not-banked': 'Received in the books, not at the bank',
  'outstanding.booked-paid-not-banked': 'Paid in the books, not at the bank',
  'accountType.cash': 'Bank accounts and wallets',
  'accountType.income': 'Income',
  'accountType.expense': 'Expenses',
  'accountType.liability': 'Liabilities and deposits',
  'accountType.interfund': 'Between funds',
  'accountType.balance': 'Opening balance',
  'direction.in': 'In',
  'direction.out': 'Out',
  'direction.neutral': 'Neither',
  debit: 'Debit',
  credit: 'Credit',

  'refusal.not-permitted': 'This step does not belong to your office.',
  'refusal.period-closed':
    '{period} is closed; no voucher can be entered. Use a date in a month that is still open.',
  'refusal.period-not-started': 'The books begin in {period}; the date cannot be earlier.',
  'refusal.period-not-over': '{period} is not over. It can be closed after its last day.',
  'refusal.period-before-open': 'Close {period} first; months close in order.',
  'refusal.draft-unknown': 'There is no such draft.',
  'refusal.draft-not-open': 'This draft is posted or withdrawn and cannot be changed.',
  'refusal.draft-not-yours': 'Only the person who prepared it can revise or withdraw it.',
  'refusal.document-unknown': 'A source document was not found. Upload it again.',
  'refusal.bank-line-unknown': 'A bank line was not found. Go back to the bank lines and choose again.',
  'refusal.bank-line-taken':
    'A bank line is already in voucher {voucher}. Go back to the bank lines and choose again.',
  'refusal.bank-line-moves-nothing':
    'A line moved no money and takes no voucher. Explain it on the page of bank lines.',
  'refusal.cash-fund-differs':
    'The money of “{account}” does not belong to “{fund}”. Choose the fund of that bank account.',
  'refusal.bank-lines-differ':
    '“{account}”: the chosen lines add up to {lines}, the voucher has {postings}. Make them equal or choose other lines.',
  'refusal.voucher-unknown': 'There is no voucher {voucher}. Check the number.',
  'refusal.already-reversed': 'This voucher was already reversed by {by}.',
  'refusal.reversal-of-reversal': 'A reversal cannot be reversed. Draft a replacement voucher instead.',
  'refusal.not-reversed-yet':
    'Voucher {voucher} is not reversed and cannot be replaced. Reverse it in red first.',
  'refusal.narration-empty': 'Write the narration: who is paid or what was received, and what for.',
  'refusal.narration-too-long': 'The narration takes at most {limit} characters. Make it shorter.',
  'refusal.narration-private':
    'Everybody can read the narration; it must hold no person’s name or number: “{found}”. Name the building or the purpose.',
  'refusal.payee-missing': 'Say whom this payment pays: the organisation or the person.',
  'refusal.payee-too-long': 'The payee has at most {limit} characters: give the full name only.',
  'refusal.payee-unfit': 'This voucher pays nobody outside: leave the payee empty.',
  'refusal.document-missing': 'A payment needs at least one source document (invoice, contract or receipt).',
  'refusal.date-in-future': 'The date is later than today. Correct it.',
  'refusal.reversal-names-none': 'A reversal must name the voucher it takes back.',
  'refusal.postings-too-few': 'At least two lines are needed, a debit and a credit.',
  'refusal.postings-too-many': 'A voucher takes at most {limit} lines. Split it.',
  'refusal.posting-zero': 'Line {line}: the amount cannot be zero.',
  'refusal.posting-negative':
    'Line {line}: the amount cannot be negative. To take something back, use a reversal.',
  'refusal.posting-positive-in-red': 'Line {line}: amounts of a reversal are negative.',
  'refusal.posting-account-unknown': 'Line {line}: choose an account.',
  'refusal.posting-fund-unknown': 'Line {line}: choose a fund.',
  'refusal.fund-unbalanced':
    '“{fund}”: debit {debit}, credit {credit}, off by {difference}. Debit and credit must be equal within each fund.',
  'refusal.interfund-unbalanced':
    'Due between funds: debit {debit}, credit {credit}. What one fund lends, another borrows in the same voucher.',
  'refusal.opening-unfit':
    'Line {line}: an opening voucher only enters money that was there: debit a bank account, credit the opening balance, deposits or dues.',
  'refusal.reversal-before-original': 'A reversal cannot be dated before the voucher it takes back ({date}).',
  'refusal.step-not-due': 'The step that is due is “{due}”; this one cannot be taken yet.',
  'refusal.step-none-due': 'Every step of this voucher has been taken.',
  'refusal.same-person':
    'You already took the step “{step}”. Each step of one voucher is taken by another person.',
  'refusal.content-changed':
    'The draft was changed after you opened the page. Below is what it says now; read it again before you decide.',
  'refusal.budget-line-missing':
    '“{account}” has no budget line, so nothing can be paid. First a vote that allows it, or an emergency that the party branch witnessed.',
  'refusal.over-ceiling':
    '“{account}” may cost {ceiling} this year; with this payment it would be {spent}. First a vote that raises it, or an emergency that the party branch witnessed.',
  'refusal.chair-releases-last':
    'This is a large payment: the treasurer releases for the committee, and the chair comes last.',
  'refusal.relation-blocks':
    'You are related to the payee: somebody else does this. The voucher’s page says that your office kept out.',
  'refusal.relation-of-earlier':
    'Somebody who took a step before is related to the payee. Please have it drafted anew by others.',
  'refusal.signals-open':
    '{signals} signals have no answer. Answer them, or tick that you know they are published as unanswered.',
  'refusal.witness-acted': 'Whoever witnessed the emergency takes no step of the payments it covers.',
  'refusal.receipts-only':
    'Only receipts are reviewed here. Open a payment or any other voucher and decide on it alone.',
  'refusal.already-refused': 'This draft was sent back and waits for the person who prepared it.',
  'refusal.reason-missing': 'Give a reason.',
  'refusal.bank-account-unknown': 'Choose the bank account of this file.',
  'refusal.file-empty': 'Choose a file; this one is empty.',
  'refusal.file-too-large': 'The file is larger than {size}. Export it month by month.',
  'refusal.import-unknown': 'There is no such import.',
  'refusal.import-not-ready': 'This import has moved on meanwhile. Look at where it stands now.',
  'refusal.confirmation-missing': 'Tick the box to say that you saw both figures.',
  'refusal.confirm-reason-missing':
    'Say why the file may be imported although the figures differ. The sentence goes into the transparency log.',
  'refusal.mapping-no-date': 'Say which column is the date.',
  'refusal.mapping-no-amount': 'Say which column is the amount, or which are money in and money out.',
  'refusal.mapping-two-ways':
    'Amounts come one way only: two columns in and out, or one column; no column twice.',
  'refusal.mapping-out-of-range': 'A column lies outside the table. Choose again.',
  'refusal.drafts-open':
    '{drafts} {drafts|draft is|drafts are} still open. Have them posted or withdrawn first.',
  'refusal.trial-balance-off':
    'The trial balance is off: {funds}. Tell the operator at once and do not close the month.',
  'refusal.bank-differs':
    '“{account}”: adjusted, the bank has {bank} and the books have {book}. Look for lines that were not imported.',
  'refusal.document-empty': '{file}: the file is empty.',
  'refusal.document-too-large': '{file}: larger than {size}. Make it smaller and try again.',
  'refusal.document-kind-unknown': '{file}: only PDF, JPG, PNG and WebP. Save it as one of these.',
  'refusal.document-broken': '{file}: the picture is damaged. Take or export it again.',
  'refusal.copy-unsafe':
    '{file}: this PDF carries what nobody sees: {found}. Take a screenshot or a photo of the redacted pages and upload that picture.',
  'copyFinding.revision': 'the version before the redaction',
  'copyFinding.attachment': 'an attached file',
  'copyFinding.script': 'a script, or an action that opens or sends something',
  'copyFinding.author': 'an author’s name or an editing history',
  'copyFinding.encrypted': 'encrypted content',
  'copyFinding.unreadable': 'a part that cannot be read',
  'refusal.rule-too-short': 'Write at least two characters; less would match the wrong lines.',
  'refusal.rule-account-unfit':
    'Choose an income or expense account; the bank account follows from the line itself.',
  'refusal.rule-fund-unknown': 'Choose a fund.',
  'refusal.rule-unknown': 'There is no such rule; it may have been retired.',
  'refusal.bank-line-already-answered': 'This line is already posted or explained.',
  'refusal.explanation-empty': 'Write a sentence of explanation.',
  'refusal.explanation-private':
    'Everybody can read the explanation; it must hold no person’s name or number: “{found}”. Write it differently.',
  'money.money-empty': 'Line {line}: fill in debit or credit.',
  'money.money-malformed': 'Line {line}: the amount cannot be read. Write it like 1234.56.',
  'money.money-sub-fen': 'Line {line}: two decimals at most.',
  'money.money-too-large': 'Line {line}: the amount is unreasonably large. Check it.',
  'money.both-sides': 'Line {line}: fill in debit or credit, not both.',
  'date.date-malformed': 'Fill in the date, like 2026-06-30.',
} as const satisfies Translation<typeof source>
