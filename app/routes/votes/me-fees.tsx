/** On an owner's own page: what each of their units owes a month, with how it comes about. Never another's. */
import { areaText, moneyText, type Translate } from '#i18n'
import { sumFen } from '#kernel'
import { Anchor, DataTable, feeRateText, Money, Section, useT } from '#ui'
import type { MyPage } from './me.server.ts'

type OwnFee = NonNullable<MyPage['fees']>['units'][number]

function howText({ area, rate, dueFen }: OwnFee, t: Translate): string {
  if (rate === null) return t('fees.ownNothing')
  const words = { price: feeRateText(rate, t), amount: moneyText(dueFen) }
  return rate.per === 'unit'
    ? t('fees.ownByUnit', words)
    : t('fees.ownByArea', { ...words, area: areaText(area) })
}

/** Area times price is amount, for each unit; the standard with what it rests on is a step away. */
export function OwnFeesSection({ page }: { readonly page: MyPage }) {
  const t = useT()
  const { fees } = page
  if (page.units.length === 0) return null
  const path = `/c/${page.frame.community.slug}/fees`
  return (
    <Section title={t('fees.ownTitle')} lead={t('fees.ownLead')} id="fees">
      {fees === null ? (
        <p>{t('fees.ownNone')}</p>
      ) : (
        <>
          <DataTable
            caption={t('fees.ownTitle')}
            captionHidden
            rows={fees.units}
            rowKey={row => row.unit}
            columns={[
              { key: 'unit', label: t('ballot.unit'), cell: row => row.unit },
              {
                key: 'due',
                label: t('fees.due'),
                type: 'money',
                card: 'amount',
                cell: row => <Money amount={row.dueFen} />,
              },
              { key: 'how', label: t('fees.ownHow'), card: 'plain', cell: row => howText(row, t) },
            ]}
          />
          {fees.units.length > 1 && (
            <p>
              <strong>
                {t('fees.ownSum', { amount: moneyText(sumFen(fees.units.map(each => each.dueFen))) })}
              </strong>
            </p>
          )}
          <p>{t('fees.ownBasis', { basis: fees.basis })}</p>
        </>
      )}
      <p>
        <Anchor href={path}>{t('fees.yearMore')}</Anchor>
      </p>
    </Section>
  )
}
