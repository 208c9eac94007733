/**
 * Draws a copy of minutes as a tagged A4 PDF with its data attached. The same bytes in give the same bytes out. Every word is the
 * text's that the seats signed.
 */
import { committeeDecides, type Minutes, type MinutesItem, textBlocks } from '#council'
import { type Fen, fen, fingerprint, formatYuan, type Result } from '#kernel'
import { MINUTES_COPY_KIND } from './document-kind.ts'
import {
  type MinutesCopy,
  type MinutesCopyProblem,
  minutesCopyIdOf,
  parseMinutesCopy,
} from './minutes-copy.ts'
import {
  drawn,
  type GlyphProblem,
  printedDate,
  printedInstant,
  type RenderInput,
  type Say,
  SealedFrame,
} from './sealed-frame.server.ts'
import { CONTENT_WIDTH, type Column, INK, type Row, type Sheet } from './sheet.server.ts'

/** The unsigned bytes of the copy's PDF. */
export async function renderMinutesCopy(
  input: RenderInput,
): Promise<Result<Uint8Array, MinutesCopyProblem | GlyphProblem>> {
  const parsed = parseMinutesCopy(input.model)
  return parsed.ok ? drawn(() => new MinutesCopySheet(input, parsed.value).render()) : parsed
}

class MinutesCopySheet {
  private readonly frame: SealedFrame
  private readonly sheet: Sheet
  private readonly say: Say
  private readonly plainSay: Say
  private readonly minutes: Minutes

  constructor(
    input: RenderInput,
    private readonly copy: MinutesCopy,
  ) {
    this.say = (key, values) => input.say(`minutes.${key}`, values)
    this.plainSay = input.say
    this.minutes = copy.minutes
    const { community, issuedAt } = copy
    const names = { community: community.name, title: copy.minutes.title }
    this.frame = new SealedFrame(input, {
      kind: MINUTES_COPY_KIND,
      id: minutesCopyIdOf(copy),
      communityName: community.name,
      logOrigin: community.logOrigin,
      issuedAt,
      documentTitle: this.say('documentTitle', names),
      runningHead: this.say('runningHeader', names),
    })
    this.sheet = this.frame.sheet
  }

  render(): Promise<Uint8Array> {
    this.title()
    this.attendance()
    for (const item of this.minutes.items) this.item(item)
    this.frame.verifyBox()
    this.signOffs()
    this.notContained()
    this.frame.identity(this.copy.invariants.map(invariant => this.say(`invariant.${invariant}`)))
    return this.frame.finish()
  }

  private nameOf(seat: string): string {
    return this.minutes.seats.find(each => each.seat === seat)?.organisation ?? seat
  }

  private line(text: string): void {
    this.sheet.paragraph(this.plainSay('note', { text }), { size: 9.5 })
  }

  /** Paragraphs, lists and tables as they were kept: every word of the text, in its order. */
  private text(text: string): void {
    for (const block of textBlocks(text)) {
      if (block.kind === 'text') for (const line of block.lines) this.sheet.paragraph(line, { size: 10 })
      else if (block.kind === 'table') this.table(block.rows)
      else
        for (const [index, item] of block.items.entries()) {
          const mark = block.kind === 'bullets' ? '-' : `${block.start + index}.`
          this.sheet.paragraph(`${mark} ${item}`, { size: 10 })
        }
    }
  }

  private table(rows: readonly (readonly string[])[]): void {
    const [head = [], ...body] = rows
    const width = CONTENT_WIDTH / head.length
    const columns: Column[] = head.map(label => ({ label, width }))
    this.sheet.table(
      columns,
      body.map((cells): Row => ({ cells })),
    )
  }

  private label(key: string): void {
    this.sheet.ensure(40)
    this.sheet.y += 4
    this.sheet.paragraph(this.say(key), { size: 9, weight: 'bold', color: INK.muted })
  }

  private title(): void {
    const { publishedAt, version, supersedes } = this.copy
    const { startsAt, place, title, kind } = this.minutes
    const facts = [
      this.say('heldAt', { when: printedInstant(startsAt, this.plainSay), place }),
      this.say('publishedAt', { when: printedInstant(publishedAt, this.plainSay) }),
      this.plainSay('versionNumber', { version: String(version) }),
    ]
    this.frame.title(this.say('title'), facts, supersedes)
    this.sheet.paragraph(title, { size: 15, weight: 'bold' })
    this.sheet.y += 4
    this.frame.warning(this.say(kind === 'owners-committee' ? 'worthCommittee' : 'worthCouncil'))
  }

