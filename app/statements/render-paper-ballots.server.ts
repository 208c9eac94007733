/**
 * Draws the papers of a vote that people hold: numbered ballots, one A4 sheet a unit, with a slip to tear off; the list on
 * which deliveries are signed; the written proxy. Tagged PDF, never sealed: what counts is the ink on them.
 */
import { type AreaCentiM2, formatAreaM2, formatInstant, type Result } from '#kernel'
import { paperAddress } from './paper-address.ts'
import { drawn, type GlyphProblem, printedDate, printedInstant, type Say } from './sealed-frame.server.ts'
import { CONTENT_WIDTH, type Column, INK, PAPER, type Row, Sheet } from './sheet.server.ts'

/** A question as it is printed: its own choices in order, each with its words. */
export interface PrintedQuestion {
  readonly title: string
  readonly text: string
  /** `FOR`, `AGAINST`, `ABSTAIN`, `NONE` or a plan; a plan has a label. */
  readonly choices: readonly { readonly choice: string; readonly label: string | null }[]
}

/** What all papers of a poll share. */
export interface PrintedPoll {
  readonly communityName: string
  readonly slug: string
  readonly pollId: string
  readonly title: string
  readonly opensAt: Date
  readonly closesAt: Date
  /** Where a paper is handed in, and until when, in the committee's words. */
  readonly handInAt: string
  readonly portalUrl: string
  readonly lang: string
  readonly say: Say
  /** Part of the file's bytes: the same papers are the same file. */
  readonly createdAt: Date
}

export interface PrintedPaperRow {
  readonly paperNumber: number
  /** The unit's readable id, such as 1栋-1单元-101. */
  readonly unit: string
  readonly area: AreaCentiM2
  /** The secret of the paper's QR code. */
  readonly code: string
}

export interface PaperBallots extends PrintedPoll {
  readonly questions: readonly PrintedQuestion[]
  /** What becomes of a paper without a mark, and of one with several (rule 11). */
  readonly policy: {
    readonly blankPolicy: 'abstain' | 'invalid'
    readonly overvotePolicy: 'invalid' | 'abstain'
  }
  readonly rows: readonly PrintedPaperRow[]
}

/** Everything about a paper that is the same for all: sizes of type that make the questions fit one sheet. */
interface Sizes {
  readonly title: number
  readonly text: number
  readonly choice: number
  readonly gap: number
}

/** From what is best read to what still fits; people over 60 fill them in. */
const SIZES: readonly Sizes[] = [
  { title: 23, text: 16, choice: 25, gap: 34 },
  { title: 19, text: 14, choice: 20, gap: 24 },
  { title: 17, text: 13, choice: 17, gap: 18 },
  { title: 15, text: 12, choice: 15, gap: 14 },
  { title: 13.5, text: 11, choice: 13.5, gap: 11 },
  { title: 12, text: 10, choice: 12, gap: 8 },
]
const QUESTIONS_TOP = 208
/** Questions end here; below are signature and slip. */
const QUESTIONS_BOTTOM = 588
const SIGNATURE_TOP = 596
const SLIP_TOP = 700
const QR_SIZE = 92
const PAPERS_AT_ONCE = 10

/** All ballots of a poll in one file, in the order of the rows. */
export function renderPaperBallots(ballots: PaperBallots): Promise<Result<Uint8Array, GlyphProblem>> {
  return drawn(() => new BallotPrinter(ballots).render())
}

class BallotPrinter {
  private readonly sheet: Sheet
  private readonly say: Say

  constructor(private readonly ballots: PaperBallots) {
    this.say = (key, values) => ballots.say(`paper.${key}`, values)
    this.sheet = sheetOf(ballots, this.say('ballotTitle'))
  }

  async render(): Promise<Uint8Array> {
    const sizes = this.fittingSizes()
    const pages = this.pagesOf(sizes)
    let isFirst = true
    for (const [at, row] of this.ballots.rows.entries()) {
      // Hundreds of sheets take seconds: who else asks the server in between is not kept waiting.
      if (at % PAPERS_AT_ONCE === 0) await new Promise(resolve => setImmediate(resolve))
      for (const [index, questions] of pages.entries()) {
        if (!isFirst) this.sheet.newPage()
        isFirst = false
        this.ballot(row, questions, sizes, pages.length > 1 ? `${index + 1} / ${pages.length}` : null)
      }
    }
    return this.sheet.finish(null)
  }

  /** The largest type with which all questions stand on one sheet; the smallest when none does. */
  private fittingSizes(): Sizes {
    const fits = (sizes: Sizes) =>
      this.ballots.questions.reduce((sum, question) => sum + this.heightOf(question, sizes), 0) <=
      QUESTIONS_BOTTOM - QUESTIONS_TOP
    return SIZES.find(fits) ?? SIZES.at(-1)!
  }

