/** Codes that are sent to a telephone: how they look, how long they hold, how often they are tried. Pure. */

/** Minutes for which a code is good. */
export const SMS_CODE_MINUTES = 5
/** Tries at one code. */
export const SMS_CODE_TRIES = 3
/** Codes a number is sent in a day: thirty tries at a million, whoever asks from wherever. */
export const SMS_CODES_A_DAY = 10
/** Attempts of ours at sending one. */
export const SMS_SEND_ATTEMPTS = 3

const CODES = 1_000_000
/** The largest multiple of a million in 32 bits: numbers beyond it would make some codes more likely. */
const FAIR = 4_294_000_000

/** Six digits from random bytes (four at a time until fair), each code as likely as any other. */
export function smsCodeOf(bytes: (length: number) => Uint8Array): string {
  for (;;) {
    const [a, b, c, d] = bytes(4) as unknown as [number, number, number, number]
    const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
    if (number < FAIR) return String(number % CODES).padStart(6, '0')
  }
}

/** Six digits as they were typed; null when they are not six. */
export function parseSmsCode(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '')
  return /^\d{6}$/.test(plain) ? plain : null
}
