/** A voucher in one sentence that anybody understands: when, who, how much, what for, out of which money. */
import { dateText, type Lang, moneyText, type Translate } from '#i18n'
import { fen } from '#kernel'
import { nameIn } from './frame.tsx'
import type { VoucherPage } from './voucher-view.server.ts'

type Spoken = Pick<
  VoucherPage,
  'kind' | 'occurredOn' | 'amountFen' | 'payee' | 'postings' | 'bankLines' | 'reverses'
>

/** An organisation by name; private persons as such, with how many payments they made together. */
export function partyText(line: Spoken['bankLines'][number], t: Translate): string {
  if (line.counterparty !== null) return line.counterparty
  return line.lines === 1 ? t('community.privatePerson') : t('vouchers.privatePersons', { count: line.lines })
}

/** The payee of a payment; null where the voucher names none. */
export function payeeText({ payee }: Pick<VoucherPage, 'payee'>, t: Translate): string | null {
  return payee === null ? null : (payee.organisation ?? t('community.privatePerson'))
}

function partyOf(voucher: Spoken, t: Translate): string | null {
  const payee = payeeText(voucher, t)
  if (payee !== null) return payee
  const parties = [...new Set(voucher.bankLines.map(line => partyText(line, t)))]
  const [first] = parties
  if (first === undefined) return null
  return parties.length === 1
    ? first
    : t('vouchers.partyMore', {
        party: first,
        count: voucher.bankLines.reduce((sum, line) => sum + line.lines, 0),
      })
}

function list(t: Translate, names: readonly string[]): string {
  return [...new Set(names)].join(t('vouchers.listSeparator'))
}

/** The sentence, in the reader's language. */
export function voucherSentence(voucher: Spoken, t: Translate, lang: Lang): string {
  const accounts = (side: 'debit' | 'credit', isCash: boolean) =>
    list(
      t,
      voucher.postings
        .filter(posting => posting.side === side && (posting.account.type === 'cash') === isCash)
        .map(posting => nameIn(lang, posting.account)),
    )
  const date = dateText(voucher.occurredOn, lang)
  const amount = moneyText(fen(voucher.amountFen < 0n ? -voucher.amountFen : voucher.amountFen))
  const fund = list(
    t,
    voucher.postings.map(posting => nameIn(lang, posting.fund)),
  )
  const party = partyOf(voucher, t)
  switch (voucher.kind) {
    case 'payment': {
      const values = { date, amount, fund, accounts: accounts('debit', false) }
      return party === null ? t('vouchers.payment', values) : t('vouchers.paymentTo', { ...values, party })
    }
    case 'receipt': {
      const values = { date, amount, fund, accounts: accounts('credit', false) }
      return party === null ? t('vouchers.receipt', values) : t('vouchers.receiptFrom', { ...values, party })
    }
    case 'transfer': {
      const from = accounts('credit', true) || accounts('credit', false)
      const to = accounts('debit', true) || accounts('debit', false)
      return t('vouchers.transfer', { date, amount, from, to })
    }
    case 'opening':
      return t('vouchers.opening', { date, amount, fund })
    case 'reversal':
      return t('vouchers.reversal', { date, amount, original: voucher.reverses ?? '' })
  }
}
