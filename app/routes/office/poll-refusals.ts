/**
 * Every refusal of the votes' use cases in words, at the field it concerns, and with its status. One map per union: a code that
 * votes add does not compile until somebody wrote its sentence and chose its status.
 */
import { dateText, instantText, translate } from '#i18n'
import type { FieldError } from '#ui'
import type { PollState, Reason } from '#votes'
import type {
  AnnounceRefusal,
  AnswerRefusal,
  EntryRefusal,
  ExtendRefusal,
  FinalizeRefusal,
  OfficialResultRefusal,
  OpenRefusal,
  PollDocumentRefusal,
  PollDraftRefusal,
  PollRefusal,
  RegisterRefusal,
  SealRefusal,
  SignOffRefusal,
} from '#votes/server'
import { type Saying, say, type Texts, type Words } from './refusals.ts'

type PostingRefusal = PollRefusal | { readonly code: 'place-missing' } | { readonly code: 'already-posted' }
type Problem = Extract<PollDraftRefusal, { code: 'motion-unfit' }>['problems'][number]
type AnyRefusal =
  | AnnounceRefusal
  | AnswerRefusal
  | EntryRefusal
  | ExtendRefusal
  | FinalizeRefusal
  | OfficialResultRefusal
  | OpenRefusal
  | PollDocumentRefusal
  | PollDraftRefusal
  | PostingRefusal
  | RegisterRefusal
  | SealRefusal
  | SignOffRefusal

/** Where a problem of the motion stands in its form; `N` is the number of the question. */
const MOTION_FIELDS: Readonly<Record<Problem['code'], string>> = {
  'title-missing': 'title',
  'text-too-long': 'summary',
  'questions-missing': 'question-1',
  'questions-too-many': 'question-1',
  'question-name-malformed': 'question-N',
  'question-title-missing': 'question-N',
  'clause-unknown': 'clause-N',
  'scope-empty': 'scope',
  'plans-missing': 'plans-N',
  'plan-name-malformed': 'plans-N',
  'candidates-mixed': 'candidates',
  'candidates-need-seats': 'seats',
  'election-clause': 'candidates',
  'money-malformed': 'amount',
  'document-malformed': 'files',
  'document-unknown': 'files',
  'official-system-missing': 'officialSystem',
  'course-malformed': 'noticeDays',
}

/** What is wrong with a motion, each at its field. Questions are named `q1`, `q2` by this office's form. */
export function motionErrors(problems: readonly Problem[], { t }: Pick<Words, 't'>): readonly FieldError[] {
  const said = new Map<string, FieldError>()
  for (const { code, question } of problems) {
    const number = /^q(\d+)$/.exec(question ?? '')?.[1] ?? '1'
    const field = MOTION_FIELDS[code].replace('N', number)
    const message = t(`pollRefusal.motion.${code}`, { number })
    said.set(`${field} ${message}`, { field, message })
  }
  return [...said.values()]
}

const POLL = {
  'not-permitted': (_, { t }) => ({ message: t('pollRefusal.not-permitted') }),
  'poll-unknown': (_, { t }) => ({ message: t('pollRefusal.poll-unknown') }),
  'poll-state': ({ state }, { t }) => ({
    message: t('pollRefusal.poll-state', { state: t(`polls.state.${state}`) }),
  }),
} satisfies Texts<PollRefusal>

const STALE = {
  'revision-stale': (_: unknown, { t }: Words) => ({ message: t('pollRefusal.revision-stale') }),
}

const DRAFT = {
  ...POLL,
  ...STALE,
  'motion-unfit': ({ problems }, words) => motionErrors(problems, words),
  'policy-unfit': ({ problems }, { t }) =>
    problems.map(({ name }) => ({ field: name ?? 'rulesVersion', message: t('pollRefusal.policy-unfit') })),
  'window-malformed': (_, { t }) => ({ field: 'closesOn', message: t('pollRefusal.window-malformed') }),
} satisfies Texts<PollDraftRefusal>

const ANNOUNCE = {
  ...POLL,
  ...STALE,
  'opens-too-early': ({ earliest }, { t, lang }) => ({
    message: t('pollRefusal.opens-too-early', { date: dateText(earliest, lang) }),
  }),
  'base-empty': (_, { t }) => ({ message: t('pollRefusal.base-empty') }),
} satisfies Texts<AnnounceRefusal>

