/** The texts of the search page. */

import type { Translation } from '../translation.ts'
import type { search as source } from '../zh-cn/search.ts'

export const search = {
  title: 'Search',
  lead: 'Find words in the vouchers, votes, minutes, questions and requests that are public. With several words, all of them must be there.',
  field: 'What to look for',
  fieldHint: 'Such as: lift maintenance',
  kinds: 'Where',
  'kind.voucher': 'Vouchers',
  'kind.motion': 'Votes',
  'kind.minutes': 'Minutes',
  'kind.proposal': 'Proposals',
  'kind.challenge': 'Questions',
  'kind.request': 'Requests',
  submit: 'Search',
  found: 'Found',
  none: 'Nothing found for “{asked}”',
  noneText: 'Try a shorter word. What was posted just now can be found in a few seconds.',
  nothing: 'Please enter what to look for',
  nothingText: 'Signs and spaces alone cannot be found.',
  voucherOf: 'Voucher {key}',
  omitPrivate: 'Not found here: papers and requests that are not public, personal data, what anybody chose',
  omitDetail:
    'This community publishes totals; vouchers, questions and requests are found by its people who are signed in',
  link: 'Search (vouchers, votes, minutes, questions)',
} satisfies Translation<typeof source>
