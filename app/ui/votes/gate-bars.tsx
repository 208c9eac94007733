/**
 * The two gates as pictures with their exact figures: how many take part against two thirds, how many agree against a half or
 * three quarters. The picture never decides and never rounds across a mark; the integers stand beneath it.
 */
import { areaText, countText } from '#i18n'
import { areaCentiM2 } from '#kernel'
import { type Figures, gatesOf, type MatterClass, type Measure, turnoutGates, type VerdictGate } from '#votes'
import { useChartId } from '../chart-frame.tsx'
import { useT } from '../viewer.tsx'
import { barEnd, MARK_PLACES, missingTo, piecesOf } from './gate-scale.ts'

const LABEL_HEIGHT = 22
const BAR_HEIGHT = 26

/** An area or a number of people, as a gate compares it. */
export function useGateFigure(): (by: VerdictGate['by'], figure: bigint) => string {
  const t = useT()
  return (by, figure) =>
    by === 'area' ? areaText(areaCentiM2(figure)) : t('polls.people', { count: countText(figure) })
}

function MarkLine(props: { readonly mark: VerdictGate['mark'] }) {
  const place = MARK_PLACES[props.mark]
  return (
    <>
      <text x={place} y={LABEL_HEIGHT - 6} textAnchor="middle" className="gate__mark-label">
        {props.mark}
      </text>
      <line
        className="chart__mark"
        x1={place}
        x2={place}
        y1={LABEL_HEIGHT - 3}
        y2={LABEL_HEIGHT + BAR_HEIGHT + 3}
      />
    </>
  )
}

function GateHead(props: { readonly gate: VerdictGate; readonly isOpen?: boolean }) {
  const { gate } = props
  const t = useT()
  return (
    <p className="gate__head">
      <span className="gate__label">{t(`polls.gate.${gate.gate}.${gate.by}`)}</span>
      <span className="gate__figure">
        <strong>{gate.percent}</strong>
        {props.isOpen ? (
          gate.isMet && <span className="gate__met"> {t('polls.reached')}</span>
        ) : (
          <span className="gate__met">
            {' '}
            {t('polls.comparison', { sign: gate.sign, mark: gate.mark, met: gate.isMet ? '✓' : '✗' })}
          </span>
        )}
      </span>
    </p>
  )
}

/** `正好一半` needs its own words: half is not more than half. */
function missingWords(gate: VerdictGate): 'polls.missing' | 'polls.missingExactlyHalf' {
  return gate.mark === '1/2' && gate.part * 2n === gate.whole ? 'polls.missingExactlyHalf' : 'polls.missing'
}

function Missing(props: { readonly gate: VerdictGate }) {
  const { gate } = props
  const t = useT()
  const figure = useGateFigure()
  if (gate.isMet || gate.whole === 0n) return null
  return (
    <span className="gate__missing">
      {t(missingWords(gate), { amount: figure(gate.by, missingTo(gate)), mark: gate.mark })}
    </span>
  )
}

/** One gate of participation as a bar with its mark. */
function ParticipationGate(props: { readonly gate: VerdictGate; readonly isOpen?: boolean }) {
  const { gate } = props
  const t = useT()
  const figure = useGateFigure()
  const id = useChartId()
  const exact = t('polls.partOfAll', { part: figure(gate.by, gate.part), whole: figure(gate.by, gate.whole) })
  return (
    <div className="gate" data-met={gate.isMet} data-open={props.isOpen || undefined}>
      <GateHead {...props} />
      <svg
        className="gate__bar"
        width="100%"
        height={LABEL_HEIGHT + BAR_HEIGHT + 4}
        role="img"
        aria-labelledby={id}
      >
        <title id={id}>{`${t(`polls.gate.${gate.gate}.${gate.by}`)} ${gate.percent} ${exact}`}</title>
        <rect className="chart__track" y={LABEL_HEIGHT} width="100%" height={BAR_HEIGHT} />
        <rect className="gate__part" y={LABEL_HEIGHT} width={barEnd(gate)} height={BAR_HEIGHT} />
        <MarkLine mark={gate.mark} />
      </svg>
      <p className="gate__exact">
        <span>{exact}</span>
        <Missing gate={gate} />
      </p>
    </div>
  )
}

