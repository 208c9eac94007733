/** The public count: it agrees with the engine's, shows nobody's weight, and every lie in it is named. */
import { beforeAll, describe, expect, it } from 'vitest'
import {
  areaCentiM2,
  type CanonicalValue,
  canonicalBytes,
  commit,
  deriveBlinding,
  parseCanonical,
  sha256Hex,
  toHex,
  utf8,
} from '../../app/kernel/index.ts'
import type { Ballot } from '../../app/votes/ballot.ts'
import { answerTo, type Board, outcomeOfPlans, parseBoard } from '../../app/votes/board.ts'
import { type CountedQuestion, makeBoard, mergeSmallGroups } from '../../app/votes/board-count.ts'
import { BOARD_FACTS, type BoardEvidence, checkBoard, possibleOutcomes } from '../../app/votes/board-facts.ts'
import type { Clause } from '../../app/votes/matter.ts'
import { countBallots, type Poll, tally } from '../../app/votes/tally.ts'
import { fc, runs } from '../support/properties.ts'
import { anyPoll } from './any-poll.ts'
import { ballot, poll, unit } from './polls.ts'
import { evidenceOf, faultsOf, inputOf, plainQuestion, publicCountOf, tokenOf } from './public-counts.ts'

function read(bytes: Uint8Array): Board {
  const board = parseBoard(bytes)
  if (!board.ok) throw new Error(board.error.at)
  return board.value
}

/** The board's own sums by choice, merged groups and all, beside the engine's. */
function expectAsEngine(board: Board, questions: readonly CountedQuestion[]): void {
  questions.forEach(({ poll: given }, i) => {
    const question = board.questions[i]!
    const count = countBallots(given)
    const sum = (choices: readonly string[], by: 'area' | 'heads') =>
      choices.reduce((whole, choice) => whole + (count.byChoice.get(choice)?.[by] ?? 0n), 0n)
    for (const { choices, area, heads } of question.groups) {
      const split = choices.includes('ABSTAIN') ? question.splitHeads : 0
      expect(area).toBe(sum(choices, 'area'))
      expect(BigInt(heads + split)).toBe(sum(choices, 'heads'))
    }
    expect(question.base.area).toBe(count.total.area)
    expect(BigInt(question.base.heads)).toBe(count.total.heads)
    for (const { units, heads } of question.groups) {
      const isAlone = question.groups.filter(group => group.units > 0).length <= 1
      expect(units === 0 || isAlone || (units >= 5 && heads >= 5)).toBe(true)
    }
  })
}

describe('every poll', () => {
  it('has a board that agrees with the engine and whose facts all hold', () => {
    let counted = 0
    fc.assert(
      fc.property(anyPoll, given => {
        const questions = [plainQuestion(given)]
        if (inputOf(questions).weights.length === 0) return
        const { board, evidence, input } = publicCountOf(questions)
        expect(faultsOf(board, evidence)).toEqual([])
        expectAsEngine(read(board), questions)
        expect(toHex(makeBoard(input))).toBe(toHex(board))
        counted++
      }),
      { numRuns: runs(60) },
    )
    expect(counted).toBeGreaterThan(40)
  }, 120_000)

  it('of up to 3 units, every head, every mark, both classes', () => {
    const marks = ['nothing', 'FOR', 'AGAINST', 'BLANK', 'OVERVOTE'] as const
    const rolls = [[0], [0, 0], [0, 1], [0, 0, 0], [0, 0, 1], [0, 1, 2]]
    let polls = 0
    for (const heads of rolls) {
      const units = heads.map((head, i) => unit(`U${i}`, { owners: [`O${head}`], area: [3n, 1n, 2n][i]! }))
      const marked = heads.reduce<(typeof marks)[number][][]>(
        rows => rows.flatMap(row => marks.map(mark => [...row, mark])),
        [[]],
      )
      for (const [n, row] of marked.entries()) {
        const ballots = row.flatMap((mark, i) =>
          mark === 'nothing' ? [] : [ballot(`B${i}`, `U${i}`, `O${heads[i]}`, mark)],
        )
        const clause: Clause = n % 2 === 0 ? 4 : 8
        const { board, evidence } = publicCountOf([
          plainQuestion(poll(units, ballots, { matter: { clause, scope: null } })),
        ])
        expect(faultsOf(board, evidence), `${heads} ${row}`).toEqual([])
        polls++
      }
    }
    expect(polls).toBe(5 + 2 * 25 + 3 * 125)
  }, 120_000)
})

