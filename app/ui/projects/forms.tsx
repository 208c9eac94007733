/** The forms of proposals: to propose, to take an act on one, and to open a contest. They work without script. */
import type { ReactNode } from 'react'
import type { CivilDate } from '#kernel'
import {
  type FormedAct,
  FUNDING_SOURCES,
  LONGEST_PROPOSAL_PLACE,
  LONGEST_PROPOSAL_TEXT,
  LONGEST_PROPOSAL_TITLE,
  LONGEST_ROUND_DAYS,
  PROPOSAL_RULES,
  type RoundView,
} from '#projects'
import type { PrivateKind } from '#voice'
import { Button } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import { DateField, FileField, MoneyField, RadioGroup, TextAreaField, TextField } from '../form.tsx'
import { Card } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import { CoveredNotice } from '../voice/act-forms.tsx'

interface Entered {
  readonly errors: readonly FieldError[]
  /** What had to be covered in the text; empty when nothing had. */
  readonly covered: readonly PrivateKind[]
  /** Documents that were taken in already. */
  readonly documents: readonly string[]
}

/** A proposal as it was entered and refused. */
export interface EnteredProposal extends Entered {
  readonly round: string
  readonly title: string
  readonly text: string
  readonly place: string
  readonly wanted: string
}

/** An act as it was entered and refused. */
export interface EnteredProposalAct extends Entered {
  readonly act: string
  readonly text: string
  readonly amount: string
  readonly source: string
}

function Said({ entered }: { readonly entered: Entered | null }) {
  if (entered === null) return null
  return entered.covered.length > 0 ? (
    <CoveredNotice covered={entered.covered} />
  ) : (
    <ErrorSummary errors={entered.errors} />
  )
}

function Kept({ documents }: { readonly documents: readonly string[] }) {
  return documents.map(sha256 => <input key={sha256} type="hidden" name="kept" value={sha256} />)
}

/** A new proposal. `rounds` are those open today; without any it is a small project. */
export function ProposalForm(props: {
  readonly rounds: readonly RoundView[]
  readonly token: ReactNode
  readonly entered: EnteredProposal
}) {
  const t = useT()
  const { entered, rounds } = props
  const errorOf = (field: string) => entered.errors.find(error => error.field === field)?.message
  const hasKept = entered.documents.length > 0
  return (
    <>
      <Said entered={entered} />
      <form method="post" encType="multipart/form-data">
        {props.token}
        <Kept documents={entered.documents} />
        {rounds.length > 0 && (
          <RadioGroup
            name="round"
            label={t('projects.newRound')}
            choices={[
              ...rounds.map(round => ({ value: round.roundId, label: round.title })),
              { value: '', label: t('projects.roundNone') },
            ]}
            defaultValue={entered.round}
            error={errorOf('round')}
          />
        )}
        <Words entered={entered} errorOf={errorOf} />
        <FileField
          name="documents"
          label={t('projects.newPhoto')}
          hint={hasKept ? t('projects.attachKept') : t('projects.attachHint')}
          limit={{ types: t('projects.newPhotoTypes'), size: '20 MB' }}
          accept="image/jpeg,image/png,image/webp"
          error={errorOf('documents')}
          multiple
          optional
        />
        <Button icon="draft">{t('projects.newSend')}</Button>
      </form>
    </>
  )
}

/** What is proposed, in words and money. */
function Words(props: {
  readonly entered: EnteredProposal
  readonly errorOf: (field: string) => string | undefined
}) {
  const t = useT()
  const { entered, errorOf } = props
  return (
    <>
      <TextField
        name="title"
        label={t('projects.newName')}
        hint={t('projects.newNameHint')}
        defaultValue={entered.title}
        maxLength={LONGEST_PROPOSAL_TITLE}
        error={errorOf('title')}
        autoComplete="off"
        required
      />
      <TextAreaField
        name="text"
        label={t('projects.newText')}
        hint={t('projects.publicHint')}
        defaultValue={entered.text}
        maxLength={LONGEST_PROPOSAL_TEXT}
        error={errorOf('text')}
        required
      />
      <TextField
        name="place"
        label={t('projects.newPlace')}
        defaultValue={entered.place}
        maxLength={LONGEST_PROPOSAL_PLACE}
        error={errorOf('place')}
        autoComplete="off"
        optional
      />
      <MoneyField
        name="wanted"
        label={t('projects.newWanted')}
        hint={t('projects.newWantedHint')}
        defaultValue={entered.wanted}
        error={errorOf('amount')}
        optional
      />
    </>
  )
}

