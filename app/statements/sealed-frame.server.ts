/**
 * What every sealed document has around its content: the attachments, the head, how to check it, the place of the seal, the
 * running lines. The same bytes in give the same bytes out: no clock, no randomness, no locale.
 */
import { dateOf, err, fingerprint, formatInstant, ok, type Result } from '#kernel'
import { type DocumentKind, LEAF_FILE } from './document-kind.ts'
import { statementDigestOf } from './fund-statement.ts'
import { CONTENT_WIDTH, INK, MissingGlyph, PAPER, Sheet } from './sheet.server.ts'
import type { Supersedes } from './supersedes.ts'
import { subjectOf } from './verify.ts'

/** Looks a text of the area `statements` up and fills it in. */
export type Say = (key: string, values?: Readonly<Record<string, string>>) => string

export interface RenderInput {
  /** Canonical bytes of the document's data. */
  readonly model: Uint8Array
  readonly leaf: Uint8Array
  /** Text of the leaf's `.tlog-proof`. */
  readonly proof: string
  /** Place of the leaf and size of the checkpoint, as printed; they are those of the proof. */
  readonly position: { readonly index: number; readonly size: number }
  readonly lang: string
  readonly say: Say
  /** Where the portal is, such as `https://portal.example.org`; without it the QR holds the identity alone. */
  readonly portalUrl?: string
}

/** The font lacks a character; `text` is where it stands. */
export interface GlyphProblem {
  readonly code: 'glyph-missing'
  readonly character: string
  readonly codePoint: string
  readonly text: string
}

/** Where the seal can be clicked on the first page: left, bottom, right, top in points. */
export const SEAL_RECT = [401, 62, 551, 132] as const

const FOOT_HEIGHT = 128
/** Of the digest, the first 16 bytes go into the QR code: enough to tell any two documents apart. */
const QR_DIGEST_DIGITS = 32

/** What the QR code says: where to find the document, its identity, and the first 16 bytes of its digest. */
export function verifyAddress(portalUrl: string | undefined, statementId: string, digest: string): string {
  const query = `s=${statementId}&d=${digest.slice(0, QR_DIGEST_DIGITS)}`
  return portalUrl ? `${portalUrl.replace(/\/$/, '')}/verify?${query}` : `mingzhang:verify?${query}`
}

