/** Language and mode travel with every link of the site and with no other. */
import { describe, expect, test } from 'vitest'
import { href, KeepViewer, Sentence, type Viewer, viewerOf } from '#ui'
import { fc } from '../support/properties.ts'
import { CHINESE, htmlOf, VIEWERS, wordsOf } from './render.tsx'

const viewers = fc.constantFrom(...VIEWERS)
const word = fc.stringMatching(/^[a-z0-9-]{1,8}$/)
const paths = fc
  .record({
    parts: fc.array(word, { maxLength: 3 }),
    query: fc.dictionary(
      word.filter(name => name !== 'lang' && name !== 'mode'),
      word,
      { maxKeys: 3 },
    ),
    hash: fc.option(word),
  })
  .map(({ parts, query, hash }) => {
    const search = new URLSearchParams(query).toString()
    return `/${parts.join('/')}${search ? `?${search}` : ''}${hash ? `#${hash}` : ''}`
  })

describe('href', () => {
  test('carries the viewer, keeps everything else, and may be applied again', () => {
    fc.assert(
      fc.property(paths, viewers, viewers, (path, viewer, another) => {
        const link = href(path, viewer)
        expect(viewerOf(link)).toEqual(viewer)
        expect(href(link, viewer)).toBe(link)
        expect(href(href(path, another), CHINESE)).toBe(path)
      }),
    )
  })

  test.each([
    'https://example.org/?x=1',
    'mailto:a@example.org',
    '#main',
    '//evil.example/x',
    '/\\evil.example',
    'tel:110',
  ])('leaves %s alone', link => {
    expect(href(link, { lang: 'en', mode: 'elder' })).toBe(link)
  })

  test('replaces the viewer that a path already carries', () => {
    expect(href('/demo?lang=en&month=2026-06', { lang: 'zh-CN', mode: 'elder' })).toBe(
      '/demo?month=2026-06&mode=elder',
    )
  })
})

test.each<[string, Viewer]>([
  ['/demo', CHINESE],
  ['/demo?lang=en', { lang: 'en', mode: 'standard' }],
  ['/demo?lang=fr&mode=huge', CHINESE],
  ['/demo?mode=elder#lang=en', { lang: 'zh-CN', mode: 'elder' }],
])('viewerOf(%s)', (path, viewer) => {
  expect(viewerOf(path)).toEqual(viewer)
  expect(viewerOf(new URL(path, 'https://portal.example'))).toEqual(viewer)
})

test('a GET form keeps the viewer in hidden fields', () => {
  expect(htmlOf(<KeepViewer />, CHINESE)).toBe('')
  expect(htmlOf(<KeepViewer />, { lang: 'en', mode: 'elder' })).toBe(
    '<input type="hidden" name="lang" value="en"/><input type="hidden" name="mode" value="elder"/>',
  )
})

test('a sentence puts its nodes where the language wants them', () => {
  const sentence = <Sentence text="ui.stepOf" values={{ step: <b>2</b>, total: 5 }} />
  expect(htmlOf(sentence)).toBe('第 <b>2</b> 步，共 5 步')
  expect(wordsOf(sentence, { lang: 'en', mode: 'standard' })).toBe('Step 2 of 5')
})
