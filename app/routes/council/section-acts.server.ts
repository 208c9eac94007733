/** Saving one topic of the minutes, or the raw record: for the form's button and for the script that saves by itself. One use case, one check. */
import type { Section } from '#council'
import { type SectionRefusal, saveRawRecord, saveSection } from '#council/server'
import { type Lang, translate } from '#i18n'
import type { FieldError } from '#ui'
import type { EnteredSection } from '#ui/council'
import { type Entered, textOf } from '../office/entered.ts'
import type { OfficeVisit } from '../office/visit.server.ts'
import { deskOf, savedByName, sectionIn, sectionInput } from './desk-view.server.ts'
import { councilErrors, councilStatus } from './refusals.ts'
import { templateHeadings } from './templates.ts'

const numberOf = (text: string | undefined) => Number.parseInt(text ?? '', 10) || 0

/** What somebody else saved meanwhile, to be shown beside one's own. */
export interface Theirs {
  readonly savedBy: string
  readonly lines: readonly string[]
}

export type SavedForm =
  | { readonly ok: true; readonly revision: number; readonly meetingId: string; readonly items: number }
  | {
      readonly ok: false
      readonly entered: EnteredSection
      readonly errors: readonly FieldError[]
      readonly status: 403 | 404 | 409 | 422
      /** The newest revision: what the next save is made over. */
      readonly revision: number
      readonly theirs: Theirs | null
    }

/** A section as lines, one for each thing that was said. */
export function linesOfSection(section: Section): readonly string[] {
  return [
    section.background,
    ...section.positions.map(row => row.text),
    ...section.options,
    section.conclusion,
    ...section.dissents.map(row => row.text),
    ...section.actions.map(row => row.text),
    ...section.questions.flatMap(row => [row.question, row.answer]),
  ].filter(line => line !== '')
}

async function refused(
  visit: OfficeVisit,
  refusal: SectionRefusal,
  shown: { readonly entered: EnteredSection; readonly revision: number },
  lang: Lang,
): Promise<SavedForm> {
  const errors = councilErrors(refusal, lang)
  const status = councilStatus(refusal.code)
  if (refusal.code !== 'section-outdated') return { ok: false, ...shown, errors, status, theirs: null }
  const { newest } = refusal
  const theirs = { savedBy: await savedByName(visit, newest), lines: linesOfSection(newest.section) }
  return { ok: false, entered: shown.entered, errors, status, revision: newest.revision, theirs }
}

/** Saves what the section form holds. Throws 404 where there is no such meeting. */
export async function saveSectionForm(
  visit: OfficeVisit,
  params: { readonly meeting?: string; readonly item?: string },
  form: Entered,
  lang: Lang,
): Promise<SavedForm> {
  const { portal, actor, community } = visit
  const desk = await deskOf(visit, params.meeting)
  const { meetingId, notice } = desk.meeting
  const revision = numberOf(textOf(form, 'revision'))
  const typed = sectionIn(
    form,
    desk.seats.map(seat => seat.seatId),
  )
  const input = { meetingId, item: numberOf(params.item), revision, text: sectionInput(typed) }
  const text = { ...input.text, background: templateHeadings(lang).clean(typed.background) }
  const saved = await saveSection(portal, actor, community, { ...input, text })
  if (saved.ok) return { ok: true, revision: saved.value.revision, meetingId, items: notice.agenda.length }
  return refused(visit, saved.error, { entered: typed, revision }, lang)
}

export type SavedRecord =
  | { readonly ok: true; readonly revision: number }
  | {
      readonly ok: false
      readonly text: string
      readonly errors: readonly FieldError[]
      readonly status: 403 | 404 | 409 | 422
      readonly revision: number
      readonly theirs: Theirs | null
    }

/** Saves what the form of the raw record holds. */
export async function saveRecordForm(
  { portal, actor, community }: OfficeVisit,
  meetingId: string,
  form: Entered,
  lang: Lang,
): Promise<SavedRecord> {
  const text = textOf(form, 'raw')
  const revision = numberOf(textOf(form, 'revision'))
  const saved = await saveRawRecord(portal, actor, community, { meetingId, revision, text })
  if (saved.ok) return { ok: true, revision: saved.value.revision }
  const { error } = saved
  const newest = error.code === 'record-outdated' ? error : null
  return {
    ok: false,
    text,
    errors: councilErrors(error, lang),
    status: councilStatus(error.code),
    revision: newest?.revision ?? revision,
    theirs: newest && { savedBy: translate(lang)('councilDesk.somebody'), lines: [newest.newest] },
  }
}

/** The answer that the script reads. */
export function savedAnswer(saved: SavedForm | SavedRecord): Response {
  const body = saved.ok
    ? { revision: saved.revision }
    : {
        revision: saved.revision,
        problems: saved.errors.map(error => error.message),
        ...(saved.theirs === null ? {} : { theirs: saved.theirs }),
      }
  return new Response(JSON.stringify(body), {
    status: saved.ok ? 200 : saved.status,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  })
}
