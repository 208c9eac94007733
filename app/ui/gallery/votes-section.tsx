/** Component page: everything that pages of votes are made of, in every state. */
import { areaCentiM2 } from '#kernel'
import { DEFAULT_POLICY } from '#votes'
import { Button } from '../button.tsx'
import { Card, Columns, Section } from '../page-shell.tsx'
import { KeepViewer, useT } from '../viewer.tsx'
import { AnswerList } from '../votes/answers.tsx'
import { ChoiceCards } from '../votes/choice-cards.tsx'
import { PollTimeline } from '../votes/course.tsx'
import { ApprovalBars, GateBars, TurnoutBars } from '../votes/gate-bars.tsx'
import { PolicySwitches } from '../votes/policy-list.tsx'
import { PollList } from '../votes/poll-list.tsx'
import { QuestionCard } from '../votes/question-card.tsx'
import { ReceiptSlip } from '../votes/receipt-slip.tsx'
import { BothBases, ClauseSideBySide, ExclusionCounts, FiguresTable } from '../votes/result.tsx'
import { TurnoutByBuilding, TurnoutByChannel } from '../votes/turnout.tsx'
import { RuleSentence, VerdictSentence } from '../votes/verdict.tsx'
import { WeightCard } from '../votes/weight-card.tsx'
import { SAMPLE_HASH, SAMPLE_INSTANT } from './samples.ts'
import {
  BUILDINGS,
  CHANNELS,
  CLAUSE,
  CLOCKS,
  EXACTLY_HALF,
  MY_HEAD,
  NO_QUORUM,
  NOT_PASSED,
  PASSED,
  POLICY_WITH_CLAUSE,
} from './vote-samples.ts'

/** Results: the verdict, both gates, the figures, what was not counted. */
export function VoteResultsSection() {
  const t = useT()
  return (
    <Section title={t('gallery.voteResults')} id="vote-results">
      <RuleSentence matterClass="ordinary" />
      {[
        { figures: PASSED, matterClass: 'ordinary' as const },
        { figures: NO_QUORUM, matterClass: 'ordinary' as const },
        { figures: NOT_PASSED, matterClass: 'special' as const },
        { figures: EXACTLY_HALF, matterClass: 'ordinary' as const },
      ].map(sample => (
        <Card key={`${sample.figures.outcome} ${sample.figures.inFavour.heads}`}>
          <VerdictSentence {...sample} />
          <GateBars {...sample} />
          <ApprovalBars {...sample} />
        </Card>
      ))}
      <RuleSentence matterClass="special" />
      <Card>
        <VerdictSentence matterClass="ordinary" figures={PASSED} of={t('gallery.votePlanA')} />
        <ApprovalBars
          matterClass="ordinary"
          figures={PASSED}
          of={t('gallery.votePlanA')}
          against="otherPlans"
        />
      </Card>
      <Columns>
        <FiguresTable figures={PASSED} />
        <BothBases figures={PASSED} />
      </Columns>
      <Columns>
        <ExclusionCounts byReason={{ LATE: 46, SUPERSEDED: 3, CO_OWNER_CONFLICT: 1 }} />
        <ExclusionCounts byReason={{}} />
      </Columns>
      <ClauseSideBySide matterClass="ordinary" strict={NO_QUORUM} clause={CLAUSE} />
    </Section>
  )
}

/** While a poll runs: turnout, clocks, the rules in plain words, the list of polls. */
export function VoteCourseSection() {
  const t = useT()
  return (
    <Section title={t('gallery.voteCourse')} id="vote-course">
      <Card>
        <TurnoutBars participating={NO_QUORUM.participating} total={NO_QUORUM.total} />
        <TurnoutByChannel rows={CHANNELS} />
        <TurnoutByBuilding
          rows={BUILDINGS.map(({ key, ...row }) => ({
            ...row,
            buildings:
              key === 'buildingC' ? [t('gallery.buildingC'), t('gallery.buildingD')] : [t(`gallery.${key}`)],
          }))}
        />
      </Card>
      <Columns>
        {CLOCKS.map(clocks => (
          <Card key={clocks.state}>
            <PollTimeline
              clocks={
                clocks.state === 'open'
                  ? {
                      ...clocks,
                      extensions: [{ closesAt: clocks.closesAt, decision: t('gallery.voteExtension') }],
                    }
                  : clocks
              }
            />
          </Card>
        ))}
      </Columns>
      <Card>
        <PolicySwitches policy={DEFAULT_POLICY} rulesVersion={null} digest={null} />
      </Card>
      <Card>
        <PolicySwitches
          policy={POLICY_WITH_CLAUSE}
          rulesVersion={t('gallery.rulesVersion')}
          digest={SAMPLE_HASH}
        />
      </Card>
      <PollList
        label={t('gallery.voteCourse')}
        polls={CLOCKS.map(({ state, opensAt, closesAt }) => ({
          pollId: state,
          href: `?poll=${state}#vote-course`,
          title: t('gallery.voteTitle'),
          state,
          opensAt,
          closesAt,
          verdict:
            state === 'final' ? (
              <VerdictSentence matterClass="ordinary" figures={PASSED} isPlain />
            ) : undefined,
        }))}
      />
    </Section>
  )
}