const OPEN = {
  ...POLL,
  'not-yet': ({ at }, { t, lang }) => ({ message: t('pollRefusal.not-yet', { at: instantText(at, lang) }) }),
} satisfies Texts<OpenRefusal>

const EXTEND = {
  ...POLL,
  'extension-not-allowed': (_, { t }) => ({ message: t('pollRefusal.extension-not-allowed') }),
  'extension-after-close': (_, { t }) => ({ message: t('pollRefusal.extension-after-close') }),
  'extension-not-later': (_, { t }) => ({
    field: 'closesOn',
    message: t('pollRefusal.extension-not-later'),
  }),
  'window-malformed': (_, { t }) => ({ field: 'closesOn', message: t('pollRefusal.window-date') }),
  'decision-missing': (_, { t }) => ({ field: 'decision', message: t('pollRefusal.decision-missing') }),
} satisfies Texts<ExtendRefusal>

const SEAL = {
  ...OPEN,
  'papers-pending': ({ paperNumbers }, { t }) => ({
    field: 'refusesPending',
    message: t('pollRefusal.papers-pending', { numbers: paperNumbers.join(t('office.listJoin')) }),
  }),
} satisfies Texts<SealRefusal>

/** Why a ballot cannot count, or a paper was refused. */
export function reasonText(reason: Reason | 'UNCONFIRMED' | string, { t }: Pick<Words, 't'>): string {
  return reason === 'UNCONFIRMED' ? t('desk.unconfirmed') : t(`votes.reason.${reason as Reason}`)
}

const ENTRY = {
  ...POLL,
  'paper-unknown': (_, { t }) => ({ message: t('pollRefusal.paper-unknown') }),
  'official-system-only': ({ system }, { t }) => ({
    message: t('pollRefusal.official-system-only', { system }),
  }),
  'before-open': ({ opensAt }, { t, lang }) => ({
    message: t('pollRefusal.before-open', { at: instantText(opensAt, lang) }),
  }),
  'paper-late': ({ paperNumber }, { t }) => ({
    message: t('pollRefusal.paper-late', { number: paperNumber }),
  }),
  'paper-refused-before': ({ reason }, words) => ({
    message: words.t('pollRefusal.paper-refused-before', { reason: reasonText(reason, words) }),
  }),
  'paper-already-cast': (_, { t }) => ({ message: t('pollRefusal.paper-already-cast') }),
  'same-teller': (_, { t }) => ({ message: t('pollRefusal.same-teller') }),
  'signed-on-malformed': (_, { t }) => ({
    field: 'signedOn',
    message: t('pollRefusal.signed-on-malformed'),
  }),
  'signer-missing': (_, { t }) => ({ field: 'signedBy', message: t('pollRefusal.signer-missing') }),
  'document-missing': (_, { t }) => ({ field: 'scan', message: t('pollRefusal.scan-missing') }),
  'document-kind-unknown': (_, { t }) => ({ field: 'scan', message: t('pollRefusal.file-kind-unknown') }),
  'document-too-large': ({ limitBytes }, { t }) => ({
    field: 'scan',
    message: t('pollRefusal.file-too-large', { size: megabytes(limitBytes) }),
  }),
  'agrees-with-neither': (_, { t }) => ({ message: t('pollRefusal.agrees-with-neither') }),
  'answers-malformed': (_, { t }) => ({ message: t('pollRefusal.answers-malformed') }),
  'answer-unknown-question': (_, { t }) => ({ message: t('pollRefusal.answers-malformed') }),
  'answer-unknown-choice': ({ question }, { t }) => ({
    field: `answer-${question}`,
    message: t('pollRefusal.answer-missing'),
  }),
  'answer-missing': ({ question }, { t }) => ({
    field: `answer-${question}`,
    message: t('pollRefusal.answer-missing'),
  }),
} satisfies Texts<EntryRefusal>

