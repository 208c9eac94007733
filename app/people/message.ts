/**
 * Messages to people: what there is to tell, on which ways, and when. Pure. A message holds a reference and a public subject,
 * never a name, a phone number or an address.
 */
import { addDays, type CivilDate, dateOf, err, instantOf, ok, type Result } from '#kernel'

/** What people are told about. Stored; the words are in i18n under `messages.kind.…`. */
export const MESSAGE_KINDS = [
  'ballot-recorded',
  'vote-waiting',
  'question-answered',
  'release-waiting',
  'items-overdue',
  'service-rendered',
  'challenge-overdue',
  'request-overdue',
  'role-change-waiting',
  'control-change-waiting',
  'meeting-called',
  'meeting-cancelled',
  'meeting-near',
  'minutes-waiting',
  'action-overdue',
] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

/** The ways. `none` is a choice, and what everybody has who made none: nobody is written to unasked. */
export const MESSAGE_CHANNELS = ['none', 'sms', 'wecom', 'email'] as const
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number]

/** Whoever wants one message a day gets it at six in the evening. */
const DIGEST_SECONDS = 18 * 3600

const ADDRESSES: Readonly<Record<Exclude<MessageChannel, 'none'>, RegExp>> = {
  sms: /^1[3-9]\d{9}$/,
  wecom: /^[\w.@-]{1,64}$/,
  email: /^[^\s@<>"]{1,64}@[^\s@<>"]{1,180}\.[a-z]{2,20}$/i,
}

/** An address as the way takes it. */
export function parseMessageAddress(
  channel: Exclude<MessageChannel, 'none'>,
  text: string,
): Result<string, 'address-malformed'> {
  const plain = text.normalize('NFKC').trim()
  const address = channel === 'sms' ? plain.replace(/^\+86/, '').replace(/[\s-]/g, '') : plain
  return ADDRESSES[channel].test(address) ? ok(address) : err('address-malformed')
}

/** What is shown of an address to its owner, and printed by the demo: its last four characters. */
export function maskedAddress(address: string): string {
  return `…${address.slice(-4)}`
}

/** When a message is due: at once, or with the others of the day. */
export function messageDueAt(now: Date, isDigest: boolean): Date {
  if (!isDigest) return now
  const today: CivilDate = dateOf(now)
  const evening = instantOf(today, DIGEST_SECONDS)
  return now <= evening ? evening : instantOf(addDays(today, 1), DIGEST_SECONDS)
}

/** Attempts before a message is given up. */
export const MESSAGE_ATTEMPTS_MAX = 6

/** How long to wait after a number of attempts failed: one minute, then five, then twenty-five; hours at the end. */
export function retryDelayMs(attempts: number): number {
  return 60_000 * 5 ** (attempts - 1)
}