/** Draws, and names the character that the fonts do not have. */
export async function drawn(draw: () => Promise<Uint8Array>): Promise<Result<Uint8Array, GlyphProblem>> {
  try {
    return ok(await draw())
  } catch (problem) {
    if (!(problem instanceof MissingGlyph)) throw problem
    const codePoint = `U+${problem.character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    return err({ code: 'glyph-missing', character: problem.character, codePoint, text: problem.text })
  }
}

/** `2026-06-03` as the say's words have it. */
export function printedDate(date: string, say: Say): string {
  const [year, month, day] = date.split('-') as [string, string, string]
  return say('date', { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') })
}

/** An instant, given as RFC 3339 text, to the minute in Asia/Shanghai. */
export function printedInstant(text: string, say: Say): string {
  const at = new Date(text)
  const [year, month, day] = dateOf(at).split('-') as [string, string, string]
  const time = formatInstant(at).slice(11, 16)
  return say('instant', { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, ''), time })
}

/** What a frame is put around. */
export interface Framed {
  readonly kind: DocumentKind
  readonly id: string
  readonly communityName: string
  readonly logOrigin: string
  readonly issuedAt: string
  /** Title of the file. */
  readonly documentTitle: string
  readonly runningHead: string
}

/** A sheet with its frame; the content is drawn on `sheet` between `attach` and `finish`. */
export class SealedFrame {
  readonly sheet: Sheet
  readonly digest: string

  constructor(
    private readonly input: RenderInput,
    private readonly framed: Framed,
  ) {
    this.digest = statementDigestOf(input.model)
    this.sheet = new Sheet({
      title: framed.documentTitle,
      subject: subjectOf(framed.id, this.digest),
      lang: input.lang,
      createdAt: new Date(framed.issuedAt),
    })
    const at = new Date(framed.issuedAt)
    const proof = new TextEncoder().encode(input.proof)
    this.sheet.attach(framed.kind.dataFile, input.model, 'application/json', 'Source', at)
    this.sheet.attach(LEAF_FILE, input.leaf, 'application/json', 'Data', at)
    this.sheet.attach(framed.kind.proofFile, proof, 'text/plain', 'Data', at)
    this.sheet.reserveFoot(FOOT_HEIGHT)
  }

  /** Community, identity, heading, and a line of facts. */
  title(heading: string, facts: readonly string[], supersedes: Supersedes | undefined): void {
    const { sheet, framed, input } = this
    sheet.y = 44
    sheet.placed(framed.communityName, PAPER.margin, sheet.y, 330, {
      size: 12,
      weight: 'bold',
      color: INK.accent,
    })
    sheet.placed(input.say('identity', { id: framed.id }), PAPER.margin, sheet.y + 3, CONTENT_WIDTH, {
      size: 8,
      color: INK.muted,
      align: 'right',
    })
    sheet.y += 20
    sheet.heading(heading, 'H1', { size: 22, weight: 'bold' })
    sheet.y += 2
    sheet.paragraph(facts.join('　·　'), { size: 8.5, color: INK.muted })
    sheet.y += 6
    sheet.rule(PAPER.margin, sheet.y, CONTENT_WIDTH, INK.accent, 2)
    sheet.y += 12
    if (supersedes === undefined) return
    this.warning(
      input.say('supersedes', {
        id: supersedes.statementId,
        fingerprint: fingerprint(supersedes.digest),
        reason: supersedes.reason,
      }),
    )
  }

  /** A remark in a red box, which nobody overlooks. */
  warning(text: string): void {
    const { sheet } = this
    const style = { size: 9, color: INK.red } as const
    const height = sheet.heightOf(text, CONTENT_WIDTH - 20, style) + 12
    sheet.box(PAPER.margin, sheet.y, CONTENT_WIDTH, height, INK.redSoft)
    sheet.placed(text, PAPER.margin + 10, sheet.y + 6, CONTENT_WIDTH - 20, style)
    sheet.y += height + 10
  }

  /** A heading that stays on one page with what follows, at least `keep` points of it. */
  section(title: string, note: string | null, keep: number): void {
    const { sheet } = this
    sheet.ensure(keep)
    sheet.y += 16
    sheet.heading(title, 'H2', { size: 12, weight: 'bold', color: INK.accent })
    if (note !== null) sheet.paragraph(note, { size: 8, color: INK.muted })
    sheet.y += 5
  }

  /** QR code, how to check, and the seal, at the foot of the first page. */
  verifyBox(): void {
    const { sheet, input, framed } = this
    const { say, portalUrl } = input
    sheet.switchTo(0, () => {
      const top = PAPER.height - 52 - FOOT_HEIGHT + 14
      sheet.rule(PAPER.margin, top, CONTENT_WIDTH, INK.line, 0.6)
      const address = verifyAddress(portalUrl, framed.id, this.digest)
      sheet.qr(address, say('qrAlt', { text: address }), PAPER.margin - 6, top + 8, 106)
      const x = PAPER.margin + 106
      const width = SEAL_RECT[0] - x - 14
      const how = portalUrl
        ? say('verifyFile', { address: `${portalUrl.replace(/^https?:\/\/|\/$/g, '')}/verify` })
        : say('verifyFileNowhere')
      sheet.placed(say('verifyTitle'), x, top + 14, width, { size: 10.5, weight: 'bold' })
      const scan = say('verifyScan')
      const small = { size: 8, color: INK.muted } as const
      sheet.placed(scan, x, top + 32, width, small)
      sheet.placed(how, x, top + 34 + sheet.heightOf(scan, width, small), width, small)
      sheet.placed(say('verifyFingerprint'), x, top + 84, width, { size: 8, color: INK.muted })
      sheet.placed(fingerprint(this.digest), x, top + 94, width, { size: 11, weight: 'bold' })
      this.sealBox()
    })
  }

  private sealBox(): void {
    const { say } = this.input
    const [left, bottom, right, upper] = SEAL_RECT
    const [x, y, width] = [left, PAPER.height - upper, right - left]
    this.sheet.box(x, y, width, upper - bottom, INK.white, INK.red)
    const center = { color: INK.red, align: 'center' } as const
    this.sheet.placed(say('sealTitle'), x, y + 9, width, { ...center, size: 14, weight: 'bold' })
    this.sheet.fitted(this.framed.communityName, x + 8, y + 33, width - 16, { ...center, size: 9 })
    this.sheet.fitted(say('sealNote'), x + 8, y + 49, width - 16, { ...center, size: 6.5 })
  }

  /** The checks that were made, then digest, place in the log and attachments: the end of every sealed document. */
  identity(checks: readonly string[]): void {
    const { sheet, input, framed } = this
    const { say, position } = input
    this.section(say('checksTitle'), null, 110)
    for (const text of checks) sheet.paragraph(say('note', { text }), { size: 8.5 })
    this.section(say('identityTitle'), null, 110)
    const { dataFile, proofFile } = framed.kind
    const lines = [
      say('identityDigest', { file: dataFile, digest: this.digest }),
      say('identityLog', {
        origin: framed.logOrigin,
        index: String(position.index),
        size: String(position.size),
      }),
      say('identityAttached', { data: dataFile, leaf: LEAF_FILE, proof: proofFile }),
    ]
    for (const line of lines) sheet.paragraph(line, { size: 8.5, color: INK.muted })
  }

  /** The finished, unsigned bytes. */
  finish(): Promise<Uint8Array> {
    const { say } = this.input
    return this.sheet.finish({
      head: this.framed.runningHead,
      identity: say('runningIdentity', { id: this.framed.id, fingerprint: fingerprint(this.digest) }),
      page: (page, pages) => say('pageNumber', { page: String(page), pages: String(pages) }),
    })
  }
}
