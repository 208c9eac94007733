/** A PDF that is to be public: what its pages do not show is named, and an honest one passes. */
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { utf8 } from '#kernel'
import { renderNotice } from '#statements/server'
import { findInPdfCopy } from '../../app/ledger/pdf-copy.server.ts'
import { fc } from '../support/properties.ts'

const pdf = (inside: string, ends = 1) =>
  utf8(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${inside} >>\nendobj\n${'startxref\n9\n%%EOF\n'.repeat(ends)}`)

/** The same dictionary inside a compressed object stream, where newer files keep it. */
const compressed = (inside: string, cut = 0) => {
  const body = deflateSync(Buffer.from(`1 0 << /Type /Catalog ${inside} >>`))
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n2 0 obj\n<< /Type /ObjStm /N 1 /First 4 >>\nstream\n'),
    body.subarray(0, body.length - cut),
    Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF\n'),
  ])
}

const FOUND = [
  ['attachment', '/Names << /EmbeddedFiles 5 0 R >>'],
  ['attachment', '/Type /EmbeddedFile'],
  ['attachment', '/Subtype /FileAttachment'],
  ['script', '/OpenAction << /S /JavaScript /JS (app.alert) >>'],
  ['script', '/S /Launch'],
  ['script', '/AcroForm << /XFA 3 0 R >>'],
  ['script', '/S /J#61vaScript'],
  ['author', '/Author (Wang)'],
  ['author', '/Author <FEFF738B5C0F660E>'],
  ['author', '/Keywords (3-1-1602)'],
  ['encrypted', '/Encrypt 4 0 R'],
] as const

describe('in a PDF', () => {
  it.each(FOUND)('%s is found: %s', (finding, inside) => {
    expect(findInPdfCopy(pdf(inside))).toEqual([finding])
    expect(findInPdfCopy(compressed(inside))).toEqual([finding])
  })

  it('the version before the redaction is found', () => {
    expect(findInPdfCopy(pdf('', 2))).toEqual(['revision'])
    expect(findInPdfCopy(pdf('/Linearized 1', 2))).toEqual([])
    expect(findInPdfCopy(pdf('/Linearized 1', 3))).toEqual(['revision'])
  })

  it('an author in the packet beside it is found', () => {
    const packet = '<dc:creator><rdf:Seq><rdf:li>王小明</rdf:li></rdf:Seq></dc:creator>'
    expect(findInPdfCopy(pdf(packet))).toEqual(['author'])
  })

  it('another file in the same bytes is found', () => {
    const zip = utf8('PK\u0003\u0004 PK\u0005\u0006')
    expect(findInPdfCopy(Buffer.concat([pdf(''), zip]))).toEqual(['attachment'])
    expect(findInPdfCopy(Buffer.concat([pdf(''), utf8('<script>1</script>')]))).toEqual(['attachment'])
    expect(findInPdfCopy(pdf(`(${Buffer.from(zip).toString('latin1')})`))).toEqual(['attachment'])
    expect(findInPdfCopy(Buffer.concat([pdf(''), utf8('\r\n\n')]))).toEqual([])
  })

  it('what cannot be read is said, and several things are named once each', () => {
    expect(findInPdfCopy(compressed('/Author (Wang)', 5))).toEqual(['unreadable'])
    expect(findInPdfCopy(pdf('/Encrypt 4 0 R /JS (x) /JS (y) /Author (Wang)', 2))).toEqual([
      'revision',
      'encrypted',
      'script',
      'author',
    ])
  })

  it.each([
    ['an empty author', '/Author ()'],
    ['a producer and a title', '/Producer (Scanner) /Creator (Scanner) /Title (Fapiao)'],
    ['an action that goes to a page', '/OpenAction [3 0 R /Fit]'],
    ['names that only begin so', '/JSON /AuthorX (Wang) /Encryptor'],
  ])('nothing is found: %s', (_, inside) => {
    expect(findInPdfCopy(pdf(inside))).toEqual([])
  })

  it('of our own making nothing is found', async () => {
    const paper = await renderNotice({
      title: '保洁服务合同与月度验收单',
      lines: [{ label: '收款单位', value: '净邻保洁服务有限公司' }],
      remark: '演示用原始凭证',
      lang: 'zh-CN',
      createdAt: new Date('2025-01-01T00:00:00Z'),
    })
    expect(findInPdfCopy(paper)).toEqual([])
  })

  it('whatever the bytes are, the look at them ends without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), noise => {
        expect(Array.isArray(findInPdfCopy(Buffer.concat([compressed(''), noise])))).toBe(true)
      }),
    )
  })
})
