/**
 * Draws a fund statement as a tagged A4 PDF with its data attached. The same bytes in give the same bytes out, in any time
 * zone: no clock, no randomness, no locale. It changes no figure and leaves none out.
 */
import {
  type CivilDate,
  type Fen,
  fingerprint,
  formatPercentFloor,
  formatYuan,
  type Period,
  type Result,
  sumFen,
  ZERO_FEN,
} from '#kernel'
import { FUND_STATEMENT_KIND } from './document-kind.ts'
import {
  type FenText,
  type FundStatement,
  fenOf,
  OUTSTANDING_KINDS,
  parseFundStatement,
  type StatementProblem,
  statementIdOf,
  type Turnover,
} from './fund-statement.ts'
import {
  drawn,
  type GlyphProblem,
  printedDate,
  printedInstant,
  type RenderInput,
  type Say,
  SealedFrame,
} from './sealed-frame.server.ts'
import { CONTENT_WIDTH, type Column, INK, PAPER, type Row, type Sheet } from './sheet.server.ts'

/** The unsigned bytes of the statement's PDF. */
export async function renderFundStatement(
  input: RenderInput,
): Promise<Result<Uint8Array, StatementProblem | GlyphProblem>> {
  const parsed = parseFundStatement(input.model)
  return parsed.ok ? drawn(() => new FundStatementSheet(input, parsed.value).render()) : parsed
}

class FundStatementSheet {
  private readonly frame: SealedFrame
  private readonly sheet: Sheet
  private readonly say: Say

  constructor(
    input: RenderInput,
    private readonly statement: FundStatement,
  ) {
    this.say = input.say
    const { community, period, issuedAt } = statement
    const names = { community: community.name, period: this.period(period) }
    this.frame = new SealedFrame(input, {
      kind: FUND_STATEMENT_KIND,
      id: statementIdOf(statement),
      communityName: community.name,
      logOrigin: community.logOrigin,
      issuedAt,
      documentTitle: this.say('documentTitle', names),
      runningHead: this.say('runningHeader', names),
    })
    this.sheet = this.frame.sheet
  }

  render(): Promise<Uint8Array> {
    this.title()
    this.headline()
    this.funds()
    this.frame.verifyBox()
    this.categories()
    this.notContained()
    this.reconciliation()
    this.holdings()
    this.vouchers()
    this.frame.identity(this.statement.invariants.map(invariant => this.say(`invariant.${invariant}`)))
    return this.frame.finish()
  }

  // ---- figures as printed ---------------------------------------------------------------------------------------

  private yuan(amount: FenText): string {
    return formatYuan(fenOf(amount))
  }

  private period(period: Period): string {
    const [year, month] = period.split('-') as [string, string]
    return this.say('period', { year, month: month.replace(/^0/, '') })
  }

  private section(title: string, note: string | null, keep: number): void {
    this.frame.section(title, note, keep)
  }

  // ---- first page -----------------------------------------------------------------------------------------------

  private title(): void {
    const { period, issuedAt, reconciledThrough, version, supersedes } = this.statement
    const facts = [
      this.say('issuedAt', { when: printedInstant(issuedAt, this.say) }),
      this.say('reconciledThrough', { date: printedDate(reconciledThrough, this.say) }),
      this.say('versionNumber', { version: String(version) }),
      this.say('unit'),
    ]
    this.frame.title(`${this.period(period)} ${this.say('title')}`, facts, supersedes)
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
}
