/** By what right a year's budget holds, in words: the vote that passed it, or where else it was decided. */
import { dateText, moneyText } from '#i18n'
import { type Account, type BudgetBasis, type BudgetPlan, budgetedFen } from '#ledger'
import { DigestFigure } from './digest.tsx'
import { Anchor, useT, useViewer } from './viewer.tsx'

/** One sentence, and for a vote its digest; with the community's address also the way to its result. */
export function BudgetBasisWords(props: {
  readonly fiscalYear: number
  readonly basis: BudgetBasis | null
  readonly slug?: string
}) {
  const t = useT()
  const { lang } = useViewer()
  const { basis, slug, fiscalYear: year } = props
  if (basis === null) return <p>{t('budget.unrecorded', { year })}</p>
  if (basis.kind === 'outside') {
    const { words, document } = basis
    const date = dateText(basis.decidedOn, lang)
    return <p>{t('budget.outside', { year, words, date, document })}</p>
  }
  return (
    <>
      <p>
        {t('budget.byVote', { year, title: basis.title, amount: moneyText(basis.votedFen) })}{' '}
        {slug !== undefined && <Anchor href={`/c/${slug}/votes/${basis.poll}`}>{t('budget.seeVote')}</Anchor>}
      </p>
      <DigestFigure hash={basis.digest} label={t('budget.tally')} />
    </>
  )
}

/** A proposed budget: its lines, what may be spent in all, and the vote. */
export function BudgetPlanWords(props: {
  readonly plan: BudgetPlan
  readonly accounts: readonly Pick<Account, 'code' | 'nameZh' | 'nameEn'>[]
}) {
  const t = useT()
  const { lang } = useViewer()
  const { plan, accounts } = props
  const nameOf = (code: string) => {
    const found = accounts.find(each => each.code === code)
    return found === undefined ? code : `${code} ${lang === 'en' ? found.nameEn : found.nameZh}`
  }
  return (
    <>
      <ul>
        {plan.lines.map(({ fund, account, amountFen }) => (
          <li key={`${fund} ${account}`}>
            {t('budget.line', { account: nameOf(account), amount: moneyText(amountFen) })}
          </li>
        ))}
      </ul>
      <p>{t('budget.total', { amount: moneyText(budgetedFen(plan.lines)) })}</p>
      <BudgetBasisWords fiscalYear={plan.fiscalYear} basis={plan.basis} />
    </>
  )
}
