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

/** The columns and figures of a mapped file. */
export function MappedFileWords(props: { readonly file: MappedFile }) {
  const t = useT()
  const { lang } = useViewer()
  const { file } = props
  const { mapping, openingFen, closingFen, firstOn, lastOn } = file
  const chain = file.chainOk === null ? 'chainNone' : file.chainOk ? 'chainOk' : 'chainBroken'
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
      <ul>
        <li>
          {t('columns.figures', {
            rows: file.rows,
            in: moneyText(file.sumInFen),
            out: moneyText(file.sumOutFen),
          })}
        </li>
        {firstOn !== null && lastOn !== null && (
          <li>{t('columns.between', { from: dateText(firstOn, lang), to: dateText(lastOn, lang) })}</li>
        )}
        {openingFen !== null && closingFen !== null && (
          <li>{t('columns.balances', { opening: moneyText(openingFen), closing: moneyText(closingFen) })}</li>
        )}
        <li>{t(`columns.${chain}`)}</li>
      </ul>
      <p>{t(file.signature === null ? 'columns.forFileOnly' : 'columns.forHeader')}</p>
      <DigestFigure hash={file.fileSha256} label={t('columns.file')} />
    </>
  )
}
