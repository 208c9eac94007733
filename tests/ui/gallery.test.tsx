/** The page with every component, for every viewer: nothing the policy refuses, no barrier, no word in the wrong language. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as door from '#ui'
import { barriersIn, elementsOf, forbiddenIn } from './markup.ts'
import { ENGLISH, htmlOf, VIEWERS } from './render.tsx'

describe.each(VIEWERS)('all components for $lang in $mode type', viewer => {
  const html = htmlOf(<door.Gallery />, viewer, '/ui-components')

  test('hold nothing that the content security policy refuses', () => {
    expect(elementsOf(html).length).toBeGreaterThan(500)
    expect(forbiddenIn(html)).toEqual([])
  })

  test('put no barrier in the way', () => {
    expect(barriersIn(html)).toEqual([])
  })

  test('keep language and mode on every link of the site', () => {
    const links = elementsOf(html)
      .filter(each => each.tag === 'a')
      .filter(each => !hasAncestorClass(each, 'reading-links'))
      .map(each => each.attributes.get('href') ?? '')
      .filter(link => /^[/?]/.test(link))
    expect(links.length).toBeGreaterThan(20)
    for (const link of links) expect(door.viewerOf(link.replaceAll('&amp;', '&'))).toEqual(viewer)
  })
})

function hasAncestorClass(element: ReturnType<typeof elementsOf>[number], name: string): boolean {
  for (let each = element.parent; each; each = each.parent) {
    if (each.attributes.get('class') === name) return true
  }
  return false
}

test('in English no Chinese is left but the link to Chinese', () => {
  // The wording of the law is Chinese in every language, and says so.
  const html = htmlOf(<door.Gallery />, ENGLISH, '/ui-components').replace(
    /<blockquote[^>]* lang="zh-CN">.*?<\/blockquote>/gs,
    '',
  )
  expect(html.match(/\p{Script=Han}+/gu)).toEqual(['中文'])
})

test('every component of the door is on the page', () => {
  const elsewhere = new Set([
    'ErrorPage',
    'NonceProvider',
    'ViewerProvider',
    'Gallery',
    'Anchor',
    'Sentence',
    'PasskeyScriptTag',
  ])
  const inside = new Set([
    'AsOf',
    'Breadcrumb',
    'Icon',
    'InstantText',
    'PeriodText',
    'CodeField',
    'PasskeyButton',
  ])
  const source = readdirSync('app/ui/gallery')
    .map(file => readFileSync(`app/ui/gallery/${file}`, 'utf8'))
    .join('\n')
  const components = Object.keys(door).filter(name => /^[A-Z][a-z]/.test(name))
  expect(components.length).toBeGreaterThan(40)
  const absent = components.filter(
    name => !elsewhere.has(name) && !inside.has(name) && !new RegExp(`<${name}\\b`).test(source),
  )
  expect(absent).toEqual([])
})

describe('the checks themselves see', () => {
  test.each([
    ['<p style="color:red">x</p>', 'style attribute on p'],
    ['<button onclick="x()">x</button>', 'onclick attribute on button'],
    ['<div><script>1</script></div>', 'script element'],
    ['<a href="javascript:x()">x</a>', 'script address in href'],
  ])('%s', (html, problem) => {
    expect(forbiddenIn(html)).toEqual([problem])
  })

  test.each([
    ['<h1>x</h1><h3>y</h3>', 'h3 skips a level'],
    ['<h2>x</h2>', 'not exactly one h1'],
    ['<h1>x</h1><input id="a"/>', 'input without a name'],
    ['<h1>x</h1><a href="/x"><svg aria-hidden="true"></svg></a>', 'a without a name'],
    ['<h1>x</h1><svg><path d="M0"></path></svg>', 'svg neither hidden nor named'],
    ['<h1 id="a">x</h1><p id="a">y</p>', 'id a twice'],
    ['<h1>x</h1><p aria-describedby="b">y</p>', 'aria-describedby names b, which is absent'],
    ['<h1>x</h1><a href="#b">y</a>', 'link to #b, which is absent'],
    ['<h1>x</h1><table aria-label="t"><tbody></tbody></table>', 'table without a caption'],
  ])('%s', (html, problem) => {
    expect(barriersIn(html)).toContain(problem)
  })
})
