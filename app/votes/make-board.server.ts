/**
 * The board of a stored poll. Its commitments and proofs take about two milliseconds for each unit and question, so those of a
 * real poll are made in a thread of their own; what a small poll needs is made at once.
 */
import { assert } from '#kernel'
import { askWorker } from '#platform'
import { weightOf } from './announce-poll.server.ts'
import { type BoardInput, makeBoard } from './board-count.ts'
import { questionPoll } from './count-poll.ts'
import type { ReadPoll } from './stored-poll.server.ts'

const WORKER_FILE = 'app/votes/board-worker.server.ts'
/** Ballots times questions up to which the board is made at once: a thread takes longer to begin. */
const MADE_AT_ONCE = 100

/** The public board: every ballot opened by its token, sums of hidden weights by choice. */
export function boardOf(pollId: string, poll: ReadPoll): Uint8Array {
  return makeBoard(boardInputOf(pollId, poll))
}

/** The same bytes, made without keeping the event loop when there are many ballots. */
export async function boardAside(pollId: string, poll: ReadPoll): Promise<Uint8Array> {
  const input = boardInputOf(pollId, poll)
  return input.ballots.length * input.questions.length <= MADE_AT_ONCE
    ? makeBoard(input)
    : askWorker<Uint8Array>(WORKER_FILE, input)
}

function boardInputOf(pollId: string, { motion, stored, units, rows }: ReadPoll): BoardInput {
  const tokens = new Map(units.map(unit => [unit.unit_id, unit.token]))
  return {
    poll: pollId,
    tokens,
    weights: units.filter(unit => unit.in_base).map(weightOf),
    questions: motion.questions.map(question => ({
      questionId: question.questionId,
      form: question.form,
      plans: question.plans.map(plan => plan.id),
      poll: questionPoll(stored, question),
    })),
    ballots: rows.map((row, ballotIndex) => {
      const token = tokens.get(row.unit_id)
      assert(
        row.answers !== null && row.salt !== null && token !== undefined,
        `ballot ${row.seq} cannot be opened`,
      )
      const { seq, answers, salt, unit_id: unit } = row
      return { seq, token, answers, salt, ballotIndex, unit }
    }),
  }
}
