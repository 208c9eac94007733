/**
 * Reads the HTML that React writes (well formed, attributes in double quotes) and names what is wrong with it for people who use
 * assistive technology, or under the strict content security policy. Not a general HTML parser.
 */

export interface Element {
  readonly tag: string
  readonly attributes: ReadonlyMap<string, string>
  readonly parent: Element | undefined
  text: string
}

const VOID = new Set(['area', 'base', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'])

/** All elements in document order, each with its text content. */
export function elementsOf(html: string): readonly Element[] {
  const elements: Element[] = []
  let open: Element | undefined
  for (const match of html.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/g,
  )) {
    const [, closing, tag, attributes = '', selfClosing, text] = match
    if (text !== undefined) {
      for (let each = open; each; each = each.parent) each.text += text
      continue
    }
    if (closing) {
      if (open?.tag !== tag) throw new Error(`</${tag}> closes <${open?.tag}>`)
      open = open?.parent
      continue
    }
    const parsed = new Map<string, string>()
    for (const attribute of attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)) {
      parsed.set(attribute[1]!, attribute[2] ?? '')
    }
    const element: Element = { tag: tag!, attributes: parsed, parent: open, text: '' }
    elements.push(element)
    if (!selfClosing && !VOID.has(tag!)) open = element
  }
  return elements
}

function hasAncestor(element: Element, test: (ancestor: Element) => boolean): boolean {
  for (let each = element.parent; each; each = each.parent) if (test(each)) return true
  return false
}

function isHidden(element: Element): boolean {
  const hides = (each: Element) => each.attributes.get('aria-hidden') === 'true'
  return hides(element) || hasAncestor(element, hides)
}

/** Attributes and elements that the content security policy would refuse. */
export function forbiddenIn(html: string): readonly string[] {
  return elementsOf(html).flatMap(element => [
    ...(element.tag === 'script' ? ['script element'] : []),
    ...(element.tag === 'style' ? ['style element'] : []),
    ...[...element.attributes.keys()]
      .filter(name => name === 'style' || /^on/.test(name))
      .map(name => `${name} attribute on ${element.tag}`),
    ...[...element.attributes]
      .filter(([name, value]) => /^(href|src|action)$/i.test(name) && /^\s*(javascript|data):/i.test(value))
      .map(([name]) => `script address in ${name}`),
  ])
}

/** Headings that skip a level, and pages without exactly one `h1`. */
function headingProblems(elements: readonly Element[]): readonly string[] {
  const levels = elements.filter(each => /^h[1-6]$/.test(each.tag)).map(each => Number(each.tag[1]))
  const skipped = levels
    .filter((level, index) => index > 0 && level > levels[index - 1]! + 1)
    .map(level => `h${level} skips a level`)
  return [...skipped, ...(levels.filter(level => level === 1).length === 1 ? [] : ['not exactly one h1'])]
}

/** Names that stand for nothing: references to absent ids, doubled ids. */
function referenceProblems(elements: readonly Element[]): readonly string[] {
  const ids = elements.flatMap(each => each.attributes.get('id') ?? [])
  const known = new Set(ids)
  const doubled = ids.filter((id, index) => ids.indexOf(id) !== index).map(id => `id ${id} twice`)
  const dangling = elements.flatMap(element =>
    ['for', 'aria-labelledby', 'aria-describedby'].flatMap(name =>
      (element.attributes.get(name) ?? '')
        .split(' ')
        .filter(id => id !== '' && !known.has(id))
        .map(id => `${name} names ${id}, which is absent`),
    ),
  )
  const lost = elements
    .map(each => each.attributes.get('href') ?? '')
    .filter(href => /^#./.test(href) && !known.has(href.slice(1)))
    .map(href => `link to ${href}, which is absent`)
  return [...doubled, ...dangling, ...lost]
}

function isNamed(element: Element, elements: readonly Element[]): boolean {
  if (element.attributes.get('aria-label') || element.attributes.has('aria-labelledby')) return true
  if (/^(input|select|textarea)$/.test(element.tag)) {
    const id = element.attributes.get('id')
    return elements.some(
      each => each.tag === 'label' && each.attributes.get('for') === id && each.text.trim() !== '',
    )
  }
  return element.text.trim() !== ''
}

/** What a reader with a screen reader or a keyboard would stumble over. */
export function barriersIn(html: string): readonly string[] {
  const elements = elementsOf(html)
  const unnamed = elements
    .filter(each => /^(a|button|input|select|textarea|summary|table|nav|progress)$/.test(each.tag))
    .filter(each => each.attributes.get('type') !== 'hidden' && !isNamed(each, elements))
    .map(each => `${each.tag} without a name`)
  const pictures = elements
    .filter(each => each.tag === 'svg' && !isHidden(each))
    .filter(each => each.attributes.get('role') !== 'img' || !isNamed(each, elements))
    .map(() => 'svg neither hidden nor named')
  const tables = elements
    .filter(each => each.tag === 'table')
    .filter(
      table => !elements.some(each => each.tag === 'caption' && each.parent === table && each.text !== ''),
    )
    .map(() => 'table without a caption')
  const cells = elements
    .filter(
      each => each.tag === 'td' && each.attributes.has('data-card') && !each.attributes.get('data-label'),
    )
    .map(() => 'cell without the name of its column')
  return [
    ...unnamed,
    ...pictures,
    ...tables,
    ...cells,
    ...referenceProblems(elements),
    ...headingProblems(elements),
  ]
}
