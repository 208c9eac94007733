/**
 * What a word processor puts on the clipboard, as the plain lines of minutes: paragraphs, `- ` and `1. ` for lists (a sub-list is
 * indented), bars between the cells of a table. Formatting, scripts and comments go. Pure: it runs where the clerk pastes.
 */

interface List {
  readonly isNumbered: boolean
  count: number
}

/** What is dropped with all that stands in it. */
const DROPPED = /<(style|script|head|title|xml|o:p)\b|<!--|<!\[/gi
const TAG = /<(\/?)([a-z][a-z0-9:]*)\b[^<>]*>/gi
const BREAKING = new Set(
  'p div br h1 h2 h3 h4 h5 h6 section article header footer blockquote pre ul ol table tr'.split(' '),
)
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}
/** Far more than a page of minutes: a paste beyond it is cut before it is read. */
const LONGEST_HTML = 2_000_000

/** The HTML without what is dropped, in one pass: what never ends is dropped to the end. */
function withoutDropped(html: string): string {
  const lower = html.toLowerCase()
  let kept = ''
  let from = 0
  for (const match of html.matchAll(DROPPED)) {
    if (match.index < from) continue
    kept += html.slice(from, match.index)
    const end = match[1] !== undefined ? `</${match[1].toLowerCase()}` : match[0] === '<!--' ? '-->' : ']>'
    const at = lower.indexOf(end, match.index)
    const close = at === -1 ? -1 : lower.indexOf('>', at)
    if (close === -1) return kept
    from = close + 1
  }
  return kept + html.slice(from)
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole
    const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : ''
  })
}

/** Lines as they are built up: cells of a row gather until the row ends. */
class Lines {
  readonly done: string[] = []
  readonly #lists: List[] = []
  #line = ''
  #cells: string[] | null = null

  text(raw: string): void {
    this.#line += decoded(raw.replace(/\s+/g, ' '))
  }

  breakLine(): void {
    // Within a cell, a break is a blank: a row is one line.
    if (this.#cells !== null) this.#line += ' '
    else this.#flush()
  }

  #flush(): void {
    const line = this.#line.replace(/\s+$/, '')
    if (line.trim() !== '') this.done.push(/^\s*(?:-|\d+\.) /.test(line) ? line : line.trim())
    this.#line = ''
  }

  open(tag: string): void {
    if (tag === 'ul' || tag === 'ol') this.#lists.push({ isNumbered: tag === 'ol', count: 0 })
    if (tag === 'tr') this.#cells = []
    if (tag === 'td' || tag === 'th') this.#line = ''
    const list = this.#lists.at(-1)
    if (tag !== 'li' || this.#cells !== null) return
    this.#flush()
    if (list === undefined) return
    list.count++
    const mark = list.isNumbered ? `${list.count}. ` : '- '
    this.#line = `${'  '.repeat(this.#lists.length - 1)}${mark}`
  }

  close(tag: string): void {
    if (tag === 'ul' || tag === 'ol') this.#lists.pop()
    if (tag === 'li') this.breakLine()
    if ((tag === 'td' || tag === 'th') && this.#cells !== null) {
      this.#cells.push(this.#line.replace(/\s+/g, ' ').replaceAll('|', '/').trim())
      this.#line = ''
    }
    if (tag === 'tr' && this.#cells !== null) {
      const row = this.#cells.join(' | ')
      this.#cells = null
      this.#line = row
      this.#flush()
    }
  }
}

/** The text of pasted HTML. Whatever is not understood is kept as its words. */
export function textOfHtml(html: string): string {
  const clean = withoutDropped(html.slice(0, LONGEST_HTML))
  const lines = new Lines()
  let from = 0
  for (const match of clean.matchAll(TAG)) {
    lines.text(clean.slice(from, match.index))
    from = match.index + match[0].length
    const tag = match[2]!.toLowerCase()
    const isCell = tag === 'td' || tag === 'th'
    if (BREAKING.has(tag) && tag !== 'tr') lines.breakLine()
    if (match[1] === '/') lines.close(tag)
    else if (tag !== 'br' || isCell) lines.open(tag)
  }
  lines.text(clean.slice(from))
  lines.breakLine()
  return lines.done.join('\n')
}

/** True when the HTML has a list or a table: only then is the paste taken apart; anything else the browser pastes better. */
export function hasStructure(html: string): boolean {
  return /<(?:li|table)\b/i.test(html)
}
