/** Components of votes: the sentence, bars that never cross a mark, choices without a preset, receipts that print no choice. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { areaCentiM2 } from '#kernel'
import * as door from '#ui/votes'
import { type Figures, gatesOf, type Measure, turnoutGates, verdictOf } from '#votes'
import * as samples from '../../app/ui/gallery/vote-samples.ts'
import { barEnd, MARK_PLACES, missingTo, piecesOf } from '../../app/ui/votes/gate-scale.ts'
import { approvalGate, judge } from '../../app/votes/threshold.ts'
import { fc } from '../support/properties.ts'
import { elementsOf } from './markup.ts'
import { CHINESE, ENGLISH, htmlOf, wordsOf } from './render.tsx'

const measure = (area: bigint, heads: bigint): Measure => ({ area: areaCentiM2(area), heads })
const numberOf = (place: string) => Number(place.slice(0, -1))

/** Any figures that a count may have. */
const anyFigures = fc
  .tuple(
    fc.bigInt(0n, 10n ** 9n),
    fc.bigInt(0n, 10n ** 9n),
    fc.bigInt(0n, 10n ** 9n),
    fc.bigInt(0n, 10n ** 9n),
  )
  .chain(([inFavour, against, abstain, silent]) =>
    fc.record({
      matterClass: fc.constantFrom('ordinary' as const, 'special' as const),
      figures: fc.constant(figuresWith(inFavour, against, abstain, silent)),
    }),
  )

function figuresWith(inFavour: bigint, against: bigint, abstain: bigint, silent: bigint) {
  const pile = (size: bigint) => measure(size, size)
  return {
    total: pile(inFavour + against + abstain + silent),
    participating: pile(inFavour + against + abstain),
    inFavour: pile(inFavour),
    against: pile(against),
    abstain: pile(abstain),
  }
}

describe('a bar', () => {
  test('reaches its mark exactly when the mark is met, whatever the figures', () => {
    fc.assert(
      fc.property(anyFigures, ({ matterClass, figures }) => {
        const judged: Figures = { ...figures, ...judge(matterClass, figures) }
        const { participation, approval } = gatesOf(matterClass, judged)
        for (const gate of [...participation, ...approval]) {
          const end = numberOf(barEnd(gate))
          const mark = numberOf(MARK_PLACES[gate.mark])
          if (gate.isMet) expect(end).toBeGreaterThanOrEqual(mark)
          else expect(end).toBeLessThanOrEqual(mark)
          if (!gate.isMet && gate.mark !== '1/2') expect(end).toBeLessThan(mark)
        }
      }),
    )
  })

  test('says what is missing so that exactly that much more would do', () => {
    fc.assert(
      fc.property(anyFigures, ({ matterClass, figures }) => {
        const { approval } = gatesOf(matterClass, { ...figures, ...judge(matterClass, figures) })
        const missing = missingTo(approval[0]!)
        const withMore = (more: bigint) =>
          approvalGate(
            matterClass,
            measure(figures.inFavour.area + more, 0n),
            measure(figures.participating.area, 0n),
          ).area
        fc.pre(figures.participating.area > 0n)
        expect(withMore(missing)).toBe(true)
        if (missing > 0n) expect(withMore(missing - 1n)).toBe(false)
        for (const gate of turnoutGates(figures.participating, figures.total)) {
          const met = (part: bigint) => 3n * part >= 2n * gate.whole
          expect(met(gate.part + missingTo(gate))).toBe(true)
          if (missingTo(gate) > 0n) expect(met(gate.part + missingTo(gate) - 1n)).toBe(false)
        }
      }),
    )
  })

  test('in pieces fills no more than its whole, without overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 5 }), parts => {
        const whole = parts.reduce((sum, part) => sum + part, 0n)
        const pieces = piecesOf(parts, whole)
        let end = 0
        for (const { x, width } of pieces) {
          expect(numberOf(x)).toBeCloseTo(end, 6)
          end = numberOf(x) + numberOf(width)
        }
        expect(end).toBeCloseTo(whole === 0n ? 0 : 100, 6)
      }),
    )
  })
})

describe('the verdict', () => {
  test('is one sentence with floors, signs and marks', () => {
    const figures: Figures = {
      ...samples.NO_QUORUM,
      total: measure(1_000_000n, 1_000n),
      participating: measure(682_199n, 649n),
    }
    expect(wordsOf(<door.VerdictSentence matterClass="ordinary" figures={figures} isPlain />)).toBe(
      '参与面积 68.21% ≥ 2/3 ✓；参与人数 64.90% < 2/3 ✗ → 参与不足，未产生决定'.replaceAll('<', '&lt;'),
    )
  })

  test('shows no approval where too few took part, and never calls it a rejection', () => {
    const words = wordsOf(<door.VerdictSentence matterClass="ordinary" figures={samples.NO_QUORUM} />)
    expect(words).not.toContain('同意面积')
    expect(words).toContain('也不等于反对')
    const failed = wordsOf(<door.VerdictSentence matterClass="special" figures={samples.NOT_PASSED} />)
    expect(failed).toContain('同意面积 74.99% &lt; 3/4 ✗')
    expect(failed).toContain('不等于决定了相反的事')
  })

  test('calls exactly half what it is', () => {
    const words = wordsOf(<door.ApprovalBars matterClass="ordinary" figures={samples.EXACTLY_HALF} />)
    expect(words).toContain('50.00% ≤ 1/2 ✗')
    expect(words).toContain('正好一半，不算过半，差 1 人')
  })
})

