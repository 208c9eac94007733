/** One proposal in full: what is wanted, where it stands, who pays, what came of it, and every act with who and when. */
import type { Translate } from '#i18n'
import { type Fen, fen, sumFen } from '#kernel'
import {
  type FundingSource,
  fundingBySource,
  type ProposalDocument,
  type ProposalEventView,
  type ProposalState,
  type ProposalView,
  type RoundView,
  totalFunding,
} from '#projects'
import { DigestFigure } from '../digest.tsx'
import { DefinitionList } from '../figures.tsx'
import { Money } from '../money.tsx'
import { Card, Section } from '../page-shell.tsx'
import { InstantText } from '../stamp.tsx'
import { DataTable } from '../table.tsx'
import { Stepper, Timeline } from '../timeline.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { goneText, ProposalPill, supportText } from './words.tsx'

interface SheetProps {
  readonly slug: string
  readonly view: ProposalView
  readonly rounds: readonly RoundView[]
  /** True when the motion that was made of it has a page of its own. */
  readonly hasPoll: boolean
}

const STEPS = ['proposed', 'shortlisted', 'funded', 'done', 'accepted'] as const

/** How many of the steps are behind; null for one that came to nothing. */
function stepsDone(state: ProposalState): number | null {
  if (state === 'declined' || state === 'withdrawn') return null
  const at = { proposed: 0, shortlisted: 1, 'in-motion': 1, funded: 2, done: 3, accepted: 4 }
  return at[state] + 1
}

/** The proposal itself, its facts, its money and its course. */
export function ProposalSheet(props: SheetProps) {
  const t = useT()
  const { slug, view } = props
  const done = stepsDone(view.state)
  return (
    <>
      <Card>
        <p className="quote" data-large>
          {view.text ?? goneText(view, t)}
        </p>
        {view.text === null && view.textDigest !== null && (
          <DigestFigure hash={view.textDigest} label={t('projects.digestTitle')} />
        )}
        <Documents slug={slug} proposalId={view.proposalId} documents={view.documents} />
        <p>
          <ProposalPill state={view.state} /> <strong>{supportText(view.supports, t)}</strong>
        </p>
      </Card>
      {done !== null && (
        <Stepper
          label={t('projects.stepsLabel')}
          steps={STEPS.map(step => t(`projects.step.${step}`))}
          current={done}
        />
      )}
      <Facts {...props} />
      <FundingSection view={view} />
      <Course slug={slug} view={view} />
    </>
  )
}

function Facts({ slug, view, rounds, hasPoll }: SheetProps) {
  const t = useT()
  const round = rounds.find(each => each.roundId === view.roundId)
  const facts = [
    view.place !== null && { term: t('projects.place'), detail: view.place },
    {
      term: t('projects.wanted'),
      detail: view.wantedFen > 0n ? <Money amount={view.wantedFen} /> : t('projects.wantedNone'),
    },
    { term: t('projects.round'), detail: round?.title ?? t('projects.roundNone') },
    { term: t('projects.proposedAt'), detail: <InstantText at={view.proposedAt} /> },
    view.pollId !== null && {
      term: t('projects.motionFact'),
      detail: hasPoll ? (
        <Anchor href={`/c/${slug}/votes/${view.pollId}`}>{t('projects.motionLink')}</Anchor>
      ) : (
        t('projects.motionDraft')
      ),
    },
  ].filter(fact => fact !== false)
  return <DefinitionList items={facts} />
}

/** Photographs are shown, papers are links. */
function Documents(props: {
  readonly slug: string
  readonly proposalId: string
  readonly documents: readonly ProposalDocument[]
}) {
  const t = useT()
  if (props.documents.length === 0) return null
  const at = ({ sha256 }: ProposalDocument) =>
    `/c/${props.slug}/projects/${props.proposalId}/documents/${sha256}`
  return (
    <ul className="photos">
      {props.documents.map((document, index) => (
        <li key={document.sha256}>
          <a href={at(document)}>
            {document.mediaType.startsWith('image/') ? (
              <img src={at(document)} alt={t('projects.photo', { number: index + 1 })} loading="lazy" />
            ) : (
              t('projects.paper', { number: index + 1 })
            )}
          </a>
        </li>
      ))}
    </ul>
  )
}

function FundingSection({ view }: { readonly view: ProposalView }) {
  const t = useT()
  const { funding, costFen } = view
  if (funding.length === 0 && nothingYet(view.state)) return null
  const total = totalFunding(funding)
  return (
    <Section title={t('projects.fundingTitle')} lead={t('projects.fundingLead')} id="funding">
      {funding.length === 0 ? (
        <p>{t('projects.fundingNone')}</p>
      ) : (
        <DataTable<{ readonly source: FundingSource; readonly amountFen: Fen }>
          caption={t('projects.fundingCaption')}
          captionHidden
          phone="keep"
          rows={fundingBySource(funding)}
          rowKey={row => row.source}
          columns={[
            {
              key: 'source',
              label: t('projects.fundingSource'),
              cell: row => t(`projects.source.${row.source}`),
              total: t('projects.secured'),
            },
            {
              key: 'amount',
              label: t('projects.fundingAmount'),
              type: 'money',
              cell: row => <Money amount={row.amountFen} />,
              total: <Money amount={total} />,
            },
          ]}
        />
      )}
      {costFen !== null && (
        <DefinitionList
          items={[
            { term: t('projects.cost'), detail: <Money amount={costFen} /> },
            { term: t('projects.left'), detail: <Money amount={sumFen([total, fen(-costFen)])} /> },
          ]}
        />
      )}
    </Section>
  )
}

/** True where money is not a matter yet, or never will be. */
function nothingYet(state: ProposalState): boolean {
  return state === 'proposed' || state === 'declined' || state === 'withdrawn'
}

/** Who acted: an office holder by name, an owner as one. */
function whoActed(event: ProposalEventView, t: Translate): string {
  if (event.office === 'owner') return t('projects.byOwner')
  const office = t(`community.role.${event.office}`)
  return event.name === null ? office : t('projects.byOfficer', { office, name: event.name })
}

function Course({ slug, view }: { readonly slug: string; readonly view: ProposalView }) {
  const t = useT()
  return (
    <Section title={t('projects.courseTitle')} id="course">
      <Timeline
        label={t('projects.courseLabel')}
        entries={view.events.map(event => ({
          key: String(event.eventNo),
          title: t(`projects.act.${event.act}`),
          state: 'done',
          who: whoActed(event, t),
          at: event.at,
          note: <EventNote slug={slug} view={view} event={event} />,
        }))}
      />
    </Section>
  )
}

function EventNote(props: {
  readonly slug: string
  readonly view: ProposalView
  readonly event: ProposalEventView
}) {
  const { slug, view, event } = props
  const t = useT()
  return (
    <>
      {event.amountFen !== null && event.act !== 'propose' && (
        <p>
          {event.source !== null && `${t(`projects.source.${event.source}`)} `}
          <Money amount={event.amountFen} />
        </p>
      )}
      {event.text !== null && <p className="quote">{event.text}</p>}
      <Documents slug={slug} proposalId={view.proposalId} documents={event.documents} />
      <p className="case__log">
        <a href={`/c/${slug}/entries/${event.leafIndex}/leaf`}>
          {t('projects.inLog', { index: event.leafIndex })}
        </a>
      </p>
    </>
  )
}