interface ActsProps {
  readonly acts: readonly FormedAct[]
  readonly token: ReactNode
  readonly entered: EnteredProposalAct | null
}

/** One form for each act. */
export function ProposalActForms(props: ActsProps) {
  const { acts, entered } = props
  return (
    <>
      <Said entered={entered} />
      {acts.map(act => (
        <Card key={act}>
          <ActForm {...props} act={act} />
        </Card>
      ))}
    </>
  )
}

const STERN: readonly FormedAct[] = ['decline', 'refuse', 'withdraw', 'hide']

function ActForm({ act, token, entered: anyEntered }: ActsProps & { readonly act: FormedAct }) {
  const t = useT()
  const rule = PROPOSAL_RULES[act]
  const entered = anyEntered?.act === act ? anyEntered : null
  const id = (field: string) => `${act}-${field}`
  const errorOf = (field: string) => entered?.errors.find(error => error.field === id(field))?.message
  if (act === 'support' || act === 'unsupport') return null
  return (
    <form method="post" encType="multipart/form-data">
      <h3>{t(`projects.act.${act}`)}</h3>
      {token}
      <input type="hidden" name="act" value={act} />
      <Kept documents={entered?.documents ?? []} />
      {rule.source !== undefined && (
        <RadioGroup
          name="source"
          id={id('source')}
          label={t('projects.fundSource')}
          choices={FUNDING_SOURCES.map(source => ({ value: source, label: t(`projects.source.${source}`) }))}
          defaultValue={entered?.source}
          error={errorOf('source')}
          required
        />
      )}
      {rule.amount !== undefined && (
        <MoneyField
          name="amount"
          id={id('amount')}
          label={t(act === 'fund' ? 'projects.amountFund' : 'projects.amountReport')}
          defaultValue={entered?.amount}
          error={errorOf('amount')}
          required
        />
      )}
      {rule.text !== undefined && (
        <TextAreaField
          name="text"
          id={id('text')}
          label={t(`projects.write.${act}`)}
          hint={t('projects.publicHint')}
          defaultValue={entered?.text}
          maxLength={LONGEST_PROPOSAL_TEXT}
          error={errorOf('text')}
          required={rule.text === 'must'}
          optional={rule.text === 'may'}
        />
      )}
      {rule.documents !== undefined && (
        <FileField
          name="documents"
          id={id('documents')}
          label={t('projects.attach')}
          hint={t('projects.attachHint')}
          limit={{ types: t('projects.attachTypes'), size: '20 MB' }}
          accept="image/jpeg,image/png,image/webp,application/pdf"
          error={errorOf('documents')}
          multiple
          optional
        />
      )}
      <Button tone={STERN.includes(act) ? 'secondary' : 'primary'}>{t(`projects.press.${act}`)}</Button>
    </form>
  )
}

/** Opens a contest. */
export function RoundForm(props: {
  readonly today: CivilDate
  readonly token: ReactNode
  readonly entered: {
    readonly title: string
    readonly opensOn: string
    readonly closesOn: string
    readonly errors: readonly FieldError[]
  } | null
}) {
  const t = useT()
  const { today, entered } = props
  const errorOf = (field: string) => entered?.errors.find(error => error.field === field)?.message
  return (
    <>
      {entered !== null && <ErrorSummary errors={entered.errors} />}
      <p>{t('projects.deskRoundLead', { days: LONGEST_ROUND_DAYS })}</p>
      <form method="post">
        {props.token}
        <TextField
          name="title"
          label={t('projects.deskRoundName')}
          defaultValue={entered?.title}
          maxLength={LONGEST_PROPOSAL_TITLE}
          error={errorOf('title')}
          autoComplete="off"
          required
        />
        <DateField
          name="opensOn"
          label={t('projects.deskRoundFrom')}
          defaultValue={entered?.opensOn ?? today}
          error={errorOf('opensOn')}
          required
        />
        <DateField
          name="closesOn"
          label={t('projects.deskRoundUntil')}
          min={today}
          defaultValue={entered?.closesOn}
          error={errorOf('closesOn')}
          required
        />
        <Button icon="calendar">{t('projects.deskRoundOpen')}</Button>
      </form>
    </>
  )
}