test('turnout names no choice and no mark that was missed', () => {
  const words = wordsOf(
    <door.TurnoutBars participating={samples.NO_QUORUM.participating} total={samples.NO_QUORUM.total} />,
  )
  expect(words).toContain('差 1 人 才到 2/3')
  expect(words).not.toMatch(/[✓✗]|反对|弃权/)
})

describe('choices', () => {
  const choices = [
    { value: 'FOR', label: '同意', tone: 'for' as const },
    { value: 'AGAINST', label: '反对', tone: 'against' as const },
    { value: 'ABSTAIN', label: '弃权', tone: 'abstain' as const },
  ]
  const checkedIn = (html: string) =>
    elementsOf(html).filter(element => element.tag === 'input' && element.attributes.has('checked'))

  test('begin with nothing chosen, and keep what was chosen', () => {
    expect(checkedIn(htmlOf(<door.ChoiceCards name="q1" legend="x" choices={choices} />))).toEqual([])
    const kept = htmlOf(<door.ChoiceCards name="q1" legend="x" choices={choices} chosen="AGAINST" />)
    expect(checkedIn(kept).map(element => element.attributes.get('value'))).toEqual(['AGAINST'])
  })

  test('are tall enough for a thumb', () => {
    const css = readFileSync('app/ui/styles/votes.css', 'utf8')
    expect(Number(/\.choice-card__label \{[^}]*min-height: (\d+)px/.exec(css)?.[1])).toBeGreaterThanOrEqual(
      56,
    )
  })
})

test('the receipt keeps the choice folded, so that paper does not tell it', () => {
  const html = htmlOf(
    <door.ReceiptSlip
      receipt={{
        community: '示例小区',
        pollTitle: '消防改造',
        seq: 317,
        unit: '1栋-1单元-101',
        receivedAt: new Date('2026-06-01T02:00:00Z'),
        channel: 'online',
        commitment: 'ab'.repeat(32),
        leafIndex: null,
        checkUrl: 'https://example.test/verify',
        answers: [{ title: '消防改造', answer: '反对' }],
      }}
    />,
  )
  const outside = html.replace(/<details class="slip__choice">.*?<\/details>/s, '')
  expect(html).toContain('反对')
  expect(outside).not.toContain('反对')
  expect(html).not.toMatch(/<details[^>]* open/)
  expect(outside).toContain('正在写入')
})

test('ballots that do not count are told by reason, the law in its own words', () => {
  const words = wordsOf(<door.ExclusionCounts byReason={{ LATE: 46 }} />)
  expect(words).toContain('晚于表决截止时间46')
  expect(wordsOf(<door.ExclusionCounts byReason={{}} />)).toBe('每一张收到的表决票都计入了。')
  const question = {
    questionId: 'q1',
    title: 'Lawn',
    text: 'Shall it become parking?',
    form: 'plain',
    plans: [],
    matter: { clause: 8, scope: null },
  } as const
  const english = htmlOf(<door.QuestionCard question={question} number={1} total={1} />, ENGLISH)
  expect(english).toContain('参与表决专有部分面积四分之三以上')
  expect(english.replace(/<blockquote.*?<\/blockquote>/s, '')).not.toMatch(/\p{Script=Han}/u)
})

test('the switches of the policy are all told, each value in other words', () => {
  const words = (
    policy: typeof samples.POLICY_WITH_CLAUSE | Parameters<typeof door.PolicySwitches>[0]['policy'],
  ) => wordsOf(<door.PolicySwitches policy={policy} rulesVersion={null} digest={null} />, CHINESE)
  const strict = words({ ...samples.POLICY_WITH_CLAUSE, silentPolicy: 'none' })
  expect(strict).toContain('没投票就是没参加')
  expect(words(samples.POLICY_WITH_CLAUSE)).toContain('跟着多数算')
  for (const [name, value] of [
    ['blankPolicy', 'invalid'],
    ['overvotePolicy', 'abstain'],
    ['duplicatePolicy', 'paper_prevails'],
    ['coOwnerConflict', 'first_valid'],
    ['countSpecialSpaces', true],
    ['proxyLimit', 7],
    ['withdrawAllowed', false],
  ] as const) {
    expect(words({ ...samples.POLICY_WITH_CLAUSE, silentPolicy: 'none', [name]: value })).not.toBe(strict)
  }
})

test('every component of the shelf is on the component page, and its samples are what the engine says', () => {
  const source = readdirSync('app/ui/gallery')
    .map(file => readFileSync(`app/ui/gallery/${file}`, 'utf8'))
    .join('\n')
  const components = Object.keys(door).filter(name => /^[A-Z][a-z]/.test(name))
  const inside = new Set(['PollStatePill'])
  expect(components.length).toBeGreaterThan(12)
  expect(components.filter(name => !inside.has(name) && !source.includes(`<${name}`))).toEqual([])
  for (const [figures, matterClass] of [
    [samples.PASSED, 'ordinary'],
    [samples.NO_QUORUM, 'ordinary'],
    [samples.NOT_PASSED, 'special'],
    [samples.EXACTLY_HALF, 'ordinary'],
  ] as const) {
    expect(figures).toMatchObject(judge(matterClass, figures))
    expect(verdictOf(matterClass, figures).outcome).toBe(figures.outcome)
  }
  expect(samples.CLAUSE).toMatchObject(judge('ordinary', samples.CLAUSE))
})
