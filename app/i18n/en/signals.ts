/** Words of what is noted about a payment, in English. */
import type { Translation } from '../translation.ts'
import type { signals as source } from '../zh-cn/signals.ts'

export const signals = {
  title: 'Worth a second look',
  leadDraft:
    'The program noticed the following; most of it has a good reason. Once released, please answer each in a sentence, in public.',
  leadPosted:
    'The program noticed the following; most of it has a good reason. Each needs an answer, which is public and stays.',
  leadPublic:
    'The program looks at every payment in the same way. A signal is no accusation: most have a good reason, and the answer stands below.',
  'kind.split':
    'Several payments to one payee within seven days, each below the chair’s threshold and together above it: {others}',
  'kind.same-invoice': 'The same invoice number is on: {others}',
  'kind.same-picture': 'The same picture is attached to: {others}',
  'kind.round-sum': 'A sum of whole thousands that this payee was not paid before',
  'kind.new-payee': 'First payment to this payee, released within a day of being prepared',
  'kind.account-changed': 'Another bank account of the payee than last time: {others}',
  'kind.shared-mark': 'Phone, bank account or legal representative are those of another payee too: {others}',
  'kind.weekend': 'Released on a day off (weekend or public holiday)',
  'kind.hasty': 'Released within a minute of being prepared',
  'kind.price': 'More than twice, or less than half, of what this community usually pays for the same',
  unanswered: 'Unanswered',
  answer: 'Answer: {text}',
  answeredBy: 'Answered by {role} {name}',
  answerLabel: 'Answer (public)',
  answerHint: 'The reason and what shows it; no names of persons.',
  save: 'Publish the answer',
  'problem.not-permitted': 'This is not your office’s work.',
  'problem.signal-unknown': 'There is no such signal.',
  'problem.signal-answered': 'This was answered already.',
  'problem.answer-missing': 'Please write an answer.',
  'problem.answer-too-long': 'At most {limit} characters.',
  'problem.answer-private': 'Everybody reads the answer: no names or numbers of persons (“{found}”).',
  closeTitle: '{count} signals have no answer',
  closeLead:
    'You can answer them first. The month can be closed without, and these stay published as “unanswered”.',
  closeTick: 'I know that these will be published as “unanswered”',

  recusalTitle: 'Kept out of it',
  recusalLead: 'Whoever is related to the payee takes no step of the payment:',
  'recusal.declared': '{role} kept out (own declaration)',
  'recusal.phone': '{role} kept out (same phone as the payee)',
  'recusal.bank-account': '{role} kept out (same bank account as the payee)',
  'recusal.legal-person': '{role} kept out (same legal representative as the payee)',
  declareTitle: 'Related to the payee, or interested?',
  declareLead:
    'Once declared you take no step of this payment; its page says that your office kept out, without your name. It cannot be taken back.',
  declare: 'I keep out of it',
  marksTitle: 'What identifies the payee',
  marksLead:
    'For finding relations and double payments. Only keyed fingerprints are kept: nobody can read them back, not even you.',
  'mark.invoice': 'Invoice number',
  'mark.bank-account': 'Payee’s bank account',
  'mark.phone': 'Phone',
  'mark.legal-person': 'Legal representative or owner of the business',
  marksSave: 'Keep',
  marksNoted: 'Noted: {kinds}',
  ownTitle: 'What I keep out of',
  ownLead:
    'Note phones, bank accounts and legal representatives of your own and your family’s. When a payment goes to the same, the portal asks you to keep out.',
  ownContains: 'Only keyed fingerprints of what is noted are kept; nobody can read them back.',
  ownSave: 'Note',
  ownCount: '{count} noted, last',
  ownNone: 'Nothing noted yet',
  ownLink: 'What I keep out of',
  'problem.draft-unknown': 'There is no such draft.',
  'problem.draft-not-open': 'This draft is posted or withdrawn.',
  'problem.draft-not-yours': 'The preparer notes what identifies the payee.',
  'problem.mark-too-short': 'Too short: please enter all of it.',
} satisfies Translation<typeof source>