  /** Which questions stand on which sheet of a paper: one sheet, unless there are more than fit. */
  private pagesOf(sizes: Sizes): readonly (readonly number[])[] {
    const pages: number[][] = [[]]
    let used = 0
    for (const [index, question] of this.ballots.questions.entries()) {
      const height = this.heightOf(question, sizes)
      if (used + height > QUESTIONS_BOTTOM - QUESTIONS_TOP && pages.at(-1)!.length > 0) {
        pages.push([])
        used = 0
      }
      pages.at(-1)!.push(index)
      used += height
    }
    return pages
  }

  private heading(index: number, title: string): string {
    return this.ballots.questions.length === 1
      ? title
      : this.say('question', { number: String(index + 1), title })
  }

  private heightOf({ title, text, choices }: PrintedQuestion, sizes: Sizes): number {
    const heading = this.sheet.heightOf(this.heading(19, title), CONTENT_WIDTH, {
      size: sizes.title,
      weight: 'bold',
    })
    const body =
      text === '' ? 0 : this.sheet.heightOf(text, CONTENT_WIDTH, { size: sizes.text }) + sizes.gap * 0.2
    const rows = isOneLine(choices) ? 1 : choices.length
    return heading + body + rows * (sizes.choice * 1.9) + sizes.gap * 1.5
  }

  private ballot(
    row: PrintedPaperRow,
    questions: readonly number[],
    sizes: Sizes,
    part: string | null,
  ): void {
    this.head(row, part)
    const { sheet } = this
    sheet.y = QUESTIONS_TOP
    for (const index of questions) {
      const { title, text, choices } = this.ballots.questions[index]!
      sheet.heading(this.heading(index, title), 'H2', { size: sizes.title, weight: 'bold' })
      if (text !== '') {
        sheet.y += sizes.gap * 0.2
        sheet.paragraph(text, { size: sizes.text })
      }
      sheet.y += sizes.gap * 0.5
      this.choices(choices, sizes)
      sheet.y += sizes.gap
    }
    this.signature()
    this.slip(row)
  }

  private head(row: PrintedPaperRow, part: string | null): void {
    const { sheet, ballots } = this
    const width = CONTENT_WIDTH - QR_SIZE - 12
    const { margin } = PAPER
    sheet.placed(ballots.communityName, margin, 34, width, { size: 11, weight: 'bold', color: INK.accent })
    sheet.y = 48
    sheet.heading(
      part === null ? this.say('ballotTitle') : this.say('ballotTitlePart', { part }),
      'H1',
      { size: 24, weight: 'bold' },
      margin,
      width,
    )
    sheet.fitted(ballots.title, margin, 84, width, { size: 12 })
    const number = this.say('number', { number: paddedNumber(row.paperNumber) })
    sheet.fitted(number, margin, 106, 150, { size: 15, weight: 'bold' })
    sheet.fitted(
      this.say('unit', { unit: row.unit, area: formatAreaM2(row.area) }),
      margin + 150,
      107,
      width - 150,
      { size: 14, weight: 'bold' },
    )
    const address = paperAddress(ballots.portalUrl, ballots.slug, ballots.pollId, row.code)
    const x = margin + CONTENT_WIDTH - QR_SIZE
    sheet.qr(address, this.say('qrAlt', { number: paddedNumber(row.paperNumber) }), x, 30, QR_SIZE)
    sheet.placed(this.say('qrHint'), x - 6, 121, QR_SIZE + 12, {
      size: 6.5,
      color: INK.muted,
      align: 'center',
    })
    this.instructions()
  }

  private instructions(): void {
    const { sheet, ballots } = this
    const { blankPolicy, overvotePolicy } = ballots.policy
    const text = [
      this.say('howToMark'),
      this.say(`blank.${blankPolicy}`),
      this.say(`overvote.${overvotePolicy}`),
      this.say('deadline', {
        when: printedInstant(formatInstant(ballots.closesAt), ballots.say),
        place: ballots.handInAt,
      }),
    ].join('')
    const style = { size: 11 } as const
    const height = sheet.heightOf(text, CONTENT_WIDTH - 20, style)
    sheet.box(PAPER.margin, 136, CONTENT_WIDTH, Math.max(height + 12, 46), INK.soft)
    sheet.placed(text, PAPER.margin + 10, 142, CONTENT_WIDTH - 20, style)
  }

