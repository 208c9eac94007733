/** An owner's side of a poll: the entry on the roll and its weight, how each unit voted and counted, what can be disputed. */
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
  Section,
  SelectField,
  StatePill,
  TextAreaField,
  useT,
} from '#ui'
import { AnswerList, WeightCard } from '#ui/votes'
import type { Fate } from '#votes'
import type { MyBallot, MyPoll, MyUnit } from '#votes/server'
import { useChoiceLabel } from './cast-screens.tsx'
import { ownHeads, toneOf } from './own-units.ts'
import { OwnFormField } from './owner-page.tsx'
import type { OwnerFrame } from './owner-visit.server.ts'

interface OfMine {
  readonly path: string
  readonly mine: MyPoll
}

/** What the reader's vote weighs, head by head. */
export function WeightSection({ mine }: Pick<OfMine, 'mine'>) {
  const t = useT()
  const isRollOpen = mine.poll.state === 'notice' || mine.poll.state === 'open'
  return (
    <Section title={t('ballot.weightTitle')} lead={t('ballot.weightLead')} id="weight">
      {ownHeads(mine.units).map(own => (
        <WeightCard key={own.units[0]!.unit} {...own} objectHref={isRollOpen ? '#object' : undefined} />
      ))}
    </Section>
  )
}

/** Each unit with the ballot that stands, its receipt, and (once counted) what became of it. */
export function UnitsSection({ path, mine }: OfMine) {
  const t = useT()
  return (
    <Section title={t('ballot.unitsTitle')} id="units">
      {mine.units.map(unit => (
        <UnitCard path={path} mine={mine} unit={unit} key={unit.entry.unit} />
      ))}
    </Section>
  )
}

