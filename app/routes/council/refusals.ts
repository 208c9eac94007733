/**
 * Every refusal of the council's use cases in words, at the field it concerns, and with its status. A code that the council adds does
 * not compile until it has its sentence.
 */
import type {
  ActionRefusal,
  AttendanceRefusal,
  CirculateRefusal,
  CorrectionRefusal,
  MinutesSignOffRefusal,
  NoticeRefusal,
  PublishRefusal,
  RawRecordRefusal,
  SeatRefusal,
  SectionRefusal,
  SignInRefusal,
  TopicRefusal,
} from '#council/server'
import { dateText, type Lang, translate } from '#i18n'
import type { FieldError } from '#ui'
import { factorErrors } from '../account/factor-problems.ts'

export type AnyCouncilRefusal =
  | ActionRefusal
  | AttendanceRefusal
  | CirculateRefusal
  | CorrectionRefusal
  | MinutesSignOffRefusal
  | NoticeRefusal
  | PublishRefusal
  | RawRecordRefusal
  | SeatRefusal
  | SectionRefusal
  | SignInRefusal
  | TopicRefusal

type Code = AnyCouncilRefusal['code']

/** Where a code's field is, when it is always the same. */
const FIELDS: Readonly<Partial<Record<Code, string>>> = {
  'title-missing': 'title',
  'place-missing': 'place',
  'agenda-missing': 'item-1',
  'agenda-too-long': 'item-1',
  'time-malformed': 'startsOn',
  'quorum-not-of-this-body': 'quorum',
  'organisation-missing': 'organisation',
  'holder-missing': 'holderName',
  'term-malformed': 'termFrom',
  'reason-missing': 'reason',
  'source-unknown': 'source',
  'event-unknown': 'kind',
  'reference-malformed': 'reference',
  'text-missing': 'text',
  'date-malformed': 'happenedOn',
  'opinion-unknown': 'opinion',
  'clause-unknown': 'clause',
  'money-malformed': 'amount',
  'ceiling-below-amount': 'ceiling',
  'in-favour-malformed': 'inFavour',
  'count-malformed': 'count',
  'document-missing': 'file',
  'document-kind-unknown': 'file',
}

function megabytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MB`
}

/** The refusal in words; several where a second factor has several. */
export function councilErrors(refusal: AnyCouncilRefusal, lang: Lang): readonly FieldError[] {
  const t = translate(lang)
  switch (refusal.code) {
    case 'factor-missing':
    case 'factor-wrong':
    case 'factor-used':
    case 'factor-locked':
      return factorErrors(refusal, t)
    case 'text-too-long':
      return [{ field: refusal.at, message: t('councilRefusal.text-too-long', { limit: refusal.detail }) }]
    case 'text-unprintable':
      return [
        { field: refusal.at, message: t('councilRefusal.text-unprintable', { character: refusal.detail }) },
      ]
    case 'notice-too-late':
      return [
        {
          field: 'startsOn',
          message: t('councilRefusal.notice-too-late', { date: dateText(refusal.earliest, lang) }),
        },
      ]
    case 'item-unfinished':
    case 'in-favour-missing':
      return [{ message: t(`councilRefusal.${refusal.code}`, { title: refusal.title }) }]
    case 'presence-missing':
    case 'interest-missing':
      return [
        {
          field: `${refusal.code === 'presence-missing' ? 'presence' : 'interest'}-${refusal.seat}`,
          message: t(`councilRefusal.${refusal.code}`),
        },
      ]
    case 'action-incomplete':
      return [
        { field: `action-${refusal.no}`, message: t('councilRefusal.action-incomplete', { no: refusal.no }) },
      ]
    case 'document-too-large':
      return [
        {
          field: 'file',
          message: t('councilRefusal.document-too-large', { size: megabytes(refusal.limitBytes) }),
        },
      ]
    default: {
      const field = FIELDS[refusal.code]
      return [{ ...(field === undefined ? {} : { field }), message: t(`councilRefusal.${refusal.code}`) }]
    }
  }
}

const NOT_FOUND: readonly Code[] = ['meeting-unknown', 'topic-unknown', 'item-unknown', 'action-unknown']
const MOVED_ON: readonly Code[] = [
  'notice-outdated',
  'record-outdated',
  'section-outdated',
  'minutes-circulated',
  'minutes-not-circulated',
  'meeting-cancelled',
  'meeting-not-over',
  'nothing-changed',
  'version-out-of-turn',
  'version-outdated',
  'text-differs',
  'corrections-closed',
  'correction-unknown',
  'correction-open',
  'correction-not-taken-up',
  'seat-has-signed',
  'seat-ended',
  'already-published',
  'sign-offs-missing',
  'not-enough-agree',
  'sign-in-closed',
  'action-state',
]

/** 403 for another person's work, 404 for what is not there, 409 when the thing moved on, 422 for what can be mended in the form. */
export function councilStatus(code: Code): 403 | 404 | 409 | 422 {
  if (code === 'not-permitted') return 403
  if (NOT_FOUND.includes(code)) return 404
  return MOVED_ON.includes(code) ? 409 : 422
}
