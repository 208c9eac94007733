/** The parts of a voucher's page: what it corrects, postings, people, bank lines, budget. */
import { periodText } from '#i18n'
import { type Fen, sumFen } from '#kernel'
import { isRole } from '#people'
import {
  Anchor,
  BudgetBar,
  Card,
  ChangeWords,
  DataTable,
  DateText,
  Money,
  Notice,
  RecusalList,
  Section,
  Sentence,
  SignalList,
  Timeline,
  useT,
  useViewer,
} from '#ui'
import { nameIn } from './frame.tsx'
import { SignedMoney } from './signed-money.tsx'
import { rowsHref } from './voucher-filter.ts'
import { partyText } from './voucher-sentence.tsx'
import type { VoucherPage } from './voucher-view.server.ts'

/** Which vouchers this one takes back or replaces, and which do so to it. */
export function Corrections({ voucher }: { readonly voucher: VoucherPage }) {
  const t = useT()
  const link = (number: string) => (
    <Anchor href={`/c/${voucher.community.slug}/vouchers/${number}`}>{number}</Anchor>
  )
  return (
    <>
      {voucher.reversedBy && (
        <Notice tone="danger" title={t('vouchers.reversedNotice')}>
          <Sentence text="vouchers.reversedText" values={{ key: link(voucher.reversedBy) }} />
        </Notice>
      )}
      {voucher.replacedBy && (
        <Notice tone="warning" title={t('vouchers.replacedNotice')}>
          <Sentence text="vouchers.replacedText" values={{ key: link(voucher.replacedBy) }} />
        </Notice>
      )}
      {voucher.reverses && (
        <Notice title={t('vouchers.reversesNotice')}>
          <Sentence text="vouchers.reversesText" values={{ key: link(voucher.reverses) }} />
        </Notice>
      )}
      {voucher.replaces && (
        <Notice title={t('vouchers.replacesNotice')}>
          <Sentence text="vouchers.replacesText" values={{ key: link(voucher.replaces) }} />
        </Notice>
      )}
    </>
  )
}

function Side(props: { readonly amount: Fen; readonly isRed: boolean }) {
  return <Money amount={props.amount} flow={props.isRed ? 'red' : 'neutral'} bare />
}

/** Debits and credits. */
export function PostingsSection({ voucher }: { readonly voucher: VoucherPage }) {
  const t = useT()
  const { lang } = useViewer()
  const { postings } = voucher
  const total = (side: 'debit' | 'credit') => {
    const amount = sumFen(postings.filter(each => each.side === side).map(each => each.amountFen))
    return <Side amount={amount} isRed={amount < 0n} />
  }
  const cell = (side: 'debit' | 'credit') => (posting: VoucherPage['postings'][number]) =>
    posting.side === side ? <Side amount={posting.amountFen} isRed={posting.amountFen < 0n} /> : null
  return (
    <Section title={t('vouchers.postingsTitle')} lead={t('vouchers.postingsLead')}>
      <DataTable
        caption={t('vouchers.postingsCaption')}
        captionHidden
        rows={postings}
        rowKey={posting => String(posting.line)}
        columns={[
          {
            key: 'account',
            label: t('vouchers.account'),
            cell: posting => (
              <>
                {nameIn(lang, posting.account)}{' '}
                <small>{t('vouchers.accountCode', { code: posting.account.code })}</small>
              </>
            ),
          },
          { key: 'fund', label: t('vouchers.fund'), cell: posting => nameIn(lang, posting.fund) },
          {
            key: 'debit',
            label: t('vouchers.debit'),
            type: 'money',
            cell: cell('debit'),
            total: total('debit'),
          },
          {
            key: 'credit',
            label: t('vouchers.credit'),
            type: 'money',
            cell: cell('credit'),
            total: total('credit'),
          },
        ]}
      />
    </Section>
  )
}

/** What the steps of a voucher mean, by how many there are; four unless it says otherwise. */
const STEPS_LEADS: Readonly<
  Partial<Record<number, 'vouchers.stepsLead' | 'vouchers.stepsLeadTwo' | 'vouchers.stepsLeadChair'>>
> = { 1: 'vouchers.stepsLeadTwo', 2: 'vouchers.stepsLeadTwo', 5: 'vouchers.stepsLeadChair' }

