/** The officers' first page: what waits for the person signed in, what waits for others, and the one thing to do next. */
import type { ReactNode } from 'react'
import { moneyText } from '#i18n'
import { type CivilDate, type Fen, type Period, sumFen } from '#kernel'
import type { ControlKind, ImportState, Step, VoucherKind } from '#ledger'
import { LinkButton } from '../button.tsx'
import { EmptyState } from '../feedback.tsx'
import { Icon, type IconName } from '../icon.tsx'
import { Money } from '../money.tsx'
import { Section } from '../page-shell.tsx'
import { DateText, PeriodText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, Sentence, useT } from '../viewer.tsx'
import { type OfficeFrame, officePath } from './office-page.tsx'

export interface WaitingDraft {
  readonly draftId: string
  readonly kind: VoucherKind
  readonly occurredOn: CivilDate
  readonly narration: string
  readonly amountFen: Fen
  readonly due: Step | null
  readonly draftedBy: string | null
  readonly draftedAt: Date
  readonly refusedBecause: string | null
}

export interface WorkbenchView {
  /** Drafts on which this person can take the step that is due. */
  readonly mine: readonly WaitingDraft[]
  /** Drafts this person prepared and somebody sent back. */
  readonly sentBack: readonly WaitingDraft[]
  readonly others: readonly WaitingDraft[]
  readonly imports: readonly {
    readonly importId: string
    readonly fileName: string
    readonly state: ImportState
  }[]
  /** Changes that this person may be the second for. */
  readonly changes: readonly {
    readonly changeId: string
    readonly kind: ControlKind
    readonly reason: string
    /** The bank file whose columns it is about: decided on that file's page. */
    readonly importId: string | null
  }[]
  /** Bank lines that neither a voucher nor a draft holds and nobody explained. */
  readonly openLines: number
  /** The month that closes next, when it is over. */
  readonly monthToClose: Period | null
  readonly recent: readonly RecentVoucher[]
}

export interface RecentVoucher {
  readonly key: string
  readonly kind: VoucherKind
  readonly occurredOn: CivilDate
  readonly narration: string
  readonly amountFen: Fen
  readonly canReverse: boolean
  /** The voucher this one took back, while nothing replaces it. */
  readonly reverses: string | null
}

/** More than a person does at a sitting; the rest follows as these are done. */
const TASKS_SHOWN = 8
const OTHERS_SHOWN = 20

interface Task {
  readonly key: string
  readonly icon: IconName
  readonly title: ReactNode
  readonly note: ReactNode
  readonly href: string
}

function isReceiptToReview(draft: WaitingDraft): boolean {
  return draft.kind === 'receipt' && draft.due === 'review'
}

/** A change of the other side's, and where it is decided: the columns of a bank file beside its preview. */
function useChangeTask(frame: OfficeFrame): (change: WorkbenchView['changes'][number]) => Task {
  const t = useT()
  return ({ changeId, kind, reason, importId }) => ({
    key: changeId,
    icon: 'verify',
    title:
      importId === null
        ? t('columns.changeTask', { change: t(`controls.message.${kind}`) })
        : t('columns.task', { reason }),
    note: t(importId === null ? 'columns.changeTaskNote' : 'columns.taskNote'),
    href:
      importId === null
        ? `${officePath(frame.slug, 'controls')}#waiting`
        : officePath(frame.slug, 'import', importId),
  })
}

/** A bank file that somebody has to go on with. */
function useImportTask(frame: OfficeFrame): (one: WorkbenchView['imports'][number]) => Task {
  const t = useT()
  return ({ importId, fileName, state }) => ({
    key: importId,
    icon: 'upload',
    title: t('office.taskImport', { file: fileName }),
    note: t(`office.importState.${state}`),
    href: officePath(frame.slug, 'import', importId),
  })
}