const REGISTER = {
  ...POLL,
  'unit-unknown': (_, { t }) => ({ message: t('pollRefusal.unit-unknown') }),
  'units-missing': (_, { t }) => ({ message: t('pollRefusal.unit-unknown') }),
  'already-delivered': (_, { t }) => ({ message: t('pollRefusal.already-delivered') }),
  'document-missing': (_, { t }) => ({ field: 'document', message: t('pollRefusal.document-missing') }),
  'document-kind-unknown': (_, { t }) => ({ field: 'document', message: t('pollRefusal.file-kind-unknown') }),
  'document-too-large': ({ limitBytes }, { t }) => ({
    field: 'document',
    message: t('pollRefusal.file-too-large', { size: megabytes(limitBytes) }),
  }),
  'person-unknown': (_, { t }) => ({ field: 'to', message: t('pollRefusal.person-unknown') }),
  'proxy-is-owner': (_, { t }) => ({ field: 'to', message: t('pollRefusal.proxy-is-owner') }),
  'already-registered': (_, { t }) => ({ message: t('pollRefusal.already-registered') }),
  'proxy-limit': ({ limit }, { t }) => ({ field: 'to', message: t('pollRefusal.proxy-limit', { limit }) }),
  'not-a-co-owner': (_, { t }) => ({ field: 'to', message: t('pollRefusal.not-a-co-owner') }),
  'not-the-holder': (_, { t }) => ({ field: 'from', message: t('pollRefusal.not-the-holder') }),
} satisfies Texts<RegisterRefusal>

const OFFICIAL = {
  ...POLL,
  'not-an-import': (_, { t }) => ({ message: t('pollRefusal.not-an-import') }),
  'document-missing': REGISTER['document-missing'],
  'document-kind-unknown': REGISTER['document-kind-unknown'],
  'document-too-large': REGISTER['document-too-large'],
  'result-missing': ({ question }, { t }) => ({
    field: `${question}-outcome`,
    message: t('pollRefusal.result-missing'),
  }),
  'figures-malformed': ({ question }, { t }) => ({
    field: `${question}-total-area`,
    message: t('pollRefusal.figures-malformed'),
  }),
} satisfies Texts<OfficialResultRefusal>

const DOCUMENT = {
  'not-permitted': POLL['not-permitted'],
  'document-missing': (_, { t }) => ({ field: 'files', message: t('pollRefusal.file-empty') }),
  'document-kind-unknown': (_, { t, file }) => ({
    field: 'files',
    message: `${file} ${t('pollRefusal.file-kind-unknown')}`,
  }),
  'document-too-large': ({ limitBytes }, { t, file }) => ({
    field: 'files',
    message: `${file} ${t('pollRefusal.file-too-large', { size: megabytes(limitBytes) })}`,
  }),
} satisfies Texts<PollDocumentRefusal>

const SIGN_OFF = {
  ...POLL,
  'already-signed-off': (_, { t }) => ({ message: t('pollRefusal.already-signed-off') }),
  'same-person': (_, { t }) => ({ message: t('pollRefusal.same-person') }),
  'digest-differs': (_, { t }) => ({ message: t('pollRefusal.digest-differs') }),
} satisfies Texts<SignOffRefusal>

const FINALIZE = {
  ...POLL,
  'objection-period-running': ({ until }, { t, lang }) => ({
    message: t('pollRefusal.objection-period-running', { date: dateText(until, lang) }),
  }),
  'objections-unanswered': ({ count }, { t }) => ({
    message: t('pollRefusal.objections-unanswered', { count }),
  }),
  'sign-offs-missing': ({ steps }, { t }) => ({
    message: t('pollRefusal.sign-offs-missing', {
      steps: steps.map(step => t(`officePolls.step.${step}`)).join(t('office.listJoin')),
    }),
  }),
} satisfies Texts<FinalizeRefusal>

const POSTING = {
  ...POLL,
  'place-missing': (_, { t }) => ({ field: 'place', message: t('pollRefusal.place-missing') }),
  'already-posted': (_, { t }) => ({ message: t('pollRefusal.already-posted') }),
} satisfies Texts<PostingRefusal>

const ANSWER = {
  ...POLL,
  'objection-unknown': (_, { t }) => ({ message: t('pollRefusal.objection-unknown') }),
  'already-answered': (_, { t }) => ({ message: t('pollRefusal.already-answered') }),
  'text-missing': (_, { t }) => ({ field: 'answer', message: t('pollRefusal.answer-empty') }),
} satisfies Texts<AnswerRefusal>

function megabytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MB`
}

export const pollDraftErrors = (refusal: PollDraftRefusal, saying: Saying) =>
  say<PollDraftRefusal>(DRAFT, refusal, saying)
export const announceErrors = (refusal: AnnounceRefusal, saying: Saying) =>
  say<AnnounceRefusal>(ANNOUNCE, refusal, saying)
export const remindErrors = (refusal: PollRefusal, saying: Saying) => say<PollRefusal>(POLL, refusal, saying)
export const tallyErrors = (refusal: PollRefusal, saying: Saying) => say<PollRefusal>(POLL, refusal, saying)
export const openErrors = (refusal: OpenRefusal, saying: Saying) => say<OpenRefusal>(OPEN, refusal, saying)
export const extendErrors = (refusal: ExtendRefusal, saying: Saying) =>
  say<ExtendRefusal>(EXTEND, refusal, saying)
export const sealErrors = (refusal: SealRefusal, saying: Saying) => say<SealRefusal>(SEAL, refusal, saying)
export const entryErrors = (refusal: EntryRefusal, saying: Saying) =>
  say<EntryRefusal>(ENTRY, refusal, saying)
export const registerErrors = (refusal: RegisterRefusal, saying: Saying) =>
  say<RegisterRefusal>(REGISTER, refusal, saying)
export const officialErrors = (refusal: OfficialResultRefusal, saying: Saying) =>
  say<OfficialResultRefusal>(OFFICIAL, refusal, saying)
export const documentErrors = (refusal: PollDocumentRefusal, saying: Saying) =>
  say<PollDocumentRefusal>(DOCUMENT, refusal, saying)
export const signOffErrors = (refusal: SignOffRefusal, saying: Saying) =>
  say<SignOffRefusal>(SIGN_OFF, refusal, saying)
export const finalizeErrors = (refusal: FinalizeRefusal, saying: Saying) =>
  say<FinalizeRefusal>(FINALIZE, refusal, saying)
export const postingErrors = (refusal: PostingRefusal, saying: Saying) =>
  say<PostingRefusal>(POSTING, refusal, saying)
export const objectionErrors = (refusal: AnswerRefusal, saying: Saying) =>
  say<AnswerRefusal>(ANSWER, refusal, saying)

/** What a page says when the poll is in a state in which its act cannot be done; nothing when it can. */
export function stateErrors(
  state: PollState,
  fitting: readonly PollState[],
  lang: Saying['lang'],
): readonly FieldError[] {
  return fitting.includes(state) ? [] : say<PollRefusal>(POLL, { code: 'poll-state', state }, { lang })
}

/** 403 for another person's work, 404 for what is not there, 409 when the thing moved on, 422 for what can be mended in the form. */
const STATUS: Readonly<Record<AnyRefusal['code'], 403 | 404 | 409 | 422>> = {
  'not-permitted': 403,
  'same-teller': 403,
  'same-person': 403,
  'poll-unknown': 404,
  'paper-unknown': 404,
  'unit-unknown': 404,
  'objection-unknown': 404,
  'poll-state': 409,
  'revision-stale': 409,
  'not-yet': 409,
  'papers-pending': 409,
  'official-system-only': 409,
  'before-open': 409,
  'paper-late': 409,
  'paper-refused-before': 409,
  'paper-already-cast': 409,
  'agrees-with-neither': 409,
  'already-delivered': 409,
  'already-registered': 409,
  'already-signed-off': 409,
  'already-posted': 409,
  'already-answered': 409,
  'digest-differs': 409,
  'not-an-import': 409,
  'objection-period-running': 409,
  'objections-unanswered': 409,
  'sign-offs-missing': 409,
  'extension-not-allowed': 409,
  'extension-after-close': 409,
  'motion-unfit': 422,
  'policy-unfit': 422,
  'window-malformed': 422,
  'opens-too-early': 422,
  'base-empty': 422,
  'extension-not-later': 422,
  'decision-missing': 422,
  'signed-on-malformed': 422,
  'signer-missing': 422,
  'answers-malformed': 422,
  'answer-unknown-question': 422,
  'answer-unknown-choice': 422,
  'answer-missing': 422,
  'units-missing': 422,
  'document-missing': 422,
  'document-kind-unknown': 422,
  'document-too-large': 422,
  'person-unknown': 422,
  'proxy-is-owner': 422,
  'proxy-limit': 422,
  'not-a-co-owner': 422,
  'not-the-holder': 422,
  'result-missing': 422,
  'figures-malformed': 422,
  'place-missing': 422,
  'text-missing': 422,
}

/** The status that answers a refusal of votes. */
export function pollStatus(refusal: { readonly code: AnyRefusal['code'] }): 403 | 404 | 409 | 422 {
  return STATUS[refusal.code]
}

/** The words of one language, for what is said outside a refusal. */
export const wordsIn = (lang: Saying['lang']) => ({ t: translate(lang) })
