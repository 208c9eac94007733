/** Makers of public counts for tests: from the engine's polls to board, weight roll and the leaves that belong to them. */
import { deriveBlinding, sha256, sha256Hex, utf8 } from '../../app/kernel/index.ts'
import type { Reason } from '../../app/votes/ballot.ts'
import {
  type BoardInput,
  type CountedBallot,
  type CountedQuestion,
  makeBoard,
} from '../../app/votes/board-count.ts'
import { type BoardEvidence, type BoardFact, checkBoard } from '../../app/votes/board-facts.ts'
import { commitBallot, sealDigest } from '../../app/votes/leaf.ts'
import { tallyPlans } from '../../app/votes/question.ts'
import { unitsInBase } from '../../app/votes/roll.ts'
import { countBallots, type Poll, tally } from '../../app/votes/tally.ts'
import { makeWeightRoll } from '../../app/votes/weights.ts'

export const POLL = 'p1'
const secret = new Uint8Array(32).fill(42)

/** The unit's token in the poll: nothing of the unit can be read from it. */
export function tokenOf(unit: string): string {
  return sha256Hex(utf8(`token ${unit}`)).slice(0, 26)
}

/** A plain question with the poll's ballots. */
export function plainQuestion(poll: Poll<string>, questionId = 'q1'): CountedQuestion {
  return { questionId, form: 'plain', plans: [], poll }
}

/** One leaf per ballot and unit. The questions' polls have the same ballots but for their choices. */
export function inputOf(questions: readonly CountedQuestion[]): BoardInput {
  const [first] = questions
  const ballots: CountedBallot[] = []
  first!.poll.ballots.forEach((ballot, ballotIndex) => {
    for (const unit of new Set(ballot.units)) {
      const answer = ({ questionId, poll }: CountedQuestion) =>
        `${questionId}=${poll.ballots[ballotIndex]!.choice}`
      ballots.push({
        seq: ballots.length + 1,
        token: tokenOf(unit),
        answers: ballot.choice === 'WITHDRAW' ? 'WITHDRAW' : questions.map(answer).join(';'),
        salt: sha256(utf8(`salt ${ballots.length}`)).slice(0, 16),
        ballotIndex,
        unit,
      })
    }
  })
  const { units } = first!.poll.roll
  const inBase = new Set(
    questions.flatMap(({ poll }) =>
      unitsInBase(poll.roll, poll.matter.scope, poll.policy.countSpecialSpaces).map(({ id }) => id),
    ),
  )
  return {
    poll: POLL,
    ballots,
    questions,
    tokens: new Map(units.map(({ id }) => [id, tokenOf(id)])),
    weights: units
      .filter(({ id }) => inBase.has(id))
      .map(({ id, area }) => ({ token: tokenOf(id), area, blinding: deriveBlinding(secret, id) })),
  }
}

/** The leaves and the weight roll of a poll, as they are logged before anybody tampers. */
export function evidenceOf(input: BoardInput, board: Uint8Array): BoardEvidence {
  const weightRoll = makeWeightRoll(input.poll, input.weights)
  const ballotLeaves = input.ballots.map(({ seq, token, answers, salt }) => ({
    seq,
    token,
    cc: commitBallot({ poll: input.poll, token, choice: answers, salt }),
  }))
  return {
    poll: input.poll,
    weightRoll,
    notice: { weights: sha256Hex(weightRoll) },
    ballotLeaves,
    sealLeaf: { ballots: sealDigest(input.poll, ballotLeaves), ballotCount: ballotLeaves.length },
    tallyLeaves: input.questions.map(({ questionId, form, plans, poll }) => {
      const excludedByReason: { [Name in Reason]?: number } = {}
      for (const { reason } of countBallots(poll).admission.excluded) {
        excludedByReason[reason] = (excludedByReason[reason] ?? 0) + 1
      }
      const judged = form === 'plans' ? tallyPlans(poll, plans) : null
      const outcome =
        judged === null
          ? tally(poll as Poll).outcome
          : judged.adopted === null
            ? judged.plans[0]!.outcome
            : 'PASSED'
      return { question: questionId, board: sha256Hex(board), outcome, excludedByReason }
    }),
  }
}

/** Board and evidence of some questions. */
export function publicCountOf(questions: readonly CountedQuestion[]): {
  readonly input: BoardInput
  readonly board: Uint8Array
  readonly evidence: BoardEvidence
} {
  const input = inputOf(questions)
  const board = makeBoard(input)
  return { input, board, evidence: evidenceOf(input, board) }
}

/** The facts that do not hold, each with its detail. */
export function faultsOf(board: Uint8Array, evidence: BoardEvidence): readonly string[] {
  return checkBoard(board, evidence)
    .filter((fact: BoardFact) => !fact.ok)
    .map(({ name, detail }) => `${name}: ${detail}`)
}
