/** One import by its state: being read, refused, of unknown columns, ready, held, being stored, stored, put aside. */
import type { BankImportReading, ImportState } from '#ledger'
import { Button, ButtonRow, LinkButton } from '../button.tsx'
import type { RuleNames } from '../control-rules.tsx'
import { ErrorSummary, type FieldError, Notice, Progress, RefreshNotice } from '../feedback.tsx'
import { useT } from '../viewer.tsx'
import { ColumnMappingForm, type MappingView } from './column-mapping-form.tsx'
import { DiscardForm, ImportDecision, ImportFigures, ImportProblems, ImportRows } from './import-preview.tsx'
import {
  AgreedColumns,
  ColumnsSentBack,
  type ImportChange,
  ProposeColumns,
  WaitingColumns,
} from './mapped-import.tsx'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

export interface ImportViewProps {
  readonly frame: OfficeFrame
  readonly found: {
    readonly importId: string
    readonly fileName: string
    readonly state: ImportState
    readonly reading: BankImportReading | null
    /** True when its lines are read by columns that a person chose. */
    readonly isMapped: boolean
    /** The code with which its job gave up. */
    readonly failure: string | null
  }
  /** The change about its columns, waiting or decided; null when none was asked for. */
  readonly change: ImportChange | null
  readonly names: RuleNames
  readonly stored: { readonly storedNew: number; readonly alreadyThere: number }
  readonly mapping: MappingView
  readonly errors: readonly FieldError[]
  readonly entered: Readonly<Record<string, string>>
  readonly refreshSeconds: number
}

/** The page's content for the state the import is in. */
export function ImportView(props: ImportViewProps) {
  const t = useT()
  const { frame, found, errors } = props
  const { reading, state } = found
  if (state === 'reading' || state === 'storing') {
    if (found.failure !== null) return <FailedNotice {...props} failure={found.failure} />
    return (
      <>
        <Progress label={t(`office.importState.${state}`)} />
        <RefreshNotice seconds={props.refreshSeconds} />
      </>
    )
  }
  if (state === 'stored') return <StoredNotice {...props} />
  if (reading === null) return <Notice title={t('office.importState.discarded')} />
  if (state === 'unknown' && frame.may.import) {
    return (
      <>
        <ColumnsSentBack change={props.change} />
        <ImportProblems
          problems={reading.problems.filter(problem => problem.code !== 'layout-unknown')}
          file={found.fileName}
        />
        <ColumnMappingForm frame={frame} head={reading.head} view={props.mapping} errors={errors} />
      </>
    )
  }
  return <ReadImport {...props} reading={reading} />
}

/** A file that was read: what was found, what is decided about it, and each row. */
function ReadImport(props: ImportViewProps & { readonly reading: BankImportReading }) {
  const t = useT()
  const { frame, found, errors, reading, change } = props
  const { state } = found
  const decides = frame.may.import && (state === 'ready' || state === 'held')
  return (
    <>
      <ErrorSummary errors={errors} />
      {state === 'waiting' && change !== null && <WaitingColumns {...props} change={change} />}
      {state === 'rejected' && (
        <Notice tone="danger" title={t('office.rejectedTitle')}>
          <p>{t('office.rejectedText')}</p>
        </Notice>
      )}
      {reading.lines.length > 0 && <ImportFigures reading={reading} />}
      <ImportProblems problems={reading.problems} file={found.fileName} />
      {state === 'mapped' && frame.may.import && <ProposeColumns {...props} />}
      {found.isMapped && decides && change !== null && (
        <AgreedColumns frame={frame} change={change} names={props.names} mayRemap />
      )}
      {decides && (
        <ImportDecision
          frame={frame}
          importId={found.importId}
          reading={reading}
          held={state === 'held'}
          errors={errors}
          entered={props.entered}
        />
      )}
      {state === 'rejected' && frame.may.import && <DiscardForm frame={frame} />}
      <ImportRows reading={reading} />
    </>
  )
}

/** The job gave up: what that means, and the button that lets it try once more. */
function FailedNotice(props: ImportViewProps & { readonly failure: string }) {
  const t = useT()
  const { frame, found, failure } = props
  return (
    <>
      <ErrorSummary errors={props.errors} />
      <Notice
        tone="danger"
        title={t(found.state === 'storing' ? 'office.importNotStored' : 'office.importNotRead')}
      >
        <p>{t('office.importFailedText', { code: failure })}</p>
        {frame.may.import && (
          <form method="post">
            <CsrfField frame={frame} />
            <Button name="intent" value="retry">
              {t('office.importRetry')}
            </Button>
          </form>
        )}
      </Notice>
      {found.state === 'reading' && frame.may.import && <DiscardForm frame={frame} />}
    </>
  )
}

function StoredNotice(props: ImportViewProps) {
  const t = useT()
  const { frame, found, stored } = props
  return (
    <>
      <Notice tone="success" title={t('office.storedTitle')} live="status">
        <p>{t('office.storedText', { fresh: stored.storedNew, known: stored.alreadyThere })}</p>
      </Notice>
      {found.reading && <ImportFigures reading={found.reading} />}
      {found.isMapped && props.change !== null && (
        <AgreedColumns frame={frame} change={props.change} names={props.names} mayRemap={false} />
      )}
      <ButtonRow>
        {frame.may.draft && (
          <LinkButton tone="primary" href={officePath(frame.slug, 'lines')} icon="ledger">
            {t('office.toLines')}
          </LinkButton>
        )}
        <LinkButton href={officePath(frame.slug, 'import')}>{t('office.importAnother')}</LinkButton>
      </ButtonRow>
    </>
  )
}
