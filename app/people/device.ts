/** What kind of device a session was begun on: one word that helps to recognise it, and not the browser's whole description. */

/** The kinds; stored. */
export type DeviceKind = 'phone' | 'tablet' | 'computer' | 'unknown'

/** The kind that a browser's description (User-Agent) names. */
export function deviceKindOf(userAgent: string | null): DeviceKind {
  const text = userAgent ?? ''
  if (/iPad|Tablet|Android(?!.*Mobile)/.test(text)) return 'tablet'
  if (/iPhone|Mobile/.test(text)) return 'phone'
  return /Windows|Macintosh|Linux|X11|CrOS/.test(text) ? 'computer' : 'unknown'
}
