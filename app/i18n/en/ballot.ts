/** English of an owner's own pages of votes. */
import type { Translation } from '../translation.ts'
import type { ballot as source } from '../zh-cn/ballot.ts'

export const ballot = {
  unit: 'Unit',
  weightUnits: 'My units',
  areaSource: 'Source of the area',
  'source.register': 'Property register',
  'source.survey': 'Survey',
  'source.contract': 'Contract of sale',
  counts: 'Counts',
  countsYes: 'Yes',
  'countsNot.residence': 'Outside the scope of this poll',
  'countsNot.commercial': 'Outside the scope of this poll',
  'countsNot.parking': 'No, parking does not count',
  'countsNot.storage': 'No, storage does not count',
  headAlone:
    'You have {units} {units|unit|units} in this poll: their areas add up, and you count as one owner.',
  headShared:
    '{units} {units|unit|units} in this poll, owned by {owners} together: you count as one owner, so agree beforehand.',
  shareArea: 'Share of all area',
  shareHeads: 'Share of all owners',
  shareExact: '({part} of {whole})',
  areaWrong: 'The area is wrong? Say so here',
  answers: 'Your choices',
  yourAnswer: 'You chose',
  receipt: 'Ballot receipt',
  receiptOf: '{community} · Ballot receipt',
  receiptNumber: 'No. {number}',
  receivedAt: 'Received',
  logPlace: 'Place in the transparency log',
  logPlaceNumber: 'entry {number}',
  logPlaceSoon: 'being written, to be found in a few minutes',
  commitment: 'Fingerprint of this ballot',
  commitmentHint:
    'Your choice is locked in this fingerprint; others cannot read it, and nobody can change or remove the ballot.',
  showChoice: 'Show what I chose',
  showChoiceHint: 'It is not printed unless you open it. What you chose is for your eyes only.',
  checkQr: 'Scan to check that this ballot is there',
} satisfies Translation<typeof source>
