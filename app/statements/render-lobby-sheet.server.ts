/**
 * Draws the sheet that hangs in the lobby: one A4 page with the questions, the result or who has taken part so far, the days,
 * and a QR code to the rest. Never sealed; it says where the truth is kept.
 */
import {
  areaCentiM2,
  fingerprint,
  formatAreaM2,
  formatInstant,
  formatPercentFloor,
  type Result,
} from '#kernel'
import type { Outcome, VerdictGate } from '#votes'
import { drawn, type GlyphProblem, printedDate, printedInstant, type Say } from './sealed-frame.server.ts'
import { CONTENT_WIDTH, INK, PAPER, Sheet, type TextStyle } from './sheet.server.ts'

export interface LobbySheet {
  readonly communityName: string
  readonly title: string
  readonly stage: 'notice' | 'open' | 'counted'
  readonly questions: readonly {
    readonly title: string
    readonly text: string
    /** One a question, or one a plan with its label; empty before the count. */
    readonly verdicts: readonly {
      readonly label: string | null
      readonly gates: readonly VerdictGate[]
      readonly outcome: Outcome
    }[]
  }[]
  /** While the poll is open: hundredths of a square metre, and heads. Null before and after. */
  readonly turnout: {
    readonly area: { readonly part: bigint; readonly whole: bigint }
    readonly heads: { readonly part: bigint; readonly whole: bigint }
  } | null
  readonly noticeAt: Date
  readonly opensAt: Date
  readonly closesAt: Date
  /** Civil date; null before the count. */
  readonly objectionsUntil: string | null
  /** The poll's page. */
  readonly address: string
  /** Of the motion before the count, of the certificate after it; hexadecimal. */
  readonly digest: string
  readonly printedAt: Date
  readonly lang: string
  readonly say: Say
}

const QR_SIZE = 150
const FOOT = 610
const MOST_SENTENCES = 8
/** From what is read across a lobby to what still fits. */
const SCALES = [1.5, 1.25, 1.05, 0.9, 0.78, 0.66, 0.56, 0.46, 0.38] as const

/** The one page; what does not fit at the smallest type is cut by nobody: it is set smaller until it fits. */
export function renderLobbySheet(lobby: LobbySheet): Promise<Result<Uint8Array, GlyphProblem>> {
  return drawn(() => new LobbyPrinter(lobby).render())
}

interface Line {
  readonly text: string
  readonly style: TextStyle
  readonly after: number
}

class LobbyPrinter {
  private readonly sheet: Sheet
  private readonly say: Say

  constructor(private readonly lobby: LobbySheet) {
    this.say = (key, values) => lobby.say(`lobby.${key}`, values)
    this.sheet = new Sheet({
      title: `${lobby.communityName} ${this.say('title')}`,
      subject: lobby.title,
      lang: lobby.lang,
      createdAt: lobby.printedAt,
    })
  }

  render(): Promise<Uint8Array> {
    const { sheet, lobby } = this
    const { margin } = PAPER
    sheet.placed(lobby.communityName, margin, 40, CONTENT_WIDTH, {
      size: 15,
      weight: 'bold',
      color: INK.accent,
    })
    sheet.y = 62
    sheet.heading(this.say(lobby.stage), 'H1', { size: 38, weight: 'bold' })
    sheet.paragraph(lobby.title, { size: 16 })
    sheet.y += 6
    sheet.rule(margin, sheet.y, CONTENT_WIDTH, INK.accent, 2.5)
    sheet.y += 16
    // The sheet sets a paragraph on a new page only where this one is full: the foot is kept free.
    const room = FOOT - 14 - sheet.y
    const scale = SCALES.find(each => this.heightOf(this.lines(each)) <= room) ?? SCALES.at(-1)!
    for (const { text, style, after } of this.lines(scale)) {
      sheet.paragraph(text, style)
      sheet.y += after
    }
    this.foot()
    return sheet.finish(null)
  }

  private heightOf(lines: readonly Line[]): number {
    return lines.reduce(
      (sum, { text, style, after }) => sum + this.sheet.heightOf(text, CONTENT_WIDTH, style) + after,
      0,
    )
  }

  private lines(scale: number): readonly Line[] {
    const { lobby } = this
    const isOne = lobby.questions.length === 1
    return [
      ...lobby.questions.flatMap(({ title, text, verdicts }, index): Line[] => [
        {
          text: isOne ? title : this.say('question', { number: String(index + 1), title }),
          style: { size: 17 * scale, weight: 'bold' },
          after: 3 * scale,
        },
        // The whole text is on the page behind the QR code; with many questions their titles must do.
        ...(text !== '' && text !== title && lobby.questions.length <= 3
          ? [{ text, style: { size: 12.5 * scale }, after: 4 * scale }]
          : []),
        ...verdicts.map(verdict => ({
          text: this.sentence(verdict),
          style: {
            size: 13.5 * scale,
            weight: 'bold' as const,
            color: verdict.outcome === 'PASSED' ? INK.accent : INK.red,
          },
          after: 5 * scale,
        })),
        { text: ' ', style: { size: 4 * scale }, after: 4 * scale },
      ]),
      ...this.turnout(scale),
    ]
  }

