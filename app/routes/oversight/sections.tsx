/** The further parts of a community's page of oversight: the nightly check, satisfaction, who oversees, micro-grids. */
import { countText, dateText, instantText, type Lang } from '#i18n'
import { formatPercentFloor } from '#kernel'
import type { Jurisdiction, MicroGrid, Role } from '#people'
import { Card, DataTable, DefinitionList, EmptyState, Section, StatePill, useT, useViewer } from '#ui'

export interface CheckView {
  readonly checkedAt: Date
  readonly logSize: number
  readonly findings: readonly { readonly rule: string; readonly place: string }[]
}

/** When everything was derived again last, and what did not hold. */
export function CheckSection(props: { readonly check: CheckView | null }) {
  const t = useT()
  const { lang } = useViewer()
  const { check } = props
  return (
    <Section title={t('oversight.checkTitle')} lead={t('oversight.checkLead')} id="check">
      {check === null ? (
        <p>{t('oversight.checkNever')}</p>
      ) : (
        <p>
          {check.findings.length === 0 ? (
            <StatePill tone="done" label={t('oversight.checkGood')} />
          ) : (
            <StatePill tone="attention" label={t('oversight.checkBad', { count: check.findings.length })} />
          )}{' '}
          {t('oversight.checkWhen', {
            when: instantText(check.checkedAt, lang),
            count: countText(check.logSize),
          })}
        </p>
      )}
      {check !== null && check.findings.length > 0 && (
        <DataTable
          caption={t('oversight.checkTitle')}
          captionHidden
          rows={check.findings}
          rowKey={finding => `${finding.rule} ${finding.place}`}
          rowTone={() => 'attention'}
          columns={[
            { key: 'rule', label: t('oversight.checkRule'), cell: finding => <code>{finding.rule}</code> },
            { key: 'place', label: t('oversight.checkPlace'), cell: finding => finding.place },
          ]}
        />
      )}
    </Section>
  )
}

export interface SatisfactionYear {
  readonly year: number
  readonly homes: number
  readonly answered: number
  readonly counted: number
  readonly content: number
}

/** What the surveys found year by year, newest first: a share of those who answered, and how many that were. */
export function SatisfactionSection(props: { readonly years: readonly SatisfactionYear[] }) {
  const t = useT()
  const share = (part: number, whole: number) => formatPercentFloor(BigInt(part), BigInt(whole))
  return (
    <Section title={t('oversight.contentTitle')} lead={t('oversight.contentLead')} id="satisfaction">
      {props.years.length === 0 ? (
        <EmptyState title={t('oversight.contentNone')} />
      ) : (
        <DataTable
          caption={t('oversight.contentTitle')}
          captionHidden
          dense
          rows={props.years}
          rowKey={row => String(row.year)}
          columns={[
            { key: 'year', label: t('oversight.contentYear'), cell: row => String(row.year) },
            {
              key: 'rate',
              label: t('oversight.contentRate'),
              type: 'number',
              card: 'amount',
              cell: row => share(row.content, row.counted),
            },
            {
              key: 'count',
              label: t('oversight.contentCount'),
              type: 'number',
              cell: row => `${countText(row.content)} / ${countText(row.counted)}`,
            },
            {
              key: 'homes',
              label: t('oversight.contentReturned'),
              type: 'number',
              cell: row => `${countText(row.answered)} / ${countText(row.homes)}`,
            },
          ]}
        />
      )}
    </Section>
  )
}

export interface LevelsView {
  readonly path: readonly Jurisdiction[]
  readonly overseers: readonly {
    readonly jurisdiction: string
    readonly displayName: string
    readonly title: string
  }[]
  readonly board: readonly { readonly role: Role; readonly names: readonly string[] }[]
  readonly grids: readonly MicroGrid[]
}

/** The name of a level in the reader's language. */
export function levelName(level: Jurisdiction, lang: Lang): string {
  return lang === 'en' ? level.nameEn : level.name
}

/** Where the community lies, who oversees it from which level, and who holds its own offices. */
export function LevelsSection(props: LevelsView) {
  const t = useT()
  const { lang } = useViewer()
  const namesAt = (code: string) =>
    props.overseers
      .filter(each => each.jurisdiction === code)
      .map(each => t('oversight.levelsPost', { name: each.displayName, title: each.title }))
  return (
    <Section title={t('oversight.levelsTitle')} id="offices">
      <Card>
        {props.path.length === 0 && <p>{t('oversight.levelsNone')}</p>}
        <DefinitionList
          items={[
            ...props.path.map(level => ({
              term: t(`oversight.level.${level.level}`),
              detail: [levelName(level, lang), ...namesAt(level.code)].join(' · '),
            })),
            ...props.board.map(state => ({
              term: t(`community.role.${state.role}`),
              detail: state.names.length === 0 ? t('oversight.vacant') : state.names.join(' · '),
            })),
          ]}
        />
      </Card>
      {props.grids.length > 0 && (
        <Card>
          <h3>{t('oversight.gridsTitle')}</h3>
          <DefinitionList
            items={props.grids.map(grid => ({
              term: grid.name,
              detail: grid.places
                .map(place =>
                  place.entrance === ''
                    ? t('oversight.gridWhole', { building: place.building })
                    : t('oversight.gridEntrance', { ...place }),
                )
                .join(' · '),
            }))}
          />
        </Card>
      )}
    </Section>
  )
}

/** The day by which an entry is to be answered, in words. */
export function useDueText(): (date: Parameters<typeof dateText>[0]) => string {
  const t = useT()
  const { lang } = useViewer()
  return date => t('oversight.dueBy', { date: dateText(date, lang) })
}
