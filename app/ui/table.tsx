/**
 * A table that stays a table for screen readers and becomes cards on a phone, without a script: every cell carries its
 * column's name, the explicit roles keep the semantics that `display` would drop.
 */
import type { ReactNode } from 'react'
import { Anchor, useT, useViewer } from './viewer.tsx'

export interface Column<Row> {
  readonly key: string
  readonly label: string
  /** `money` and `number` align right with equal digits; `date` does not wrap. */
  readonly type?: 'text' | 'money' | 'number' | 'date'
  readonly cell: (row: Row) => ReactNode
  /** What stands in the totals row under this column. */
  readonly total?: ReactNode
  /**
   * Where the cell goes on a phone: `title` (first column by default), `amount` (beside the title), `line` (with its
   * label), `plain` (a line without its label), `hidden` (only what another cell says as well).
   */
  readonly card?: 'title' | 'amount' | 'line' | 'plain' | 'hidden'
}

export interface DataTableProps<Row> {
  readonly caption: string
  /** The caption is read out but not shown, where a heading says the same. */
  readonly captionHidden?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** The title cell (on a phone the whole card) leads here. */
  readonly rowHref?: (row: Row) => string | undefined
  /** Marks a row: `attention` is at fault, `muted` no longer counts. */
  readonly rowTone?: (row: Row) => 'attention' | 'muted' | undefined
  /** Shown instead of rows. */
  readonly empty?: ReactNode
  /** `cards` on a phone by default; `keep` stays a table (few narrow columns) except in large type. */
  readonly phone?: 'cards' | 'keep'
  readonly dense?: boolean
}

/** Spelled out because a table that CSS draws as cards loses its implied roles in Safari. */
const ROLES = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  rowheader: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const

function placeOf<Row>(column: Column<Row>, index: number): NonNullable<Column<Row>['card']> {
  return column.card ?? (index === 0 ? 'title' : 'line')
}

/** Rows with a caption, typed columns, an optional link per row and an optional totals row. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows } = props
  const t = useT()
  const { mode } = useViewer()
  const totalled = columns.some(column => column.total !== undefined)
  return (
    <div className="table-frame">
      <table
        className="table"
        {...ROLES.table}
        data-phone={mode === 'elder' ? 'cards' : (props.phone ?? 'cards')}
        data-dense={props.dense || undefined}
      >
        <caption className={props.captionHidden ? 'visually-hidden' : undefined}>{props.caption}</caption>
        <thead {...ROLES.rowgroup}>
          <tr {...ROLES.row}>
            {columns.map((column, index) => (
              <th
                key={column.key}
                {...ROLES.columnheader}
                scope="col"
                data-type={column.type ?? 'text'}
                data-card={placeOf(column, index)}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...ROLES.rowgroup}>
          {rows.map(row => (
            <Row key={props.rowKey(row)} row={row} table={props} />
          ))}
          {rows.length === 0 && (
            <tr {...ROLES.row}>
              <td {...ROLES.cell} className="table__empty" colSpan={columns.length}>
                {props.empty ?? t('ui.tableEmpty')}
              </td>
            </tr>
          )}
        </tbody>
        {totalled && rows.length > 0 && <Totals columns={columns} />}
      </table>
    </div>
  )
}

function Row<R>(props: { readonly row: R; readonly table: DataTableProps<R> }) {
  const { row, table } = props
  const to = table.rowHref?.(row)
  return (
    <tr {...ROLES.row} data-tone={table.rowTone?.(row)} data-linked={to ? true : undefined}>
      {table.columns.map((column, index) => {
        const place = placeOf(column, index)
        const shared = { 'data-type': column.type ?? 'text', 'data-card': place, 'data-label': column.label }
        const content = column.cell(row)
        return place === 'title' ? (
          <th key={column.key} {...ROLES.rowheader} scope="row" {...shared}>
            {to ? (
              <Anchor className="table__row-link" href={to}>
                {content}
              </Anchor>
            ) : (
              content
            )}
          </th>
        ) : (
          <td key={column.key} {...ROLES.cell} {...shared}>
            {content}
          </td>
        )
      })}
    </tr>
  )
}

function Totals<R>(props: { readonly columns: readonly Column<R>[] }) {
  const t = useT()
  return (
    <tfoot {...ROLES.rowgroup}>
      <tr {...ROLES.row}>
        {props.columns.map((column, index) =>
          index === 0 ? (
            <th key={column.key} {...ROLES.rowheader} scope="row" data-card="title">
              {column.total ?? t('ui.tableTotal')}
            </th>
          ) : (
            <td
              key={column.key}
              {...ROLES.cell}
              data-type={column.type ?? 'text'}
              data-card={column.total === undefined || column.card === 'hidden' ? 'hidden' : 'line'}
              data-label={column.label}
            >
              {column.total}
            </td>
          ),
        )}
      </tr>
    </tfoot>
  )
}