describe('merging', () => {
  const pile = (choice: string, units: number, heads = units) => ({ choices: [choice], units, heads })
  const merged = (...piles: ReturnType<typeof pile>[]) =>
    mergeSmallGroups(piles).map(({ choices, units, heads }) => `${choices.join('+')} ${units}/${heads}`)

  it.each([
    ['leaves groups of five alone', [9, 5, 6], ['FOR 9/9', 'AGAINST 5/5', 'ABSTAIN 6/6']],
    ['leaves in favour by itself', [9, 4, 1], ['FOR 9/9', 'AGAINST+ABSTAIN 5/5']],
    ['takes in favour when it must', [9, 2, 1], ['FOR+AGAINST+ABSTAIN 12/12']],
    [
      'merges a small one in favour with the next smallest',
      [3, 20, 8],
      ['FOR+ABSTAIN 11/11', 'AGAINST 20/20'],
    ],
    ['leaves out what is empty', [9, 4, 0], ['FOR+AGAINST 13/13', 'ABSTAIN 0/0']],
    ['makes one group of a handful', [1, 1, 1], ['FOR+AGAINST+ABSTAIN 3/3']],
    ['shows a lone handful', [3, 0, 0], ['FOR 3/3', 'AGAINST 0/0', 'ABSTAIN 0/0']],
  ])('%s', (_what, [f, a, b], expected) => {
    expect(merged(pile('FOR', f!), pile('AGAINST', a!), pile('ABSTAIN', b!))).toEqual(expected)
  })

  it('counts heads as well as units', () => {
    expect(merged(pile('FOR', 40), pile('AGAINST', 30, 1), pile('ABSTAIN', 20, 9))).toEqual([
      'FOR 40/40',
      'AGAINST+ABSTAIN 50/10',
    ])
  })

  it('ends with groups of five or with one, and loses nothing', () => {
    const size = fc.integer({ min: 0, max: 12 })
    const anyPile = fc.tuple(size, size).map(([units, heads]) => ({ units, heads: Math.min(units, heads) }))
    fc.assert(
      fc.property(fc.array(anyPile, { minLength: 1, maxLength: 7 }), piles => {
        const groups = mergeSmallGroups(piles.map((each, i) => ({ choices: [`C${i}`], ...each })))
        expect(groups.flatMap(({ choices }) => choices).sort()).toEqual(piles.map((_, i) => `C${i}`))
        const sum = (rows: readonly { units: number; heads: number }[]) =>
          rows.reduce((whole, { units, heads }) => whole + 1000 * units + heads, 0)
        expect(sum(groups)).toBe(sum(piles))
        const open = groups.filter(({ units }) => units > 0)
        expect(open.length <= 1 || open.every(({ units, heads }) => units >= 5 && heads >= 5)).toBe(true)
      }),
    )
  })
})

