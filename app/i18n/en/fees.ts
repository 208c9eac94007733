/** Words of the standard of service fees, in English. */
import type { Translation } from '../translation.ts'
import type { fees as source } from '../zh-cn/fees.ts'

export const fees = {
  title: 'Standard of service fees',
  link: 'Service fees',
  lead: 'What every home owes a month, what that rests on, and how much of it came in this year.',
  contains: 'Which home paid and which did not; the public books do not hold that either.',
  nowTitle: 'The standard now (version {version}, from {from})',
  laterTitle: 'A later standard (version {version}, from {from})',
  none: 'No standard of fees is recorded yet',
  noneText:
    'Once one side has proposed it and another confirmed it, prices, basis and collection rate stand here. Until then, the page of oversight compares receipts with the budget.',
  perM2: '{price} a square metre a month',
  perUnit: '{price} a space a month',
  rate: '{kind}: {price}',
  basis: 'Basis: {basis}',
  pollLink: 'See that vote',
  documentLink: 'See the published copy of the contract',
  howTitle: 'How it is worked out',
  how1: 'A home’s month is its area × the price, rounded half up to the fen. A parking space charged by the space has one price.',
  how2: 'The total is the sum of what the homes owe, not the whole area × the price. Area and kind are those of the owners’ register on the first of the month.',
  how3: 'For what is unsold or not handed over the developer pays (Regulation on Property Management, art. 41).',
  how4: 'Collection rate = (received for the period + in advance) ÷ due, rounded down. Payments for past periods are not in it and are stated apart.',
  yearTitle: 'Service fees in {year}',
  yearNone: 'No whole month of this year can be compared yet.',
  yearSpan: '{from} to {until}',
  yearSentence:
    '{months}: due {due}, received {collected} (of it in advance {advance}), collection rate {rate}.',
  yearPast: 'A further {past} came in for past periods and is not in the rate.',
  yearMore: 'Standard of fees, and how it is worked out',
  monthTitle: 'What is due in {month}',
  monthUnits: '{due} are due for the month from {count} units.',
  kind: 'Use',
  count: 'Units',
  due: 'Due for a month',
  partsNote: 'A use with fewer than three units is in the total and not shown by itself.',
  versionsTitle: 'How the standard came about',
  versionsLead:
    'Every version was confirmed by two sides, the owners’ committee always one of them, and stands in the transparency log, where nothing is changed or taken out.',
  backdated: 'When it was confirmed, its first month was over: it was entered later, or reaches back.',

  ownTitle: 'What your home owes a month',
  ownLead:
    'By the standard in force, one amount for a unit, whoever owns it together; only you see this. Whether it is paid, the property company’s receipt tells.',
  ownHow: 'How it comes about',
  ownByArea: '{area} × {price} = {amount}',
  ownByUnit: '1 space × {price} = {amount}',
  ownNothing: 'Nothing is asked for this kind',
  ownSum: 'Together {amount} a month',
  ownNone: 'No standard of fees is recorded here yet, so what is due cannot be said.',
  ownBasis: 'The standard rests on: {basis}',

  formTitle: 'Propose a standard of service fees',
  formLead:
    'One side proposes; once another confirms, it is public and in the log. Prices are for a month; leave empty what is not charged. Monthly parking rent is no service fee and does not belong here.',
  formFrom: 'From which month on',
  formPrice: 'Price a month, {kind}',
  formPer: 'Parking is charged by',
  'formPer.m2': 'area (the square metre)',
  'formPer.unit': 'the space',
  formPoll: 'Which vote set it',
  formNoPoll: 'no vote',
  formDocument: 'Fingerprint of the contract’s published copy (64 characters)',
  formDocumentHint:
    'It is in the address of the published copy on a voucher’s page. Leave it empty where there is none.',
  formBasis: 'Basis',
  formBasisHint:
    'Public. Such as: clause 6 of the service contract that the owners’ assembly passed in December 2024. No names of persons.',
} as const satisfies Translation<typeof source>
