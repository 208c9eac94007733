/** The parts of a poll's page that appear with its ballots: turnout while it runs, the result once it is counted. */
import { countText } from '#i18n'
import {
  ButtonRow,
  Card,
  Columns,
  DigestFigure,
  InstantText,
  LinkButton,
  Notice,
  Section,
  Sentence,
  useT,
} from '#ui'
import {
  ApprovalBars,
  BothBases,
  ClauseSideBySide,
  ExclusionCounts,
  FiguresTable,
  GateBars,
  TurnoutBars,
  TurnoutByBuilding,
  TurnoutByChannel,
  VerdictSentence,
} from '#ui/votes'
import { REASONS } from '#votes'
import type { PollResult, QuestionResult } from '#votes/server'
import type { PollPage } from './poll-page.server.ts'

/** How many took part, in all, by channel and by building. Never what they chose. */
export function TurnoutSection(props: { readonly turnout: NonNullable<PollPage['turnout']> }) {
  const t = useT()
  const { turnout } = props
  return (
    <Section title={t('polls.turnoutTitle')} id="turnout">
      <Card>
        <TurnoutBars participating={turnout.received} total={turnout.total} />
      </Card>
      <Columns>
        <TurnoutByChannel rows={turnout.byChannel} />
      </Columns>
      <TurnoutByBuilding rows={turnout.byBuilding} />
    </Section>
  )
}

/** The result: each question's verdict and figures, the election as a whole, who signed the count. */
export function ResultSection({ community, result, poll, hasCertificate }: PollPage) {
  const t = useT()
  if (result === null) return null
  return (
    <Section title={t('polls.resultTitle')} id="result">
      {result.imported !== null && (
        <Notice title={t('polls.importedFrom', { system: result.imported.system })}>
          <DigestFigure hash={result.imported.documentSha256} label={t('polls.importedDocument')} />
        </Notice>
      )}
      <ElectionOutcome result={result} />
      {result.questions.map(each => (
        <QuestionOutcome
          result={each}
          key={each.question.questionId}
          hasTitle={result.questions.length > 1}
        />
      ))}
      <RefusedPapers refused={poll.refusedPapers} />
      <SignOffs result={result} />
      <Downloads
        path={`/c/${community.slug}/votes/${poll.pollId}`}
        hasCertificate={hasCertificate}
        isImported={result.imported !== null}
      />
    </Section>
  )
}

function QuestionOutcome(props: { readonly result: QuestionResult; readonly hasTitle: boolean }) {
  const { question, class: matterClass, figures, plans, clause, excludedByReason, digest } = props.result
  const t = useT()
  const labelOf = (id: string) => question.plans.find(plan => plan.id === id)?.label ?? id
  return (
    <Card>
      {props.hasTitle && <h3>{question.title}</h3>}
      {plans.length === 0 ? (
        <>
          <VerdictSentence matterClass={matterClass} figures={figures} />
          <GateBars matterClass={matterClass} figures={figures} />
          <ApprovalBars matterClass={matterClass} figures={figures} />
          <Columns>
            <FiguresTable figures={figures} />
            <BothBases figures={figures} />
          </Columns>
        </>
      ) : (
        <>
          <GateBars matterClass={matterClass} figures={figures} />
          {plans.map(({ plan, ...each }) => (
            <PlanOutcome key={plan} of={labelOf(plan)} matterClass={matterClass} figures={each} />
          ))}
        </>
      )}
      {clause !== null && <ClauseSideBySide matterClass={matterClass} strict={figures} clause={clause} />}
      <ExclusionCounts byReason={excludedByReason} />
      <DigestFigure hash={digest} label={t('polls.tallyDigest')} />
    </Card>
  )
}

function PlanOutcome(props: Parameters<typeof VerdictSentence>[0] & { readonly of: string }) {
  return (
    <>
      <VerdictSentence {...props} />
      <ApprovalBars {...props} against="otherPlans" />
      <FiguresTable figures={props.figures} against="otherPlans" />
    </>
  )
}

/** Who is elected, who is tied for the last seat, what stays vacant. */
function ElectionOutcome(props: { readonly result: PollResult }) {
  const t = useT()
  const { election, questions } = props.result
  if (election === null) return null
  const names = (ids: readonly string[]) =>
    ids
      .map(id => questions.find(each => each.question.questionId === id)?.question.title ?? id)
      .join(t('polls.pause'))
  return (
    <Card>
      <p>
        {election.elected.length === 0
          ? t('polls.electedNone')
          : t('polls.elected', { names: names(election.elected) })}
      </p>
      {election.tied.length > 0 && <p>{t('polls.electionTied', { names: names(election.tied) })}</p>}
      {election.vacantSeats > 0 && (
        <p>
          {t('polls.electionVacant', {
            count: countText(election.vacantSeats),
            seats: countText(election.seats),
          })}
        </p>
      )}
    </Card>
  )
}

/** Papers that the desk did not take, such as those signed after the close. */
function RefusedPapers(props: { readonly refused: PollPage['poll']['refusedPapers'] }) {
  const t = useT()
  const known = REASONS.filter(reason => (props.refused[reason] ?? 0) > 0)
  if (known.length === 0) return null
  return (
    <Card>
      <h3>{t('polls.refusedTitle')}</h3>
      <ExclusionCounts byReason={Object.fromEntries(known.map(reason => [reason, props.refused[reason]]))} />
    </Card>
  )
}

function SignOffs(props: { readonly result: PollResult }) {
  const t = useT()
  const { signOffs } = props.result
  if (signOffs.length === 0) return <p>{t('polls.signOffsNone')}</p>
  return (
    <ul>
      {signOffs.map(({ step, at }) => (
        <li key={step}>
          <Sentence
            text="polls.signedOff"
            values={{ who: t(`polls.signer.${step}`), at: <InstantText at={at} /> }}
          />
        </li>
      ))}
    </ul>
  )
}

/** The certificate, the public board and the archive that anybody can recount. */
function Downloads(props: {
  readonly path: string
  readonly hasCertificate: boolean
  readonly isImported: boolean
}) {
  const t = useT()
  const { path } = props
  return (
    <>
      <ButtonRow>
        {props.hasCertificate && (
          <LinkButton icon="statement" href={`${path}/certificate.pdf`}>
            {t('polls.certificate')}
          </LinkButton>
        )}
        {!props.isImported && (
          <>
            <LinkButton icon="download" download href={`${path}/board.json`}>
              {t('polls.board')}
            </LinkButton>
            <LinkButton icon="download" download href={`${path}/archive.zip`}>
              {t('polls.archive')}
            </LinkButton>
          </>
        )}
      </ButtonRow>
      <p>{t('polls.recountText')}</p>
    </>
  )
}
