/** The words of sealed documents, for the jobs and commands that draw them: always Chinese, the language of the owners' rights. */
import { translate } from '#i18n'
import type { DocumentTexts, Say } from '#statements/server'

const t = translate('zh-CN') as Say

/** Texts of the area `statements`. A missing text throws: a document is never drawn with a gap. */
export const documentTexts: DocumentTexts = {
  lang: 'zh-CN',
  say: (key, values = {}) => t(`statements.${key}`, values),
}