function UnitCard({ path, mine, unit }: OfMine & { readonly unit: MyUnit }) {
  const t = useT()
  const { standing, obstacle, ballots } = unit
  return (
    <Card>
      <h3>{unit.asProxy ? t('ballot.unitAsProxy', { unit: unit.entry.unit }) : unit.entry.unit}</h3>
      <p>
        {standing === null ? (
          <StatePill tone="draft" label={t('ballot.notVoted')} />
        ) : (
          <StatePill tone="done" label={t('ballot.voted')} />
        )}
      </p>
      {obstacle !== null && (
        <Notice tone="warning" title={t('ballot.unitObstacle')}>
          {t(`votes.reason.${obstacle}`)}
        </Notice>
      )}
      {unit.coOwnerVoted && (
        <Notice tone="warning" title={t('ballot.coOwnerVoted', { units: unit.entry.unit })}>
          {t(`ballot.coOwnerConflict.${mine.poll.policy.coOwnerConflict}`)}
        </Notice>
      )}
      {standing?.choices && <Choices mine={mine} ballot={standing} />}
      {ballots.length > 0 && (
        <ul className="receipts">
          {ballots.map(ballot => (
            <li key={ballot.seq}>
              <BallotLine path={path} ballot={ballot} mine={mine} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Choices({ mine, ballot }: { readonly mine: MyPoll; readonly ballot: MyBallot }) {
  const labelOf = useChoiceLabel()
  const answers = mine.poll.motion.questions.flatMap(question => {
    const choice = ballot.choices?.[question.questionId]
    return choice === undefined
      ? []
      : [{ questionId: question.questionId, title: question.title, answer: labelOf(question, choice) }]
  })
  return <AnswerList answers={answers} />
}

/** What became of a ballot for one question, in words. */
export function useFateText(): (fate: Fate) => string {
  const t = useT()
  return fate =>
    fate === 'counted' || fate === 'merged-as-abstention' || fate === 'withdrawal'
      ? t(`ballot.fate.${fate}`)
      : t('ballot.fateNot', { reason: t(`votes.reason.${fate}`) })
}

function BallotLine({ path, ballot, mine }: OfMine & { readonly ballot: MyBallot }) {
  const t = useT()
  const fateText = useFateText()
  const { questions } = mine.poll.motion
  return (
    <>
      <p>
        <Anchor href={`${path}/receipts/${ballot.seq}`}>
          {t('ballot.receiptNumber', { number: countText(ballot.seq) })}
        </Anchor>{' '}
        {ballot.withdraws ? t('ballot.wasWithdrawal') : t(`polls.channel.${ballot.channel}`)}{' '}
        <InstantText at={ballot.receivedAt} />
      </p>
      {ballot.fates !== null &&
        questions.flatMap(({ questionId, title }) => {
          const fate = ballot.fates?.[questionId]
          if (fate === undefined) return []
          return [
            <p key={questionId}>
              {questions.length > 1 && `${title} `}
              <StatePill tone={toneOf(fate)} label={fateText(fate)} />
            </p>,
          ]
        })}
    </>
  )
}

/** Voting, changing and taking back, as long as it is open. */
export function OwnActions({ path, mine }: OfMine) {
  const t = useT()
  const hasVoted = mine.units.some(unit => unit.standing !== null)
  if (!mine.isOpenNow || mine.units.length === 0) return null
  return (
    <>
      <LinkButton tone="primary" icon="vote" href={`${path}/cast`}>
        {hasVoted ? t('ballot.edit') : t('polls.voteNow')}
      </LinkButton>
      {hasVoted && mine.poll.policy.withdrawAllowed && (
        <LinkButton href={`${path}/withdraw`}>{t('ballot.withdraw')}</LinkButton>
      )}
    </>
  )
}

const ROLL_STATES: readonly string[] = ['notice', 'open']
const COUNT_STATES: readonly string[] = ['counted', 'objection']

/** Objections made, with their answers, and the form for another while there is time. */
export function ObjectionsSection(props: {
  readonly frame: OwnerFrame
  readonly mine: MyPoll
  readonly refused: { readonly message: string; readonly unit: string; readonly text: string } | null
  readonly isMade: boolean
}) {
  const t = useT()
  const { mine, refused } = props
  const own = mine.units.filter(unit => !unit.asProxy)
  const stage = ROLL_STATES.includes(mine.poll.state)
    ? 'roll'
    : COUNT_STATES.includes(mine.poll.state)
      ? 'count'
      : null
  const made = own.flatMap(unit => unit.objections.map(each => ({ ...each, unit: unit.entry.unit })))
  if (own.length === 0 || (stage === null && made.length === 0)) return null
  return (
    <Section
      title={stage === 'count' ? t('ballot.disputeTitle') : t('ballot.objectTitle')}
      lead={stage === null ? undefined : t(`ballot.objectLead.${stage}`)}
      id="object"
    >
      {props.isMade && <Notice tone="success" title={t('ballot.objectMade')} live="status" />}
      {made.map(each => (
        <Objection key={each.objectionId} {...each} />
      ))}
      {stage !== null && (
        <form method="post">
          {refused !== null && <ErrorSummary errors={[{ field: 'text', message: refused.message }]} />}
          <OwnFormField frame={props.frame} />
          <SelectField
            name="unit"
            label={t('ballot.unit')}
            choices={own.map(({ entry }) => ({ value: entry.unit, label: entry.unit }))}
            defaultValue={refused?.unit}
          />
          <TextAreaField
            name="text"
            label={t(`ballot.objectText.${stage}`)}
            hint={t('ballot.objectHint')}
            rows={4}
            maxLength={4000}
            defaultValue={refused?.text}
            error={refused?.message}
            required
          />
          <ButtonRow>
            <Button tone="secondary">{t('ballot.objectSend')}</Button>
          </ButtonRow>
        </form>
      )}
    </Section>
  )
}

function Objection(props: MyUnit['objections'][number] & { readonly unit: string }) {
  const t = useT()
  const { answer } = props
  return (
    <Card>
      <p>
        {props.unit} · <InstantText at={props.madeAt} />
      </p>
      <p className="question__text">{props.text ?? t('ballot.objectErased')}</p>
      {answer === null ? (
        <StatePill tone="waiting" label={t('ballot.objectWaiting')} />
      ) : (
        <>
          <p>
            <StatePill
              tone={answer.isUpheld ? 'done' : 'stopped'}
              label={answer.isUpheld ? t('ballot.objectUpheld') : t('ballot.objectRejected')}
            />{' '}
            <InstantText at={answer.at} />
          </p>
          <p className="question__text">{answer.text ?? t('ballot.objectErased')}</p>
        </>
      )}
    </Card>
  )
}
