/**
 * Figures as people read them, in either language: money, areas, dates, months, instants. Only for the edge (pages and
 * documents); nothing that is stored or hashed passes through here.
 */
import {
  type AreaCentiM2,
  type CivilDate,
  type Fen,
  fen,
  formatAreaM2,
  formatInstant,
  formatYuan,
  type Period,
} from '#kernel'
import type { Lang } from './translation.ts'

const MONTHS_EN = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** `¥12,345.67`, negative `−¥12,345.67` with a true minus sign. The same in both languages. */
export function moneyText(amount: Fen): string {
  return amount < 0n ? `−¥${formatYuan(fen(-amount))}` : `¥${formatYuan(amount)}`
}

/** `+12,345.67`, `−12,345.67` or `0.00`: a movement in a column that already says yuan. */
export function signedYuanText(amount: Fen): string {
  if (amount === 0n) return formatYuan(amount)
  return amount < 0n ? `−${formatYuan(fen(-amount))}` : `+${formatYuan(amount)}`
}

/**
 * A round amount for the axis of a chart: `12万`, `1.5亿`, `8,000`; in English `120k`, `1.5M`. Exact or not at all: an amount
 * that does not come out with one decimal is written in full.
 */
export function axisMoneyText(amount: Fen, lang: Lang): string {
  const magnitude = amount < 0n ? -amount : amount
  const sign = amount < 0n ? '−' : ''
  const scales: readonly (readonly [bigint, string])[] =
    lang === 'en'
      ? [
          [100_000_000n, 'M'],
          [100_000n, 'k'],
        ]
      : [
          [10_000_000_000n, AXIS_UNITS.hundredMillion],
          [1_000_000n, AXIS_UNITS.tenThousand],
        ]
  for (const [scale, unit] of scales) {
    if (magnitude < scale || (magnitude * 10n) % scale !== 0n) continue
    const tenths = (magnitude * 10n) / scale
    return `${sign}${tenths / 10n}${tenths % 10n === 0n ? '' : `.${tenths % 10n}`}${unit}`
  }
  return `${sign}${formatYuan(fen(magnitude)).replace(/\.00$/, '')}`
}

const AXIS_UNITS = { tenThousand: '万', hundredMillion: '亿' } as const

/** `89.50 ㎡`, `46,865.80 ㎡` in both languages. */
export function areaText(area: AreaCentiM2): string {
  return `${areaFigure(area)} ㎡`
}

/** `46,865.80`: an area in a sentence or a column that names its unit. */
export function areaFigure(area: AreaCentiM2): string {
  const [whole, decimals] = formatAreaM2(area).split('.')
  return `${countText(BigInt(whole!))}.${decimals}`
}

/** `2026年6月30日` or `30 June 2026`. */
export function dateText(date: CivilDate, lang: Lang): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return lang === 'en' ? `${day} ${MONTHS_EN[month - 1]} ${year}` : `${year}年${month}月${day}日`
}

/** `6月30日` or `30 Jun`: where the year stands nearby. */
export function dayText(date: CivilDate, lang: Lang): string {
  const [month, day] = date.split('-').slice(1).map(Number) as [number, number]
  return lang === 'en' ? `${day} ${MONTHS_EN[month - 1]!.slice(0, 3)}` : `${month}月${day}日`
}

/** `2026年6月` or `June 2026`. */
export function periodText(month: Period, lang: Lang): string {
  const [year, index] = month.split('-').map(Number) as [number, number]
  return lang === 'en' ? `${MONTHS_EN[index - 1]} ${year}` : `${year}年${index}月`
}

/** `2026年6月` or `Jun 2026`: in narrow columns. */
export function shortPeriodText(month: Period, lang: Lang): string {
  return lang === 'en' ? `${monthText(month, lang)} ${month.slice(0, 4)}` : periodText(month, lang)
}

/** `6月` or `Jun`: the label of a bar. */
export function monthText(month: Period, lang: Lang): string {
  const index = Number(month.slice(5, 7))
  return lang === 'en' ? MONTHS_EN[index - 1]!.slice(0, 3) : `${index}月`
}

/** An instant in Asia/Shanghai: `2026年6月30日 18:05` or `30 June 2026, 18:05`. */
export function instantText(instant: Date, lang: Lang): string {
  const text = formatInstant(instant)
  const date = dateText(text.slice(0, 10) as CivilDate, lang)
  return lang === 'en' ? `${date}, ${text.slice(11, 16)}` : `${date} ${text.slice(11, 16)}`
}

/** A whole number with thousands commas: `1,284`. */
export function countText(count: number | bigint): string {
  return count.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
