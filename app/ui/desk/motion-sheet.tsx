/** A motion as owners read it: explanation, questions with their legal nature, money, reasons of both sides, papers, rules and times. */
import type { Fen } from '#kernel'
import { classOf, type Policy, type Question } from '#votes'
import { DefinitionList } from '../figures.tsx'
import { Money } from '../money.tsx'
import { Card, Columns, Section } from '../page-shell.tsx'
import { InstantText } from '../stamp.tsx'
import { useT } from '../viewer.tsx'
import { PolicySwitches } from '../votes/policy-list.tsx'
import { QuestionCard } from '../votes/question-card.tsx'
import { RuleSentence } from '../votes/verdict.tsx'
import { OfficialVotingText, type OfficialVotingView } from './poll-course.tsx'

export interface MotionSheetView extends OfficialVotingView {
  readonly summary: string
  readonly questions: readonly Question[]
  readonly money: {
    readonly amount: Fen
    readonly payer: string
    readonly budgetLine: string
    readonly projectText: string
  } | null
  readonly pros: readonly string[]
  readonly cons: readonly string[]
  readonly documents: readonly { readonly name: string; readonly href: string }[]
  readonly policy: Policy
  readonly policyDigest: string
  readonly rulesVersion: string | null
  readonly opensAt: Date
  readonly closesAt: Date
}

/** The whole motion. */
export function MotionSheet(props: { readonly motion: MotionSheetView }) {
  const t = useT()
  const { motion } = props
  const classes = [...new Set(motion.questions.map(question => classOf(question.matter.clause)))]
  return (
    <>
      <p className="motion-summary">{motion.summary}</p>
      <DefinitionList
        items={[
          { term: t('officePolls.opensAt'), detail: <InstantText at={motion.opensAt} /> },
          { term: t('officePolls.closesAt'), detail: <InstantText at={motion.closesAt} /> },
        ]}
      />
      <Section title={t('officePolls.questions')}>
        {motion.questions.map((question, index) => (
          <QuestionCard
            key={question.questionId}
            question={question}
            number={index + 1}
            total={motion.questions.length}
          />
        ))}
        {classes.map(matterClass => (
          <RuleSentence key={matterClass} matterClass={matterClass} />
        ))}
      </Section>
      {motion.money !== null && <MotionMoney money={motion.money} />}
      <Section title={t('officePolls.reasons')}>
        <Columns>
          <ReasonList title={t('officePolls.previewPros')} reasons={motion.pros} />
          <ReasonList title={t('officePolls.previewCons')} reasons={motion.cons} />
        </Columns>
      </Section>
      {motion.documents.length > 0 && (
        <Section title={t('officePolls.previewDocuments')}>
          <ul className="plain-list">
            {motion.documents.map(document => (
              <li key={document.href}>
                <a href={document.href}>{document.name}</a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('officePolls.rules')}>
        <PolicySwitches
          policy={motion.policy}
          rulesVersion={motion.rulesVersion}
          digest={motion.policyDigest}
        />
      </Section>
      <OfficialVotingText {...motion} />
    </>
  )
}

function MotionMoney(props: { readonly money: NonNullable<MotionSheetView['money']> }) {
  const t = useT()
  const { amount, payer, budgetLine, projectText } = props.money
  const items = [
    { term: t('officePolls.amount'), detail: <Money amount={amount} size="md" /> },
    { term: t('officePolls.previewPayer'), detail: payer },
    { term: t('officePolls.budgetLine'), detail: budgetLine },
    { term: t('officePolls.project'), detail: projectText },
  ]
  return (
    <Section title={t('officePolls.previewMoney')}>
      <DefinitionList items={items.filter(item => item.detail !== '')} />
    </Section>
  )
}

function ReasonList(props: { readonly title: string; readonly reasons: readonly string[] }) {
  const t = useT()
  return (
    <Card>
      <h3>{props.title}</h3>
      {props.reasons.length === 0 ? (
        <p>{t('officePolls.previewNoReasons')}</p>
      ) : (
        <ul>
          {props.reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </Card>
  )
}
