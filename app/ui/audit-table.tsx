/** Acts of the audit as a table: when, who, what, about what, and where it stands in the log. */
import { isId } from '#kernel'
import { ACTIONS, type Action, type decisionIn, isAuditAct, isChangedValue, type NotedChanges } from '#people'
import { AuditChanges } from './audit-changes.tsx'
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
  readonly changes: NotedChanges
  readonly decision: ReturnType<typeof decisionIn>
  readonly detail: string
  readonly isReading: boolean
  readonly leafIndex: bigint | null
}

/** Pages of officers by the first part of their address. */
const PAGES = [
  'close',
  'controls',
  'council',
  'drafts',
  'import',
  'letters',
  'lines',
  'oversight',
  'people',
  'points',
  'polls',
  'projects',
  'relations',
  'retention',
  'review',
  'roll',
  'rules',
  'statements',
  'voice',
  'vouchers',
] as const

/** An id is enough to find a row again by its first signs. */
function partText(part: string): string {
  return isId(part) ? `${part.slice(0, 10)}…` : part
}

/** Where a form stood: its page in words, then what it was about; what is no page is said as it stands. */
function subjectText(t: T, subject: string): string {
  const [first = '', ...others] = subject.split('/')
  const page = PAGES.find(each => each === first)
  const rest = others.map(partText).join(' ')
  if (page === undefined) return subject.split('/').map(partText).join('/')
  return rest === '' ? t(`audit.page.${page}`) : t('audit.pageAbout', { page: t(`audit.page.${page}`), rest })
}

/** Names of nobody: the command line, and what happens by itself. */
const SYSTEM: readonly string[] = ['console', 'apply-retention']

/** An act that is called by the permission it took. */
function isAction(act: string): act is Action {
  return (ACTIONS as readonly string[]).includes(act)
}

type T = ReturnType<typeof useT>

/** What a second person can decide. */
const DECIDED = ['control_change', 'role_change', 'code_request', 'person_merge', 'point_request'] as const

/** What was decided, where an act is a decision; null for any other. */
function decisionText(t: T, decision: AuditRow['decision']): string | null {
  const table = DECIDED.find(each => each === decision?.table)
  if (decision === null || table === undefined || !isChangedValue(decision.decision)) return null
  const { kind } = decision
  const what =
    kind !== null && isChangedValue(kind) ? t(`auditChange.value.${kind}`) : t(`auditChange.decides.${table}`)
  return t('auditChange.decided', { decision: t(`auditChange.value.${decision.decision}`), what })
}

function actText(t: T, { act, decision }: AuditRow): string {
  const decided = decisionText(t, decision)
  if (decided !== null) return decided
  if (isAuditAct(act)) return t(`audit.act.${act}`)
  return isAction(act) ? t(`audit.may.${act}`) : t('audit.act.other', { act })
}

/** Newest first; `hidesDetail` leaves figures, ids and what has no word out, for those whom they tell nothing. */
export function AuditTable(props: {
  readonly caption: string
  readonly acts: readonly AuditRow[]
  readonly names: Readonly<Record<string, string>>
  readonly hidesDetail?: boolean
}) {
  const t = useT()
  const words = { names: props.names, showsOthers: props.hidesDetail !== true }
  return (
    <DataTable
      caption={props.caption}
      captionHidden
      rows={props.acts}
      rowKey={row => row.id}
      empty={t('audit.empty')}
      columns={[
        { key: 'what', label: t('audit.what'), cell: row => actText(t, row) },
        { key: 'when', label: t('audit.when'), type: 'date', cell: row => <InstantText at={row.at} /> },
        {
          key: 'who',
          label: t('audit.who'),
          cell: row => (SYSTEM.includes(row.by) ? t('audit.console') : row.by),
        },
        {
          key: 'about',
          label: t('audit.about'),
          cell: row => subjectText(t, row.subject),
        },
        {
          key: 'change',
          label: t('audit.change'),
          card: 'plain',
          cell: row => (
            <>
              {row.change !== null && <p>{t('audit.changeText', row.change)}</p>}
              <AuditChanges changes={row.changes} words={words} />
              {!props.hidesDetail && row.detail !== '{}' && (
                <details className="audit-change">
                  <summary>{t('audit.recorded')}</summary>
                  <code className="audit-detail">{row.detail}</code>
                </details>
              )}
            </>
          ),
        },
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
