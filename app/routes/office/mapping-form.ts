/** Turns the column-mapping form into a mapping, and back into what the form shows. */
import type { ColumnMapping } from '#ledger'
import { AMOUNT_STYLES, MAPPABLE_ROLES, type MappableRole } from '#ui'
import type { MappingView } from '#ui/office'
import { type Entered, textOf } from './entered.ts'

/** What was entered, by column. */
export function enteredMapping(form: Entered, width: number): MappingView {
  const roleAt = (column: number): MappableRole | '' =>
    MAPPABLE_ROLES.find(role => role === textOf(form, `role-${column}`)) ?? ''
  const header = textOf(form, 'headerRow')
  return {
    headerRow: /^-?\d{1,5}$/.test(header) ? Number(header) : 0,
    roles: Array.from({ length: width }, (_, column) => roleAt(column)),
    amounts: AMOUNT_STYLES.find(style => style === textOf(form, 'amounts')) ?? 'signed',
    wordsIn: textOf(form, 'wordsIn'),
    wordsOut: textOf(form, 'wordsOut'),
    dayFirst: textOf(form, 'dayFirst') === 'yes',
  }
}

/** Words as the reader of bank files compares them: without case, width or spaces inside. */
function words(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,;|\u3001\uff0c\uff1b]+/)
    .filter(word => word !== '')
}

/** The mapping of the form. Date and narration may be several columns; of the others the first one counts. */
export function mappingOfView(view: MappingView): ColumnMapping {
  const columnsOf = (role: MappableRole) =>
    view.roles.flatMap((each, column) => (each === role ? [column] : []))
  const single = Object.fromEntries(
    MAPPABLE_ROLES.filter(role => role !== 'date' && role !== 'narration')
      .filter(role => role !== 'direction' || view.amounts === 'direction')
      .flatMap(role =>
        columnsOf(role)
          .slice(0, 1)
          .map(column => [role, column]),
      ),
  )
  return {
    headerRow: view.headerRow,
    columns: { ...single, date: columnsOf('date'), narration: columnsOf('narration') },
    amountSign: view.amounts === 'signed' ? 'signed' : null,
    directionWords: { in: words(view.wordsIn), out: words(view.wordsOut), neutral: [] },
    dayFirst: view.dayFirst,
    yearInTitle: false,
  }
}
