/** Posting a notice out of its form: papers are kept first, then the notice that names them. */
import {
  MEETING_KINDS,
  type Notice,
  type NoticeInput,
  type Paper,
  quorumChoices,
  TOPIC_SOURCES,
} from '#council'
import { keepCouncilDocument, postNotice, readTopics, readTopicsNamed } from '#council/server'
import type { Lang } from '#i18n'
import { isId } from '#kernel'
import type { FieldError } from '#ui'
import type { EnteredNotice, TopicChoice } from '#ui/council'
import { bytesOf, type Entered, filesOf, textOf } from '../office/entered.ts'
import type { OfficeVisit } from '../office/visit.server.ts'
import { momentOf, noticeIn } from './desk-view.server.ts'
import { councilErrors, councilStatus } from './refusals.ts'
import { noticeTemplate } from './templates.ts'

const EMPTY_NOTICE: EnteredNotice = {
  kind: '',
  title: '',
  place: '',
  startsOn: '',
  startsAt: '19:30',
  endsAt: '21:00',
  quorum: '',
  agenda: [],
}

/** An empty form, or one that begins with the topic (`topic`) and the kind (`kind`) of an address. */
export function freshNotice(query: URLSearchParams, lang: Lang): EnteredNotice {
  const topicId = query.get('topic') ?? ''
  const kind = MEETING_KINDS.find(each => each === query.get('kind'))
  const first = isId(topicId) ? [{ topicId, title: '', source: '', minutes: '20' }] : []
  if (kind === undefined) return { ...EMPTY_NOTICE, agenda: first }
  const { title, agenda } = noticeTemplate(kind, lang)
  return { ...EMPTY_NOTICE, kind, title, agenda: [...first, ...agenda] }
}

/** A posted notice as its form shows it. */
export function enteredNotice(notice: Notice): EnteredNotice {
  return {
    kind: notice.kind,
    title: notice.title,
    place: notice.place,
    startsOn: notice.startsAt.slice(0, 10),
    startsAt: notice.startsAt.slice(11, 16),
    endsAt: notice.endsAt.slice(11, 16),
    quorum: notice.quorum,
    agenda: notice.agenda.map(item => ({
      topicId: item.topicId ?? '',
      title: item.title,
      source: item.source ?? '',
      minutes: String(item.minutes),
    })),
  }
}

/** How far back topics are offered for an agenda. */
const OFFERED = 100

/** Topics that can be put on an agenda: the newest that are not over, and those that stand on it already. */
export async function topicChoices(
  { portal, community }: OfficeVisit,
  entered: EnteredNotice,
): Promise<readonly TopicChoice[]> {
  const newest = await readTopics(portal, community, { before: null, limit: OFFERED })
  const offered = newest.rows.filter(topic => topic.standing !== 'closed')
  const chosen = entered.agenda
    .map(row => row.topicId)
    .filter(id => id !== '' && !offered.some(topic => topic.topicId === id))
  const others = await readTopicsNamed(portal, community, chosen)
  return [...offered, ...others].map(({ topicId, number, title }) => ({ topicId, number, title }))
}

/** The agenda of the form: a chosen topic gives its title and source where none was typed. */
async function agendaOf(visit: OfficeVisit, entered: EnteredNotice): Promise<NoticeInput['agenda']> {
  const chosen = entered.agenda.map(row => row.topicId)
  const topics = await readTopicsNamed(visit.portal, visit.community, chosen)
  return entered.agenda.flatMap((row, index) => {
    if (row.title === '' && row.topicId === '') return []
    const topic = topics.find(each => each.topicId === row.topicId)
    const source = TOPIC_SOURCES.find(each => each === row.source)
    return [
      {
        no: index + 1,
        topicId: row.topicId === '' ? null : row.topicId,
        title: row.title === '' ? (topic?.title ?? '') : row.title,
        source: source ?? topic?.source ?? null,
        minutes: /^[1-9]\d{0,2}$/.test(row.minutes) ? Number.parseInt(row.minutes, 10) : 0,
      },
    ]
  })
}

interface Refused {
  readonly entered: EnteredNotice
  readonly errors: readonly FieldError[]
  readonly status: 403 | 404 | 409 | 422
}

/** Posts what the form says; `earlier` is the notice that it replaces. Gives the meeting, or why not. */
export async function postFromForm(
  visit: OfficeVisit,
  form: Entered,
  earlier: Notice | null,
  lang: Lang,
): Promise<{ readonly meetingId: string } | Refused> {
  const { portal, actor, community } = visit
  const entered = noticeIn(form)
  const papers: Paper[] = [...(earlier?.papers ?? [])]
  for (const file of filesOf(form, 'file')) {
    if (file.size === 0) continue
    const kept = await keepCouncilDocument(portal, actor, community, await bytesOf(file))
    if (!kept.ok) {
      return { entered, errors: councilErrors(kept.error, lang), status: councilStatus(kept.error.code) }
    }
    papers.push({ name: file.name.slice(0, 100), sha256: kept.value })
  }
  const kind = MEETING_KINDS.find(each => each === entered.kind) ?? 'council'
  const usual = quorumChoices(kind)[0]!
  const input: NoticeInput = {
    kind,
    title: entered.title,
    place: entered.place,
    startsAt: momentOf(entered.startsOn, entered.startsAt),
    endsAt: momentOf(entered.startsOn, entered.endsAt),
    quorum: entered.quorum === '' ? usual : entered.quorum,
    agenda: await agendaOf(visit, entered),
    papers,
    cancelledBecause: textOf(form, 'cancels') === 'yes' ? textOf(form, 'cancelledBecause') : null,
  }
  const version = Number.parseInt(textOf(form, 'version'), 10) || 0
  const replaces = earlier === null ? null : { meetingId: earlier.meeting, version }
  const posted = await postNotice(portal, actor, community, input, replaces)
  if (posted.ok) return { meetingId: posted.value.meetingId }
  return { entered, errors: councilErrors(posted.error, lang), status: councilStatus(posted.error.code) }
}
