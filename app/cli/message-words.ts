/** The words of messages to people, in Chinese: the language of whoever holds an office or owns a home here. */
import { translate } from '#i18n'
import { isControlKind } from '#ledger'
import { isRole } from '#people'
import type { ToldMessage } from '#people/server'
import { isCategory } from '#voice'

const t = translate('zh-CN')

/** What a message is about: an office or a kind of change by its name, everything else as it was written. */
function namedSubject(kind: ToldMessage['kind'], subject: string): string {
  if ((kind === 'service-rendered' || kind === 'request-overdue') && isCategory(subject)) {
    return t(`voice.category.${subject}`)
  }
  if (kind === 'role-change-waiting' && isRole(subject)) return t(`community.role.${subject}`)
  return kind === 'control-change-waiting' && isControlKind(subject)
    ? t(`controls.message.${subject}`)
    : subject
}

function textOf({ kind, subject }: ToldMessage): string {
  return t(`messages.kind.${kind}`, { subject: namedSubject(kind, subject) })
}

/** The message that carries a code. */
export function smsCodeWords(code: string, minutes: number): string {
  return t('sms.text', { code, minutes })
}

/** One message in full, or the day's in one. */
export function messageWords(messages: readonly ToldMessage[]): string {
  const [first] = messages
  if (messages.length === 1 && first !== undefined) {
    return t('messages.one', { community: first.community, text: textOf(first) })
  }
  const texts = messages.map(message => `${message.community} ${textOf(message)}`)
  return t('messages.many', { count: messages.length, texts: texts.join(t('messages.separator')) })
}