function useTasks(frame: OfficeFrame, view: WorkbenchView): Task[] {
  const t = useT()
  const changeTask = useChangeTask(frame)
  const importTask = useImportTask(frame)
  const at = (...parts: string[]) => officePath(frame.slug, ...parts)
  const draftTask = (draft: WaitingDraft): Task => ({
    key: draft.draftId,
    icon: draft.due === 'review' ? 'verify' : 'money',
    title:
      draft.due === null
        ? t('office.taskSentBack', { narration: draft.narration })
        : t(`office.task.${draft.due}`, { narration: draft.narration }),
    note: (
      <>
        <Money amount={draft.amountFen} size="md" /> ·{' '}
        {draft.refusedBecause ?? <DateText date={draft.occurredOn} />}
      </>
    ),
    href: at('drafts', draft.draftId),
  })
  const receipts = frame.may.review ? view.mine.filter(isReceiptToReview) : []
  const isTogether = receipts.length > 1
  const alone = view.mine.filter(draft => !isTogether || !receipts.includes(draft))
  const tasks = [...alone, ...view.sentBack].map(draftTask)
  if (isTogether) {
    tasks.unshift({
      key: 'receipts',
      icon: 'verify',
      title: t('office.taskReviewReceipts', {
        count: receipts.length,
        amount: moneyText(sumFen(receipts.map(draft => draft.amountFen))),
      }),
      note: t('office.taskReviewReceiptsNote'),
      href: at('review'),
    })
  }
  tasks.push(...view.changes.map(changeTask), ...view.imports.map(importTask))
  if (view.openLines > 0 && frame.may.draft) {
    tasks.push({
      key: 'lines',
      icon: 'ledger',
      title: t('office.taskLines', { count: view.openLines }),
      note: t('office.taskLinesNote'),
      href: at('lines'),
    })
  }
  if (view.monthToClose !== null && frame.may.close) {
    tasks.push({
      key: 'close',
      icon: 'calendar',
      title: (
        <Sentence text="office.taskClose" values={{ period: <PeriodText period={view.monthToClose} /> }} />
      ),
      note: t('office.taskCloseNote'),
      href: at('close'),
    })
  }
  return tasks
}

/** Everything the workbench shows below its heading. */
export function Workbench(props: { readonly frame: OfficeFrame; readonly view: WorkbenchView }) {
  const t = useT()
  const { frame, view } = props
  const tasks = useTasks(frame, view)
  return (
    <>
      <Section title={t('office.waitsForMe')} id="mine">
        {tasks.length === 0 ? (
          <EmptyState title={t('office.nothingForMe')}>
            <p>{t('office.nothingForMeText')}</p>
          </EmptyState>
        ) : (
          <ol className="tasks">
            {tasks.slice(0, TASKS_SHOWN).map((task, place) => (
              <li key={task.key}>
                <Anchor className="task" href={task.href} data-tone={place === 0 ? 'next' : undefined}>
                  <Icon name={task.icon} />
                  <span className="task__words">
                    {place === 0 && <span className="task__first">{t('office.doThisNext')}</span>}
                    <span className="task__title">{task.title}</span>
                    <span className="task__note">{task.note}</span>
                  </span>
                  <Icon name="next" />
                </Anchor>
              </li>
            ))}
          </ol>
        )}
        <More count={tasks.length - TASKS_SHOWN} />
        <Starts frame={frame} />
      </Section>
      <Section title={t('office.waitsForOthers')} id="others">
        <WaitingTable frame={frame} drafts={view.others.slice(0, OTHERS_SHOWN)} />
        <More count={view.others.length - OTHERS_SHOWN} />
      </Section>
      <Section title={t('office.recent')} id="recent" lead={t('office.recentLead')}>
        <RecentTable frame={frame} vouchers={view.recent} />
      </Section>
    </>
  )
}

function More(props: { readonly count: number }) {
  const t = useT()
  return props.count > 0 ? <p>{t('office.more', { count: props.count })}</p> : null
}

