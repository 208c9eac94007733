/** Uploading an owners' roll, the list of earlier imports, and one import by its state. */
import { rollProblemText } from '#i18n'
import type { CivilDate } from '#kernel'
import { AREA_SOURCES, type RollProblem } from '#people'
import { Button, LinkButton } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { DateField, FileField, RadioGroup } from '../form.tsx'
import { Card, Section } from '../page-shell.tsx'
import { DateText, InstantText } from '../stamp.tsx'
import { StatePill, type StateTone } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { useT, useViewer } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

export type RollImportState = 'reading' | 'rejected' | 'unknown' | 'ready' | 'stored' | 'discarded'

const TONES = {
  reading: 'waiting',
  rejected: 'attention',
  unknown: 'attention',
  ready: 'waiting',
  stored: 'done',
  discarded: 'stopped',
} as const satisfies Record<RollImportState, StateTone>

/** Where an import stands. */
export function RollStatePill(props: { readonly state: RollImportState }) {
  const t = useT()
  return <StatePill tone={TONES[props.state]} label={t(`roll.state.${props.state}`)} />
}

/** The upload form. */
export function RollUploadForm(props: {
  readonly frame: OfficeFrame
  readonly errors: readonly FieldError[]
  readonly limit: string
  readonly today: CivilDate
  readonly entered: { readonly effectiveOn: string; readonly areaSource: string }
}) {
  const t = useT()
  const { errors, entered } = props
  return (
    <Card>
      <form method="post" encType="multipart/form-data">
        <ErrorSummary errors={errors} />
        <CsrfField frame={props.frame} />
        <FileField
          name="file"
          label={t('roll.file')}
          hint={t('roll.fileHint')}
          limit={{ types: t('roll.fileTypes'), size: props.limit }}
          accept=".csv,.txt,.xls,.xlsx"
          error={errorOf(errors, 'file')}
          required
        />
        <DateField
          name="effectiveOn"
          label={t('roll.onDay')}
          hint={t('roll.onDayHint')}
          max={props.today}
          defaultValue={entered.effectiveOn}
          error={errorOf(errors, 'effectiveOn')}
          required
        />
        <RadioGroup
          name="areaSource"
          label={t('roll.sourceOfFile')}
          hint={t('roll.sourceOfFileHint')}
          defaultValue={entered.areaSource}
          choices={AREA_SOURCES.map(source => ({ value: source, label: t(`roll.areaSource.${source}`) }))}
        />
        <div>
          <Button icon="upload">{t('roll.upload')}</Button>
        </div>
      </form>
    </Card>
  )
}

export interface ListedRollImport {
  readonly importId: string
  readonly fileName: string
  readonly uploadedAt: Date
  readonly effectiveOn: CivilDate
  readonly state: RollImportState
  readonly counts: {
    readonly new: number
    readonly changed: number
    readonly unchanged: number
    readonly removed: number
  } | null
}

/** Earlier imports, newest first. */
export function RollImportTable(props: {
  readonly frame: OfficeFrame
  readonly imports: readonly ListedRollImport[]
}) {
  const t = useT()
  return (
    <Section title={t('roll.imports')} id="imports">
      <DataTable
        caption={t('roll.imports')}
        captionHidden
        rows={props.imports}
        rowKey={row => row.importId}
        rowHref={row => officePath(props.frame.slug, 'roll', 'import', row.importId)}
        empty={t('roll.noImports')}
        columns={[
          { key: 'file', label: t('roll.file'), cell: row => row.fileName },
          {
            key: 'on',
            label: t('roll.effectiveOn'),
            type: 'date',
            cell: row => <DateText date={row.effectiveOn} />,
          },
          {
            key: 'at',
            label: t('roll.uploadedAt'),
            type: 'date',
            cell: row => <InstantText at={row.uploadedAt} />,
          },
          {
            key: 'result',
            label: t('roll.result'),
            cell: ({ counts }) =>
              counts === null
                ? ''
                : t('roll.resultText', {
                    fresh: counts.new,
                    changed: counts.changed,
                    unchanged: counts.unchanged,
                    removed: counts.removed,
                  }),
          },
          {
            key: 'state',
            label: t('roll.state'),
            card: 'plain',
            cell: row => <RollStatePill state={row.state} />,
          },
        ]}
      />
    </Section>
  )
}

const PROBLEMS_SHOWN = 200

/** Every problem in words, the ones that refuse the file first. */
export function RollProblems(props: { readonly problems: readonly RollProblem[]; readonly file: string }) {
  const t = useT()
  const { lang } = useViewer()
  return (
    <>
      {(['error', 'notice'] as const).map(severity => {
        const found = props.problems.filter(problem => problem.severity === severity)
        if (found.length === 0) return null
        return (
          <Notice
            key={severity}
            tone={severity === 'error' ? 'danger' : 'info'}
            title={t(severity === 'error' ? 'roll.errors' : 'roll.notices', { count: found.length })}
          >
            <ul className="plain-list">
              {found.slice(0, PROBLEMS_SHOWN).map((problem, place) => (
                <li key={String(place)}>{rollProblemText(problem, props.file, lang)}</li>
              ))}
            </ul>
            {found.length > PROBLEMS_SHOWN && (
              <p>{t('roll.problemsMore', { count: found.length - PROBLEMS_SHOWN })}</p>
            )}
          </Notice>
        )
      })}
    </>
  )
}

/** Puts the file aside. */
export function RollDiscardForm(props: { readonly frame: OfficeFrame }) {
  const t = useT()
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <div>
        <Button name="intent" value="discard" tone="secondary">
          {t('roll.discard')}
        </Button>
      </div>
    </form>
  )
}

/** What stands when an import has ended. */
export function RollEnded(props: { readonly frame: OfficeFrame; readonly state: 'stored' | 'discarded' }) {
  const t = useT()
  const link = <LinkButton href={officePath(props.frame.slug, 'roll')}>{t('roll.toRoll')}</LinkButton>
  if (props.state === 'discarded') {
    return (
      <Notice title={t('roll.state.discarded')}>
        <p>{t('roll.discardedText')}</p>
        {link}
      </Notice>
    )
  }
  return (
    <Notice tone="success" title={t('roll.storedTitle')} live="status">
      <p>{t('roll.storedText')}</p>
      {link}
    </Notice>
  )
}
