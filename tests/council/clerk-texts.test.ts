/** What a clerk types, pastes and leaves empty: lists and tables survive, headings without words go, nothing becomes markup. */
import { describe, expect, it } from 'vitest'
import { cleanText, hasStructure, textBlocks, textOfHtml, withoutEmptyHeadings } from '#council'
import { fc } from '../support/properties.ts'

describe('a text', () => {
  it('is paragraphs, lists and tables, as its lines say', () => {
    const text =
      '查过线路：\n\n- 灯头坏\n* 电缆进水\n1. 开挖\n2. 换缆\n\n项目 | 金额\n灯头 | 300\n电缆 | 1560\n完'
    expect(textBlocks(text)).toEqual([
      { kind: 'text', lines: ['查过线路：'] },
      { kind: 'bullets', items: ['灯头坏', '电缆进水'] },
      { kind: 'numbers', start: 1, items: ['开挖', '换缆'] },
      {
        kind: 'table',
        rows: [
          ['项目', '金额'],
          ['灯头', '300'],
          ['电缆', '1560'],
        ],
      },
      { kind: 'text', lines: ['完'] },
    ])
  })

  it('is no list for a year, and no table for one line or for rows of different widths', () => {
    const kinds = (text: string) => textBlocks(text).map(block => block.kind)
    expect(kinds('2026.年度预算')).toEqual(['text'])
    expect(kinds('3. 先说\n9. 后说')).toEqual(['text'])
    expect(kinds('甲 | 乙')).toEqual(['text'])
    expect(kinds('甲 | 乙\n丙 | 丁 | 戊')).toEqual(['text'])
    expect(kinds('| 甲 | 乙 |\n|---|---|\n| 1 | 2 |')).toEqual(['table'])
  })

  it('loses no word to its structure', () => {
    const line = fc.stringMatching(/^[a-z\-|0-9. ]{0,12}$/)
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), lines => {
        const words = (text: string) => text.replace(/[^a-z]/g, '')
        const said = textBlocks(lines.join('\n')).flatMap(block =>
          block.kind === 'text' ? block.lines : block.kind === 'table' ? block.rows.flat() : block.items,
        )
        expect(words(said.join(''))).toBe(words(lines.join('')))
      }),
    )
  })
})

describe('a paste from a word processor', () => {
  const word = `<html><head><style>p{color:red}</style></head><body><!--StartFragment-->
    <p class=MsoNormal>查过<b>线路</b>：<o:p></o:p></p>
    <ul><li>灯头坏<ol><li>东侧</li><li>西侧</li></ol></li><li>电缆进水</li></ul>
    <table><tr><th>项目</th><th>金额|元</th></tr><tr><td><p>灯头</p></td><td>300</td></tr></table>
    <p>完&nbsp;&amp;&#x4e2d;</p><script>alert(1)</script></body></html>`

  it('keeps lists, sub-lists and tables as lines', () => {
    expect(textOfHtml(word)).toBe(
      '查过线路：\n- 灯头坏\n  1. 东侧\n  2. 西侧\n- 电缆进水\n项目 | 金额/元\n灯头 | 300\n完 &中',
    )
    expect(hasStructure(word)).toBe(true)
    expect(hasStructure('<p>只有字</p>')).toBe(false)
  })

  it('is read back as a list and a table after it was cleaned and kept', () => {
    const kept = cleanText(textOfHtml(word), 'background')
    const kinds = kept.ok ? textBlocks(kept.value).map(block => block.kind) : []
    expect(kinds).toEqual(['text', 'bullets', 'numbers', 'bullets', 'table', 'text'])
  })

  it('never gives a tag of a script back, whatever is pasted, and ends on a huge one', () => {
    expect(textOfHtml('<li><img src=x onerror=alert(1)>&lt;script&gt;</li>')).toBe('<script>')
    expect(textOfHtml('<script>evil()</script><STYLE>x</STYLE>ok')).toBe('ok')
    expect(textOfHtml('<td>'.repeat(300_000)).length).toBeLessThan(10)
    for (const open of ['<style>', '<!--', '<li><td>']) expect(textOfHtml(open.repeat(200_000))).toBe('')
    expect(textOfHtml('<a'.repeat(200_000))).toHaveLength(400_000)
    expect(textOfHtml(`<p>${'字'.repeat(500_000)}`)).toHaveLength(500_000)
    fc.assert(fc.property(fc.string(), html => typeof textOfHtml(html) === 'string'))
  })
})

describe('headings of a template', () => {
  const HEADINGS = ['情况：', '前期做过：']

  it('go when nothing stands under them, and stay with what does', () => {
    expect(withoutEmptyHeadings('情况：\n\n前期做过：\n', HEADINGS)).toBe('')
    expect(withoutEmptyHeadings('情况：\n灯坏了\n\n前期做过：\n', HEADINGS)).toBe('情况：\n灯坏了')
    expect(withoutEmptyHeadings('情况：灯坏了', HEADINGS)).toBe('情况：灯坏了')
    expect(withoutEmptyHeadings('甲\r\n乙', HEADINGS)).toBe('甲\n乙')
  })
})
