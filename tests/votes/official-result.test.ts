/** Results of another system: taken over as stated, labelled, and refused when a part is larger than its whole. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '#kernel'
import {
  encodeOfficialResult,
  type OfficialFigures,
  officialProblem,
  parseOfficialResult,
} from '../../app/votes/official-result.ts'

const source = { system: 'city system', documentSha256: 'ab'.repeat(32) }
const stated: OfficialFigures = {
  question: 'q1',
  outcome: 'PASSED',
  total: { area: 900n, heads: 9n },
  participating: { area: 600n, heads: 6n },
  inFavour: { area: 301n, heads: 4n },
}
const questions = [{ questionId: 'q1' }]

describe('an official result', () => {
  it('is read as it was taken over, with gates judged from its own figures', () => {
    const read = parseOfficialResult(encodeOfficialResult(stated, 9, source))!
    expect(read).toMatchObject({ question: 'q1', outcome: 'PASSED', source })
    expect(read.figures).toMatchObject({
      inFavour: stated.inFavour,
      quorum: { area: true, heads: true },
      approval: { area: true, heads: true },
    })
    const special = parseOfficialResult(encodeOfficialResult(stated, 8, source))!
    expect(special).toMatchObject({ outcome: 'PASSED', figures: { approval: { area: false, heads: false } } })
  })

  it('is told from a count of ours', () => {
    expect(parseOfficialResult(canonicalBytes({ v: 1, question: 'q1' }))).toBeNull()
  })

  it.each([
    [[stated], null],
    [[], { code: 'result-missing', question: 'q1' }],
    [[stated, stated], { code: 'figures-malformed', question: 'q1' }],
    [[stated, { ...stated, question: 'q2' }], { code: 'figures-malformed', question: 'q2' }],
    [[{ ...stated, inFavour: { area: 601n, heads: 4n } }], { code: 'figures-malformed', question: 'q1' }],
    [
      [{ ...stated, participating: { area: 600n, heads: 10n } }],
      { code: 'figures-malformed', question: 'q1' },
    ],
    [[{ ...stated, inFavour: { area: -1n, heads: 0n } }], { code: 'figures-malformed', question: 'q1' }],
  ])('%# is refused for its own reason', (figures, problem) => {
    expect(officialProblem(questions, figures)).toEqual(problem)
  })
})