  private attendance(): void {
    const { seats, quorum, signIns } = this.minutes
    this.frame.section(this.say('attendanceTitle'), null, 110)
    if (quorum.isMet === null) this.line(this.say('attendanceNotTaken'))
    else if (quorum.rule !== 'none')
      this.line(this.say(quorum.isMet ? 'quorumMet' : 'quorumNotMet', { needed: String(quorum.needed) }))
    if (signIns !== null) {
      const { byQr, byPaper, byVoice } = signIns
      this.line(
        this.say('signIns', {
          total: String(byQr + byPaper + byVoice),
          byQr: String(byQr),
          byPaper: String(byPaper),
          byVoice: String(byVoice),
        }),
      )
    }
    const columns: Column[] = [
      { label: this.say('organisation'), width: 170 },
      { label: this.say('person'), width: 150 },
      { label: this.say('presence'), width: CONTENT_WIDTH - 320 },
    ]
    const rows = seats.map(
      (seat): Row => ({
        cells: [
          seat.organisation,
          this.say('holder', { name: seat.name, office: seat.office }),
          [
            seat.presence === null ? '' : this.say(`presence.${seat.presence}`),
            ...(seat.interest === '' ? [] : [this.say('interest', { interest: seat.interest })]),
            ...(seat.isRecused ? [this.say('recused')] : []),
          ].join(' '),
        ],
      }),
    )
    this.sheet.table(columns, rows)
  }

  private item(item: MinutesItem): void {
    this.frame.section(this.say('item', { number: String(item.no), title: item.title }), null, 120)
    this.sheet.paragraph(item.conclusion.replace(/\n+/g, ' '), { size: 11, weight: 'bold' })
    this.sheet.y += 2
    this.line(this.say(`opinion.${item.opinion}`))
    if (item.vote !== null)
      this.line(this.say(`vote.${item.vote.class}`, { clause: String(item.vote.clause) }))
    if (item.inFavour !== undefined && item.members !== undefined) {
      const key = committeeDecides(item.members, item.inFavour) ? 'committeeDecided' : 'committeeNotDecided'
      this.line(this.say(key, { members: String(item.members), inFavour: String(item.inFavour) }))
    }
    if (item.money !== null) this.money(item.money)
    if (item.background !== '') this.label('background')
    this.text(item.background)
    this.words('positions', item.positions)
    if (item.options.length > 0) this.label('options')
    for (const option of item.options) this.line(option)
    this.words('dissents', item.dissents)
    if (item.actions.length > 0) this.label('actions')
    for (const { seat, text, dueOn } of item.actions) {
      this.line(this.say('action', { who: this.nameOf(seat), text, due: printedDate(dueOn, this.plainSay) }))
    }
    if (item.questions.length > 0) this.label('questions')
    for (const { question, answer } of item.questions) {
      const [first = '', ...rest] = answer.split('\n')
      this.line(this.say('question', { question, answer: answer === '' ? this.say('unanswered') : first }))
      this.text(rest.join('\n'))
    }
  }

  private money({ amountFen, ceilingFen }: NonNullable<MinutesItem['money']>): void {
    const yuan = (text: string) => formatYuan(fen(BigInt(text)) as Fen)
    this.line(
      ceilingFen === null
        ? this.say('amount', { amount: yuan(amountFen) })
        : this.say('amountCeiling', { amount: yuan(amountFen), ceiling: yuan(ceilingFen) }),
    )
  }

  private words(label: string, rows: readonly { readonly seat: string; readonly text: string }[]): void {
    if (rows.length === 0) return
    this.label(label)
    for (const { seat, text } of rows) {
      const [first = '', ...rest] = text.split('\n')
      this.line(this.say('word', { who: this.nameOf(seat), text: first }))
      this.text(rest.join('\n'))
    }
  }

  private signOffs(): void {
    const note = this.say('signOffNote', { fingerprint: fingerprint(this.copy.digest) })
    this.frame.section(this.say('signOffTitle'), note, 120)
    const columns: Column[] = [
      { label: this.say('organisation'), width: 170 },
      { label: this.say('stance'), width: 150 },
      { label: this.say('signedAt'), width: CONTENT_WIDTH - 320 },
    ]
    const rows = this.copy.signOffs.map(
      (signOff): Row => ({
        cells: [
          this.nameOf(signOff.seat),
          [
            this.say(`stance.${signOff.stance}`),
            this.say(`method.${signOff.method}`),
            (signOff.reason ?? '').replace(/\n+/g, ' '),
          ].join(' '),
          this.say('signedPlace', {
            when: printedInstant(signOff.at, this.plainSay),
            leaf: String(signOff.leaf),
          }),
        ],
      }),
    )
    this.sheet.table(columns, rows)
  }

  private notContained(): void {
    this.frame.section(this.plainSay('notContainedTitle'), null, 90)
    for (const code of this.copy.notContained) this.line(this.say(`notContained.${code}`))
  }
}
