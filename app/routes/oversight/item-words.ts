/** A thing that needs eyes in words. A new kind does not compile until it has its words. */
import { type Lang, periodText, type Translate } from '#i18n'
import { parsePeriod } from '#kernel'
import type { OversightItem } from '#oversight'
import { isRole } from '#people'

function subjectText({ subject, subjectEn }: OversightItem, t: Translate, lang: Lang): string {
  const month = parsePeriod(subject)
  if (month.ok) return periodText(month.value, lang)
  if (isRole(subject)) return t(`community.role.${subject}`)
  return lang === 'en' ? (subjectEn ?? subject) : subject
}

/** The sentence of an item. */
export function itemText(item: OversightItem, t: Translate, lang: Lang): string {
  const { count, days } = item
  return t(`oversight.item.${item.kind}`, { subject: subjectText(item, t, lang), count, days })
}
