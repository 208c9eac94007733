/** What the office pages of the council show of one meeting, and the forms they send, read into what the use cases take. Reads only. */
import type { Section, SectionInput } from '#council'
import { type MeetingDesk, readMeetingDesk, type SavedSection } from '#council/server'
import { type CivilDate, fen, formatYuanPlain, instantOf, parseCivilDate, parseYuan } from '#kernel'
import { readDisplayNames, readFactorKinds } from '#people/server'
import { EMPTY_ENTERED, type EnteredNotice, type EnteredSection, type MinutesDeskView } from '#ui/council'
import { readPasskeyScript } from '../account/passkey-script.server.ts'
import { type Entered, textOf, textsOf } from '../office/entered.ts'
import type { OfficeVisit } from '../office/visit.server.ts'

/** The desk of a meeting. Throws 404 when there is none. */
export async function deskOf(visit: OfficeVisit, meetingId: string | undefined): Promise<MeetingDesk> {
  const { portal, actor, community } = visit
  const desk = await readMeetingDesk(portal, actor, community, meetingId ?? '')
  if (desk === null) throw new Response(null, { status: 404 })
  return desk
}

/** Circulated minutes as the page shows them; null before they were. */
export async function minutesView(visit: OfficeVisit, desk: MeetingDesk): Promise<MinutesDeskView | null> {
  const [newest] = desk.versions
  if (newest === undefined) return null
  const kinds = await readFactorKinds(visit.portal, visit.actor.userId)
  return {
    meetingId: desk.meeting.meetingId,
    newest,
    corrections: desk.corrections,
    standing: desk.standing,
    ownSeats: desk.ownSeats,
    guestSeats: desk.seats.filter(seat => seat.userId === null).map(seat => seat.seatId),
    factors: { ...kinds, script: kinds.passkey ? await readPasskeyScript(visit.portal) : null },
  }
}

/** Seats as forms offer them. */
export function seatChoices(desk: Pick<MeetingDesk, 'seats'>) {
  return desk.seats.map(({ seatId, organisation }) => ({ seatId, organisation }))
}

const yuan = (text: string | null) => (text === null ? '' : formatYuanPlain(fen(BigInt(text))))

/** A saved section as its form shows it. */
export function enteredSection(section: Section | undefined): EnteredSection {
  if (section === undefined) return EMPTY_ENTERED
  const { money, vote, inFavour, ...rest } = section
  return {
    ...rest,
    inFavour: inFavour === undefined ? '' : String(inFavour),
    clause: vote === null ? '' : String(vote.clause),
    amount: money === null ? '' : yuan(money.amountFen),
    ceiling: money === null ? '' : yuan(money.ceilingFen),
  }
}

/** Who saved a text, by name. */
export async function savedByName({ portal }: OfficeVisit, saved: SavedSection): Promise<string> {
  return (await readDisplayNames(portal.db, [saved.savedBy])).get(saved.savedBy) ?? ''
}

const MOST_ROWS = 40

/** Rows of fields `name-1`, `name-2`, as far as the form has them. */
function numbered(form: Entered, name: string): readonly string[] {
  const texts: string[] = []
  for (let no = 1; no <= MOST_ROWS; no++) {
    const field = `${name}-${no}`
    if (form[field] === undefined) break
    texts.push(textOf(form, field))
  }
  return texts
}

/** What was typed in the section form, to show it again. */
export function sectionIn(form: Entered, seats: readonly string[]): EnteredSection {
  const bySeat = (name: string) =>
    seats.flatMap(seat => {
      const text = textOf(form, `${name}-${seat}`)
      return text === '' ? [] : [{ seat, text }]
    })
  const numbers = textsOf(form, 'action')
    .filter(text => /^[1-9]\d{0,2}$/.test(text))
    .map(text => Number.parseInt(text, 10))
  const answers = numbered(form, 'answer')
  const opinion = textOf(form, 'opinion')
  return {
    background: textOf(form, 'background'),
    positions: bySeat('position'),
    options: textOf(form, 'options').split('\n'),
    opinion: opinion as EnteredSection['opinion'],
    conclusion: textOf(form, 'conclusion'),
    dissents: bySeat('dissent'),
    actions: numbers.map(no => ({
      no,
      text: textOf(form, `action-${no}`),
      seat: textOf(form, `owner-${no}`),
      dueOn: textOf(form, `due-${no}`),
    })),
    questions: numbered(form, 'question').map((question, index) => ({
      question,
      answer: answers[index] ?? '',
    })),
    inFavour: textOf(form, 'inFavour'),
    clause: textOf(form, 'clause'),
    amount: textOf(form, 'amount'),
    ceiling: textOf(form, 'ceiling'),
  }
}

/** Fen in decimal digits, or the typed text, which the room then refuses. */
function fenText(text: string): string {
  const parsed = parseYuan(text)
  return parsed.ok ? String(parsed.value) : text
}

/** What was typed, as the use case takes it. */
export function sectionInput(entered: EnteredSection): SectionInput {
  const { clause, amount, ceiling, inFavour, ...rest } = entered
  return {
    ...rest,
    ...(inFavour === '' ? {} : { inFavour: /^\d{1,3}$/.test(inFavour) ? Number.parseInt(inFavour, 10) : -1 }),
    clause: clause === '' ? null : Number.parseInt(clause, 10) || 0,
    money:
      amount === ''
        ? null
        : { amountFen: fenText(amount), ceilingFen: ceiling === '' ? null : fenText(ceiling) },
  }
}

/** A day and a time of day in Shanghai; an impossible one is an invalid date, which the room refuses. */
export function momentOf(day: string, time: string): Date {
  const date = parseCivilDate(day)
  const clock = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/.exec(time)
  if (!date.ok || clock === null) return new Date(Number.NaN)
  return instantOf(date.value as CivilDate, Number(clock[1]) * 3600 + Number(clock[2]) * 60)
}

/** What was typed in the notice form. */
export function noticeIn(form: Entered): EnteredNotice {
  const text = (name: string) => textOf(form, name)
  return {
    kind: text('kind') as EnteredNotice['kind'],
    title: text('title'),
    place: text('place'),
    startsOn: text('startsOn'),
    startsAt: text('startsAt'),
    endsAt: text('endsAt'),
    quorum: text('quorum') as EnteredNotice['quorum'],
    agenda: numbered(form, 'item').map((title, index) => ({
      topicId: text(`topic-${index + 1}`),
      title,
      source: text(`source-${index + 1}`),
      minutes: text(`minutes-${index + 1}`),
    })),
  }
}