/** 34 units of 31 heads; two questions; withdrawn, superseded, late and void ballots; a head whose units disagree. */
function bigPoll(): readonly CountedQuestion[] {
  const owners = (i: number) => (i < 3 ? ['MANY'] : i < 5 ? ['SPLIT'] : i === 5 ? ['H', 'W'] : [`P-${i}`])
  const units = Array.from({ length: 34 }, (_, i) =>
    unit(`1栋-1单元-${101 + i}`, {
      owners: owners(i),
      area: 8_951n + 137n * BigInt(i),
      building: i < 20 ? '1' : '2',
    }),
  )
  const id = (i: number) => units[i]!.id
  const choices = (i: number): [Ballot<string>['choice'], string] =>
    i < 20 ? ['FOR', 'PLAN-A'] : i < 25 ? ['AGAINST', 'PLAN-B'] : ['ABSTAIN', 'NONE']
  const rows: {
    id: string
    units: string[]
    by: string
    choices: [string, string]
    changes?: Partial<Ballot>
  }[] = [
    { id: 'many', units: [id(0), id(1), id(2)], by: 'MANY', choices: ['FOR', 'PLAN-A'] },
    { id: 'split-1', units: [id(3)], by: 'SPLIT', choices: ['FOR', 'PLAN-A'] },
    { id: 'split-2', units: [id(4)], by: 'SPLIT', choices: ['AGAINST', 'PLAN-B'] },
    { id: 'h', units: [id(5)], by: 'H', choices: ['FOR', 'PLAN-A'] },
    { id: 'w', units: [id(5)], by: 'W', choices: ['AGAINST', 'PLAN-A'], changes: { atMicros: 60 } },
    ...Array.from({ length: 25 }, (_, n) => n + 6).map(i => ({
      id: `b${i}`,
      units: [id(i)],
      by: `P-${i}`,
      choices: choices(i) as [string, string],
    })),
    { id: 'second', units: [id(6)], by: 'P-6', choices: ['AGAINST', 'PLAN-B'], changes: { atMicros: 55 } },
    { id: 'late', units: [id(32)], by: 'P-32', choices: ['FOR', 'PLAN-A'], changes: { atMicros: 91 } },
    { id: 'void', units: [id(32)], by: 'P-32', choices: ['OVERVOTE', 'OVERVOTE'] },
    { id: 'taken-back', units: [id(33)], by: 'P-33', choices: ['FOR', 'PLAN-A'] },
    { id: 'back', units: [id(33)], by: 'P-33', choices: ['WITHDRAW', 'WITHDRAW'], changes: { atMicros: 70 } },
  ]
  const of = (which: 0 | 1, clause: Clause): Poll<string> =>
    poll<string>(
      units,
      rows.map(row => ballot(row.id, row.units, row.by, row.choices[which] as Ballot['choice'], row.changes)),
      { matter: { clause, scope: null } },
    )
  return [
    { questionId: 'q1', form: 'plain', plans: [], poll: of(0, 8) },
    { questionId: 'q2', form: 'plans', plans: ['PLAN-A', 'PLAN-B'], poll: of(1, 4) },
  ]
}

interface BoardJson {
  poll: string
  ballots: { seq: number; token: string; answers: string; salt: string; fates: Record<string, string> }[]
  questions: {
    questionId: string
    class: string
    base: { units: number; heads: number; area: string; areaBlinding: string; tokens: string[] | null }
    groups: {
      choices: string[]
      units: number
      area: string
      areaBlinding: string
      heads: number
      headBlinding: string
    }[]
    headCommitments: { token: string; commitment: string; proof: string }[]
    splitHeads: number
    outcomes: string[]
  }[]
}

