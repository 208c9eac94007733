/**
 * Draws a fund statement as a tagged A4 PDF with its data attached. The same bytes in give the same bytes out, in any time
 * zone: no clock, no randomness, no locale. It changes no figure and leaves none out.
 */
import {
  type CivilDate,
  dateOf,
  err,
  type Fen,
  fingerprint,
  formatInstant,
  formatPercentFloor,
  formatYuan,
  ok,
  type Period,
  type Result,
  sumFen,
  ZERO_FEN,
} from '#kernel'
import {
  type FenText,
  type FundStatement,
  fenOf,
  OUTSTANDING_KINDS,
  parseFundStatement,
  type StatementProblem,
  statementDigestOf,
  statementIdOf,
  type Turnover,
} from './fund-statement.ts'
import { CONTENT_WIDTH, type Column, INK, MissingGlyph, PAPER, type Row, Sheet } from './sheet.server.ts'
import { LEAF_FILE, PROOF_FILE, STATEMENT_FILE, subjectOf } from './verify.ts'

/** Looks a text of the area `statements` up and fills it in. */
export type Say = (key: string, values?: Readonly<Record<string, string>>) => string

export interface RenderInput {
  /** Canonical bytes of the statement. */
  readonly statement: Uint8Array
  readonly leaf: Uint8Array
  /** Text of the leaf's `.tlog-proof`. */
  readonly proof: string
  /** Place of the leaf and size of the checkpoint, as printed; they are those of the proof. */
  readonly position: { readonly index: number; readonly size: number }
  readonly lang: string
  readonly say: Say
  /** Where the portal is, such as `https://portal.example.org`; without it the QR holds the identity alone. */
  readonly portalUrl?: string
}

export type RenderProblem =
  | StatementProblem
  /** The font lacks a character; `text` is where it stands. */
  | {
      readonly code: 'glyph-missing'
      readonly character: string
      readonly codePoint: string
      readonly text: string
    }

/** Where the seal can be clicked on the first page: left, bottom, right, top in points. */
export const SEAL_RECT = [401, 62, 551, 132] as const

const FOOT_HEIGHT = 128
/** Of the digest, the first 16 bytes go into the QR code: enough to tell any two statements apart. */
const QR_DIGEST_DIGITS = 32