/** An owner's side: weight, question, choices, summary, receipt. */
export function VoteCastingSection() {
  const t = useT()
  return (
    <Section title={t('gallery.voteCasting')} id="vote-casting">
      <SampleWeight />
      <SampleQuestions />
      <SampleChoices />
      <ReceiptSlip
        receipt={{
          community: t('gallery.community'),
          pollTitle: t('gallery.voteTitle'),
          seq: 317,
          unit: t('gallery.unitHome'),
          receivedAt: SAMPLE_INSTANT,
          channel: 'online',
          commitment: SAMPLE_HASH,
          leafIndex: 18_204,
          checkUrl: 'https://mingzhang.example/verify#receipt',
          answers: [{ title: t('gallery.voteTitle'), answer: t('polls.inFavour') }],
        }}
      />
    </Section>
  )
}

function SampleWeight() {
  const t = useT()
  return (
    <WeightCard
      units={[
        {
          unit: t('gallery.unitHome'),
          area: areaCentiM2(8_950n),
          areaSource: 'register',
          kind: 'residence',
          isInBase: true,
          owners: 2,
        },
        {
          unit: t('gallery.unitHome2'),
          area: areaCentiM2(13_530n),
          areaSource: 'survey',
          kind: 'residence',
          isInBase: true,
          owners: 2,
        },
        {
          unit: t('gallery.unitParking'),
          area: areaCentiM2(1_250n),
          areaSource: 'contract',
          kind: 'parking',
          isInBase: false,
          owners: 2,
        },
      ]}
      head={MY_HEAD}
      total={PASSED.total}
      objectHref="?object=yes#vote-casting"
    />
  )
}

function SampleQuestions() {
  const t = useT()
  const question = { questionId: 'q1', title: t('gallery.voteTitle'), text: t('gallery.voteText') }
  return (
    <>
      <QuestionCard
        number={1}
        total={2}
        question={{
          ...question,
          form: 'plans',
          plans: [
            { id: 'PLAN-A', label: t('gallery.votePlanA') },
            { id: 'PLAN-B', label: t('gallery.votePlanB') },
          ],
          matter: { clause: 9, scope: null, parkingTariff: true },
        }}
      />
      <QuestionCard
        number={1}
        total={1}
        question={{
          ...question,
          form: 'plain',
          plans: [],
          matter: { clause: 5, scope: { buildings: [t('gallery.buildingA')], entrances: [] } },
        }}
      />
    </>
  )
}

function SampleChoices() {
  const t = useT()
  const title = t('gallery.voteTitle')
  return (
    <form method="get" action="/ui-components">
      <KeepViewer />
      <ChoiceCards
        name="q1"
        legend={title}
        hint={t('gallery.voteHint')}
        choices={[
          { value: 'FOR', label: t('polls.inFavour'), tone: 'for' },
          { value: 'AGAINST', label: t('polls.against'), tone: 'against' },
          {
            value: 'ABSTAIN',
            label: t('polls.abstain'),
            tone: 'abstain',
            hint: t('gallery.voteAbstainHint'),
          },
        ]}
      />
      <ChoiceCards
        name="q2"
        legend={title}
        error={t('gallery.voteMissing')}
        chosen="PLAN-A"
        choices={[
          { value: 'PLAN-A', label: t('gallery.votePlanA'), tone: 'plan' },
          { value: 'PLAN-B', label: t('gallery.votePlanB'), tone: 'plan' },
          { value: 'NONE', label: t('polls.noneOfThem'), tone: 'against' },
        ]}
      />
      <AnswerList
        answers={[
          {
            questionId: 'q1',
            title,
            answer: t('polls.inFavour'),
            change: (
              <Button tone="secondary" name="go" value="1">
                {t('gallery.voteChange')}
              </Button>
            ),
          },
          { questionId: 'q2', title, answer: t('polls.abstain') },
        ]}
      />
    </form>
  )
}
