/**
 * Strict reading of one cell: a date, a time of day, an amount. Refuses what could be meant in two ways and never
 * rounds, guesses a year or swaps day and month.
 */
import { type CivilDate, err, type Fen, fen, ok, parseCivilDate, parseYuan, type Result } from '#kernel'
import { plainCell } from '#tables'

export type DateProblem = 'date-missing' | 'date-malformed' | 'date-serial' | 'date-ambiguous'

export interface DateCell {
  readonly date: CivilDate
  readonly time: string | null
}

/** How a layout writes dates beyond the usual forms. */
export interface DateHabits {
  /** `31/12/2025`: documented for that layout only (HSBC). */
  readonly dayFirst?: boolean
  /** `12/29` with the statement's month, `2024-01`, printed in the title (credit cards). */
  readonly statementMonth?: string | null
}

const YEAR_FIRST =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[T\s-]*(\d.*))?$/

/**
 * A date with or without a time: `2025-03-05`, `2025/3/5`, `2025.3.5`, `20250305`, `2025年3月5日`, full-width digits.
 * `45718` (a spreadsheet's serial number as text) and `3/8/25` are refused, as are days that do not exist.
 */
export function parseDateCell(text: string, habits: DateHabits = {}): Result<DateCell, DateProblem> {
  const plain = plainCell(text).normalize('NFKC').replace(/[−–—]/g, '-').replace(/\s+/g, ' ')
  if (plain === '' || /^[-/]+$/.test(plain)) return err('date-missing')
  const compact = /^(\d{4})(\d{2})(\d{2})(?:[T\s]*(\d[\d:.]*))?$/.exec(plain)
  if (compact && plain.length !== 13) return dated(compact[1]!, compact[2]!, compact[3]!, compact[4])
  const yearFirst = YEAR_FIRST.exec(plain)
  if (yearFirst) {
    const month = yearFirst[2] ?? yearFirst[4] ?? yearFirst[6] ?? yearFirst[8]!
    const day = yearFirst[3] ?? yearFirst[5] ?? yearFirst[7] ?? yearFirst[9]!
    return dated(yearFirst[1]!, month, day, yearFirst[10])
  }
  if (habits.dayFirst) {
    const dayFirst = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d.*))?$/.exec(plain)
    if (dayFirst) return dated(dayFirst[3]!, dayFirst[2]!, dayFirst[1]!, dayFirst[4])
  }
  if (habits.statementMonth) {
    const yearless = /^(\d{1,2})[/-](\d{1,2})$/.exec(plain)
    if (yearless) {
      const [year, month] = [Number(habits.statementMonth.slice(0, 4)), habits.statementMonth.slice(5)]
      const before = yearless[1]!.padStart(2, '0') > month
      return dated(String(before ? year - 1 : year), yearless[1]!, yearless[2]!, undefined)
    }
  }
  if (/^\d{5}(?:\.\d+)?$/.test(plain)) return err('date-serial')
  return err(/^\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?$/.test(plain) ? 'date-ambiguous' : 'date-malformed')
}

function dated(
  year: string,
  month: string,
  day: string,
  time: string | undefined,
): Result<DateCell, DateProblem> {
  const date = parseCivilDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  if (!date.ok) return date
  if (time === undefined) return ok({ date: date.value, time: null })
  const clock = parseTimeCell(time)
  return clock.ok ? ok({ date: date.value, time: clock.value }) : err('date-malformed')
}

/** `09:30`, `9:30:05`, `093005`, `93005`, `09.30.05.123456`, or the time of a full date and time. Null when blank. */
export function parseTimeCell(text: string): Result<string | null, 'time-malformed'> {
  const plain = plainCell(text).normalize('NFKC').replace(/\s+/g, ' ')
  if (plain === '' || /^[-/]+$/.test(plain)) return ok(null)
  const match =
    /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?$/.exec(plain) ??
    /^(\d{1,2})时(\d{1,2})分(?:(\d{1,2})秒)?$/.exec(plain) ??
    /^(\d{1,2})(\d{2})(\d{2})$/.exec(plain)
  if (!match) {
    const whole = /^\d{4}\D|^\d{8}\D|^\d{14}$/.test(plain) ? parseDateCell(plain) : null
    return whole?.ok ? ok(whole.value.time) : err('time-malformed')
  }
  const [hour, minute, second] = [match[1]!, match[2]!, match[3] ?? '00']
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return err('time-malformed')
  return ok(`${hour.padStart(2, '0')}:${minute.padStart(2, '0')}:${second.padStart(2, '0')}`)
}

export type AmountProblem = 'amount-malformed' | 'amount-sub-fen' | 'amount-too-large'

/** An amount cell that holds something. */
export interface AmountCell {
  readonly fen: Fen
  /** The sign as printed, null when none was. */
  readonly sign: '+' | '-' | null
  /** Currency printed inside the cell (`CNY 12.00`), null when none was. */
  readonly currency: string | null
}

/** Nothing printed; or a value blotted out for publication (`xx,yyyy.zz`, `****`). */
export type AmountReading = AmountCell | 'blank' | 'masked'

/** Reads an amount: optional currency code, sign before or behind, thousands commas, accounting brackets. */
export function parseAmountCell(text: string): Result<AmountReading, AmountProblem> {
  let plain = plainCell(text)
    .normalize('NFKC')
    .replace(/[\s\u3000]/g, '')
    .replace(/[−–—]/g, '-')
  if (plain === '' || /^[-/]+$/.test(plain) || /^(null|n\/a|nan|无)$/i.test(plain)) return ok('blank')
  if (/^[-+]?[xyz*,.]+$/i.test(plain) && /[xyz*]{2}/i.test(plain)) return ok('masked')
  const coded = /^([A-Za-z]{3}|人民币)(?=[-+\d.(])/.exec(plain)
  if (coded) plain = plain.slice(coded[0].length)
  plain = plain.replace(/\((?:已|CN|[A-Z]{2}\)).*$/, '')
  const bracketed = /^\(([\d,.]+)\)$/.exec(plain)
  if (bracketed) plain = `-${bracketed[1]}`
  const trailing = /^([\d,.]+)-$/.exec(plain)
  if (trailing) plain = `-${trailing[1]}`
  plain = plain.replace(/^[¥￥]([+-])/, '$1')
  const parsed = parseYuan(plain)
  if (!parsed.ok) {
    if (parsed.error === 'money-sub-fen') return err('amount-sub-fen')
    return err(parsed.error === 'money-too-large' ? 'amount-too-large' : 'amount-malformed')
  }
  const sign = plain.startsWith('-') ? '-' : plain.startsWith('+') ? '+' : null
  return ok({ fen: fen(parsed.value), sign, currency: coded ? coded[1]! : null })
}
