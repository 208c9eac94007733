/** One roll's import by its state: being read, refused, of unknown columns, ready, stored, put aside. */
import type { RollProblem } from '#people'
import { ErrorSummary, type FieldError, Notice, Progress, RefreshNotice } from '../feedback.tsx'
import { useT } from '../viewer.tsx'
import type { OfficeFrame } from './office-page.tsx'
import { RollDiscardForm, RollEnded, type RollImportState, RollProblems } from './roll-import.tsx'
import { RollMappingForm, type RollMappingView } from './roll-mapping.tsx'
import {
  ChangedUnits,
  FreshUnits,
  MissingUnits,
  RollConfirmForm,
  RollCounts,
  type RollPreviewView,
  RollSettleForm,
} from './roll-preview.tsx'

/** The page's content for the state the import is in. */
export function RollImportView(props: {
  readonly frame: OfficeFrame
  readonly fileName: string
  readonly state: RollImportState
  readonly problems: readonly RollProblem[]
  readonly head: readonly (readonly string[])[]
  readonly preview: RollPreviewView | null
  readonly mapping: RollMappingView
  readonly errors: readonly FieldError[]
  readonly refreshSeconds: number
}) {
  const t = useT()
  const { frame, state, problems, preview, errors } = props
  if (state === 'reading') {
    return (
      <>
        <Progress label={t('roll.state.reading')} />
        <RefreshNotice seconds={props.refreshSeconds} />
      </>
    )
  }
  if (state === 'stored' || state === 'discarded') return <RollEnded frame={frame} state={state} />
  if (state === 'unknown') {
    return <RollMappingForm frame={frame} head={props.head} view={props.mapping} errors={errors} />
  }
  if (preview === null) {
    return (
      <>
        <ErrorSummary errors={errors} />
        <Notice tone="danger" title={t('roll.rejectedTitle')}>
          <p>{t('roll.rejectedText')}</p>
        </Notice>
        <RollProblems problems={problems} file={props.fileName} />
        <RollDiscardForm frame={frame} />
      </>
    )
  }
  return (
    <>
      <ErrorSummary errors={errors} />
      <RollCounts view={preview} />
      <RollProblems problems={problems} file={props.fileName} />
      <RollSettleForm frame={frame} view={preview} errors={errors} />
      <RollConfirmForm frame={frame} view={preview} />
      <ChangedUnits view={preview} />
      <FreshUnits view={preview} />
      <MissingUnits view={preview} />
    </>
  )
}
