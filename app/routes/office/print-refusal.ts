/** Why papers were not printed, carried in the address back to the form and said there in words. */
import { type Lang, translate } from '#i18n'

/** The query that names a refusal; `character` is the one that no font has. */
export function printRefusalQuery(code: string, character: string): string {
  return `?${new URLSearchParams({ refused: code, character })}`
}

/** The refusal of a query in words; null when it names none of ours. */
export function printRefusalText(query: URLSearchParams, lang: Lang): string | null {
  const t = translate(lang)
  switch (query.get('refused')) {
    case 'place-missing':
      return t('officePolls.printRefusal.place-missing')
    case 'building-unknown':
      return t('officePolls.printRefusal.building-unknown')
    case 'glyph-missing':
      return t('officePolls.printRefusal.glyph-missing', {
        character: query.get('character')?.slice(0, 2) ?? '',
      })
    default:
      return null
  }
}
