/**
 * One-time codes by time (TOTP, RFC 6238) as authenticator programs make them: SHA-1, 30 seconds, six digits. Pure: the keyed
 * digest is made by the caller, the instant is passed in.
 */

const STEP_MS = 30_000
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Bytes of a secret: as many as SHA-1 gives (RFC 4226 section 4). */
export const TOTP_SECRET_BYTES = 20

/** The number of the half-minute an instant falls in. */
export function totpStepAt(instant: Date): number {
  return Math.floor(instant.getTime() / STEP_MS)
}

/** What the keyed digest of a step is made over: the step as eight bytes. */
export function totpCounter(step: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(step))
  return bytes
}

/** The code of a keyed digest (RFC 4226 section 5.3): 31 bits from the place that the last four bits name. */
export function totpCodeOf(mac: Uint8Array, digits = 6): string {
  const at = mac[mac.length - 1]! & 15
  const view = new DataView(mac.buffer, mac.byteOffset, mac.byteLength)
  const number = view.getUint32(at) & 0x7fff_ffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/**
 * The steps whose code counts at an instant: this half-minute and the ones beside it, for clocks that are a little off
 * and for slow hands; but none up to the last one that was accepted.
 */
export function acceptableSteps(instant: Date, lastStep: number): readonly number[] {
  const now = totpStepAt(instant)
  return [now - 1, now, now + 1].filter(step => step > lastStep)
}

/** What was typed as a code; null when it is none. Full-width digits and spaces are typed by people, too. */
export function parseTotpCode(text: string): string | null {
  const code = text.normalize('NFKC').replace(/[\s-]/g, '')
  return /^\d{6}$/.test(code) ? code : null
}

/** Bytes as base 32 (RFC 4648) without padding: what is typed into an authenticator program by hand. */
export function base32Of(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += BASE32[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + BASE32[(held << (5 - bits)) & 31]
}

/** The address in the QR code by which an authenticator program takes the secret over. */
export function totpAddress(secret: Uint8Array, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${base32Of(secret)}&issuer=${encodeURIComponent(issuer)}`
}