  private sentence({ label, gates, outcome }: LobbySheet['questions'][number]['verdicts'][number]): string {
    const words: Say = (key, values) => this.lobby.say(`certificate.${key}`, values)
    const joined = gates
      .map(gate =>
        words(`gate.${gate.gate}.${gate.by}`, {
          percent: gate.percent,
          sign: gate.sign,
          mark: gate.mark,
          met: words(gate.isMet ? 'gateMet' : 'gateNotMet'),
        }),
      )
      .join(words('gateGap'))
    const said = { gates: joined, outcome: words(`outcome.${outcome}`) }
    // With many questions the comparisons are on the page behind the QR code; the outcome is here.
    if (this.lobby.questions.length > MOST_SENTENCES) return [label, said.outcome].filter(Boolean).join('　')
    return label === null ? words('verdict', said) : words('verdictPlan', { ...said, plan: label })
  }

  private turnout(scale: number): readonly Line[] {
    const { stage, turnout } = this.lobby
    const muted = { size: 12 * scale, color: INK.muted } as const
    if (stage === 'notice') return [{ text: this.say('noTurnout'), style: muted, after: 4 }]
    if (turnout === null) return []
    const strong = { size: 16 * scale, weight: 'bold' } as const
    const { area, heads } = turnout
    return [
      { text: this.say('turnoutTitle'), style: muted, after: 4 },
      {
        text: this.say('turnoutArea', {
          percent: formatPercentFloor(area.part, area.whole),
          part: formatAreaM2(areaCentiM2(area.part)),
          whole: formatAreaM2(areaCentiM2(area.whole)),
        }),
        style: strong,
        after: 4,
      },
      {
        text: this.say('turnoutHeads', {
          percent: formatPercentFloor(heads.part, heads.whole),
          part: String(heads.part),
          whole: String(heads.whole),
        }),
        style: strong,
        after: 4,
      },
    ]
  }

  /** Days on the left, the code on the right, at the same place whatever stands above. */
  private foot(): void {
    const { sheet, lobby } = this
    const { margin } = PAPER
    sheet.rule(margin, FOOT, CONTENT_WIDTH, INK.line, 0.8)
    const x = margin + CONTENT_WIDTH - QR_SIZE
    sheet.qr(lobby.address, lobby.say('qrAlt', { text: lobby.address }), x, FOOT + 10, QR_SIZE)
    const days: readonly (readonly [string, string])[] = [
      ['noticeAt', this.instant(lobby.noticeAt)],
      ['opensAt', this.instant(lobby.opensAt)],
      ['closesAt', this.instant(lobby.closesAt)],
      ...(lobby.objectionsUntil === null
        ? []
        : [['objectionsUntil', printedDate(lobby.objectionsUntil, lobby.say)] as const]),
    ]
    let y = FOOT + 14
    for (const [name, when] of days) {
      sheet.placed(this.say(name), margin, y, 90, { size: 13, color: INK.muted })
      sheet.placed(when, margin + 84, y, x - margin - 90, { size: 14, weight: 'bold' })
      y += 23
    }
    sheet.placed(this.say('digest'), margin, FOOT + 112, 250, { size: 9, color: INK.muted })
    sheet.placed(fingerprint(lobby.digest), margin, FOOT + 124, 250, { size: 15, weight: 'bold' })
    sheet.placed(this.say('scan'), x - 50, FOOT + QR_SIZE + 12, QR_SIZE + 50, {
      size: 10,
      align: 'right',
      weight: 'bold',
    })
    sheet.placed(lobby.address.replace(/^https?:\/\//, ''), margin, FOOT + 152, 340, {
      size: 8.5,
      color: INK.muted,
    })
    const small = { size: 9, color: INK.muted } as const
    sheet.placed(this.say('notContained'), margin, FOOT + 180, CONTENT_WIDTH, small)
    sheet.placed(
      this.say('printedAt', { when: this.instant(lobby.printedAt) }),
      margin,
      FOOT + 180,
      CONTENT_WIDTH,
      {
        ...small,
        align: 'right',
      },
    )
  }

  private instant(at: Date): string {
    return printedInstant(formatInstant(at), this.lobby.say)
  }
}
