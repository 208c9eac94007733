/**
 * A tagged A4 document: headings, paragraphs, tables that break between rows, figures and artifacts. It knows pdfkit and
 * paper, and nothing of what is written on it.
 */
import PDFDocument from 'pdfkit'
import qrcode from 'qrcode-generator'
import { documentFonts } from './document-fonts.server.ts'

export const PAPER = { width: 595.28, height: 841.89, margin: 44 } as const
export const CONTENT_WIDTH = PAPER.width - 2 * PAPER.margin
const TOP = 62
const BOTTOM = PAPER.height - 52

export const INK = {
  text: '#18212b',
  muted: '#5b6774',
  line: '#d5dbe1',
  soft: '#f1f4f6',
  accent: '#0a5a54',
  accentSoft: '#e6f1ef',
  red: '#b3261e',
  redSoft: '#fbeceb',
  white: '#ffffff',
} as const

export type Weight = 'regular' | 'bold'

export interface TextStyle {
  readonly size: number
  readonly weight?: Weight
  readonly color?: string
  readonly align?: 'left' | 'right' | 'center'
}

export interface Column {
  readonly label: string
  readonly width: number
  readonly align?: 'left' | 'right'
}

/** One row of a table: a group spans all columns, a total is set off. */
export interface Row {
  readonly cells: readonly string[]
  readonly kind?: 'group' | 'subtotal' | 'total'
  /** Colour of single cells, by column. */
  readonly colors?: Readonly<Record<number, string>>
  /** A bar in the last column, in per mille of its width. */
  readonly bar?: { readonly perMille: number; readonly isOver: boolean }
  /** Keeps the row on one page with the next. */
  readonly keepWithNext?: boolean
  /** At least this high, for what is written by hand. */
  readonly height?: number
}

export interface SheetInformation {
  readonly title: string
  readonly subject: string
  readonly lang: string
  readonly createdAt: Date
}

/** A character that no font here can draw; drawing it would leave an empty box in a sealed document. */
export class MissingGlyph extends Error {
  constructor(
    readonly character: string,
    readonly text: string,
  ) {
    super(`no glyph for ${character}`)
  }
}

const CELL = { x: 5, y: 3.2 }
const BAR = { height: 2.4, gap: 1.5 }

export class Sheet {
  y = TOP
  private readonly doc: PDFKit.PDFDocument
  private readonly root: PDFKit.PDFStructureElement
  private readonly fonts = documentFonts()
  private readonly chunks: Uint8Array[] = []
  private readonly known = { regular: new Set<number>(), bold: new Set<number>() }
  private bottom = BOTTOM

