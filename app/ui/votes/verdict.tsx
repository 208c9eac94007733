/** What a poll came to in one sentence, and the rule it was judged by in one sentence. Repeats the tally; decides nothing. */
import { type Figures, type MatterClass, type Outcome, type VerdictGate, verdictOf } from '#votes'
import { Icon, type IconName } from '../icon.tsx'
import { Sentence, useT } from '../viewer.tsx'

const ICONS: Readonly<Record<Outcome, IconName>> = {
  PASSED: 'done',
  NOT_PASSED: 'stopped',
  NO_QUORUM: 'attention',
}

/**
 * The verdict: `参与面积 68.21% ≥ 2/3 ✓；参与人数 64.90% < 2/3 ✗ → 参与不足，未产生决定`, the outcome large above it, and
 * beneath what that means for a neighbour.
 */
export function VerdictSentence(props: {
  readonly matterClass: MatterClass
  readonly figures: Figures
  /** The plan or candidate this is about, when the question has several. */
  readonly of?: string
  /** Without the large outcome: where several stand under each other. */
  readonly isPlain?: boolean
}) {
  const t = useT()
  const verdict = verdictOf(props.matterClass, props.figures)
  const outcome = t(`polls.outcome.${verdict.outcome}`)
  return (
    <div className="outcome" data-outcome={verdict.outcome}>
      {!props.isPlain && (
        <p className="outcome__word">
          <Icon name={ICONS[verdict.outcome]} />
          {props.of ? t('polls.outcomeOf', { of: props.of, outcome }) : outcome}
        </p>
      )}
      <p className="outcome__sentence">
        {verdict.gates.map((gate, index) => (
          <span className="outcome__gate" key={`${gate.gate} ${gate.by}`}>
            <GateWords gate={gate} isLast={index === verdict.gates.length - 1} />
          </span>
        ))}
        <strong className="outcome__gate">{t('polls.verdict', { outcome })}</strong>
      </p>
      {!props.isPlain && <p className="outcome__meaning">{t(`polls.meaning.${verdict.outcome}`)}</p>}
    </div>
  )
}

/** One comparison; its mark never stands on another line than its sign. */
function GateWords(props: { readonly gate: VerdictGate; readonly isLast: boolean }) {
  const { gate, isLast } = props
  const t = useT()
  const comparison = t('polls.comparison', {
    sign: gate.sign,
    mark: gate.mark,
    met: gate.isMet ? '✓' : '✗',
  })
  return (
    <Sentence
      text="polls.gateSentence"
      values={{
        gate: t(`polls.gate.${gate.gate}.${gate.by}`),
        percent: gate.percent,
        comparison: (
          <span className="outcome__mark">{isLast ? comparison : t('polls.gateThen', { comparison })}</span>
        ),
      }}
    />
  )
}

/** How it is decided, in one sentence that needs no lawyer. */
export function RuleSentence(props: { readonly matterClass: MatterClass }) {
  const t = useT()
  return <p className="sentence">{t(`polls.rule.${props.matterClass}`)}</p>
}