/** The unsigned bytes of the statement's PDF. */
export async function renderFundStatement(input: RenderInput): Promise<Result<Uint8Array, RenderProblem>> {
  const parsed = parseFundStatement(input.statement)
  if (!parsed.ok) return parsed
  try {
    return ok(await new FundStatementSheet(input, parsed.value).render())
  } catch (problem) {
    if (!(problem instanceof MissingGlyph)) throw problem
    const codePoint = `U+${problem.character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    return err({ code: 'glyph-missing', character: problem.character, codePoint, text: problem.text })
  }
}

/** What the QR code says: where to find the statement, its identity, and the first 16 bytes of its digest. */
export function verifyAddress(portalUrl: string | undefined, statementId: string, digest: string): string {
  const query = `s=${statementId}&d=${digest.slice(0, QR_DIGEST_DIGITS)}`
  return portalUrl ? `${portalUrl.replace(/\/$/, '')}/verify?${query}` : `mingzhang:verify?${query}`
}

class FundStatementSheet {
  private readonly sheet: Sheet
  private readonly say: Say
  private readonly id: string
  private readonly digest: string

  constructor(
    private readonly input: RenderInput,
    private readonly statement: FundStatement,
  ) {
    this.say = input.say
    this.id = statementIdOf(statement)
    this.digest = statementDigestOf(input.statement)
    this.sheet = new Sheet({
      title: this.say('documentTitle', {
        community: statement.community.name,
        period: this.period(statement.period),
      }),
      subject: subjectOf(this.id, this.digest),
      lang: input.lang,
      createdAt: new Date(statement.issuedAt),
    })
  }

  async render(): Promise<Uint8Array> {
    this.attach()
    this.sheet.reserveFoot(FOOT_HEIGHT)
    this.title()
    this.headline()
    this.funds()
    this.verifyBox()
    this.categories()
    this.notContained()
    this.reconciliation()
    this.holdings()
    this.vouchers()
    this.checks()
    const { community, period } = this.statement
    return this.sheet.finish({
      head: this.say('runningHeader', { community: community.name, period: this.period(period) }),
      identity: this.say('runningIdentity', { id: this.id, fingerprint: fingerprint(this.digest) }),
      page: (page, pages) => this.say('pageNumber', { page: String(page), pages: String(pages) }),
    })
  }

  private attach(): void {
    const at = new Date(this.statement.issuedAt)
    const proof = new TextEncoder().encode(this.input.proof)
    this.sheet.attach(STATEMENT_FILE, this.input.statement, 'application/json', 'Source', at)
    this.sheet.attach(LEAF_FILE, this.input.leaf, 'application/json', 'Data', at)
    this.sheet.attach(PROOF_FILE, proof, 'text/plain', 'Data', at)
  }

  // ---- figures as printed ---------------------------------------------------------------------------------------

  private yuan(amount: FenText): string {
    return formatYuan(fenOf(amount))
  }

  private date(date: string): string {
    const [year, month, day] = date.split('-') as [string, string, string]
    return this.say('date', { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') })
  }

  private period(period: Period): string {
    const [year, month] = period.split('-') as [string, string]
    return this.say('period', { year, month: month.replace(/^0/, '') })
  }

  private instant(text: string): string {
    const at = new Date(text)
    const [year, month, day] = dateOf(at).split('-') as [string, string, string]
    const time = formatInstant(at).slice(11, 16)
    return this.say('instant', { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, ''), time })
  }

  private section(title: string, note: string | null, keep: number): void {
    this.sheet.ensure(keep)
    this.sheet.y += 16
    this.sheet.heading(title, 'H2', { size: 12, weight: 'bold', color: INK.accent })
    if (note !== null) this.sheet.paragraph(note, { size: 8, color: INK.muted })
    this.sheet.y += 5
  }

  // ---- first page -----------------------------------------------------------------------------------------------

  private title(): void {
    const { sheet, statement } = this
    sheet.y = 44
    sheet.placed(statement.community.name, PAPER.margin, sheet.y, 330, {
      size: 12,
      weight: 'bold',
      color: INK.accent,
    })
    sheet.placed(this.say('identity', { id: this.id }), PAPER.margin, sheet.y + 3, CONTENT_WIDTH, {
      size: 8,
      color: INK.muted,
      align: 'right',
    })
    sheet.y += 20
    sheet.heading(`${this.period(statement.period)} ${this.say('title')}`, 'H1', { size: 22, weight: 'bold' })
    sheet.y += 2
    const facts = [
      this.say('issuedAt', { when: this.instant(statement.issuedAt) }),
      this.say('reconciledThrough', { date: this.date(statement.reconciledThrough) }),
      this.say('versionNumber', { version: String(statement.version) }),
      this.say('unit'),
    ]
    sheet.paragraph(facts.join('　·　'), { size: 8.5, color: INK.muted })
    sheet.y += 6
    sheet.rule(PAPER.margin, sheet.y, CONTENT_WIDTH, INK.accent, 2)
    sheet.y += 12
    if (statement.supersedes) this.supersedes(statement.supersedes)
  }

  private supersedes(earlier: NonNullable<FundStatement['supersedes']>): void {
    const text = this.say('supersedes', {
      id: earlier.statementId,
      fingerprint: fingerprint(earlier.digest),
      reason: earlier.reason,
    })
    const style = { size: 9, color: INK.red } as const
    const height = this.sheet.heightOf(text, CONTENT_WIDTH - 20, style) + 12
    this.sheet.box(PAPER.margin, this.sheet.y, CONTENT_WIDTH, height, INK.redSoft)
    this.sheet.placed(text, PAPER.margin + 10, this.sheet.y + 6, CONTENT_WIDTH - 20, style)
    this.sheet.y += height + 10
  }

  private headline(): void {
    const { sheet } = this
    const { month, yearToDate, betweenFundsMonthFen, betweenFundsYearToDateFen } = this.statement.total
    const sign = 15
    const width = (CONTENT_WIDTH - 3 * sign) / 4
    const figures = [
      ['headlineOpening', month.openingFen],
      ['headlineIn', month.inFen],
      ['headlineOut', month.outFen],
      ['headlineClosing', month.closingFen],
    ] as const
    for (const [index, [label, amount]] of figures.entries()) {
      const x = PAPER.margin + index * (width + sign)
      const isLast = index === figures.length - 1
      sheet.box(x, sheet.y, width, 56, isLast ? INK.accent : INK.soft)
      const color = isLast ? INK.white : INK.text
      sheet.placed(this.say(label), x + 10, sheet.y + 7, width - 20, {
        size: 8.5,
        color: isLast ? INK.white : INK.muted,
      })
      sheet.fitted(this.yuan(amount), x + 10, sheet.y + 23, width - 14, { size: 15, weight: 'bold', color })
      if (!isLast) {
        const style = { size: 12, weight: 'bold', color: INK.muted, align: 'center' } as const
        sheet.placed('＋－＝'.charAt(index), x + width, sheet.y + 19, sign, style)
      }
    }
    sheet.y += 63
    const year = {
      opening: this.yuan(yearToDate.openingFen),
      in: this.yuan(yearToDate.inFen),
      out: this.yuan(yearToDate.outFen),
      closing: this.yuan(yearToDate.closingFen),
    }
    sheet.paragraph(this.say('yearLine', year), {
      size: 8.5,
      color: INK.muted,
    })
    if (fenOf(betweenFundsMonthFen) === 0n && fenOf(betweenFundsYearToDateFen) === 0n) return
    const moved = { month: this.yuan(betweenFundsMonthFen), year: this.yuan(betweenFundsYearToDateFen) }
    sheet.paragraph(this.say('betweenFunds', moved), { size: 8.5, color: INK.muted })
  }

  private funds(): void {
    this.section(this.say('fundsTitle'), this.say('fundsNote'), 120)
    const columns: Column[] = [
      { label: this.say('fund'), width: 137 },
      { label: this.say('span'), width: 58 },
      ...(['opening', 'received', 'spent', 'closing'] as const).map(
        label => ({ label: this.say(label), width: 78, align: 'right' }) as const,
      ),
    ]
    columns[5] = { ...columns[5]!, width: CONTENT_WIDTH - 137 - 58 - 3 * 78 }
    const both = (
      name: string,
      of: { month: Turnover<FenText>; yearToDate: Turnover<FenText> },
      kind?: 'total',
    ): Row[] => [
      {
        cells: [name, this.say('spanMonth'), ...this.turnover(of.month)],
        ...(kind && { kind }),
        keepWithNext: true,
      },
      {
        cells: ['', this.say('spanYear'), ...this.turnover(of.yearToDate)],
        ...(kind && { kind }),
        colors: kind ? {} : { 1: INK.muted, 2: INK.muted, 3: INK.muted, 4: INK.muted, 5: INK.muted },
      },
    ]
    const rows = [
      ...this.statement.funds.flatMap(fund => both(fund.name, fund)),
      ...both(this.say('total'), this.statement.total, 'total'),
    ]
    this.sheet.table(columns, rows)
  }

  private turnover(turnover: Turnover<FenText>): string[] {
    return [turnover.openingFen, turnover.inFen, turnover.outFen, turnover.closingFen].map(amount =>
      this.yuan(amount),
    )
  }

  /** QR code, how to check, and the seal, at the foot of the first page. */
  private verifyBox(): void {
    const { sheet, input } = this
    sheet.switchTo(0, () => {
      const top = PAPER.height - 52 - FOOT_HEIGHT + 14
      sheet.rule(PAPER.margin, top, CONTENT_WIDTH, INK.line, 0.6)
      const address = verifyAddress(input.portalUrl, this.id, this.digest)
      sheet.qr(address, this.say('qrAlt', { text: address }), PAPER.margin - 6, top + 8, 106)
      const x = PAPER.margin + 106
      const width = SEAL_RECT[0] - x - 14
      const how = input.portalUrl
        ? this.say('verifyFile', { address: `${input.portalUrl.replace(/^https?:\/\/|\/$/g, '')}/verify` })
        : this.say('verifyFileNowhere')
      sheet.placed(this.say('verifyTitle'), x, top + 14, width, { size: 10.5, weight: 'bold' })
      const scan = this.say('verifyScan')
      const small = { size: 8, color: INK.muted } as const
      sheet.placed(scan, x, top + 32, width, small)
      sheet.placed(how, x, top + 34 + sheet.heightOf(scan, width, small), width, small)
      sheet.placed(this.say('verifyFingerprint'), x, top + 84, width, { size: 8, color: INK.muted })
      sheet.placed(fingerprint(this.digest), x, top + 94, width, { size: 11, weight: 'bold' })
      this.sealBox()
    })
  }

  private sealBox(): void {
    const [left, bottom, right, upper] = SEAL_RECT
    const [x, y, width] = [left, PAPER.height - upper, right - left]
    this.sheet.box(x, y, width, upper - bottom, INK.white, INK.red)
    const center = { color: INK.red, align: 'center' } as const
    this.sheet.placed(this.say('sealTitle'), x, y + 9, width, { ...center, size: 14, weight: 'bold' })
    this.sheet.fitted(this.statement.community.name, x + 8, y + 33, width - 16, { ...center, size: 9 })
    this.sheet.fitted(this.say('sealNote'), x + 8, y + 49, width - 16, { ...center, size: 6.5 })
  }

  // ---- details --------------------------------------------------------------------------------------------------

  private categories(): void {
    const widths = [177, 80, 84, 84]
    const columns: Column[] = [
      { label: this.say('account'), width: widths[0]! },
      { label: this.say('month'), width: widths[1]!, align: 'right' },
      { label: this.say('yearToDate'), width: widths[2]!, align: 'right' },
      { label: this.say('budget'), width: widths[3]!, align: 'right' },
      { label: this.say('used'), width: CONTENT_WIDTH - 177 - 80 - 84 - 84, align: 'right' },
    ]
    const rows = this.statement.funds.flatMap(fund =>
      (['in', 'out'] as const).flatMap(direction => this.categoryRows(fund, direction)),
    )
    if (rows.length === 0) return
    this.section(this.say('categoriesTitle'), this.say('categoriesNote'), 140)
    this.sheet.table(columns, rows)
  }

  private categoryRows(fund: FundStatement['funds'][number], direction: 'in' | 'out'): Row[] {
    const own = this.statement.categories.filter(
      category => category.fund === fund.code && category.direction === direction,
    )
    if (own.length === 0) return []
    const budgets = own.flatMap(category =>
      category.budgetFen === undefined ? [] : [fenOf(category.budgetFen)],
    )
    const sums = {
      month: sumFen(own.map(category => fenOf(category.monthFen))),
      year: sumFen(own.map(category => fenOf(category.yearToDateFen))),
    }
    return [
      {
        kind: 'group',
        cells: [this.say(direction === 'in' ? 'directionIn' : 'directionOut', { fund: fund.name })],
        keepWithNext: true,
      },
      ...own.map((category, index): Row => {
        const name = `${category.account} ${category.name}${category.betweenFunds ? this.say('transferMark') : ''}`
        const budget = category.budgetFen === undefined ? null : fenOf(category.budgetFen)
        const row = this.budgetRow(name, category, budget)
        return index === own.length - 1 ? { ...row, keepWithNext: true } : row
      }),
      {
        kind: 'subtotal',
        cells: [
          this.say(direction === 'in' ? 'subtotalIn' : 'subtotalOut'),
          formatYuan(sums.month),
          formatYuan(sums.year),
          budgets.length === own.length ? formatYuan(sumFen(budgets)) : '',
          '',
        ],
      },
    ]
  }

  private budgetRow(name: string, category: FundStatement['categories'][number], budget: Fen | null): Row {
    const [month, year] = [fenOf(category.monthFen), fenOf(category.yearToDateFen)]
    const none = this.say('noBudget')
    if (budget === null || budget <= 0n) {
      return {
        cells: [name, formatYuan(month), formatYuan(year), budget === null ? none : formatYuan(budget), none],
      }
    }
    // More income than planned is no fault: only spending can be over its budget.
    const isOver = category.direction === 'out' && year > budget
    const perMille = (year * 1000n) / budget
    return {
      cells: [
        name,
        formatYuan(month),
        formatYuan(year),
        formatYuan(budget),
        formatPercentFloor(year, budget),
      ],
      bar: { perMille: Number(perMille > 1000n ? 1000n : perMille), isOver },
      ...(isOver && { colors: { 4: INK.red } }),
    }
  }

  private notContained(): void {
    this.section(this.say('notContainedTitle'), null, 70)
    const { notContained } = this.statement
    if (notContained.length === 0) this.sheet.paragraph(this.say('notContainedNothing'), { size: 9 })
    for (const entry of notContained) {
      const amount = entry.amountFen === undefined ? '' : this.yuan(entry.amountFen)
      const known = [entry.count === undefined ? '' : 'Count', amount === '' ? '' : 'Amount'].join('')
      const text = this.say(`notContained.${entry.code}`)
      const values = { text, count: String(entry.count ?? ''), amount }
      this.sheet.paragraph(this.say(`note${known}`, values), { size: 9 })
    }
  }

  private reconciliation(): void {
    const { reconciliation } = this.statement
    if (reconciliation.length === 0) return
    this.section(this.say('reconciliationTitle'), this.say('reconciliationNote'), 160)
    const columns: Column[] = [
      { label: this.say('item'), width: 190 },
      { label: this.say('on'), width: 66 },
      { label: this.say('reference'), width: CONTENT_WIDTH - 190 - 66 - 95 },
      { label: this.say('amount'), width: 95, align: 'right' },
    ]
    const rows = reconciliation.flatMap((account): Row[] => {
      const side = (kinds: readonly string[]): Row[] =>
        account.items
          .filter(item => kinds.includes(item.kind))
          .map(item => ({
            cells: [this.say(`outstanding.${item.kind}`), item.on, item.reference, this.yuan(item.amountFen)],
            keepWithNext: true,
          }))
      const line = (label: string, amount: FenText, kind?: 'subtotal'): Row => ({
        cells: [this.say(label), '', '', this.yuan(amount)],
        ...(kind ? { kind } : { keepWithNext: true }),
      })
      return [
        { kind: 'group', cells: [this.say('bankAccount', account.bankAccount)], keepWithNext: true },
        line('bookBalance', account.bookBalanceFen),
        ...side(OUTSTANDING_KINDS.slice(0, 2)),
        line('adjustedBook', account.adjustedBookFen, 'subtotal'),
        line('bankBalance', account.bankBalanceFen),
        ...side(OUTSTANDING_KINDS.slice(2)),
        line('adjustedBank', account.adjustedBankFen, 'subtotal'),
        ...(account.items.length === 0
          ? [{ cells: [this.say('noOutstanding'), '', '', ''], colors: { 0: INK.muted } }]
          : []),
      ]
    })
    this.sheet.table(columns, rows)
  }

  private holdings(): void {
    const { reconciliation, otherHoldings, total } = this.statement
    this.section(this.say('holdingsTitle'), this.say('holdingsNote'), 100)
    const columns: Column[] = [
      { label: this.say('place'), width: CONTENT_WIDTH - 120 },
      { label: this.say('amount'), width: 120, align: 'right' },
    ]
    const rows: Row[] = [
      ...reconciliation.map(account => ({
        cells: [this.say('bankAccount', account.bankAccount), this.yuan(account.bookBalanceFen)],
      })),
      ...otherHoldings.map(held => ({ cells: [`${held.account} ${held.name}`, this.yuan(held.amountFen)] })),
      { kind: 'total', cells: [this.say('total'), this.yuan(total.month.closingFen)] },
    ]
    this.sheet.table(columns, rows)
  }

  private vouchers(): void {
    const { vouchers } = this.statement
    const count = { count: String(vouchers.length) }
    this.section(
      this.say('vouchersTitle'),
      this.say(vouchers.length === 0 ? 'vouchersNone' : 'vouchersNote', count),
      110,
    )
    if (vouchers.length === 0) return
    const columns: Column[] = [
      { label: this.say('number'), width: 84 },
      { label: this.say('on'), width: 62 },
      { label: this.say('narration'), width: CONTENT_WIDTH - 84 - 62 - 78 - 98 - 40 },
      { label: this.say('amount'), width: 78, align: 'right' },
      { label: this.say('fingerprint'), width: 98 },
      { label: this.say('leafIndex'), width: 40, align: 'right' },
    ]
    const rows = vouchers.map(
      (voucher): Row => ({
        cells: [
          voucher.number,
          voucher.on as CivilDate,
          voucher.narration,
          this.yuan(voucher.amountFen),
          fingerprint(voucher.digest),
          String(voucher.leafIndex),
        ],
        colors: {
          3: fenOf(voucher.amountFen) < ZERO_FEN ? INK.red : INK.text,
          4: INK.muted,
          5: INK.muted,
        },
      }),
    )
    this.sheet.table(columns, rows)
  }

  private checks(): void {
    const { sheet, statement } = this
    this.section(this.say('checksTitle'), null, 110)
    for (const invariant of statement.invariants) {
      sheet.paragraph(this.say('note', { text: this.say(`invariant.${invariant}`) }), { size: 8.5 })
    }
    this.section(this.say('identityTitle'), null, 110)
    const { index, size } = this.input.position
    const lines = [
      this.say('identityDigest', { digest: this.digest }),
      this.say('identityLog', {
        origin: statement.community.logOrigin,
        index: String(index),
        size: String(size),
      }),
      this.say('identityAttached'),
    ]
    for (const line of lines) sheet.paragraph(line, { size: 8.5, color: INK.muted })
  }
}
