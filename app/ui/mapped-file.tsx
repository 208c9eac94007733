/** How a bank file of an unknown layout is read, in words: what each column is and what comes out. For officers and for the public. */
import { dateText, moneyText } from '#i18n'
import type { ColumnMapping, MappedFile } from '#ledger'
import { DigestFigure } from './digest.tsx'
import { useT, useViewer } from './viewer.tsx'

/** What a column can be when a person names it, in the order of the list. */
export const MAPPABLE_ROLES = [
  'date',
  'time',
  'in',
  'out',
  'amount',
  'direction',
  'balance',
  'counterpartyName',
  'counterpartyAccount',
  'narration',
  'serial',
] as const
export type MappableRole = (typeof MAPPABLE_ROLES)[number]

export const AMOUNT_STYLES = ['two-columns', 'signed', 'direction'] as const
export type AmountStyle = (typeof AMOUNT_STYLES)[number]

/** How a mapping says which way money went. */
export function amountStyleOf(columns: ColumnMapping['columns'] | undefined): AmountStyle {
  if (columns?.in !== undefined || columns?.out !== undefined) return 'two-columns'
  return columns?.direction === undefined ? 'signed' : 'direction'
}

/** What each column of a mapping is, by its place in the file. */
function namedColumns({
  columns,
}: ColumnMapping): { readonly column: number; readonly role: MappableRole }[] {
  return MAPPABLE_ROLES.flatMap(role => {
    const value = columns[role]
    const places = typeof value === 'number' ? [value] : (value ?? [])
    return places.map(column => ({ column, role }))
  }).sort((a, b) => a.column - b.column)
}

type Figures = Pick<
  MappedFile,
  'rows' | 'sumInFen' | 'sumOutFen' | 'firstOn' | 'lastOn' | 'openingFen' | 'closingFen' | 'chainOk'
>

/** What comes out: counts, sums, days, balances, and whether each balance follows from the one before. */
export function MappedFigures(props: { readonly of: Figures }) {
  const t = useT()
  const { lang } = useViewer()
  const { rows, sumInFen, sumOutFen, firstOn, lastOn, openingFen, closingFen, chainOk } = props.of
  const chain = chainOk === null ? 'chainNone' : chainOk ? 'chainOk' : 'chainBroken'
  return (
    <ul>
      <li>{t('columns.figures', { rows, in: moneyText(sumInFen), out: moneyText(sumOutFen) })}</li>
      {firstOn !== null && lastOn !== null && (
        <li>{t('columns.between', { from: dateText(firstOn, lang), to: dateText(lastOn, lang) })}</li>
      )}
      {openingFen !== null && closingFen !== null && (
        <li>{t('columns.balances', { opening: moneyText(openingFen), closing: moneyText(closingFen) })}</li>
      )}
      <li>{t(`columns.${chain}`)}</li>
    </ul>
  )
}

/** The columns and figures of a mapped file. */
export function MappedFileWords(props: { readonly file: MappedFile }) {
  const t = useT()
  const { file } = props
  const { mapping } = file
  return (
    <>
      <ul>
        {namedColumns(mapping).map(({ column, role }) => (
          <li key={`${column} ${role}`}>
            {t('columns.column', { column: column + 1, role: t(`office.mapRole.${role}`) })}
          </li>
        ))}
        <li>{t(`office.mapAmounts.${amountStyleOf(mapping.columns)}`)}</li>
        {mapping.dayFirst && <li>{t('office.mapDayFirst')}</li>}
      </ul>
      <MappedFigures of={file} />
      <p>{t(file.signature === null ? 'columns.forFileOnly' : 'columns.forHeader')}</p>
      <DigestFigure hash={file.fileSha256} label={t('columns.file')} />
    </>
  )
}
