/**
 * Draws the letters that invite owners: an A4 sheet a household, folded in three so that only the unit shows; inside, what to
 * do in large type and a code for each owner. Tagged PDF, never sealed by us: it is worth what its codes are worth.
 */
import { dateOf, type Result } from '#kernel'
import { groupedCode } from '#people'
import type { DraftedLetters, DraftedSlot } from '#people/server'
import { documentFonts } from './document-fonts.server.ts'
import { printable } from './read-counted-poll.server.ts'
import { drawn, type GlyphProblem, printedDate, type Say } from './sealed-frame.server.ts'
import { CONTENT_WIDTH, INK, PAPER, Sheet } from './sheet.server.ts'

export interface LetterPaper {
  readonly communityName: string
  readonly portalUrl: string
  readonly drafted: Pick<DraftedLetters, 'letters' | 'proof' | 'help' | 'expiresAt'>
  readonly lang: string
  readonly say: Say
  readonly createdAt: Date
  /** Told after every few letters. */
  readonly progress: (done: number, total: number) => Promise<void>
}

const THIRD = PAPER.height / 3
const SLOTS_A_SHEET = 4
const LETTERS_AT_ONCE = 10

/** All letters in one file, in the order given. */
export function renderLetters(paper: LetterPaper): Promise<Result<Uint8Array, GlyphProblem>> {
  return drawn(() => new LetterPrinter(paper).render())
}

/** Where a code is used. */
function claimAddress(portalUrl: string, code: string): string {
  return `${portalUrl.replace(/\/$/, '')}/invite/${code}`
}

/** A name with what the fonts do not have left out: a rare character keeps nobody's letter back. */
function drawableName(name: string): string {
  const { bold } = documentFonts()
  return [...printable(name)]
    .map(each => (bold.hasGlyphForCodePoint(each.codePointAt(0)!) ? each : '*'))
    .join('')
}

class LetterPrinter {
  private readonly sheet: Sheet
  private readonly say: Say

  constructor(private readonly paper: LetterPaper) {
    this.say = (key, values) => paper.say(`letter.${key}`, values)
    this.sheet = new Sheet({
      title: `${paper.communityName} ${this.say('title')}`,
      subject: this.say('title'),
      lang: paper.lang,
      createdAt: paper.createdAt,
    })
  }

  async render(): Promise<Uint8Array> {
    const { letters } = this.paper.drafted
    let isFirst = true
    for (const [at, { unitId, slots }] of letters.entries()) {
      if (at % LETTERS_AT_ONCE === 0) {
        await this.paper.progress(at, letters.length)
        // Hundreds of sheets take seconds: who else asks the server in between is not kept waiting.
        await new Promise(resolve => setImmediate(resolve))
      }
      for (let start = 0; start < slots.length; start += SLOTS_A_SHEET) {
        if (!isFirst) this.sheet.newPage()
        isFirst = false
        this.outside(unitId)
        this.inside()
        this.slots(slots.slice(start, start + SLOTS_A_SHEET))
      }
    }
    await this.paper.progress(letters.length, letters.length)
    return this.sheet.finish(null)
  }

  /** The upper third is what shows when the sheet is folded: a unit, no name. */
  private outside(unitId: string): void {
    const { sheet, paper } = this
    const { margin } = PAPER
    sheet.placed(printable(paper.communityName), margin, 46, CONTENT_WIDTH, {
      size: 15,
      weight: 'bold',
      color: INK.accent,
    })
    sheet.rule(margin, 70, CONTENT_WIDTH, INK.accent, 2)
    sheet.fitted(printable(unitId), margin, 98, CONTENT_WIDTH, { size: 38, weight: 'bold' })
    sheet.placed(this.say('toOwner'), margin, 154, CONTENT_WIDTH, { size: 20, weight: 'bold' })
    sheet.placed(this.say('carrier'), margin, 196, CONTENT_WIDTH, { size: 13, color: INK.muted })
    this.fold(THIRD, 'foldBack')
  }

