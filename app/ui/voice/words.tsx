/** The words of a case: what it is about, where it stands, whose turn it is. Decides nothing. */
import { dateText, type Lang, periodText, type Translate } from '#i18n'
import { parsePeriod } from '#kernel'
import { type CaseView, type Subject, subjectPath, turnOf } from '#voice'
import { StatePill, type StateTone } from '../state.tsx'
import { useT, useViewer } from '../viewer.tsx'

/** Names of what is asked about, by `kind:key`: titles of motions, accounts of budget lines. */
export type SubjectNames = Readonly<Record<string, { readonly nameZh: string; readonly nameEn: string }>>

/** What a challenge is about, in words. */
export function subjectText(subject: Subject, names: SubjectNames, t: Translate, lang: Lang): string {
  const { kind, key } = subject
  if (kind === 'minutes') return t('voice.subject.minutes')
  const month = kind === 'statement' ? parsePeriod(key) : null
  const named = names[`${kind}:${key}`]
  const own = named === undefined ? key : lang === 'en' ? named.nameEn : named.nameZh
  const name = month?.ok ? periodText(month.value, lang) : own
  return t(`voice.subject.${kind}`, { name })
}

/** Where the thing itself is shown. */
export function subjectHref(slug: string, subject: Subject): string {
  return `/c/${slug}/${subjectPath(subject)}`
}

/** The one line by which a case is called in a list. */
export function caseTitle(view: CaseView, names: SubjectNames, t: Translate, lang: Lang): string {
  if (view.subject !== null) return subjectText(view.subject, names, t, lang)
  const category = t(`voice.category.${view.category ?? 'other'}`)
  const place = view.spot ?? view.place
  return place === null ? category : `${category} · ${place}`
}

const TONES: Readonly<Record<CaseView['state'], StateTone>> = {
  asked: 'waiting',
  answered: 'waiting',
  proved: 'done',
  'not-proved': 'attention',
  ordered: 'attention',
  reported: 'waiting',
  referred: 'waiting',
  settled: 'done',
  lapsed: 'stopped',
  withdrawn: 'stopped',
  listed: 'waiting',
  taken: 'waiting',
  replied: 'waiting',
  rated: 'done',
  merged: 'stopped',
}

/** Where it stands, who is next, and loudly when they are late. */
export function CaseState({ view }: { readonly view: CaseView }) {
  const t = useT()
  const { lang } = useViewer()
  const turn = turnOf(view.state)
  const names = {
    seat: t(`voice.seat.${view.seat}`),
    watch: t('voice.watchers'),
    asker: t('voice.askerTurn'),
  }
  return (
    <>
      <StatePill
        tone={view.isOverdue ? 'attention' : TONES[view.state]}
        label={t(`voice.state.${view.state}`)}
        next={turn === null ? undefined : names[turn]}
      />{' '}
      {view.dueOn !== null && (
        <strong>
          {view.isOverdue
            ? t('voice.overdueSince', { date: dateText(view.dueOn, lang) })
            : turn === 'seat' && t('voice.dueBy', { date: dateText(view.dueOn, lang) })}
        </strong>
      )}
    </>
  )
}
