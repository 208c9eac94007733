/** English of `zh-cn/merges.ts`. */
import type { Translation } from '../translation.ts'
import type { merges as source } from '../zh-cn/merges.ts'

export const merges = {
  title: 'One owner entered twice',
  link: 'One owner entered twice',
  lead: 'An owner of several units counts once in a vote. Where the register has one owner as two persons, one too many is counted: merge them here. One officer proposes, another confirms.',
  pairsTitle: 'Owners with the same name',
  pairsLead: 'The same name need not be the same person. Check papers or a telephone number first.',
  pairsNone: 'No owners share a name.',
  kept: 'Stays',
  merged: 'Goes into it',
  phone: 'telephone ending in {last4}',
  hasAccount: 'has an account',
  comma: ', ',
  erased: '(personal data erased)',
  propose: 'Checked: one and the same',
  waitingTitle: 'Waiting for a second officer',
  waitingLead:
    'From the day of the confirmation on they count once. Votes that were announced keep the register they froze.',
  own: 'You proposed this; somebody else confirms it.',
  confirm: 'Confirm',
  refuse: 'They are two: refuse',
  takeBack: 'Take back',
  doneTitle: 'Done before',
  doneLead: 'The log says how many there were, not who, nor which units.',
  doneNone: 'None yet.',
  doneOf: 'No. {number}: {kind}.',
  'kind.merge': 'merged',
  'kind.undo': 'merge taken back',
  undo: 'This was wrong: propose to take it back',
  'problem.not-permitted': 'This step is not yours.',
  'problem.persons-unfit':
    'These two cannot be merged: they must be two owners of one kind with units today, neither the developer.',
  'problem.keep-who-signs-in': 'The one that goes has an account: keep that one instead.',
  'problem.merge-waits': 'One is waiting already.',
  'problem.merge-unknown': 'There is no such proposal.',
  'problem.merge-decided': 'This one was decided.',
  'problem.same-person': 'You proposed this; somebody else confirms it.',
  'problem.unit-changes-later': 'A unit of theirs has a record from a later day on: do it after that day.',
  'problem.nothing-to-undo': 'All of these units have changed since: there is nothing to take back.',
} satisfies Translation<typeof source>