function Starts(props: { readonly frame: OfficeFrame }) {
  const t = useT()
  const { may, slug } = props.frame
  if (!may.draft && !may.import) return null
  return (
    <div className="button-row">
      {may.import && (
        <LinkButton href={officePath(slug, 'import')} icon="upload">
          {t('office.startImport')}
        </LinkButton>
      )}
      {may.draft && (
        <LinkButton href={officePath(slug, 'drafts', 'new')} icon="draft">
          {t('office.startDraft')}
        </LinkButton>
      )}
      {may.teach && (
        <LinkButton href={officePath(slug, 'rules')} icon="note">
          {t('office.startRules')}
        </LinkButton>
      )}
    </div>
  )
}

function WaitingTable(props: { readonly frame: OfficeFrame; readonly drafts: readonly WaitingDraft[] }) {
  const t = useT()
  return (
    <DataTable
      caption={t('office.waitsForOthers')}
      captionHidden
      rows={props.drafts}
      rowKey={draft => draft.draftId}
      rowHref={draft => officePath(props.frame.slug, 'drafts', draft.draftId)}
      empty={t('office.nothingForOthers')}
      columns={[
        { key: 'narration', label: t('office.narration'), cell: draft => draft.narration },
        {
          key: 'amount',
          label: t('office.amount'),
          type: 'money',
          card: 'amount',
          cell: draft => <Money amount={draft.amountFen} />,
        },
        {
          key: 'date',
          label: t('office.date'),
          type: 'date',
          cell: draft => <DateText date={draft.occurredOn} />,
        },
        { key: 'by', label: t('office.preparer'), cell: draft => draft.draftedBy ?? '' },
        {
          key: 'state',
          label: t('office.state'),
          card: 'plain',
          cell: draft =>
            draft.due === null ? (
              <StatePill tone="attention" label={t('office.sentBack')} next={t('ledger.turn.prepare')} />
            ) : (
              <StatePill
                tone="waiting"
                label={t(`office.waiting.${draft.due}`)}
                next={t(`ledger.turn.${draft.due}`)}
              />
            ),
        },
      ]}
    />
  )
}

function RecentTable(props: { readonly frame: OfficeFrame; readonly vouchers: readonly RecentVoucher[] }) {
  const t = useT()
  const { slug, may } = props.frame
  return (
    <DataTable
      caption={t('office.recent')}
      captionHidden
      rows={props.vouchers}
      rowKey={voucher => voucher.key}
      rowHref={voucher => `/c/${slug}/vouchers/${voucher.key}`}
      empty={t('office.noneRecent')}
      columns={[
        { key: 'key', label: t('office.voucherNumber'), cell: voucher => voucher.key },
        {
          key: 'amount',
          label: t('office.amount'),
          type: 'money',
          card: 'amount',
          cell: voucher => (
            <Money amount={voucher.amountFen} flow={voucher.kind === 'reversal' ? 'red' : 'neutral'} />
          ),
        },
        { key: 'narration', label: t('office.narration'), card: 'plain', cell: voucher => voucher.narration },
        {
          key: 'date',
          label: t('office.date'),
          type: 'date',
          cell: voucher => <DateText date={voucher.occurredOn} />,
        },
        { key: 'kind', label: t('office.kind'), cell: voucher => t(`ledger.kind.${voucher.kind}`) },
        {
          key: 'act',
          label: t('office.act'),
          cell: voucher =>
            voucher.canReverse && may.reverse ? (
              <Anchor href={officePath(slug, 'vouchers', voucher.key, 'reverse')}>
                {t('office.reverse')}
              </Anchor>
            ) : voucher.reverses !== null && may.draft ? (
              <Anchor href={`${officePath(slug, 'drafts', 'new')}?replaces=${voucher.reverses}`}>
                {t('office.replace')}
              </Anchor>
            ) : null,
        },
      ]}
    />
  )
}
