/** Component page: the charts. */
import { fen } from '#kernel'
import { BudgetBar, CategoryBars } from '../category-charts.tsx'
import { FlowPicture } from '../flow-picture.tsx'
import { BalanceLine, MonthlyInOutChart } from '../month-charts.tsx'
import { Card, Columns, Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import { SAMPLE_BALANCES, SAMPLE_MONTHS } from './samples.ts'

/** All charts with the sample figures. */
export function ChartsSection() {
  const t = useT()
  const spent = [
    { key: 'clean', label: t('gallery.categoryClean'), amount: fen(1_840_000n), href: '?category=clean' },
    { key: 'security', label: t('gallery.categorySecurity'), amount: fen(1_512_300n) },
    { key: 'energy', label: t('gallery.categoryEnergy'), amount: fen(986_406n) },
    { key: 'lift', label: t('gallery.categoryLift'), amount: fen(768_000n), note: t('gallery.overReason') },
    { key: 'pay', label: t('gallery.categoryPay'), amount: fen(400_000n) },
  ]
  const received = [
    { key: 'fee', label: t('gallery.accountFee'), amount: fen(6_641_233n) },
    { key: 'parking', label: t('gallery.accountParking'), amount: fen(2_318_500n) },
    { key: 'ads', label: t('gallery.categoryAds'), amount: fen(120_000n) },
  ]
  return (
    <Section title={t('gallery.charts')} id="charts">
      <Card>
        <MonthlyInOutChart title={t('gallery.chartInOut')} months={SAMPLE_MONTHS} />
      </Card>
      <Columns>
        <Card>
          <BalanceLine title={t('gallery.chartBalance')} months={SAMPLE_BALANCES} />
        </Card>
        <Card>
          <CategoryBars title={t('gallery.chartExpense')} flow="out" categories={spent} />
        </Card>
      </Columns>
      <Card>
        <FlowPicture title={t('gallery.chartFlow')} received={received} spent={spent} />
      </Card>
      <Card>
        <h3>{t('gallery.chartBudget')}</h3>
        <BudgetBar
          label={t('gallery.categoryClean')}
          budget={fen(24_000_000n)}
          actual={fen(11_040_000n)}
          href="?budget=clean"
        />
        <BudgetBar
          label={t('gallery.categoryLift')}
          budget={fen(9_600_000n)}
          actual={fen(11_460_000n)}
          reason={t('gallery.overReason')}
        />
      </Card>
    </Section>
  )
}
