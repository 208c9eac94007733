/** Words of the messages that people are sent, in English. */
import type { Translation } from '../translation.ts'
import type { messages as source } from '../zh-cn/messages.ts'

export const messages = {
  tab: 'Messages',
  title: 'How I am told',
  lead: 'We tell you how far things have come that concern you. If you choose nothing, nobody writes to you.',
  channel: 'Tell me by',
  'channel.none': 'Nothing',
  'channel.sms': 'Text message',
  'channel.wecom': 'WeCom',
  'channel.email': 'E-mail',
  channelAbsent: 'This portal has no such way yet',
  address: 'Phone number, WeCom account or e-mail address',
  addressHint: 'Kept sealed, never public, used for messages only.',
  addressKept: 'In use: {address}. Leave it empty to keep it.',
  digest: 'One message a day, at six in the evening',
  save: 'Save',
  saved: 'Saved',
  'problem.address-malformed': 'This number or address is not right; please check it.',
  'problem.address-missing': 'Please give the number or address.',
  one: '[Mingzhang] {community}: {text}',
  many: '[Mingzhang] {count} {count|thing|things} today: {texts}',
  separator: '; ',
  'kind.ballot-recorded':
    'a ballot of your home was received, the number of its receipt last: {subject}. If it was none of yours, tell the committee at once',
  'kind.vote-waiting': 'your home has not voted yet: {subject}',
  'kind.question-answered': 'your question is answered: {subject}',
  'kind.release-waiting': 'a payment waits for your release: {subject}',
  'kind.items-overdue':
    '{subject} new {subject|thing|things} among what needs eyes: see the page of oversight',
  'kind.service-rendered':
    'a request of your home ({subject}) was answered: see how it went, and answer three short questions',
  'kind.challenge-overdue': 'a question about a spend is overdue: {subject}',
  'kind.request-overdue': 'a request is overdue: {subject}',
  'kind.meeting-called': 'a meeting is called: {subject}',
  'kind.meeting-cancelled': 'a meeting is called off: {subject}',
  'kind.meeting-near': 'a meeting is near: {subject}',
  'kind.minutes-waiting':
    'minutes wait for your word; corrections can be asked for within three days: {subject}',
  'kind.action-overdue': 'what was agreed at a meeting is overdue: {subject}',
  'kind.control-change-waiting': 'A change ({subject}) waits for you to confirm it',
  'kind.role-change-waiting': 'a change of office ({subject}) waits for you',
} satisfies Translation<typeof source>
