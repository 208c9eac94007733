/** The parts of a community's home below its one figure. */
import type { ReactNode } from 'react'
import { instantText, periodText } from '#i18n'
import type { Period } from '#kernel'
import {
  Anchor,
  Card,
  KeyFigures,
  LinkButton,
  Money,
  MonthlyInOutChart,
  Section,
  StatePill,
  useT,
  useViewer,
} from '#ui'
import type { HomePage } from './home-view.server.ts'
import { rowsHref } from './voucher-filter.ts'
import { VoucherTable } from './voucher-table.tsx'

/** The health of the books in one line. */
export function HealthLine(props: { readonly slug: string; readonly health: HomePage['health'] }) {
  const { health } = props
  const t = useT()
  const { lang } = useViewer()
  const when = health.checkedAt === null ? '' : instantText(health.checkedAt, lang)
  const isChecked = health.state === 'checked'
  const isGood = isChecked && health.failed === 0
  return (
    <p>
      {isGood && <StatePill tone="done" label={t('home.healthGood')} />}
      {isChecked && !isGood && (
        <StatePill tone="attention" label={t('home.healthFaults', { count: health.failed })} />
      )}
      {!isChecked && <StatePill tone="waiting" label={t('home.healthPending')} />}{' '}
      {isChecked && t('home.healthChecks', { count: health.checks, when })}{' '}
      <Anchor href={`/c/${props.slug}/books`}>{t('home.healthLink')}</Anchor>
    </p>
  )
}

/** This month in and out, beside the balance. */
export function MonthFigures(props: { readonly home: HomePage }) {
  const { community, period, total } = props.home
  const t = useT()
  const { lang } = useViewer()
  const month = periodText(period, lang)
  const span = { from: period, until: period }
  return (
    <KeyFigures
      label={t('home.monthLabel', { month })}
      figures={[
        {
          label: t('home.monthIn', { month }),
          value: <Money amount={total.inFen} flow="in" />,
          href: rowsHref(community.slug, { span, direction: 'in' }),
        },
        {
          label: t('home.monthOut', { month }),
          value: <Money amount={total.outFen} flow="out" />,
          href: rowsHref(community.slug, { span, direction: 'out' }),
        },
      ]}
    />
  )
}

/** The last months as a small chart with its numbers. */
export function RecentMonths(props: { readonly home: HomePage }) {
  const { community, months } = props.home
  const t = useT()
  return (
    <Card>
      <MonthlyInOutChart
        title={t('home.chartTitle')}
        months={months.map(each => ({
          period: each.period,
          received: each.movement.inFen,
          spent: each.movement.outFen,
          href: `/c/${community.slug}/fund?period=${each.period}`,
        }))}
      />
    </Card>
  )
}

function useMonthsText(months: readonly Period[]): string {
  const t = useT()
  const { lang } = useViewer()
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return ''
  return first === last
    ? periodText(first, lang)
    : t('vouchers.periodSpan', { from: periodText(first, lang), until: periodText(last, lang) })
}

function Wait(props: { readonly children: ReactNode; readonly isDone: boolean }) {
  const t = useT()
  return (
    <p>
      <StatePill
        tone={props.isDone ? 'done' : 'waiting'}
        label={props.isDone ? t('home.waitsDone') : t('home.waitsOpen')}
      />{' '}
      {props.children}{' '}
      {!props.isDone && (
        <small className="state__next">{t('ui.stateNext', { who: t('home.waitsCompany') })}</small>
      )}
    </p>
  )
}

/** What is not done yet, and whose turn it is. */
export function WaitsSection(props: { readonly home: HomePage }) {
  const { community, waits } = props.home
  const t = useT()
  const unclosed = useMonthsText(waits.unclosed)
  const unissued = useMonthsText(waits.unissued)
  return (
    <Section title={t('home.waitsTitle')}>
      <Card>
        <Wait isDone={waits.unmatched === 0}>
          {waits.unmatched === 0 ? (
            t('home.waitsUnmatchedNone')
          ) : (
            <Anchor href={`/c/${community.slug}/unmatched`}>
              {t('home.waitsUnmatched', { count: waits.unmatched })}
            </Anchor>
          )}
        </Wait>
        <Wait isDone={unclosed === ''}>
          {unclosed === '' ? t('home.waitsCloseNone') : t('home.waitsClose', { month: unclosed })}
        </Wait>
        <Wait isDone={unissued === ''}>
          {unissued === '' ? t('home.waitsStatementNone') : t('home.waitsStatement', { month: unissued })}
        </Wait>
      </Card>
    </Section>
  )
}

/** What came last: vouchers and the statement. */
export function LatestSection(props: { readonly home: HomePage }) {
  const { community, latest, statement } = props.home
  const t = useT()
  const { lang } = useViewer()
  const path = `/c/${community.slug}`
  return (
    <>
      {latest.length > 0 && (
        <Section
          title={t('home.latestTitle')}
          actions={<Anchor href={`${path}/vouchers`}>{t('home.latestAll')}</Anchor>}
        >
          <VoucherTable slug={community.slug} caption={t('home.latestTitle')} rows={latest} />
        </Section>
      )}
      <Section
        title={t('home.statementTitle')}
        actions={<Anchor href={`${path}/statements`}>{t('home.statementAll')}</Anchor>}
      >
        {statement ? (
          <p>
            <LinkButton href={`${path}/statements/${statement.period}.pdf`} icon="statement">
              {t('home.statementLink', { month: periodText(statement.period, lang) })}
            </LinkButton>
          </p>
        ) : (
          <p>{t('home.statementNone')}</p>
        )}
      </Section>
    </>
  )
}
