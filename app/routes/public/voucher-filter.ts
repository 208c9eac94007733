/** The filter of the voucher list, out of an address and back into one. Pure. */
import { fiscalYearOf, type Period, parsePeriod, period } from '#kernel'
import { parseVoucherKey, type VoucherKey, type VoucherKind } from '#ledger'

/** Every kind, in the order of the form. */
export const VOUCHER_KINDS: readonly VoucherKind[] = ['receipt', 'payment', 'transfer', 'reversal', 'opening']

const TEXT_LENGTH_MAX = 60

/** Months from..until, both included. */
export interface Span {
  readonly from: Period
  readonly until: Period
}

/** What a reader asked for; absent is everything. */
export interface ListFilter {
  readonly span?: Span
  readonly fund?: string
  readonly account?: string
  readonly kind?: VoucherKind
  readonly direction?: 'in' | 'out'
  readonly text?: string
}

/** A month `2026-06`, a year `2026`, or months from..until `2026-01..2026-06`; null when it is none of them. */
export function parseSpan(text: string): Span | null {
  if (/^\d{4}$/.test(text)) return parseSpan(`${text}-01..${text}-12`)
  const [from, until = from, more] = text.split('..')
  const [first, last] = [parsePeriod(from ?? ''), parsePeriod(until ?? '')]
  if (!first.ok || !last.ok || more !== undefined || first.value > last.value) return null
  return { from: first.value, until: last.value }
}

/** The shortest text of a span: what `parseSpan` reads. */
export function formatSpan({ from, until }: Span): string {
  if (from === until) return from
  const year = fiscalYearOf(from)
  if (from === period(`${year}-01`) && until === period(`${year}-12`)) return String(year)
  return `${from}..${until}`
}

function oneOf<Choice extends string>(choices: readonly Choice[], text: string): Choice | null {
  return choices.find(choice => choice === text) ?? null
}

/** The filter and the place to go on before; null when the address is not one that this page made. */
export function parseListQuery(
  query: URLSearchParams,
): { readonly filter: ListFilter; readonly before: VoucherKey | null } | null {
  const given = (name: string) => {
    const text = query.get(name)?.trim() ?? ''
    return text === '' ? undefined : text
  }
  const span = given('period')
  const kind = given('kind')
  const direction = given('direction')
  const before = given('before')
  const [fund, account] = [given('fund'), given('account')]
  const parsed = {
    span: span === undefined ? undefined : parseSpan(span),
    kind: kind === undefined ? undefined : oneOf(VOUCHER_KINDS, kind),
    direction: direction === undefined ? undefined : oneOf(['in', 'out'] as const, direction),
    before: before === undefined ? undefined : parseVoucherKey(before),
  }
  if (Object.values(parsed).includes(null)) return null
  if (!/^[a-z0-9-]{1,32}$/.test(fund ?? 'any') || !/^\d{4,10}$/.test(account ?? '0000')) return null
  const text = given('text')
  return {
    filter: {
      ...(parsed.span ? { span: parsed.span } : {}),
      ...(fund === undefined ? {} : { fund }),
      ...(account === undefined ? {} : { account }),
      ...(parsed.kind ? { kind: parsed.kind } : {}),
      ...(parsed.direction ? { direction: parsed.direction } : {}),
      ...(text === undefined ? {} : { text: [...text].slice(0, TEXT_LENGTH_MAX).join('') }),
    },
    before: parsed.before ?? null,
  }
}

/** The query of a filter, with a leading `?`; empty for everything. */
export function listQuery(filter: ListFilter, also: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams()
  if (filter.span) query.set('period', formatSpan(filter.span))
  for (const name of ['fund', 'account', 'kind', 'direction', 'text'] as const) {
    const value = filter[name]
    if (value !== undefined) query.set(name, value)
  }
  for (const [name, value] of Object.entries(also)) query.set(name, value)
  return query.size > 0 ? `?${query}` : ''
}

/** The list's address for rows that make a figure. */
export function rowsHref(slug: string, filter: ListFilter): string {
  return `/c/${slug}/vouchers${listQuery(filter)}`
}

/** The filter as the ledger takes it. */
export function ledgerFilter({ span, ...rest }: ListFilter) {
  return { ...rest, ...(span ? { from: span.from, until: span.until } : {}) }
}
