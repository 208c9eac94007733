/** English of `zh-cn/personal.ts`. */
import type { Translation } from '../translation.ts'
import type { personal as source } from '../zh-cn/personal.ts'

export const personal = {
  tab: 'My data',
  title: 'My data',
  lead: 'What is kept about you. Take all of it with you at any time; have it erased when you own nothing here any more.',
  download: 'Download my data (JSON)',
  downloadLead:
    'Account, what the register says of you, your voting receipts, and who saw it, in one file. Passwords and keys are not in it: nobody can read them.',
  eraseTitle: 'Erase my account',
  eraseLead:
    'Sign-in name, ways of signing in, telephone and messages are removed for good. Your votes, the books and the log stay as they are: they never held your name. The register keeps its owner, as the law asks, while you are one.',
  eraseTick: 'I understand that this cannot be undone',
  erase: 'Erase my account',
  eraseTickMissing: 'Tick first that you understand.',
  'refusal.not-permitted': 'This is not yours to do.',
  'refusal.still-owner': 'This person is an owner today: the register keeps them.',
  'refusal.nothing-personal': 'There is no personal data of this person here.',
  'refusal.office-held': 'You hold an office, or have not finished signing in. Leave the office first.',
  'refusal.not-fresh': 'Give your second factor once more, and come back within ten minutes.',
  'refusal.days-out-of-bounds': 'Enter a number of days within the bounds.',
  formerTitle: 'Former owners',
  formerLead:
    'Who asks for it and owns nothing any more: name, telephone and the end of the identity number are removed. Votes and books stay.',
  formerErase: 'Erase the personal data of {name}',
  erased: 'The personal data was erased.',
  retentionTitle: 'How long personal data is kept',
  retentionLead: 'Every night at half past three what has had its time is removed, and the audit says so.',
  retentionLink: 'How long personal data is kept',
  retentionContains: 'Nobody’s personal data is on this page.',
  retentionDays: 'Days',
  retentionBounds: '{least} to {most} days',
  retentionSave: 'Change',
  retentionFixed: 'Fixed',
  'kind.former-owner':
    'Name, telephone and the end of the identity number of somebody who owns nothing any more',
  'kind.counterparty': 'Names of private persons on bank lines and payments',
  'fixed.roll': 'Uploaded registers: removed when confirmed or put aside',
  'fixed.letters': 'Files of letters: an hour after they were fetched, seven days at most',
  'fixed.codes': 'Codes by message: two days; the code itself when it was sent',
  'fixed.attempts': 'Attempts to sign in (keyed digests only): 90 days',
  'fixed.sessions': 'Sessions: when they end',
  privacyTitle: 'Your personal data',
  privacyLead: 'In plain words: what is kept, who sees it, how long, and what you can do.',
  privacyLink: 'How personal data is protected',
  privacyContains: 'How long your community keeps data is under “My data” once you are signed in.',
  privacyWhat: 'What is kept',
  privacyWhat1:
    'In the register: name, telephone, the last four of the identity number, home and area. Encrypted; the key is not in the database.',
  privacyWhat2:
    'Of the account: sign-in name, a one-way digest of the password, ways of signing in. No pictures of cards or faces, no places.',
  privacyWhat3: 'Of votes: your choice is for you alone and for the count; only sums are published.',
  privacyWho: 'Who sees it',
  privacyWho1: 'Neighbours and strangers: neither your name and telephone nor how you voted.',
  privacyWho2:
    'Officers, where their work needs it: names and ends of numbers. Every look is recorded, and you see it under “Who saw my data”.',
  privacyWho3:
    'Whoever runs the server holds it; no program prevents that. A contract forbids it, and the log cannot be changed unnoticed.',
  privacyHow: 'How long',
  privacyHow1:
    'Three years after you ceased to be an owner (your community may change it); files that are not needed go at once or within days.',
  privacyRights: 'What you can do',
  privacyRights1: 'Take it with you: sign in, “My data”, download.',
  privacyRights2: 'Have it corrected: bring papers to the committee, which corrects the register.',
  privacyRights3: 'Have it erased: your account at any time; the register’s data once you own nothing here.',
  privacyRights4:
    'Complain: to the committee, then the residents’ committee and the subdistrict, or the authorities.',
  privacyProof: 'Do books and votes still add up then?',
  privacyProofText:
    'Yes. What is public of them never held a name, only salted digests. To erase is to destroy salt and text: the digest stays, nobody can tell whose it is, and every sum can still be made again.',
} as const satisfies Translation<typeof source>