  /** Boxes to mark: side by side when their words are short, else one below the other. */
  private choices(choices: PrintedQuestion['choices'], sizes: Sizes): void {
    const { sheet } = this
    const side = sizes.choice * 1.15
    const isRow = isOneLine(choices)
    const step = isRow ? CONTENT_WIDTH / choices.length : 0
    for (const [index, { choice, label }] of choices.entries()) {
      const x = PAPER.margin + 10 + index * step
      const words = label ?? this.say(`choice.${choice}`)
      sheet.square(x, sheet.y, side)
      const style = { size: sizes.choice, weight: 'bold' } as const
      const width = (isRow ? step : CONTENT_WIDTH) - side - 28
      sheet.fitted(words, x + side + 9, sheet.y - sizes.choice * 0.12, width, style)
      if (!isRow) sheet.y += sizes.choice * 1.9
    }
    if (isRow) sheet.y += sizes.choice * 1.9
  }

  /** Name, date and the last four digits: what makes a paper an owner's own (rule 6). */
  private signature(): void {
    const { sheet } = this
    sheet.rule(PAPER.margin, SIGNATURE_TOP - 4, CONTENT_WIDTH, INK.line, 0.6)
    const lines = [
      ['signOwner', PAPER.margin, 250],
      ['signDate', PAPER.margin + 262, CONTENT_WIDTH - 262],
    ] as const
    for (const [name, x, width] of lines) this.blank(name, x, SIGNATURE_TOP + 8, width)
    this.blank('signId', PAPER.margin, SIGNATURE_TOP + 42, 250)
    this.blank('signProxy', PAPER.margin + 262, SIGNATURE_TOP + 42, CONTENT_WIDTH - 262)
    sheet.placed(this.say('signNote'), PAPER.margin, SIGNATURE_TOP + 74, CONTENT_WIDTH, {
      size: 8,
      color: INK.muted,
    })
  }

  private blank(name: string, x: number, y: number, width: number): void {
    const label = this.say(name)
    const style = { size: 11 } as const
    this.sheet.placed(label, x, y, width, style)
    const from = this.sheet.widthOf(label, style) + 6
    this.sheet.rule(x + from, y + 18, width - from, INK.text, 0.8)
  }

  /** The slip that the owner keeps: that a paper was handed in, never what it says. */
  private slip(row: PrintedPaperRow): void {
    const { sheet, ballots } = this
    sheet.dashes(PAPER.margin, SLIP_TOP, CONTENT_WIDTH)
    const tear = { size: 7.5, color: INK.muted, align: 'center' } as const
    const width = sheet.widthOf(this.say('tearHere'), tear) + 16
    sheet.box((PAPER.width - width) / 2, SLIP_TOP - 4, width, 8, INK.white)
    sheet.placed(this.say('tearHere'), PAPER.margin, SLIP_TOP - 5, CONTENT_WIDTH, tear)
    const top = SLIP_TOP + 12
    sheet.placed(this.say('slipTitle'), PAPER.margin, top, 200, { size: 13, weight: 'bold' })
    sheet.fitted(`${ballots.communityName} · ${ballots.title}`, PAPER.margin, top + 20, CONTENT_WIDTH, {
      size: 9,
      color: INK.muted,
    })
    const number = this.say('number', { number: paddedNumber(row.paperNumber) })
    sheet.fitted(
      this.say('slipOf', { number, unit: row.unit }),
      PAPER.margin + 150,
      top + 1,
      CONTENT_WIDTH - 150,
      { size: 12, weight: 'bold', align: 'right' },
    )
    this.blank('slipBy', PAPER.margin, top + 42, 250)
    this.blank('slipWhen', PAPER.margin + 262, top + 42, CONTENT_WIDTH - 262)
    sheet.placed(
      this.say('slipNote', { address: `${shortAddress(ballots.portalUrl)}/c/${ballots.slug}` }),
      PAPER.margin,
      top + 72,
      CONTENT_WIDTH,
      { size: 8, color: INK.muted },
    )
  }
}

/** Up to four choices whose words are short stand side by side. */
function isOneLine(choices: PrintedQuestion['choices']): boolean {
  return choices.length <= 4 && choices.every(({ label }) => label === null || label.length <= 5)
}

/** A paper's number as it is printed and read aloud: 0007. */
function paddedNumber(number: number): string {
  return String(number).padStart(4, '0')
}

function shortAddress(portalUrl: string): string {
  return portalUrl.replace(/^https?:\/\/|\/$/g, '')
}

function sheetOf({ communityName, title, lang, createdAt }: PrintedPoll, name: string): Sheet {
  return new Sheet({ title: `${communityName} ${name}`, subject: title, lang, createdAt })
}

// ---- the list of deliveries -------------------------------------------------------------------------------------

