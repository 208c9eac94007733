/**
 * Draws a plain one-page paper: a heading, lines of label and value, and a remark. For the demo's source documents and for
 * papers that carry no figures to verify. Never sealed.
 */
import { CONTENT_WIDTH, INK, PAPER, Sheet } from './sheet.server.ts'

export interface Notice {
  readonly title: string
  readonly lines: readonly { readonly label: string; readonly value: string }[]
  readonly remark: string
  readonly lang: string
  /** Part of the file's bytes: the same notice is the same file. */
  readonly createdAt: Date
}

/** The PDF of a notice; throws on a character the fonts cannot draw. */
export async function renderNotice(notice: Notice): Promise<Uint8Array> {
  const sheet = new Sheet({
    title: notice.title,
    subject: notice.title,
    lang: notice.lang,
    createdAt: notice.createdAt,
  })
  sheet.y = 72
  sheet.heading(notice.title, 'H1', { size: 20, weight: 'bold' })
  sheet.y += 10
  sheet.rule(PAPER.margin, sheet.y, CONTENT_WIDTH, INK.accent, 2)
  sheet.y += 22
  for (const { label, value } of notice.lines) {
    sheet.paragraph(label, { size: 9, color: INK.muted })
    sheet.paragraph(value, { size: 13 })
    sheet.y += 10
  }
  sheet.y += 16
  sheet.paragraph(notice.remark, { size: 11, weight: 'bold', color: INK.accent })
  return sheet.finish({
    head: notice.title,
    identity: notice.title,
    page: (page, pages) => `${page} / ${pages}`,
  })
}
