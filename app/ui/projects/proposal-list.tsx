/** Proposals under each other as cards, the rounds of the contest, and the ways between groups. Who proposed is in none of them. */
import { PROPOSAL_GROUPS, type ProposalGroup, type ProposalView, type RoundView } from '#projects'
import { LinkButton } from '../button.tsx'
import { Money } from '../money.tsx'
import { Tabs } from '../navigation.tsx'
import { Card } from '../page-shell.tsx'
import { Anchor, useT, useViewer } from '../viewer.tsx'
import { goneText, ProposalPill, proposalTitle, roundDays, supportText } from './words.tsx'

const SHOWN_LETTERS = 80

/** The beginning of a text, for a list. */
function startOf(text: string): string {
  const letters = [...text]
  return letters.length <= SHOWN_LETTERS ? text : `${letters.slice(0, SHOWN_LETTERS).join('')}…`
}

/** A list of proposals; `below` is the address before an identifier. */
export function ProposalList(props: {
  readonly proposals: readonly ProposalView[]
  readonly rounds: readonly RoundView[]
  readonly below: string
  /** Instead of a list without rows. */
  readonly empty: string
}) {
  const t = useT()
  if (props.proposals.length === 0) return <p>{props.empty}</p>
  return (
    <ul className="case-list">
      {props.proposals.map(view => {
        const round = props.rounds.find(each => each.roundId === view.roundId)
        return (
          <li key={view.proposalId}>
            <Card>
              <h3 className="case__title">
                <Anchor href={`${props.below}/${view.proposalId}`}>{proposalTitle(view, t)}</Anchor>
              </h3>
              <p className="quote">{view.text === null ? goneText(view, t) : startOf(view.text)}</p>
              <p>
                <ProposalPill state={view.state} /> <strong>{supportText(view.supports, t)}</strong>
              </p>
              <p className="case__facts">
                <span>{t('projects.numberFact', { number: view.number })}</span>
                {view.wantedFen > 0n && (
                  <span>
                    {t('projects.wanted')} <Money amount={view.wantedFen} />
                  </span>
                )}
                <span>{round?.title ?? t('projects.roundNone')}</span>
              </p>
            </Card>
          </li>
        )
      })}
    </ul>
  )
}

/** Rounds with their days; an open one with the way in. */
export function RoundList(props: {
  readonly rounds: readonly RoundView[]
  readonly today: string
  /** The address of the form; null for officers, who do not propose. */
  readonly newHref: string | null
}) {
  const t = useT()
  const { lang } = useViewer()
  if (props.rounds.length === 0) return <p>{t('projects.roundsNone')}</p>
  return (
    <ul className="case-list">
      {props.rounds.map(round => (
        <li key={round.roundId}>
          <Card tone={round.isOpen ? 'plain' : 'quiet'}>
            <h3 className="case__title">{round.title}</h3>
            <p>{roundDays(round, props.today, t, lang)}</p>
            {round.isOpen && props.newHref !== null && (
              <LinkButton href={`${props.newHref}?round=${round.roundId}`} icon="draft">
                {t('projects.roundEnter')}
              </LinkButton>
            )}
          </Card>
        </li>
      ))}
    </ul>
  )
}

/** The ways between the groups of a list. */
export function GroupTabs(props: { readonly href: string; readonly current: ProposalGroup }) {
  const t = useT()
  const groups = Object.keys(PROPOSAL_GROUPS) as ProposalGroup[]
  return (
    <Tabs
      label={t('projects.groupsLabel')}
      tabs={groups.map(group => ({
        href: `${props.href}?show=${group}`,
        label: t(`projects.group.${group}`),
        current: group === props.current,
      }))}
    />
  )
}