/** The list (送达登记表) on which whoever takes a ballot signs for it, in order of the rows. */
export function renderDeliveryList(
  list: PrintedPoll & { readonly rows: readonly Pick<PrintedPaperRow, 'paperNumber' | 'unit'>[] },
): Promise<Result<Uint8Array, GlyphProblem>> {
  const say: Say = (key, values) => list.say(`paper.${key}`, values)
  return drawn(async () => {
    const sheet = sheetOf(list, say('deliveryTitle'))
    listHead(sheet, list, say('deliveryTitle'))
    sheet.paragraph(say('deliveryNote', { count: String(list.rows.length) }), { size: 9, color: INK.muted })
    sheet.y += 6
    const columns: Column[] = [
      { label: say('deliveryNumber'), width: 42 },
      { label: say('deliveryUnit'), width: 110 },
      { label: say('deliveryMethod'), width: 124 },
      { label: say('deliveryDate'), width: 62 },
      { label: say('deliverySignature'), width: 96 },
      { label: say('deliveryBy'), width: CONTENT_WIDTH - 42 - 110 - 124 - 62 - 96 },
    ]
    const rows = list.rows.map(
      ({ paperNumber, unit }): Row => ({
        cells: [paddedNumber(paperNumber), unit, say('deliveryMethods'), '', '', ''],
        height: 27,
      }),
    )
    sheet.table(columns, rows)
    sheet.y += 16
    sheet.paragraph(say('deliverySum'), { size: 10 })
    return sheet.finish({
      head: `${list.communityName} · ${list.title}`,
      identity: say('deliveryTitle'),
      page: (page, pages) => list.say('pageNumber', { page: String(page), pages: String(pages) }),
    })
  })
}

function listHead(sheet: Sheet, poll: PrintedPoll, title: string): void {
  sheet.y = 44
  sheet.placed(poll.communityName, PAPER.margin, sheet.y, CONTENT_WIDTH, {
    size: 12,
    weight: 'bold',
    color: INK.accent,
  })
  sheet.y += 18
  sheet.heading(title, 'H1', { size: 22, weight: 'bold' })
  sheet.y += 2
  sheet.paragraph(poll.title, { size: 12 })
  sheet.y += 6
}

// ---- the written proxy ------------------------------------------------------------------------------------------

/** The written proxy (授权委托书), for one unit or with blanks for any. */
export function renderProxyForm(
  form: PrintedPoll & {
    readonly questions: readonly Pick<PrintedQuestion, 'title'>[]
    /** How many owners one person may act for (rule 9). */
    readonly proxyLimit: number
    readonly unit: string | null
  },
): Promise<Result<Uint8Array, GlyphProblem>> {
  const say: Say = (key, values) => form.say(`paper.${key}`, values)
  return drawn(async () => {
    const sheet = sheetOf(form, say('proxyTitle'))
    listHead(sheet, form, say('proxyTitle'))
    sheet.rule(PAPER.margin, sheet.y, CONTENT_WIDTH, INK.accent, 2)
    sheet.y += 18
    const size = form.questions.length > 8 ? 11 : 12.5
    const text = { size } as const
    const gap = size * 0.9
    for (const line of [
      say('proxyPrincipal', { unit: form.unit ?? say('proxyBlank') }),
      say('proxyAgent'),
      say('proxyMandate', {
        title: form.title,
        from: printedInstant(formatInstant(form.opensAt), form.say),
        to: printedInstant(formatInstant(form.closesAt), form.say),
      }),
    ]) {
      sheet.paragraph(line, text)
      sheet.y += gap
    }
    const heads = form.questions.map((question, index) =>
      say('question', { number: String(index + 1), title: question.title }),
    )
    for (const head of heads) {
      sheet.paragraph(head, { size: size - 1, weight: 'bold' }, PAPER.margin + 14, CONTENT_WIDTH - 14)
      sheet.y += gap * 0.3
    }
    sheet.y += gap
    sheet.paragraph(say('proxyScope'), text)
    sheet.y += gap
    sheet.paragraph(say('proxyRules', { limit: String(form.proxyLimit) }), { size: 10, color: INK.muted })
    sheet.y += gap * 2
    for (const name of ['proxySignPrincipal', 'proxySignAgent', 'proxySignDesk']) {
      sheet.ensure(40)
      sheet.paragraph(say(name), text)
      sheet.y += gap * 1.6
    }
    return sheet.finish({
      head: say('proxyTitle'),
      identity: printedDate(formatInstant(form.createdAt).slice(0, 10), form.say),
      page: (page, pages) => form.say('pageNumber', { page: String(page), pages: String(pages) }),
    })
  })
}
