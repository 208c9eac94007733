/** Makes elements of the page by hand: the verifier's script carries no framework. Text is only ever set as text. */

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>
export type Child = Node | string | null

function fill<Made extends Element>(made: Made, attributes: Attributes, children: readonly Child[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children.filter(child => child !== null))
  return made
}

/** An element with its attributes (false and undefined ones are left away) and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return fill(document.createElement(tag), attributes, children)
}

// The same lines as the icons of the pages.
const ICONS = {
  done: 'M5 12.5l4.5 4.5L19 7.5',
  stopped: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  upload: 'M12 16V4M7 9l5-5 5 5M4 16v4h16v-4',
  attention: 'M12 4l9 16H3L12 4zM12 10v5M12 17.5v.1',
} as const

export type IconName = keyof typeof ICONS

/** A line icon, hidden from screen readers: the words beside it say it. */
export function icon(name: IconName): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const path = fill(document.createElementNS(space, 'path'), { d: ICONS[name] }, [])
  const frame = { class: 'icon', viewBox: '0 0 24 24', width: 24, height: 24, 'aria-hidden': 'true' }
  return fill(document.createElementNS(space, 'svg'), { ...frame, focusable: 'false' }, [path])
}