describe('a board', () => {
  const questions = bigPoll()
  let board: Uint8Array
  let evidence: BoardEvidence
  beforeAll(() => {
    const made = publicCountOf(questions)
    board = made.board
    evidence = made.evidence
  })

  function json(): BoardJson {
    const value = parseCanonical(board)
    return structuredClone(value.ok ? value.value : null) as unknown as BoardJson
  }

  /** A board that somebody bent, logged as if it were the true one. */
  function faultsWith(change: (board: BoardJson) => unknown, more: Partial<BoardEvidence> = {}) {
    const bent = json()
    change(bent)
    const bytes = canonicalBytes(bent as unknown as CanonicalValue)
    const tallyLeaves = (more.tallyLeaves ?? evidence.tallyLeaves).map(leaf => ({
      ...leaf,
      board: sha256Hex(bytes),
    }))
    return faultsOf(bytes, { ...evidence, ...more, tallyLeaves })
  }

  it('holds, and says what the engine says', () => {
    expect(checkBoard(board, evidence)).toEqual(BOARD_FACTS.map(name => ({ name, ok: true, detail: '' })))
    expectAsEngine(read(board), questions)
    const [first, second] = read(board).questions
    expect(first!.groups.map(({ choices }) => choices.join('+'))).toEqual(['FOR', 'AGAINST', 'ABSTAIN'])
    expect([first!.splitHeads, second!.splitHeads]).toEqual([1, 1])
    expect(first!.outcomes).toEqual([tally(questions[0]!.poll as Poll).outcome])
    expect(second!.outcomes).toHaveLength(2)
    expect(outcomeOfPlans(['NOT_PASSED', 'PASSED'])).toBe('PASSED')
    expect(outcomeOfPlans(['NO_QUORUM', 'NO_QUORUM'])).toBe('NO_QUORUM')
  })

  it('opens every ballot, with its fate for every question', () => {
    const fates = new Map<string, number>()
    for (const opened of read(board).ballots) {
      const fate = opened.fates.get('q1')!
      fates.set(fate, (fates.get(fate) ?? 0) + 1)
    }
    expect(Object.fromEntries(fates)).toEqual({
      counted: 30,
      CO_OWNER_CONFLICT: 2,
      SUPERSEDED: 1,
      LATE: 1,
      INVALID_MARK: 1,
      WITHDRAWN: 1,
      withdrawal: 1,
    })
    expect(answerTo('q1=FOR;q2=PLAN-A', 'q2')).toBe('PLAN-A')
    expect(answerTo('q1=FOR', 'q2')).toBe('BLANK')
    expect(answerTo('WITHDRAW', 'q2')).toBe('WITHDRAW')
  })

  it('shows no unit, no owner, no area and no blinding of any one unit', () => {
    const { weights } = inputOf(questions)
    const published = new TextDecoder().decode(board) + new TextDecoder().decode(evidence.weightRoll)
    for (const { id, owners } of questions[0]!.poll.roll.units) {
      expect(published).not.toContain(id)
      for (const owner of owners) expect(published).not.toMatch(new RegExp(`\\b${owner}\\b`))
    }
    for (const { token, area, blinding } of weights) {
      expect(published).not.toMatch(new RegExp(`\\b${area}\\b`))
      expect(published).not.toContain(toHex(blinding))
      expect(published).toContain(token)
    }
    // Nor can one be had as a difference of what the groups of a question and its base are opened with.
    const areas = new Set(weights.map(({ area }) => area as bigint))
    for (const { base, groups } of read(board).questions) {
      const [sum, ...sums] = [
        groups.reduce((whole, { area }) => whole + area, 0n),
        ...groups.map(g => g.area),
      ]
      for (const a of [base.area, sum!, ...sums]) {
        for (const b of [sum!, ...sums]) expect(a > b && areas.has(a - b)).toBe(false)
      }
    }
  })

  const at = <Row>(rows: readonly Row[], find: (row: Row) => boolean) => rows.find(find)!
  const counted = (bent: BoardJson) => at(bent.ballots, ({ fates }) => fates.q1 === 'counted')

  it.each<[string, (board: BoardJson) => unknown, readonly string[]]>([
    [
      'a ballot dropped',
      bent => bent.ballots.splice(8, 1),
      ['ballots', 'fates?', 'groups', 'areas', 'heads'],
    ],
    [
      'a choice changed',
      bent => Object.assign(counted(bent), { answers: 'q1=AGAINST;q2=PLAN-A' }),
      ['openings', 'groups', 'areas', 'heads'],
    ],
    ['a salt changed', bent => Object.assign(counted(bent), { salt: '00'.repeat(16) }), ['openings']],
    [
      'a ballot for another token',
      bent => Object.assign(counted(bent), { token: bent.ballots.at(-3)!.token }),
      ['ballots', 'areas', 'heads'],
    ],
    [
      'a late ballot counted',
      bent => Object.assign(at(bent.ballots, ({ fates }) => fates.q1 === 'LATE').fates, { q1: 'counted' }),
      ['groups', 'areas', 'heads', 'tally'],
    ],
    [
      'a good ballot called late',
      bent => Object.assign(counted(bent).fates, { q1: 'LATE' }),
      ['groups', 'areas', 'heads', 'tally'],
    ],
    [
      'a good ballot called void',
      bent => Object.assign(counted(bent).fates, { q1: 'INVALID_MARK' }),
      ['fates', 'groups', 'areas', 'heads', 'tally'],
    ],
    [
      'a good ballot called withdrawn',
      bent => Object.assign(counted(bent).fates, { q1: 'WITHDRAWN' }),
      ['fates', 'groups', 'areas', 'heads', 'tally'],
    ],
    [
      'a unit counted twice',
      bent =>
        Object.assign(at(bent.ballots, ({ fates }) => fates.q1 === 'SUPERSEDED').fates, { q1: 'counted' }),
      ['fates', 'tally'],
    ],
    [
      'a fate left out',
      bent => Object.assign(counted(bent), { fates: { q1: 'counted' } }),
      ['fates', 'groups', 'areas', 'heads'],
    ],
    [
      'a group’s area changed',
      bent => Object.assign(bent.questions[0]!.groups[0]!, { area: '1' }),
      ['areas', 'outcome?'],
    ],
    [
      'a group’s blinding changed',
      bent => Object.assign(bent.questions[0]!.groups[0]!, { areaBlinding: '01'.padEnd(64, '0') }),
      ['areas'],
    ],
    [
      'area moved between groups',
      bent => {
        const [f, a] = bent.questions[0]!.groups
        f!.area = (BigInt(f!.area) + 10_000n).toString()
        a!.area = (BigInt(a!.area) - 10_000n).toString()
      },
      ['areas'],
    ],
    [
      'a base made smaller',
      bent => Object.assign(bent.questions[0]!.base, { area: '200000' }),
      ['areas', 'outcome?'],
    ],
    [
      'heads of the base made fewer than take part',
      bent => Object.assign(bent.questions[0]!.base, { heads: 3 }),
      ['heads', 'outcome?'],
    ],
    ['more heads than units', bent => Object.assign(bent.questions[0]!.base, { heads: 35 }), ['heads']],
    ['a head counted twice', bent => Object.assign(bent.questions[0]!.groups[0]!, { heads: 16 }), ['heads']],
    [
      'a unit that carries two heads',
      bent => {
        const head = bent.questions[0]!.headCommitments[0]!
        head.commitment = toHex(commit(2n, deriveBlinding(new Uint8Array(32), 'x')))
      },
      ['heads'],
    ],
    [
      'a head’s proof of another unit',
      bent => {
        const [first, second] = bent.questions[0]!.headCommitments
        Object.assign(first!, { commitment: second!.commitment, proof: second!.proof })
      },
      ['heads'],
    ],
    ['a head’s commitment left out', bent => bent.questions[0]!.headCommitments.pop(), ['heads']],
    [
      'split heads invented',
      bent => Object.assign(bent.questions[0]!, { splitHeads: 9 }),
      ['heads', 'outcome?'],
    ],
    [
      'another outcome',
      bent => Object.assign(bent.questions[0]!, { outcomes: ['PASSED'] }),
      ['outcome', 'tally'],
    ],
    ['another class', bent => Object.assign(bent.questions[0]!, { class: 'ordinary' }), ['outcome']],
    [
      'a plan that passed',
      bent => Object.assign(bent.questions[1]!, { outcomes: ['NOT_PASSED', 'PASSED'] }),
      ['outcome'],
    ],
    ['an option left out of the groups', bent => bent.questions[0]!.groups.pop(), ['groups', 'outcome?']],
    [
      'an option in two groups',
      bent => bent.questions[0]!.groups[0]!.choices.push('ABSTAIN'),
      ['groups', 'areas', 'heads'],
    ],
    [
      'a base of fewer units',
      bent =>
        Object.assign(bent.questions[0]!.base, {
          tokens: bent.questions[0]!.headCommitments.map(({ token }) => token),
        }),
      ['fates', 'areas'],
    ],
    [
      'an extra token in the base',
      bent =>
        Object.assign(bent.questions[0]!.base, {
          tokens: [...bent.questions[0]!.headCommitments.map(({ token }) => token), 'z'],
        }),
      ['fates', 'areas'],
    ],
    ['another poll’s name', bent => Object.assign(bent, { poll: 'p2' }), ['board', 'heads']],
    ['a question left out', bent => bent.questions.pop(), ['fates', 'tally']],
  ])('with %s is found out', (_what, change, expected) => {
    const names = faultsWith(change).map(text => text.split(':')[0]!)
    const required = expected.filter(name => !name.endsWith('?'))
    const allowed = expected.map(name => name.replace('?', ''))
    expect(names).toEqual(expect.arrayContaining(required))
    expect(names.filter(name => !allowed.includes(name))).toEqual([])
  })

  it('is found out when it is not the one that was logged', () => {
    const bent = canonicalBytes({ ...json(), poll: 'p2' } as unknown as CanonicalValue)
    expect(faultsOf(bent, evidence)).toContain('board: other-poll')
    const other = json()
    other.ballots[0]!.salt = '00'.repeat(16)
    expect(faultsOf(canonicalBytes(other as unknown as CanonicalValue), evidence)).toContain(
      'board: q1: other-than-logged',
    )
  })

  it.each<[string, (given: BoardEvidence) => Partial<BoardEvidence>, readonly string[]]>([
    [
      'a leaf deleted',
      ({ ballotLeaves }) => ({ ballotLeaves: ballotLeaves.slice(1) }),
      ['seal', 'ballots', 'openings'],
    ],
    [
      'a leaf twice',
      ({ ballotLeaves }) => ({ ballotLeaves: [...ballotLeaves, ballotLeaves[0]!] }),
      ['seal', 'ballots'],
    ],
    [
      'two leaves that changed places',
      ({ ballotLeaves: [a, b, ...rest] }) => ({
        ballotLeaves: [{ ...b!, seq: a!.seq }, { ...a!, seq: b!.seq }, ...rest],
      }),
      ['seal', 'ballots', 'openings'],
    ],
    [
      'a leaf slipped in before the seal',
      ({ ballotLeaves, sealLeaf }) => ({
        ballotLeaves: [...ballotLeaves, { ...ballotLeaves[0]!, seq: 999 }],
        sealLeaf: { ...sealLeaf!, ballotCount: ballotLeaves.length + 1 },
      }),
      ['seal', 'ballots'],
    ],
    ['no seal', () => ({ sealLeaf: null }), ['seal']],
    ['no notice', () => ({ notice: null }), ['weights']],
    ['no tally', () => ({ tallyLeaves: [] }), ['board', 'tally']],
    [
      'a tally of another question',
      ({ tallyLeaves }) => ({ tallyLeaves: [...tallyLeaves, { ...tallyLeaves[0]!, question: 'q9' }] }),
      ['tally'],
    ],
    [
      'a tally with another outcome',
      ({ tallyLeaves: [a, b] }) => ({ tallyLeaves: [{ ...a!, outcome: 'PASSED' }, b!] }),
      ['tally'],
    ],
    [
      'a tally that excluded more',
      ({ tallyLeaves: [a, b] }) => ({
        tallyLeaves: [{ ...a!, excludedByReason: { ...a!.excludedByReason, LATE: 2 } }, b!],
      }),
      ['tally'],
    ],
    ['another poll', () => ({ poll: 'p2' }), ['weights', 'board', 'seal', 'openings']],
    [
      'a weight roll that is not the noticed one',
      ({ notice }) => ({ notice: { ...notice!, weights: '00'.repeat(32) } }),
      ['weights'],
    ],
    [
      'no weight roll',
      () => ({ weightRoll: utf8('{}') }),
      ['weights', 'fates', 'groups', 'areas', 'heads', 'outcome'],
    ],
  ])('with %s in the log is found out', (_what, change, expected) => {
    const names = faultsOf(board, { ...evidence, ...change(evidence) }).map(text => text.split(':')[0]!)
    expect(names).toEqual(expected)
  })

  it('with two weights that changed places on the roll is found out, though their sum is the same', () => {
    const value = parseCanonical(evidence.weightRoll)
    const roll = structuredClone(value.ok ? value.value : null) as unknown as {
      units: { token: string; area: string }[]
    }
    const voted = roll.units.find(({ token }) => token === tokenOf('1栋-1单元-101'))!
    const silent = roll.units.find(({ token }) => token === tokenOf('1栋-1单元-132'))!
    const held = voted.area
    Object.assign(voted, { area: silent.area })
    Object.assign(silent, { area: held })
    const weightRoll = canonicalBytes(roll as unknown as CanonicalValue)
    const swapped = { ...evidence, weightRoll, notice: { weights: sha256Hex(weightRoll) } }
    expect(faultsOf(board, swapped)).toEqual(['areas: q1: FOR'])
  })

  it('takes the last tally of a question: a recount replaces the one before', () => {
    const [first, second] = evidence.tallyLeaves
    const before = { ...first!, board: '00'.repeat(32), outcome: 'PASSED' as const }
    expect(faultsOf(board, { ...evidence, tallyLeaves: [before, first!, second!] })).toEqual([])
    expect(faultsOf(board, { ...evidence, tallyLeaves: [first!, second!, before] })).toEqual([
      'board: q1: other-than-logged',
      'tally: q1: PASSED',
    ])
  })

  it.each<[string, (board: BoardJson) => unknown]>([
    ['a member more', bent => Object.assign(bent, { owners: ['A'] })],
    ['a member more of a ballot', bent => Object.assign(bent.ballots[0]!, { unit: '1-101' })],
    ['ballots out of order', bent => bent.ballots.reverse()],
    ['a ballot twice', bent => bent.ballots.push(bent.ballots.at(-1)!)],
    ['an unknown fate', bent => Object.assign(bent.ballots[0]!.fates, { q1: 'LOST' })],
    ['answers of another form', bent => Object.assign(bent.ballots[0]!, { answers: 'q1=for' })],
    ['a short salt', bent => Object.assign(bent.ballots[0]!, { salt: '00' })],
    ['a negative count', bent => Object.assign(bent.questions[0]!, { splitHeads: -1 })],
    ['an area that is no number', bent => Object.assign(bent.questions[0]!.groups[0]!, { area: '1.5' })],
    ['a short proof', bent => Object.assign(bent.questions[0]!.headCommitments[0]!, { proof: '00' })],
    ['heads out of order', bent => bent.questions[0]!.headCommitments.reverse()],
    ['no question', bent => Object.assign(bent, { questions: [] })],
    ['a question twice', bent => bent.questions.push(bent.questions[0]!)],
    ['two outcomes for one question', bent => bent.questions[0]!.outcomes.push('PASSED')],
    ['another version', bent => Object.assign(bent, { v: 2 })],
  ])('with %s is no board', (_what, change) => {
    const faults = faultsWith(change)
    expect(faults[0]).toMatch(/^board: malformed: \w/)
    expect(faults.slice(1).every(text => text.endsWith(': unread'))).toBe(true)
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.json(), text => checkBoard(utf8(text), evidence).some(({ ok }) => !ok)),
      {
        numRuns: runs(20),
      },
    )
  })

  it('is not made when ballots and leaves do not belong together', () => {
    const input = inputOf(questions)
    expect(() => makeBoard({ ...input, ballots: input.ballots.slice(1) })).toThrow('without a leaf')
    const [first, ...rest] = input.ballots
    expect(() =>
      makeBoard({ ...input, ballots: [{ ...first!, answers: 'q1=ABSTAIN;q2=NONE' }, ...rest] }),
    ).toThrow('is another')
    const [light, ...others] = input.weights
    expect(() => makeBoard({ ...input, weights: [{ ...light!, area: areaCentiM2(1n) }, ...others] })).toThrow(
      'weight roll as it is',
    )
  })
})

