/** The acts at the counter's desk on one unit: deliver, take in, enter. Each ends with where to go on, or with what to mend. */
import { translate } from '#i18n'
import { type FieldError, href, type Viewer } from '#ui'
import { DELIVERY_METHODS, type EnteredReading, NO_READING } from '#ui/desk'
import { officePath } from '#ui/office'
import { type Desk, type EntryOutcome, enterPaper, receivePaper, recordDelivery } from '#votes/server'
import { type Done, readableQuestions, readingOf } from './desk-view.server.ts'
import { bytesOf, type Entered, filesOf, textOf } from './entered.ts'
import { entryErrors, pollStatus, registerErrors } from './poll-refusals.ts'
import { type OfficeVisit, requireAct } from './visit.server.ts'

export type DeskAnswer =
  | { readonly done: string }
  | {
      readonly done: null
      readonly status: number
      readonly errors: readonly FieldError[]
      readonly entered: EnteredReading
    }

export const OUTCOMES = {
  entered: 'enteredNow',
  cast: 'castNow',
  differs: 'differsNow',
  refused: 'refusedNow',
} as const satisfies Record<EntryOutcome['outcome'], Done>

type StoredUnit = Desk['units'][number]

/** Does what the pressed button says. Throws 404 for a unit that is not there, 400 for no act of ours. */
export async function deskActs(
  visit: OfficeVisit,
  desk: Desk,
  unitId: string,
  form: Entered,
  viewer: Viewer,
): Promise<DeskAnswer> {
  const intent = textOf(form, 'intent')
  const unit = desk.units.find(each => each.unit === unitId)
  if (intent === 'deliver') requireAct(visit, 'ballot:deliver')
  if (unit === undefined) throw new Response(null, { status: 404 })
  const at = { visit, desk, unit, form, viewer }
  if (intent === 'deliver') return deliver(at)
  if (intent === 'receive') return receive(at)
  if (intent === 'enter') return enter(at)
  throw new Response(null, { status: 400 })
}

interface At {
  readonly visit: OfficeVisit
  readonly desk: Desk
  readonly unit: StoredUnit
  readonly form: Entered
  readonly viewer: Viewer
}

/** Back to the entrance, where the next unit is; what needs another look stays on the unit. */
function onward({ visit, desk, unit, viewer }: At, done: Done): { readonly done: string } {
  const grid = officePath(visit.frame.slug, 'polls', desk.poll.pollId, 'desk')
  const query = new URLSearchParams({
    building: unit.building,
    entrance: unit.entrance,
    done,
    number: String(unit.paperNumber),
  })
  return { done: href(`${grid}?${query}`, viewer) }
}

async function deliver(at: At): Promise<DeskAnswer> {
  const { visit, desk, unit, form, viewer } = at
  const { portal, actor, community } = visit
  const { lang } = viewer
  const method = DELIVERY_METHODS.find(each => each === textOf(form, 'method'))
  if (method === undefined) throw new Response(null, { status: 400 })
  const [file] = filesOf(form, 'evidence')
  const delivered = await recordDelivery(portal, actor, community, {
    pollId: desk.poll.pollId,
    units: [unit.unit],
    method,
    evidence: file === undefined ? null : await bytesOf(file),
  })
  if (delivered.ok) return onward(at, 'deliveredNow')
  const errors = registerErrors(delivered.error, { lang }).map(error =>
    error.field === 'document' ? { ...error, field: 'evidence' } : error,
  )
  return { done: null, status: pollStatus(delivered.error), errors, entered: NO_READING }
}

async function receive(at: At): Promise<DeskAnswer> {
  const { visit, desk, unit, form, viewer } = at
  const { portal, actor, community } = visit
  const signedOn = textOf(form, 'signedOn')
  const received = await receivePaper(portal, actor, community, {
    pollId: desk.poll.pollId,
    paper: { paperNumber: unit.paperNumber },
    ...(signedOn === '' ? {} : { signedOn }),
  })
  if (received.ok) return onward(at, 'receivedNow')
  // Recorded as refused: that is done, not a mistake of the teller's.
  if (received.error.code === 'paper-late') return onward(at, 'refusedNow')
  const errors = entryErrors(received.error, { lang: viewer.lang })
  return { done: null, status: pollStatus(received.error), errors, entered: { ...NO_READING, signedOn } }
}

async function enter(at: At): Promise<DeskAnswer> {
  const { visit, desk, unit, form, viewer } = at
  const { portal, actor, community } = visit
  const { lang } = viewer
  const { entered, ...reading } = readingOf(form, readableQuestions(desk.poll.motion, lang))
  const [file] = filesOf(form, 'scan')
  const read = await enterPaper(portal, actor, community, {
    pollId: desk.poll.pollId,
    paper: { paperNumber: unit.paperNumber },
    ...reading,
    scan: file === undefined ? null : await bytesOf(file),
  })
  if (read.ok) return onward(at, OUTCOMES[read.value.outcome])
  if (read.error.code === 'paper-late') return onward(at, 'refusedNow')
  const unsaid = file !== undefined ? [{ field: 'scan', message: translate(lang)('desk.scanAgain') }] : []
  return {
    done: null,
    status: pollStatus(read.error),
    errors: [...entryErrors(read.error, { lang }), ...unsaid],
    entered,
  }
}
