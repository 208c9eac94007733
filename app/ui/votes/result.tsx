/** The figures behind a verdict: both bases, the silence clause beside the strict count, ballots that do not count and why. */
import { areaFigure, areaText, countText } from '#i18n'
import {
  approvalOnBothBases,
  type ClauseResult,
  type Figures,
  type MatterClass,
  REASONS,
  type Reason,
} from '#votes'
import { Notice } from '../feedback.tsx'
import { Card, Columns } from '../page-shell.tsx'
import { DataTable } from '../table.tsx'
import { useT } from '../viewer.tsx'
import { VerdictSentence } from './verdict.tsx'

const ROWS = ['total', 'participating', 'inFavour', 'against', 'abstain'] as const

/** Every figure of a count, by area and by heads, exactly. */
export function FiguresTable(props: {
  readonly figures: Figures
  readonly against?: 'against' | 'otherPlans'
}) {
  const t = useT()
  const { figures } = props
  const labels = {
    total: t('polls.total'),
    participating: t('polls.participating'),
    inFavour: t('polls.inFavour'),
    against: t(`polls.${props.against ?? 'against'}`),
    abstain: t('polls.abstain'),
  }
  return (
    <DataTable
      caption={t('polls.figures')}
      phone="keep"
      dense
      rows={ROWS}
      rowKey={row => row}
      columns={[
        { key: 'what', label: t('polls.figure'), cell: row => labels[row] },
        { key: 'area', label: t('polls.area'), type: 'number', cell: row => areaText(figures[row].area) },
        { key: 'heads', label: t('polls.heads'), type: 'number', cell: row => countText(figures[row].heads) },
      ]}
    />
  )
}

/** Those in favour as a share of those taking part (which decides) and of all owners (which does not). */
export function BothBases(props: { readonly figures: Figures }) {
  const t = useT()
  const { ofParticipating, ofTotal } = approvalOnBothBases(props.figures)
  return (
    <DataTable
      caption={t('polls.bothBases')}
      phone="keep"
      dense
      rows={[
        { key: 'participating', label: t('polls.ofParticipating'), shares: ofParticipating },
        { key: 'total', label: t('polls.ofTotal'), shares: ofTotal },
      ]}
      rowKey={row => row.key}
      columns={[
        { key: 'base', label: t('polls.base'), cell: row => row.label },
        { key: 'area', label: t('polls.area'), type: 'number', cell: row => row.shares.area },
        { key: 'heads', label: t('polls.heads'), type: 'number', cell: row => row.shares.heads },
      ]}
    />
  )
}

/** The strict count and the count under the silence clause, side by side and labelled: the clause is contested. */
export function ClauseSideBySide(props: {
  readonly matterClass: MatterClass
  readonly strict: Figures
  readonly clause: ClauseResult
}) {
  const { matterClass, strict, clause } = props
  const t = useT()
  return (
    <>
      <Notice tone="warning" title={t('polls.clauseContested')}>
        {t('polls.clauseContestedText')}
      </Notice>
      <Columns>
        <Card>
          <h3>{t('polls.clauseStrict')}</h3>
          <VerdictSentence matterClass={matterClass} figures={strict} isPlain />
          <FiguresTable figures={strict} />
        </Card>
        <Card>
          <h3>{t('polls.clauseOn')}</h3>
          <VerdictSentence matterClass={matterClass} figures={clause} isPlain />
          <p>
            {clause.majority === null
              ? t('votes.clauseNoMajority')
              : t('votes.clauseMajority', {
                  heads: countText(clause.silentHeads),
                  area: areaFigure(clause.silentArea),
                  choice: t(`votes.choice.${clause.majority}`),
                })}
          </p>
          <FiguresTable figures={clause} />
        </Card>
      </Columns>
    </>
  )
}

/** How many ballots do not count, by the one reason each of them has. Counts only: never whose. */
export function ExclusionCounts(props: { readonly byReason: Readonly<Partial<Record<Reason, number>>> }) {
  const t = useT()
  const rows = REASONS.flatMap(reason => {
    const count = props.byReason[reason] ?? 0
    return count > 0 ? [{ reason, count }] : []
  })
  if (rows.length === 0) return <p>{t('polls.excludedNone')}</p>
  return (
    <DataTable
      caption={t('polls.excluded')}
      phone="keep"
      dense
      rows={rows}
      rowKey={row => row.reason}
      columns={[
        { key: 'reason', label: t('polls.reason'), cell: row => t(`votes.reason.${row.reason}`) },
        {
          key: 'count',
          label: t('polls.ballots'),
          type: 'number',
          cell: row => countText(row.count),
          total: countText(rows.reduce((sum, row) => sum + row.count, 0)),
        },
      ]}
    />
  )
}