/** The first gate: whether enough took part, by area and by heads. */
export function GateBars(props: { readonly matterClass: MatterClass; readonly figures: Figures }) {
  const t = useT()
  return (
    <figure className="chart">
      <figcaption className="chart__head">
        <span className="chart__title">{t('polls.gate1')}</span>
      </figcaption>
      {gatesOf(props.matterClass, props.figures).participation.map(gate => (
        <ParticipationGate gate={gate} key={gate.by} />
      ))}
    </figure>
  )
}

/** How many take part so far, while a poll is open. Never what they chose. */
export function TurnoutBars(props: { readonly participating: Measure; readonly total: Measure }) {
  const t = useT()
  return (
    <figure className="chart">
      <figcaption className="chart__head">
        <span className="chart__title">{t('polls.turnoutNow')}</span>
      </figcaption>
      {turnoutGates(props.participating, props.total).map(gate => (
        <ParticipationGate gate={gate} key={gate.by} isOpen />
      ))}
      <p className="chart__note">{t('polls.turnoutNoResults')}</p>
    </figure>
  )
}

const PILES = ['inFavour', 'against', 'abstain'] as const

/** What those taking part chose, against the mark of those in favour. */
function ApprovalGate(props: {
  readonly gate: VerdictGate
  readonly figures: Figures
  readonly against: 'against' | 'otherPlans'
}) {
  const { gate, figures } = props
  const t = useT()
  const figure = useGateFigure()
  const id = useChartId()
  const pieces = piecesOf(
    PILES.map(pile => figures[pile][gate.by]),
    gate.whole,
  )
  const labels = {
    inFavour: t('polls.inFavour'),
    against: t(`polls.${props.against}`),
    abstain: t('polls.abstain'),
  }
  const exact = PILES.map(pile => `${labels[pile]} ${figure(gate.by, figures[pile][gate.by])}`)
  return (
    <div className="gate" data-met={gate.isMet}>
      <GateHead gate={gate} />
      <svg
        className="gate__bar"
        width="100%"
        height={LABEL_HEIGHT + BAR_HEIGHT + 4}
        role="img"
        aria-labelledby={`${id}-title`}
      >
        <title id={`${id}-title`}>{`${t(`polls.gate.${gate.gate}.${gate.by}`)} ${gate.percent}`}</title>
        <defs>
          <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className="chart__hatch-ground" width="6" height="6" />
            <rect className="chart__hatch-line" width="2.4" height="6" />
          </pattern>
        </defs>
        <rect className="chart__track" y={LABEL_HEIGHT} width="100%" height={BAR_HEIGHT} />
        <rect className="gate__part" y={LABEL_HEIGHT} width={barEnd(gate)} height={BAR_HEIGHT} />
        <rect fill={`url(#${id})`} y={LABEL_HEIGHT} height={BAR_HEIGHT} {...pieces[1]!} />
        <MarkLine mark={gate.mark} />
      </svg>
      <p className="gate__exact">
        <span>
          {exact.map((pile, index) => (
            <span className="gate__pile" key={pile}>
              {index < exact.length - 1 ? `${pile}${t('polls.comma')}` : pile}
            </span>
          ))}
        </span>
        <Missing gate={gate} />
      </p>
    </div>
  )
}

/** The second gate: whether enough of those taking part agreed, by area and by heads. */
export function ApprovalBars(props: {
  readonly matterClass: MatterClass
  readonly figures: Figures
  /** The plan or candidate this is about, when the question has several. */
  readonly of?: string
  /** With plans, whoever chose another one is against this one. */
  readonly against?: 'against' | 'otherPlans'
}) {
  const t = useT()
  const { matterClass, figures } = props
  const against = props.against ?? 'against'
  return (
    <figure className="chart">
      <figcaption className="chart__head">
        <span className="chart__title">
          {props.of ? t('polls.gate2Of', { of: props.of }) : t('polls.gate2')}
        </span>
        <span className="chart__legend" aria-hidden="true">
          <span className="chart__key">
            <span className="chart__swatch" data-swatch="in" />
            {t('polls.inFavour')}
          </span>
          <span className="chart__key">
            <span className="chart__swatch" data-swatch="out" />
            {t(`polls.${against}`)}
          </span>
          <span className="chart__key">
            <span className="chart__swatch" data-swatch="rest" />
            {t('polls.abstain')}
          </span>
        </span>
      </figcaption>
      {gatesOf(matterClass, figures).approval.map(gate => (
        <ApprovalGate gate={gate} figures={figures} against={against} key={gate.by} />
      ))}
    </figure>
  )
}
