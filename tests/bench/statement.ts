/** A fund statement, drawn and sealed, against pdfkit alone writing the same words on as many pages with the same fonts. */
import PDFDocument from 'pdfkit'
import { documentFonts } from '../../app/statements/document-fonts.server.ts'
import { pageIdsOf } from '../../app/statements/pdf-file.ts'
import { read } from '../statements/forge.ts'
import { pageTexts } from '../statements/pdf-text.ts'
import { createKeys, issue } from '../statements/statement-world.ts'
import { type Comparison, timeInTurns } from './measure.ts'

const STATEMENTS = 15

/** The same words, one run after another, without tables, tags, attachments or a seal. */
function writePlain(pages: readonly (readonly string[])[]): Promise<number> {
  const { regular } = documentFonts()
  // The types of pdfkit name font files only; it takes parsed fonts as well.
  const doc = new PDFDocument({ size: 'A4', font: null as unknown as string, autoFirstPage: false })
  doc.registerFont('regular', regular as unknown as Uint8Array)
  let length = 0
  doc.on('data', (part: Uint8Array) => {
    length += part.length
  })
  const ended = new Promise<number>(resolve => doc.on('end', () => resolve(length)))
  for (const runs of pages) {
    doc.addPage().font('regular').fontSize(9)
    runs.forEach((run, index) => {
      doc.text(run, 40 + (index % 5) * 100, 40 + Math.floor(index / 5) * 12, { lineBreak: false })
    })
  }
  doc.end()
  return ended
}

export async function benchStatement(): Promise<Comparison[]> {
  const { signer } = createKeys()
  const { unsigned, pdf } = await issue(signer)
  const file = read(unsigned)
  const pages = pageTexts(file).map(text => text.split(' '))
  const times = await timeInTurns(
    STATEMENTS,
    () => issue(signer),
    () => writePlain(pages),
    2,
  )
  const note = `${pageIdsOf(file).length} pages, ${(pdf.length / 1024).toFixed(0)} kB`
  return [{ name: 'statement, drawn and sealed', ...times, bare: 'pdfkit alone', timesAtMost: 10, note }]
}
