/** The screens of casting: which ballot, one question, the summary, and the end. Big, one thing at a time, no script. */
import type { ReactNode } from 'react'
import { countText } from '#i18n'
import {
  Anchor,
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  InstantText,
  LinkButton,
  Notice,
  Sentence,
  Stepper,
  useT,
} from '#ui'
import { AnswerList, type ChoiceCard, ChoiceCards, RuleSentence } from '#ui/votes'
import { choicesOf, classOf, NONE_OF_THEM, type Question } from '#votes'
import type { MyVoting } from '#votes/server'
import { answerField, ballotsToCast, type Casting, questionsFor } from './cast-steps.ts'
import { OwnFormField } from './owner-page.tsx'
import type { OwnerFrame } from './owner-visit.server.ts'

interface OfCasting {
  readonly frame: OwnerFrame
  readonly mine: MyVoting
  readonly casting: Casting
  /** Highest number of the reader's ballots when this form was opened. */
  readonly since: number
}

/** A choice in the reader's words. */
export function useChoiceLabel(): (question: Question, choice: string) => string {
  const t = useT()
  return (question, choice) => {
    if (choice === 'ABSTAIN') return t('polls.abstain')
    if (choice === 'BLANK') return t('ballot.notAsked')
    if (question.form === 'plans') {
      if (choice === NONE_OF_THEM) return t('polls.noneOfThem')
      return question.plans.find(plan => plan.id === choice)?.label ?? choice
    }
    if (choice === 'FOR') return t('polls.inFavour')
    return choice === 'AGAINST' ? t('polls.against') : choice
  }
}

const TONES: Readonly<Record<string, ChoiceCard['tone']>> = {
  FOR: 'for',
  AGAINST: 'against',
  ABSTAIN: 'abstain',
  [NONE_OF_THEM]: 'against',
}

