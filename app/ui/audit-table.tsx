/** Acts of the audit as a table: when, who, what, about what, and where it stands in the log. */
import { isId } from '#kernel'
import { ACTIONS, type Action, isAuditAct } from '#people'
import { InstantText } from './stamp.tsx'
import { DataTable } from './table.tsx'
import { useT } from './viewer.tsx'

export interface AuditRow {
  readonly id: string
  readonly at: Date
  readonly by: string
  readonly act: string
  readonly subject: string
  readonly change: { readonly before: string; readonly after: string } | null
  readonly detail: string
  readonly isReading: boolean
  readonly leafIndex: bigint | null
}

/** An id is enough to find a row again by its first signs; anything else is said whole. */
function subjectText(subject: string): string {
  return isId(subject) ? `${subject.slice(0, 10)}…` : subject
}

/** Names of nobody: the command line, and what happens by itself. */
const SYSTEM: readonly string[] = ['console', 'apply-retention']

/** An act that is called by the permission it took. */
function isAction(act: string): act is Action {
  return (ACTIONS as readonly string[]).includes(act)
}

/** Newest first; `hidesDetail` leaves figures and ids out, for those whom they tell nothing. */
export function AuditTable(props: {
  readonly caption: string
  readonly acts: readonly AuditRow[]
  readonly hidesDetail?: boolean
}) {
  const t = useT()
  const actText = (act: string) => {
    if (isAuditAct(act)) return t(`audit.act.${act}`)
    return isAction(act) ? t(`audit.may.${act}`) : t('audit.act.other', { act })
  }
  const detail = {
    key: 'detail',
    label: t('audit.details'),
    cell: (row: AuditRow) => <code className="audit-detail">{row.detail === '{}' ? '' : row.detail}</code>,
  }
  return (
    <DataTable
      caption={props.caption}
      captionHidden
      rows={props.acts}
      rowKey={row => row.id}
      empty={t('audit.empty')}
      columns={[
        { key: 'what', label: t('audit.what'), cell: row => actText(row.act) },
        { key: 'when', label: t('audit.when'), type: 'date', cell: row => <InstantText at={row.at} /> },
        {
          key: 'who',
          label: t('audit.who'),
          cell: row => (SYSTEM.includes(row.by) ? t('audit.console') : row.by),
        },
        {
          key: 'about',
          label: t('audit.about'),
          cell: row => subjectText(row.subject),
        },
        {
          key: 'change',
          label: t('audit.change'),
          cell: row => (row.change === null ? '' : t('audit.changeText', row.change)),
        },
        ...(props.hidesDetail ? [] : [detail]),
        {
          key: 'log',
          label: t('audit.inLog'),
          cell: row =>
            row.leafIndex === null
              ? t('audit.notInLog')
              : t('audit.inLogAt', { index: row.leafIndex.toString() }),
        },
      ]}
    />
  )
}
