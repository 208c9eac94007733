/**
 * What the public sees of the bank lines behind a voucher: organisations one by one, private persons together, because a
 * single owner's payment tells the area of a flat. Pure; no name and no number of a private person passes through here.
 */
import { type CivilDate, type Fen, fen } from '#kernel'
import { publicCounterparty } from './public-text.ts'

/** One organisation's line, or all private persons' lines of one day, account and direction together. */
export interface PublicVoucherLine {
  readonly bookedOn: CivilDate
  /** + received, - paid; a sum when `lines` is more than one. */
  readonly amountFen: Fen
  readonly account: string
  /** An organisation's name; null where private persons stand. */
  readonly counterparty: string | null
  readonly lines: number
}

/** The lines in their order, each group of private persons where its first line stood. */
export function publicVoucherLines(
  lines: readonly {
    readonly bookedOn: CivilDate
    readonly amountFen: Fen
    readonly account: string
    readonly counterparty: string
  }[],
): PublicVoucherLine[] {
  const groups = new Map<string, PublicVoucherLine>()
  lines.forEach((line, index) => {
    const counterparty = publicCounterparty(line.counterparty)
    const together = `${line.bookedOn} ${line.account} ${line.amountFen < 0n ? 'out' : 'in'}`
    const key = counterparty === null ? together : String(index)
    const group = groups.get(key)
    groups.set(key, {
      bookedOn: line.bookedOn,
      account: line.account,
      counterparty,
      amountFen: fen((group?.amountFen ?? 0n) + line.amountFen),
      lines: (group?.lines ?? 0) + 1,
    })
  })
  return [...groups.values()]
}
