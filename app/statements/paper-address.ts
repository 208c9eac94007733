/**
 * What the QR code of a printed ballot says: where the poll is, and the paper's code. Neither a name nor a choice: whoever
 * finds the paper learns no more than the notice board tells. Pure, for the desk's camera as well.
 */

/** `https://portal.example.org/c/demo/votes/POLL?paper=CODE`. */
export function paperAddress(portalUrl: string, slug: string, pollId: string, code: string): string {
  return `${portalUrl.replace(/\/$/, '')}/c/${slug}/votes/${pollId}?paper=${encodeURIComponent(code)}`
}

/** The poll and the code of a scanned address; null for anything else. */
export function parsePaperAddress(text: string): { readonly pollId: string; readonly code: string } | null {
  const match = /\/c\/[a-z0-9-]+\/votes\/([a-z0-9]{1,40})\?paper=([\w-]{1,100})$/.exec(text.trim())
  return match === null ? null : { pollId: match[1]!, code: match[2]! }
}