  private fold(y: number, how: 'foldBack' | 'foldFront'): void {
    const { margin } = PAPER
    this.sheet.dashes(margin, y, CONTENT_WIDTH)
    this.sheet.placed(this.say(how), margin, y - 13, CONTENT_WIDTH, {
      size: 8,
      color: INK.muted,
      align: 'right',
    })
  }

  /** What to do, for somebody who does it for the first time. */
  private inside(): void {
    const { sheet } = this
    const { margin } = PAPER
    const { proof, help, expiresAt } = this.paper.drafted
    sheet.y = THIRD + 20
    sheet.heading(this.say('heading'), 'H1', { size: 22, weight: 'bold' })
    sheet.y += 4
    const steps = [
      this.say('stepScan'),
      ...(proof === 'none' ? [] : [this.say(`stepProof.${proof}`)]),
      this.say('stepName'),
      this.say('stepDone'),
    ]
    for (const [index, text] of steps.entries()) {
      const step = this.say('step', { number: String(index + 1), text })
      sheet.paragraph(step, { size: 15 })
      sheet.y += 4
    }
    sheet.y += 4
    const until = printedDate(dateOf(expiresAt), this.paper.say)
    sheet.paragraph(this.say('help', { until }), { size: 12.5, weight: 'bold' })
    if (help !== '') sheet.paragraph(this.say('helpAt', { place: printable(help) }), { size: 12.5 })
    sheet.placed(this.say('honest'), margin, 2 * THIRD - 32, CONTENT_WIDTH - 70, {
      size: 9,
      color: INK.muted,
    })
    this.fold(2 * THIRD, 'foldFront')
  }

  /** One code for each owner, side by side. */
  private slots(slots: readonly DraftedSlot[]): void {
    const count = Math.max(slots.length, 2)
    const width = CONTENT_WIDTH / count
    for (const [index, slot] of slots.entries()) {
      const x = PAPER.margin + index * width
      if (index > 0) this.sheet.rule(x - 5, 2 * THIRD + 22, 0.6, INK.line, THIRD - 60)
      this.slot(slot, x, width - 10, count > 2)
    }
    this.sheet.placed(this.say('secret'), PAPER.margin, PAPER.height - 40, CONTENT_WIDTH, {
      size: 10,
      weight: 'bold',
      color: INK.red,
    })
  }

  private slot(slot: DraftedSlot, x: number, width: number, isNarrow: boolean): void {
    const { sheet } = this
    const top = 2 * THIRD + 18
    const name = slot.name === null ? this.say('erasedName') : drawableName(slot.name)
    sheet.fitted(this.say('slotFor', { name }), x, top, width, { size: 16, weight: 'bold' })
    if (slot.code === null) {
      const text = this.say(slot.kind === 'desk' ? 'slotDesk' : 'slotHasAccount')
      sheet.placed(text, x, top + 30, width, { size: isNarrow ? 11 : 14 })
      return
    }
    const address = claimAddress(this.paper.portalUrl, slot.code)
    const side = isNarrow ? Math.min(width, 108) : 118
    sheet.qr(address, this.say('qrAlt', { name }), x - 4, top + 24, side)
    const size = isNarrow ? 8.5 : 11.5
    let y = top + 26 + side
    const small = { size: size - 1.5, color: INK.muted }
    sheet.placed(this.say('typed'), x, y, width, small)
    y += sheet.heightOf(this.say('typed'), width, small) + 2
    sheet.fitted(
      `${this.paper.portalUrl.replace(/^https?:\/\//, '').replace(/\/$/, '')}/invite`,
      x,
      y,
      width,
      {
        size,
        weight: 'bold',
      },
    )
    y += size + 5
    for (const line of codeLines(slot.code, isNarrow ? 3 : 4)) {
      sheet.placed(line, x, y, width, { size: size + 1.5, weight: 'bold' })
      y += size + 6
    }
  }
}

/** A code in lines of a few groups. */
function codeLines(code: string, groupsALine: number): readonly string[] {
  const groups = groupedCode(code).split(' ')
  const lines: string[] = []
  for (let at = 0; at < groups.length; at += groupsALine) {
    lines.push(groups.slice(at, at + groupsALine).join('  '))
  }
  return lines
}
