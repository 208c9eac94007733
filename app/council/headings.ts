/** Headings that a template puts into an empty text: those under which nothing was written go when the text is saved. Pure. */

/** The text without headings that have nothing under them. `headings` are whole lines, as the template has them. */
export function withoutEmptyHeadings(text: string, headings: readonly string[]): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const isHeading = (line: string) => headings.includes(line.trim())
  const kept = lines.filter((line, index) => {
    if (!isHeading(line)) return true
    const rest = lines.slice(index + 1)
    const next = rest.findIndex(isHeading)
    const under = next === -1 ? rest : rest.slice(0, next)
    return under.some(each => each.trim() !== '')
  })
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