/** Who took which step when: office and name of office holders, which are public. */
export function StepsSection({ voucher }: { readonly voucher: VoucherPage }) {
  const t = useT()
  const entries = voucher.steps.map(step => ({
    key: step.step,
    title: t(`vouchers.step.${step.step}`),
    state: 'done' as const,
    who: `${isRole(step.role) ? t(`community.role.${step.role}`) : step.role} ${step.name ?? t('community.unknownName')}`,
    at: step.at,
  }))
  return (
    <Section title={t('vouchers.stepsTitle')} lead={t(STEPS_LEADS[entries.length] ?? 'vouchers.stepsLead')}>
      <Timeline
        label={t('vouchers.stepsLabel')}
        entries={[
          ...entries,
          { key: 'posted', title: t('vouchers.stepPosted'), state: 'done', at: voucher.postedAt },
        ]}
      />
      <p>
        <Anchor href={`/c/${voucher.community.slug}/rules`}>{t('controls.publicLink')}</Anchor>
      </p>
    </Section>
  )
}

/** What the payment should be looked at for, with the answers, and who kept out of it; nothing when there is nothing. */
export function NotesSection({ voucher }: { readonly voucher: VoucherPage }) {
  const t = useT()
  const { signals, recusals } = voucher.notes
  return (
    <>
      {recusals.length > 0 && (
        <Section title={t('signals.recusalTitle')} lead={t('signals.recusalLead')} id="recusals">
          <RecusalList recusals={recusals} />
        </Section>
      )}
      {signals.length > 0 && (
        <Section title={t('signals.title')} lead={t('signals.leadPublic')} id="signals">
          <Card>
            <SignalList signals={signals} />
          </Card>
        </Section>
      )}
    </>
  )
}

/** The bank lines behind the voucher; private persons are withheld and stand together. */
export function BankLinesSection({ voucher }: { readonly voucher: VoucherPage }) {
  const t = useT()
  const { lang } = useViewer()
  if (voucher.bankLines.length === 0) {
    return (
      <Section title={t('vouchers.bankTitle')}>
        <p>{t('vouchers.bankNone')}</p>
      </Section>
    )
  }
  return (
    <Section title={t('vouchers.bankTitle')} lead={t('vouchers.bankLead')}>
      <DataTable
        caption={t('vouchers.bankCaption')}
        captionHidden
        rows={voucher.bankLines}
        rowKey={line => line.key}
        columns={[
          {
            key: 'party',
            label: t('vouchers.bankParty'),
            cell: line => partyText(line, t),
          },
          {
            key: 'amount',
            label: t('vouchers.bankAmount'),
            type: 'money',
            card: 'amount',
            cell: line => <SignedMoney amount={line.amountFen} />,
          },
          {
            key: 'date',
            label: t('vouchers.bankDate'),
            type: 'date',
            cell: line => <DateText date={line.bookedOn} />,
          },
          { key: 'account', label: t('vouchers.bankAccount'), cell: line => nameIn(lang, line.account) },
        ]}
      />
    </Section>
  )
}

/** The year's budget of what the voucher paid for. */
export function VoucherBudgetSection({ voucher }: { readonly voucher: VoucherPage }) {
  const t = useT()
  const { lang } = useViewer()
  if (!voucher.hasExpense) return null
  const month = periodText(voucher.period, lang)
  return (
    <Section title={t('vouchers.budgetTitle')} lead={t('vouchers.budgetLead', { year: voucher.year, month })}>
      {voucher.budget.length === 0 ? (
        <Notice tone="warning" title={t('vouchers.budgetNone')} />
      ) : (
        <Card>
          {voucher.budget.map(line => (
            <BudgetBar
              key={`${line.fund}/${line.account}`}
              label={nameIn(lang, line)}
              budget={line.budgetFen}
              allowed={line.allowedFen}
              actual={line.actualFen}
              href={rowsHref(voucher.community.slug, {
                fund: line.fund,
                account: line.account,
                direction: 'out',
              })}
            />
          ))}
        </Card>
      )}
      {voucher.allowances.length > 0 && (
        <Card>
          <p>{t('controls.voucherLead')}</p>
          {voucher.allowances.map(shown => (
            <ChangeWords key={shown.changeId} shown={shown} names={voucher.ruleNames} />
          ))}
        </Card>
      )}
    </Section>
  )
}