describe('a question of some buildings', () => {
  it('has a base of its own, named by tokens, beside one of all', () => {
    const questions = bigPoll().map(({ poll: given, ...question }, i) => ({
      ...question,
      poll:
        i === 1
          ? { ...given, matter: { clause: 5 as const, scope: { buildings: ['1'], entrances: [] } } }
          : given,
    }))
    const { board, evidence } = publicCountOf(questions)
    expect(faultsOf(board, evidence)).toEqual([])
    expectAsEngine(read(board), questions)
    const [all, some] = read(board).questions
    expect(all!.base.tokens).toBeNull()
    expect(some!.base.tokens).toHaveLength(20)
  })
})

describe('an outcome', () => {
  const unitsOf = (n: number) =>
    Array.from({ length: n }, (_, i) => unit(`U${i}`, { area: 10_000n + BigInt(i) }))
  const votes = (f: number, a: number) =>
    Array.from({ length: f + a }, (_, i) => ballot(`B${i}`, `U${i}`, `P-U${i}`, i < f ? 'FOR' : 'AGAINST'))
  const boardOf = (f: number, a: number) => {
    const questions = [plainQuestion(poll(unitsOf(30), votes(f, a)))]
    const { board, evidence, input } = publicCountOf(questions)
    expect(faultsOf(board, evidence)).toEqual([])
    return { question: read(board).questions[0]!, board, evidence: evidenceOf(input, board) }
  }

  it('follows from the groups where they suffice', () => {
    expect(possibleOutcomes(boardOf(20, 8).question, 'FOR')).toEqual(['PASSED'])
    expect(possibleOutcomes(boardOf(8, 20).question, 'FOR')).toEqual(['NOT_PASSED'])
    expect(possibleOutcomes(boardOf(10, 2).question, 'FOR')).toEqual(['NO_QUORUM'])
  })

  it('stays open where a merged group hides which, and says so', () => {
    const { question } = boardOf(26, 2)
    expect(question.groups.map(({ choices }) => choices.join('+'))).toEqual(['FOR+AGAINST', 'ABSTAIN'])
    expect(possibleOutcomes(question, 'FOR')).toEqual(['NOT_PASSED', 'PASSED'])
  })
})