  constructor(information: SheetInformation) {
    const { title, subject, lang, createdAt } = information
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      tagged: true,
      pdfVersion: '1.7',
      subset: 'PDF/A-3b',
      lang,
      displayTitle: true,
      // `font: null`: naming a font here and again in registerFont makes pdfkit parse it at every change of font.
      font: null as unknown as string,
      info: {
        Title: forMetadata(title),
        Subject: forMetadata(subject),
        Creator: 'Mingzhang',
        Producer: 'Mingzhang',
        CreationDate: createdAt,
      },
    })
    this.doc.on('data', (chunk: Uint8Array) => this.chunks.push(chunk))
    // pdfkit takes parsed fonts, its types do not say so.
    this.doc.registerFont('regular', this.fonts.regular as unknown as Uint8Array)
    this.doc.registerFont('bold', this.fonts.bold as unknown as Uint8Array)
    this.root = this.doc.struct('Document')
    this.doc.addStructure(this.root)
  }

  /** Keeps the foot of the current page free, for what is drawn there later. */
  reserveFoot(height: number): void {
    this.bottom = BOTTOM - height
  }

  /** Starts a new page when less than `height` is left. */
  ensure(height: number): void {
    if (this.y + height <= this.bottom) return
    this.newPage()
  }

  newPage(): void {
    this.doc.addPage()
    this.bottom = BOTTOM
    this.y = TOP
  }

  heading(
    text: string,
    level: 'H1' | 'H2',
    style: TextStyle,
    x: number = PAPER.margin,
    width = CONTENT_WIDTH,
  ): void {
    this.tagged(level, () => this.draw(text, x, this.y, width, style))
    this.y += this.heightOf(text, width, style)
  }

  paragraph(text: string, style: TextStyle, x: number = PAPER.margin, width = CONTENT_WIDTH): void {
    const height = this.heightOf(text, width, style)
    this.ensure(height)
    this.tagged('P', () => this.draw(text, x, this.y, width, style))
    this.y += height
  }

  /** A paragraph at a fixed place; `y` of the sheet stays. */
  placed(text: string, x: number, y: number, width: number, style: TextStyle): void {
    this.tagged('P', () => this.draw(text, x, y, width, style))
  }

  /** One line at a fixed place, made smaller until it fits. */
  fitted(text: string, x: number, y: number, width: number, style: TextStyle): void {
    let { size } = style
    while (size > 5 && this.widthOf(text, { ...style, size }) > width) size -= 0.25
    this.placed(text, x, y + (style.size - size) * 0.7, width, { ...style, size })
  }

  box(
    x: number,
    y: number,
    width: number,
    height: number,
    fill: string | null,
    stroke: string | null = null,
  ): void {
    this.artifact(() => {
      this.doc.roundedRect(x, y, width, height, 4)
      if (fill !== null && stroke !== null) this.doc.lineWidth(1.2).fillAndStroke(fill, stroke)
      else if (fill !== null) this.doc.fill(fill)
      else this.doc.lineWidth(1.2).stroke(stroke ?? INK.line)
    })
  }

  rule(x: number, y: number, width: number, color: string, thickness: number): void {
    this.artifact(() => this.doc.rect(x, y, width, thickness).fill(color))
  }

  /** An empty square to mark by hand. */
  square(x: number, y: number, side: number): void {
    this.artifact(() => this.doc.rect(x, y, side, side).lineWidth(1.6).stroke(INK.text))
  }

  /** A dashed line to tear or cut along. */
  dashes(x: number, y: number, width: number): void {
    this.artifact(() => {
      for (let at = 0; at < width; at += 7) this.doc.rect(x + at, y, Math.min(4, width - at), 0.6)
      this.doc.fill(INK.muted)
    })
  }

  /** A table; its head is repeated on every page it runs over. */
  table(columns: readonly Column[], rows: readonly Row[]): void {
    const table = this.doc.struct('Table')
    this.root.add(table)
    const heights = rows.map(row => this.rowHeight(columns, row))
    const head = this.headHeight(columns)
    this.ensure(head + (heights[0] ?? 0) + (heights[1] ?? 0))
    this.tableHead(columns, table, head)
    for (const [index, row] of rows.entries()) {
      let together = heights[index]!
      // The last row never stands alone on a page.
      const isKept = (at: number) => rows[at]?.keepWithNext || at === rows.length - 2
      for (let next = index; isKept(next) && next + 1 < rows.length; next++) together += heights[next + 1]!
      if (this.y + together > this.bottom) {
        this.newPage()
        this.tableHead(columns, null, head)
      }
      this.tableRow(columns, row, heights[index]!, table)
    }
    table.end()
    this.rule(PAPER.margin, this.y, CONTENT_WIDTH, INK.line, 0.6)
  }

  /** A QR code with its quiet zone. */
  qr(text: string, alt: string, x: number, y: number, size: number): void {
    const code = qrcode(0, 'M')
    code.addData(text, 'Byte')
    code.make()
    const count = code.getModuleCount()
    const unit = size / (count + 8)
    const bbox: [number, number, number, number] = [x, y, x + size, y + size]
    const figure = this.doc.struct('Figure', { alt, bbox } as PDFKit.Mixins.StructureElementOptions, () => {
      this.doc.rect(x, y, size, size).fill(INK.white)
      for (let row = 0; row < count; row++) {
        for (let column = 0; column < count; column++) {
          if (!code.isDark(row, column)) continue
          const from = column
          while (column + 1 < count && code.isDark(row, column + 1)) column++
          this.doc.rect(x + (from + 4) * unit, y + (row + 4) * unit, (column - from + 1) * unit, unit)
        }
      }
      this.doc.fill('#000000')
    })
    this.root.add(figure)
  }

  /** Attaches a file; its dates are given, so that they do not come from a clock. */
  attach(name: string, bytes: Uint8Array, type: string, relationship: 'Source' | 'Data', at: Date): void {
    const options = { name, type, relationship, creationDate: at, modifiedDate: at } as const
    this.doc.file(Buffer.from(bytes), options)
  }

  /** Draws something on an earlier page, then goes on where it was. */
  switchTo(page: number, draw: () => void): void {
    const last = this.doc.bufferedPageRange().count - 1
    const { y, bottom } = this
    this.doc.switchToPage(page)
    draw()
    this.doc.switchToPage(last)
    this.y = y
    this.bottom = bottom
  }

  /** Draws running heads and feet on all pages (none for null), and gives the finished file. */
  async finish(
    running: {
      readonly head: string
      readonly identity: string
      readonly page: (page: number, pages: number) => string
    } | null,
  ): Promise<Uint8Array> {
    this.root.end()
    if (running !== null) this.runningLines(running)
    const ended = new Promise<void>((resolve, reject) => {
      this.doc.on('end', resolve)
      this.doc.on('error', reject)
    })
    this.doc.end()
    await ended
    return Uint8Array.from(Buffer.concat(this.chunks))
  }

  private runningLines(running: {
    readonly head: string
    readonly identity: string
    readonly page: (page: number, pages: number) => string
  }): void {
    const { count } = this.doc.bufferedPageRange()
    const small: TextStyle = { size: 7.5, color: INK.muted }
    for (let index = 0; index < count; index++) {
      this.doc.switchToPage(index)
      this.artifact(() => {
        if (index > 0) {
          this.draw(running.head, PAPER.margin, 30, CONTENT_WIDTH, small)
          this.draw(running.identity, PAPER.margin, 30, CONTENT_WIDTH, { ...small, align: 'right' })
          this.doc.rect(PAPER.margin, 46, CONTENT_WIDTH, 0.6).fill(INK.line)
        }
        const foot = PAPER.height - 36
        this.draw(running.identity, PAPER.margin, foot, CONTENT_WIDTH, small)
        this.draw(running.page(index + 1, count), PAPER.margin, foot, CONTENT_WIDTH, {
          ...small,
          align: 'right',
        })
      })
    }
  }

  heightOf(text: string, width: number, style: TextStyle): number {
    this.choose(text, style)
    return this.doc.heightOfString(text, { width })
  }

  widthOf(text: string, style: TextStyle): number {
    this.choose(text, style)
    return this.doc.widthOfString(text)
  }

  private choose(text: string, { size, weight = 'regular' }: TextStyle): void {
    const known = this.known[weight]
    for (const character of text) {
      const codePoint = character.codePointAt(0)!
      // A line break is no character to draw.
      if (character === '\n' || known.has(codePoint)) continue
      if (!this.fonts[weight].hasGlyphForCodePoint(codePoint)) throw new MissingGlyph(character, text)
      known.add(codePoint)
    }
    this.doc.font(weight).fontSize(size)
  }

  private draw(text: string, x: number, y: number, width: number, style: TextStyle): void {
    this.choose(text, style)
    this.doc.fillColor(style.color ?? INK.text).text(text, x, y, { width, align: style.align ?? 'left' })
  }

  private tagged(type: string, draw: () => void): void {
    this.root.add(this.doc.struct(type, {}, [draw]))
  }

  private artifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    draw()
    this.doc.endMarkedContent()
  }

  private cellStyle(row: Row | null, column: number, align: Column['align']): TextStyle {
    const isStrong = row === null || row.kind !== undefined
    const color =
      row?.colors?.[column] ?? (row === null ? INK.muted : row.kind === 'group' ? INK.accent : INK.text)
    return {
      size: row === null ? 8 : 8.5,
      weight: isStrong ? 'bold' : 'regular',
      color,
      align: align ?? 'left',
    }
  }

  private headHeight(columns: readonly Column[]): number {
    return (
      Math.max(
        ...columns.map(({ label, width, align }, index) =>
          this.heightOf(label, width - 2 * CELL.x, this.cellStyle(null, index, align)),
        ),
        0,
      ) +
      2 * CELL.y
    )
  }

  private rowHeight(columns: readonly Column[], row: Row): number {
    const heights = row.cells.map((text, index) => {
      const width = row.kind === 'group' ? CONTENT_WIDTH : columns[index]!.width
      return this.heightOf(text, width - 2 * CELL.x, this.cellStyle(row, index, columns[index]!.align))
    })
    const bar = row.bar === undefined ? 0 : BAR.height + BAR.gap
    return Math.max(Math.max(...heights) + bar + 2 * CELL.y, row.height ?? 0)
  }

  /** The head as part of the table the first time, as an artifact when it is repeated. */
  private tableHead(
    columns: readonly Column[],
    table: PDFKit.PDFStructureElement | null,
    height: number,
  ): void {
    this.artifact(() => this.doc.rect(PAPER.margin, this.y, CONTENT_WIDTH, height).fill(INK.soft))
    // A structure element that is created must be attached, or pdfkit never finishes the file.
    const row = table ? this.doc.struct('TR') : null
    if (row) table?.add(row)
    let x: number = PAPER.margin
    for (const [index, { label, width, align }] of columns.entries()) {
      const at = x + CELL.x
      const style = this.cellStyle(null, index, align)
      const draw = () => this.draw(label, at, this.y + CELL.y, width - 2 * CELL.x, style)
      if (row)
        row.add(this.doc.struct('TH', { scope: 'Column' } as PDFKit.Mixins.StructureElementOptions, [draw]))
      else this.artifact(draw)
      x += width
    }
    row?.end()
    this.y += height
  }

  private tableRow(
    columns: readonly Column[],
    row: Row,
    height: number,
    table: PDFKit.PDFStructureElement,
  ): void {
    if (row.kind === 'total') {
      this.artifact(() => this.doc.rect(PAPER.margin, this.y, CONTENT_WIDTH, height).fill(INK.accentSoft))
    }
    const top = this.y
    this.rule(PAPER.margin, top, CONTENT_WIDTH, INK.line, 0.5)
    const tr = this.doc.struct('TR')
    table.add(tr)
    let x: number = PAPER.margin
    for (const [index, text] of row.cells.entries()) {
      const { width: own, align } = columns[index]!
      const width = row.kind === 'group' ? CONTENT_WIDTH : own
      const at = x + CELL.x
      const style = this.cellStyle(row, index, align)
      tr.add(this.doc.struct('TD', {}, [() => this.draw(text, at, top + CELL.y, width - 2 * CELL.x, style)]))
      x += width
    }
    tr.end()
    if (row.bar !== undefined) this.bar(columns, top + height - CELL.y - BAR.height, row.bar)
    this.y = top + height
  }

  private bar(columns: readonly Column[], y: number, { perMille, isOver }: NonNullable<Row['bar']>): void {
    const width = columns.at(-1)!.width - 2 * CELL.x
    const x = PAPER.margin + CONTENT_WIDTH - CELL.x - width
    const part = Math.min(Math.max(perMille, 0), 1000) / 1000
    this.artifact(() => {
      this.doc.rect(x, y, width, BAR.height).fill(INK.line)
      if (part > 0) this.doc.rect(x, y, width * part, BAR.height).fill(isOver ? INK.red : INK.accent)
    })
  }
}

/** pdfkit writes XMP without escaping: markup characters go in as their full-width forms. */
function forMetadata(text: string): string {
  return text.replace(/[&<>]/g, character => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
}
