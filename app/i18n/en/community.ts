/** English of `zh-cn/community.ts`. */
import type { Translation } from '../translation.ts'
import type { community as source } from '../zh-cn/community.ts'

export const community = {
  navHome: 'Home',
  navFund: 'Fund',
  navVouchers: 'Vouchers',
  navVotes: 'Votes',
  navStatements: 'Statements',
  navBooks: 'Health',
  pageTitle: '{page} · {community}',
  omitUnmatched: 'Not booked yet: {count} {count|line|lines} of the bank statement',
  omitUnreconciled: 'Not reconciled yet: what moved after {date}',
  omitNeverReconciled: 'Not reconciled yet: no month has been closed',
  omitDrafts: 'Payments still being prepared, reviewed or released',
  omitArrears: 'Arrears of owners (money not received is no income)',
  omitPersons: 'Names, telephone and card numbers of private persons: never published',
  omitOriginals:
    'Original source documents (published are copies without personal data, and the hash of the original)',
  withheldTitle: 'This page is for people of this community',
  withheldText: 'This community publishes totals only. Owners see every single payment after signing in.',
  withheldSignIn: 'Sign in to read',
  withheldFund: 'See the public totals',
  withheldContained: 'This page explains something; it holds no accounts',
  privatePerson: 'a private person (not published)',
  unknownName: '(account removed)',
  'role.owner': 'owner',
  'role.committee_member': "owners' committee, member",
  'role.committee_treasurer': "owners' committee, treasurer",
  'role.committee_chair': "owners' committee, chair",
  'role.teller': 'teller (counts votes)',
  'role.bookkeeper': 'property company, bookkeeper',
  'role.manager': 'property company, manager',
  'role.overseer': 'party branch, overseer',
  'role.residents_committee': "residents' committee",
  'role.auditor': 'auditor',
  'role.operator': 'operator',
} as const satisfies Translation<typeof source>
