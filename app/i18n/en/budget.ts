/** Words of a year's budget and the vote that passed it, in English. */
import type { Translation } from '../translation.ts'
import type { budget as source } from '../zh-cn/budget.ts'

export const budget = {
  byVote: 'The owners passed the budget of {year} by the vote “{title}”; {amount} may be spent.',
  seeVote: 'See the result',
  tally: 'Digest of the result',
  outside: 'The budget of {year} was adopted outside this portal: {words} ({date}, {document}).',
  unrecorded: 'No vote is recorded for the budget of {year}.',
  formTitle: 'Record an adopted budget',
  formLead:
    'A budget names the vote that passed it: the vote is final and passed, and what may be spent is the sum in the motion. It holds once the other side has confirmed it.',
  vote: 'Passed by which vote',
  outsideChoice: 'Adopted outside this portal (first version of a year only)',
  lines: 'Lines of the budget',
  linesHint: 'One account a line: its code, a space, the sum for the year. For example: 5103 216000.00',
  words: 'How it was adopted outside this portal',
  wordsHint: 'For example: by a written vote of the owners’ assembly in December 2025.',
  day: 'Adopted on which day',
  dayHint: 'For example: 2025-12-20',
  document: 'Name of the decision, and where it is kept',
  total: '{amount} may be spent in all',
  line: '{account} {amount}',
} as const satisfies Translation<typeof source>
