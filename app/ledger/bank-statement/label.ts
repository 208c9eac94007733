/** Headers and labels of bank files in the form that the vocabulary is written in. */
import { plainCell } from '#tables'

/**
 * A header or label in the form the vocabulary is written in: NFKC, no spaces, lower case, without English glosses in
 * square brackets, units of money and a closing colon; 帐 is written 账.
 */
export function normalLabel(text: string): string {
  return plainCell(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\[[^\]]*\]/g, '')
    .replace(/[\s\u3000]/g, '')
    .replace(/\u5e10/g, '\u8d26')
    .replace(/\/\u5143|\([+-]?\u5143\)/g, '')
    .replace(/[:*#]+$/, '')
}
