/** What needs eyes as a list: each line says it and leads to the rows. */
import type { OversightItem } from '#oversight'
import { DataTable, EmptyState, Section, useT, useViewer } from '#ui'
import { itemText } from './item-words.ts'

/** The items of a community, in the order in which they are given. */
export function ItemList(props: { readonly slug: string; readonly items: readonly OversightItem[] }) {
  const t = useT()
  const { lang } = useViewer()
  return (
    <Section title={t('oversight.itemsTitle')} id="items">
      {props.items.length === 0 ? (
        <EmptyState title={t('oversight.itemsNone')}>{t('oversight.itemsNoneText')}</EmptyState>
      ) : (
        <DataTable
          caption={t('oversight.itemsTitle')}
          captionHidden
          rows={props.items}
          rowKey={item => `${item.kind} ${item.subject} ${item.href}`}
          rowHref={item => `/c/${props.slug}/${item.href}`}
          columns={[
            { key: 'what', label: t('oversight.columnWhat'), cell: item => itemText(item, t, lang) },
            {
              key: 'days',
              label: t('oversight.columnDays'),
              type: 'number',
              // The sentence says it as well.
              card: 'hidden',
              cell: item =>
                item.days === 0 ? t('oversight.daysNone') : t('oversight.days', { days: item.days }),
            },
          ]}
        />
      )}
    </Section>
  )
}
