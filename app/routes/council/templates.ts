/** Templates of a clerk: what a kind of meeting begins with, which headings an empty topic has, and how sentences usually open. Words only. */
import { type MeetingKind, withoutEmptyHeadings } from '#council'
import { type Lang, translate } from '#i18n'
import type { EnteredNotice } from '#ui/council'

const AGENDAS = {
  council: ['followUp', 'newTopics', 'other'],
  'owners-committee': ['followUp', 'money', 'newTopics', 'other'],
  assembly: ['report', 'money', 'vote', 'other'],
  'open-air': ['report', 'newTopics', 'questions'],
} as const satisfies Readonly<Record<MeetingKind, readonly string[]>>

const MINUTES = {
  followUp: '15',
  money: '20',
  newTopics: '40',
  other: '10',
  report: '15',
  vote: '30',
  questions: '30',
}

/** Standing agenda, title and length of a kind of meeting. Rows stay empty where a topic stands already. */
export function noticeTemplate(kind: MeetingKind, lang: Lang): Pick<EnteredNotice, 'title' | 'agenda'> {
  const t = translate(lang)
  return {
    title: t(`councilTemplate.title.${kind}`),
    agenda: AGENDAS[kind].map(code => ({
      topicId: '',
      title: t(`councilTemplate.agenda.${code}`),
      source: '',
      minutes: MINUTES[code],
    })),
  }
}

const HEADINGS = {
  council: ['situation', 'papers', 'before'],
  'owners-committee': ['situation', 'authority', 'cost'],
  assembly: ['situation', 'proposal', 'cost'],
  'open-air': ['situation', 'said'],
} as const satisfies Readonly<Record<MeetingKind, readonly string[]>>

const OPENINGS = {
  council: ['suggest', 'agree', 'noOpinion', 'wait'],
  'owners-committee': ['decide', 'spend', 'handToVote'],
  assembly: ['handToVote', 'explain'],
  'open-air': ['suggest', 'handToVote', 'wait'],
} as const satisfies Readonly<Record<MeetingKind, readonly string[]>>

/** What stands in an empty topic of such a meeting, and sentences to begin the conclusion with. */
export function sectionTemplate(
  kind: MeetingKind,
  lang: Lang,
): { readonly background: string; readonly openings: readonly string[] } {
  const t = translate(lang)
  return {
    background: `${HEADINGS[kind].map(code => t(`councilTemplate.heading.${code}`)).join('\n\n')}\n`,
    openings: OPENINGS[kind].map(code => t(`councilTemplate.opening.${code}`)),
  }
}

/** Takes the headings out under which nothing was written. */
export function templateHeadings(lang: Lang): { clean(text: string): string } {
  const t = translate(lang)
  const all = Object.values(HEADINGS).flatMap(codes =>
    codes.map(code => t(`councilTemplate.heading.${code}`)),
  )
  return { clean: text => withoutEmptyHeadings(text, all) }
}
