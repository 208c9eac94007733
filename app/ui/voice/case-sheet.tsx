/** One case in full: the words as they were written, the facts, and every act with who and when. Hidden texts stay hidden. */
import type { Translate } from '#i18n'
import { type CaseDocument, type CaseView, type EventView, type RequestState, requestStep } from '#voice'
import { DigestFigure } from '../digest.tsx'
import { Notice } from '../feedback.tsx'
import { DefinitionList } from '../figures.tsx'
import { Card, Section } from '../page-shell.tsx'
import { DateText, InstantText } from '../stamp.tsx'
import { Stepper, Timeline } from '../timeline.tsx'
import { Anchor, useT, useViewer } from '../viewer.tsx'
import { CaseState, type SubjectNames, subjectHref, subjectText } from './words.tsx'

interface SheetProps {
  readonly slug: string
  readonly view: CaseView
  readonly names: SubjectNames
}

const STEPS = ['listed', 'taken', 'replied'] as const

/** The question or request itself, with its facts. */
export function CaseSheet({ slug, view, names }: SheetProps) {
  const t = useT()
  const { lang } = useViewer()
  const step = view.kind === 'request' ? requestStep(view.state as RequestState) : null
  const facts = [
    view.subject !== null && {
      term: t('voice.aboutTitle'),
      detail: (
        <Anchor href={subjectHref(slug, view.subject)}>{subjectText(view.subject, names, t, lang)}</Anchor>
      ),
    },
    view.subject !== null && { term: t('voice.answerBy'), detail: t(`voice.seat.${view.seat}`) },
    view.category !== null && { term: t('voice.category'), detail: t(`voice.category.${view.category}`) },
    view.place !== null && { term: t('voice.place'), detail: view.place },
    view.spot !== null && { term: t('voice.spot'), detail: view.spot },
    { term: t('voice.askedAt'), detail: <InstantText at={view.openedAt} /> },
    view.supports > 0 && {
      term: t('voice.supports'),
      detail: t('voice.supportsCount', { count: view.supports }),
    },
  ].filter(fact => fact !== false)
  return (
    <>
      {view.isPrivate && <Notice title={t('voice.privateNote')} />}
      <Card>
        <p className="quote" data-large>
          {view.text ?? <GoneText view={view} />}
        </p>
        <Documents slug={slug} view={view} documents={view.documents} />
        <p>
          <CaseState view={view} />
        </p>
        {!view.isCalendarKnown && <p className="field__hint">{t('voice.calendarUnknown')}</p>}
        {view.isOnBehalf && <p className="field__hint">{t('voice.onBehalf')}</p>}
      </Card>
      {step !== null && (
        <Stepper
          label={t('voice.statesLabel')}
          steps={STEPS.map(each => t(`voice.step.${each}`))}
          current={view.state === 'rated' ? STEPS.length : STEPS.indexOf(step)}
        />
      )}
      <DefinitionList items={facts} />
      <Course slug={slug} view={view} />
    </>
  )
}

function GoneText({ view }: { readonly view: CaseView }) {
  const t = useT()
  if (view.hiddenBecause === null) return <>{t('voice.textErased')}</>
  return <>{t('voice.hiddenBecause', { reason: view.hiddenBecause })}</>
}

/** Photographs are shown, papers are links. */
function Documents(props: {
  readonly slug: string
  readonly view: CaseView
  readonly documents: readonly CaseDocument[]
}) {
  const t = useT()
  const { documents, view } = props
  if (documents.length === 0) return null
  const at = ({ sha256 }: CaseDocument) => `/c/${props.slug}/ask/${view.caseId}/documents/${sha256}`
  return (
    <ul className="photos">
      {documents.map((document, index) => (
        <li key={document.sha256}>
          <a href={at(document)}>
            {document.mediaType.startsWith('image/') ? (
              <img src={at(document)} alt={t('voice.photo', { number: index + 1 })} loading="lazy" />
            ) : (
              t('voice.evidenceItem', { number: index + 1 })
            )}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Who acted: an office holder by name, an owner as one. */
export function actorText(event: EventView, t: Translate): string {
  if (event.office === 'owner') return t('voice.byOwner')
  const office = t(`community.role.${event.office}`)
  return event.name === null ? office : t('voice.actNext', { office, name: event.name })
}

function Course({ slug, view }: Omit<SheetProps, 'names'>) {
  const t = useT()
  return (
    <Section title={t('voice.courseTitle')}>
      <Timeline
        label={t('voice.courseLabel')}
        entries={view.events.map(event => ({
          key: String(event.eventNo),
          title: t(`voice.act.${event.act}`),
          state: event.act === 'doubt' || event.act === 'withdraw' ? 'stopped' : 'done',
          who: actorText(event, t),
          at: event.at,
          note: <EventNote slug={slug} view={view} event={event} />,
        }))}
      />
    </Section>
  )
}

function EventNote(props: { readonly slug: string; readonly view: CaseView; readonly event: EventView }) {
  const { slug, view, event } = props
  const t = useT()
  const hasOwnWords = event.eventNo > 1
  return (
    <>
      {hasOwnWords && event.text !== null && <p className="quote">{event.text}</p>}
      {event.isHidden && event.textDigest !== null && (
        <>
          <p>{t('voice.textHidden')}</p>
          <DigestFigure hash={event.textDigest} label={t('voice.digestTitle')} />
        </>
      )}
      {event.stars !== null && <p>{t('voice.stars', { count: event.stars })}</p>}
      {event.dueOn !== null && event.act !== 'answer' && (
        <p>
          {t('voice.dueOn')} <DateText date={event.dueOn} />
        </p>
      )}
      {hasOwnWords && <Documents slug={slug} view={view} documents={event.documents} />}
      <p className="case__log">
        <a href={`/c/${slug}/entries/${event.leafIndex}/leaf`}>
          {t('voice.inLog', { index: event.leafIndex })}
        </a>
      </p>
    </>
  )
}