/** The form that carries everything entered so far, less what this screen itself asks. */
function CastForm(
  props: OfCasting & { readonly at: string; readonly asks: readonly string[]; readonly children: ReactNode },
) {
  const { frame, casting, since, at, asks } = props
  const carried = [
    ['at', at],
    ['since', String(since)],
    ...(casting.ballot === null ? [] : [['ballot', casting.ballot.value]]),
    ...Object.entries(casting.answers).map(([id, choice]) => [answerField(id), choice]),
  ].filter(([name]) => !asks.includes(name!))
  return (
    <form method="post" className="cast">
      <OwnFormField frame={frame} />
      {carried.map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
      {props.children}
    </form>
  )
}

/** Whose ballot it is: for all of one's own units together, for one, or for somebody who gave a proxy. */
export function BallotScreen(props: OfCasting) {
  const { mine, casting } = props
  const t = useT()
  const error =
    casting.screen.at === 'ballot' && casting.screen.error !== null ? t('ballot.ballotMissing') : undefined
  return (
    <CastForm {...props} at="ballot" asks={['ballot']}>
      {error !== undefined && <ErrorSummary errors={[{ field: 'ballot', message: error }]} />}
      <ChoiceCards
        name="ballot"
        legend={t('ballot.ballotTitle')}
        hint={t('ballot.ballotHint')}
        error={error}
        chosen={casting.ballot?.value}
        choices={ballotsToCast(mine.units).map(each => ({
          value: each.value,
          tone: 'plan',
          label:
            each.value === 'own'
              ? t('ballot.ballotAll', { count: countText(each.units.length) })
              : each.units[0]!,
          hint:
            each.value === 'own'
              ? t('ballot.ballotAllHint', { units: each.units.join(t('polls.pause')) })
              : each.asProxy
                ? t('ballot.ballotProxy')
                : undefined,
        }))}
      />
      <ButtonRow>
        <Button name="go" value="next" icon="next">
          {t('ballot.next')}
        </Button>
      </ButtonRow>
    </CastForm>
  )
}

/** One question. */
export function QuestionScreen(props: OfCasting & { readonly questionId: string }) {
  const { mine, casting, questionId } = props
  const t = useT()
  const labelOf = useChoiceLabel()
  const questions = questionsFor(mine, casting.ballot!)
  const place = questions.findIndex(question => question.questionId === questionId)
  const question = questions[place]!
  const field = answerField(questionId)
  const isMissing = casting.screen.at === 'question' && casting.screen.error !== null
  return (
    <CastForm {...props} at={questionId} asks={[field]}>
      {isMissing && <ErrorSummary errors={[{ field, message: t('ballot.answerMissing') }]} />}
      <Stepper
        label={t('ballot.steps')}
        steps={[
          ...questions.map((_, index) => t('polls.numbered', { number: index + 1 })),
          t('ballot.check'),
        ]}
        current={place}
      />
      <ChoiceCards
        name={field}
        legend={question.title}
        hint={<span className="question__text">{question.text}</span>}
        error={isMissing ? t('ballot.answerMissing') : undefined}
        chosen={casting.answers[questionId]}
        choices={choicesOf(question).map(choice => ({
          value: choice,
          label: labelOf(question, choice),
          tone: TONES[choice] ?? 'plan',
          hint: choice === 'ABSTAIN' ? t('ballot.abstainHint') : undefined,
        }))}
      />
      <ButtonRow>
        <Button name="go" value="next" icon="next">
          {t('ballot.next')}
        </Button>
        {(place > 0 || ballotsToCast(mine.units).length > 1) && (
          <Button name="go" value="back" tone="secondary" icon="previous" formNoValidate>
            {t('ballot.back')}
          </Button>
        )}
      </ButtonRow>
      <RuleSentence matterClass={classOf(question.matter.clause)} />
    </CastForm>
  )
}

/** Everything once more, to be checked before it is submitted. */
export function SummaryScreen(props: OfCasting) {
  const { mine, casting } = props
  const t = useT()
  const labelOf = useChoiceLabel()
  const ballot = casting.ballot!
  const answers = questionsFor(mine, ballot).map(question => ({
    questionId: question.questionId,
    title: question.title,
    answer: labelOf(question, casting.answers[question.questionId]!),
    change: (
      <Button name="go" value={question.questionId} tone="secondary">
        {t('ballot.change')} <span className="visually-hidden">{question.title}</span>
      </Button>
    ),
  }))
  return (
    <CastForm {...props} at="summary" asks={[]}>
      <p className="sentence">
        {ballot.asProxy
          ? t('ballot.summaryProxy', { unit: ballot.units[0]! })
          : t('ballot.summaryFor', { units: ballot.units.join(t('polls.pause')) })}
      </p>
      <Card>
        <AnswerList answers={answers} />
      </Card>
      <ButtonRow>
        <Button name="go" value="submit" icon="vote">
          {t('ballot.submit')}
        </Button>
      </ButtonRow>
      <p>
        <Sentence text="ballot.submitHint" values={{ at: <InstantText at={mine.poll.closesAt} /> }} />
      </p>
    </CastForm>
  )
}

/** What must be known before casting: co-owners, a representative, ballots that stand. */
export function CastWarnings(props: { readonly mine: MyVoting; readonly units: readonly string[] }) {
  const t = useT()
  const { mine } = props
  const units = mine.units.filter(unit => props.units.includes(unit.entry.unit))
  const shared = units.filter(unit => unit.coOwners > 1 && unit.representative === 'none' && !unit.asProxy)
  const spoken = units.filter(unit => unit.coOwnerVoted)
  const names = (each: typeof units) => each.map(unit => unit.entry.unit).join(t('polls.pause'))
  return (
    <>
      {spoken.length > 0 ? (
        <Notice tone="warning" title={t('ballot.coOwnerVoted', { units: names(spoken) })}>
          {t(`ballot.coOwnerConflict.${mine.poll.policy.coOwnerConflict}`)}
        </Notice>
      ) : (
        shared.length > 0 && (
          <Notice title={t('ballot.shared', { units: names(shared) })}>
            {t(`ballot.coOwnerConflict.${mine.poll.policy.coOwnerConflict}`)}
          </Notice>
        )
      )}
      {units.some(unit => unit.standing !== null) && (
        <Notice title={t('ballot.editing')}>{t('ballot.editingText')}</Notice>
      )}
    </>
  )
}

/** After submitting: that it is recorded, and the receipts. Nothing else is asked. */
export function Submitted(props: {
  readonly path: string
  readonly closesAt: Date
  readonly ballots: readonly { readonly unit: string; readonly seq: number }[]
}) {
  const t = useT()
  return (
    <>
      <Notice tone="success" title={t('ballot.submitted')} live="status">
        <Sentence text="ballot.submittedText" values={{ at: <InstantText at={props.closesAt} /> }} />
      </Notice>
      <Card>
        <h2>{t('ballot.receipts')}</h2>
        <ul className="receipts">
          {props.ballots.map(({ unit, seq }) => (
            <li key={seq}>
              <Anchor href={`${props.path}/receipts/${seq}`}>
                {t('ballot.receiptLink', { unit, number: countText(seq) })}
              </Anchor>
            </li>
          ))}
        </ul>
      </Card>
      <p>
        <LinkButton href={`${props.path}/mine`}>{t('ballot.toMine')}</LinkButton>
      </p>
    </>
  )
}
