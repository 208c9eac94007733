/** Formats of other banking worlds (CAMT, OFX, MT940), which are text and no table: told apart so that the answer can name them. */
import type { BankProblemCode } from './bank-statement.ts'

/** The code that refuses the format, told from its words; null for ordinary text. */
export function sniffTextFormat(text: string): BankProblemCode | null {
  const head = text.slice(0, 4000)
  if (/camt\.05\d/.test(head)) return 'format-camt'
  if (/OFXHEADER|<OFX>/i.test(head)) return 'format-ofx'
  if (/^\s*(?:\{1:|.*\r?\n)*?:20:/m.test(head) && /^:(?:25|28C?|60[FM]|61):/m.test(head))
    return 'format-mt940'
  return null
}
