/**
 * Full-width forms as Chinese input methods and bank systems print them, folded to ASCII. Only what means the same: Unicode's
 * compatibility forms would also read `1²` as 12 and `①` as 1, and a figure must never be read out of something else.
 */

/** U+FF01 to U+FF5E as the ASCII they widen; everything else stays. */
export function foldWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
}
