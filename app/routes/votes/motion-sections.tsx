/** The parts of a poll's page that stand from its notice on: questions, money, documents, both sides, rules, course, proofs. */
import { countText } from '#i18n'
import { type Fen, fen } from '#kernel'
import {
  Anchor,
  Card,
  Columns,
  DataTable,
  DefinitionList,
  DigestFigure,
  InstantText,
  Money,
  Notice,
  Section,
  useT,
} from '#ui'
import { PolicySwitches, PollTimeline, QuestionCard, RuleSentence } from '#ui/votes'
import type { PollView } from '#votes/server'
import { clocksOf } from './clocks.ts'

interface OfPoll {
  readonly slug: string
  readonly poll: PollView
}

/** Whether this system decides, advises, or repeats what the city's own system decided. */
export function OfficialVotingNotice(props: { readonly motion: PollView['motion'] }) {
  const t = useT()
  const { officialVoting, officialSystem } = props.motion
  if (officialVoting === 'on') return null
  return (
    <Notice tone="warning" title={t(`polls.official.${officialVoting}`, { system: officialSystem ?? '' })}>
      {t(`polls.officialText.${officialVoting}`)}
    </Notice>
  )
}

/** What is asked, and how it is decided, in plain words with the law beneath. */
export function QuestionsSection({ poll }: Pick<OfPoll, 'poll'>) {
  const t = useT()
  const { questions, election } = poll.motion
  const classes = [...new Set(poll.classes.map(row => row.class))]
  return (
    <Section title={t('polls.questionsTitle')} id="questions">
      {classes.map(each => (
        <RuleSentence matterClass={each} key={each} />
      ))}
      {election !== null && <p>{t('polls.electionText', { seats: countText(election.seats) })}</p>}
      {questions.map((question, index) => (
        <QuestionCard
          question={question}
          number={index + 1}
          total={questions.length}
          key={question.questionId}
        />
      ))}
    </Section>
  )
}

/** What it costs, who pays, and out of which line of the budget. */
export function MoneySection({ slug, poll }: OfPoll) {
  const t = useT()
  const { money } = poll.motion
  if (money === null) return null
  const amount: Fen = fen(BigInt(money.amountFen))
  return (
    <Section title={t('polls.moneyTitle')} id="money">
      <Card>
        <DefinitionList
          items={[
            { term: t('polls.moneyAmount'), detail: <Money amount={amount} size="md" /> },
            { term: t('polls.moneyPayer'), detail: money.payer || '—' },
            { term: t('polls.moneyProject'), detail: money.projectText || '—' },
            { term: t('polls.moneyBudget'), detail: money.budgetLine || '—' },
          ]}
        />
        <p>
          <Anchor href={`/c/${slug}/fund#spent`}>{t('polls.moneyLink')}</Anchor>
        </p>
      </Card>
    </Section>
  )
}

/** Reasons for and against, as they were handed in; documents to open, with their fingerprints. */
export function ReasonsSection(props: Pick<OfPoll, 'poll'> & { readonly documentsAt: string }) {
  const { poll, documentsAt } = props
  const t = useT()
  const { pros, cons, documents } = poll.motion
  return (
    <>
      {pros.length + cons.length > 0 && (
        <Section title={t('polls.reasonsTitle')} id="reasons">
          <Columns>
            <Card>
              <h3>{t('polls.pros')}</h3>
              <Points points={pros} />
            </Card>
            <Card>
              <h3>{t('polls.cons')}</h3>
              <Points points={cons} />
            </Card>
          </Columns>
        </Section>
      )}
      {documents.length > 0 && (
        <Section title={t('polls.documentsTitle')} lead={t('polls.documentsText')} id="documents">
          {documents.map(document => (
            <Card key={document.sha256}>
              <p>
                <Anchor href={`${documentsAt}/${document.sha256}`}>{document.name}</Anchor>
              </p>
              <DigestFigure hash={document.sha256} />
            </Card>
          ))}
        </Section>
      )}
    </>
  )
}

function Points(props: { readonly points: readonly string[] }) {
  const t = useT()
  if (props.points.length === 0) return <p>{t('polls.noPoints')}</p>
  return (
    <ul>
      {props.points.map(point => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  )
}

/** The course with its clocks, and every switch of the rules. */
export function CourseSection({ poll }: Pick<OfPoll, 'poll'>) {
  const t = useT()
  return (
    <>
      <Section title={t('polls.clocks')} id="course">
        <Card>
          <PollTimeline clocks={clocksOf(poll)} />
        </Card>
      </Section>
      <Section title={t('polls.policyTitle')} lead={t('polls.policyText')} id="policy">
        <details className="filter">
          <summary className="filter__summary">{t('polls.policyOpen')}</summary>
          <div className="filter__form">
            <div>
              <PolicySwitches
                policy={poll.policy}
                rulesVersion={poll.motion.rulesVersion}
                digest={poll.policyDigest}
              />
            </div>
          </div>
        </details>
      </Section>
    </>
  )
}

/** Fingerprints of everything frozen, and each logged step with its record and proof. */
export function ProofSection({ slug, poll }: OfPoll) {
  const t = useT()
  const digests = [
    { key: 'motion', hash: poll.motionDigest },
    { key: 'policy', hash: poll.policyDigest },
    { key: 'roll', hash: poll.rollDigest },
    { key: 'weights', hash: poll.weightsDigest },
    { key: 'seal', hash: poll.sealDigest },
    { key: 'board', hash: poll.boardDigest },
  ] as const
  return (
    <Section title={t('polls.proofTitle')} lead={t('polls.proofText')} id="proof">
      <Card>
        {digests.map(({ key, hash }) =>
          hash === null ? null : <DigestFigure hash={hash} label={t(`polls.digest.${key}`)} key={key} />,
        )}
      </Card>
      <StepTable slug={slug} steps={poll.steps} />
    </Section>
  )
}

const STEP_KINDS = [
  'notice',
  'open',
  'extension',
  'close',
  'seal',
  'tally',
  'objection',
  'answer',
  'signoff',
  'final',
  'posted',
] as const

function useStepName(): (kind: string) => string {
  const t = useT()
  return kind => {
    const known = STEP_KINDS.find(each => each === kind)
    return known === undefined ? kind : t(`polls.step.${known}`)
  }
}

function StepTable(props: { readonly slug: string; readonly steps: PollView['steps'] }) {
  const t = useT()
  const stepName = useStepName()
  const path = `/c/${props.slug}/entries`
  return (
    <DataTable
      caption={t('polls.stepsCaption')}
      dense
      rows={props.steps.map((step, place) => ({ ...step, place }))}
      rowKey={step => String(step.place)}
      columns={[
        { key: 'kind', label: t('polls.stepKind'), cell: step => stepName(step.kind) },
        { key: 'at', label: t('polls.stepAt'), type: 'date', cell: step => <InstantText at={step.at} /> },
        {
          key: 'place',
          label: t('polls.stepPlace'),
          type: 'number',
          cell: step => (step.leafIndex === null ? '—' : countText(step.leafIndex)),
        },
        {
          key: 'proof',
          label: t('polls.stepProof'),
          cell: step =>
            step.leafIndex === null ? null : (
              <span className="row-links">
                <a href={`${path}/${step.leafIndex}/leaf`}>{t('polls.stepLeaf')}</a>
                <a href={`${path}/${step.leafIndex}/proof`}>{t('polls.stepInclusion')}</a>
              </span>
            ),
        },
      ]}
    />
  )
}
