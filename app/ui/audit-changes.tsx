/** What an act changed, folded: for each row the item, what it was and what it is, in words. Works without a script. */
import { areaText, dateText, instantText, type Lang, moneyText } from '#i18n'
import { type AreaCentiM2, type CivilDate, fen, isId } from '#kernel'
import {
  type ChangedTable,
  type ChangeLine,
  fieldIn,
  isChangedTable,
  isChangedValue,
  isRole,
  linesOf,
  type NotedChanges,
  type NotedRow,
} from '#people'
import { useT, useViewer } from './viewer.tsx'

type T = ReturnType<typeof useT>

export interface AuditWords {
  /** Names of officers by account. */
  readonly names: Readonly<Record<string, string>>
  /** Columns without a word are shown by their name, for those who oversee. */
  readonly showsOthers: boolean
}

/** As the database writes it where a member of a text is not told. */
const SEALED = '(sealed)'
const MONEY = /(?:^|[_.])fen$|Fen$/
const WHOLE = /^-?\d{1,15}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/

/** Figures as everywhere, codes by their word, digests and ids by their first signs; anything else as it stands. */
function valueText(t: T, lang: Lang, field: string, value: string, names: AuditWords['names']): string {
  if (Object.hasOwn(names, value)) return names[value]!
  if (value === SEALED) return t('auditChange.sealed')
  if (WHOLE.test(value) && MONEY.test(field)) return moneyText(fen(BigInt(value)))
  if (WHOLE.test(value) && field.endsWith('area_centi_m2')) return areaText(BigInt(value) as AreaCentiM2)
  if (isChangedValue(value)) return t(`auditChange.value.${value}`)
  if (isRole(value)) return t(`community.role.${value}`)
  if (DAY.test(value)) return dateText(value as CivilDate, lang)
  if (INSTANT.test(value)) return instantText(new Date(value), lang)
  if (isId(value) || /^[0-9a-f]{64}$/.test(value)) return `${value.slice(0, 10)}…`
  return value
}

/** `isNew`: there was nothing before, and nothing is said of it. */
function Line(props: { readonly line: ChangeLine; readonly isNew: boolean; readonly words: AuditWords }) {
  const t = useT()
  const { lang } = useViewer()
  const { field, before, after, isSealed } = props.line
  const word = fieldIn(field)
  const shown = (value: string | null) =>
    value === null ? t('auditChange.none') : valueText(t, lang, field, value, props.words.names)
  return (
    <div className="audit-change__line">
      <dt>{word === null ? t('auditChange.otherField', { name: field }) : t(`auditChange.field.${word}`)}</dt>
      {isSealed && <dd className="audit-change__sealed">{t('auditChange.sealed')}</dd>}
      {!isSealed && !props.isNew && (
        <dd>
          <span className="audit-change__label">{t('auditChange.before')}</span> {shown(before)}
        </dd>
      )}
      {!isSealed && (
        <dd>
          <span className="audit-change__label">{t('auditChange.after')}</span> {shown(after)}
        </dd>
      )}
    </div>
  )
}

function tableText(t: T, table: string): string {
  return isChangedTable(table) ? t(`auditChange.table.${table satisfies ChangedTable}`) : table
}

function ChangedRow(props: { readonly row: NotedRow; readonly words: AuditWords }) {
  const t = useT()
  const { row, words } = props
  const title = t('auditChange.rowTitle', { table: tableText(t, row.table), op: t(`auditChange.${row.op}`) })
  const all = linesOf(row)
  const isNew = all.every(line => line.before === null) && row.op === 'insert'
  const lines = all.filter(line => words.showsOthers || fieldIn(line.field) !== null)
  const which = Object.entries(row.key).filter(([name, value]) => value !== null && fieldIn(name) !== null)
  return (
    <div className="audit-change__row">
      <p className="audit-change__title">
        {title}
        {which.map(([name, value]) => (
          <span key={name}> {value}</span>
        ))}
      </p>
      {lines.length > 0 && (
        <dl className="audit-change__lines">
          {lines.map(line => (
            <Line key={line.field} line={line} isNew={isNew} words={words} />
          ))}
        </dl>
      )}
    </div>
  )
}

/** The changes of one act behind a fold; nothing where none is told. */
export function AuditChanges(props: { readonly changes: NotedChanges; readonly words: AuditWords }) {
  const t = useT()
  const { rows, more } = props.changes
  if (rows.length + more.length === 0) return null
  const count = rows.length + more.reduce((sum, each) => sum + each.rows, 0)
  return (
    <details className="audit-change">
      <summary>{t('auditChange.summary', { count })}</summary>
      {rows.map((row, place) => (
        // Rows of one act stand in the order in which they were written, and have no other mark.
        <ChangedRow key={`${row.table}-${place.toString()}`} row={row} words={props.words} />
      ))}
      {more.map(each => (
        <p key={each.table}>{t('auditChange.more', { count: each.rows, table: tableText(t, each.table) })}</p>
      ))}
    </details>
  )
}
