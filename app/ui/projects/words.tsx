/** The words of a proposal: what it is called, where it stands, which contest it belongs to. Decides nothing. */
import { dateText, type Lang, type Translate } from '#i18n'
import type { ProposalState, ProposalView, RoundView } from '#projects'
import { StatePill, type StateTone } from '../state.tsx'
import { useT } from '../viewer.tsx'

/** The line by which a proposal is called; its number alone when its text is hidden. */
export function proposalTitle(
  { title, number }: Pick<ProposalView, 'title' | 'number'>,
  t: Translate,
): string {
  return title ?? t('projects.hiddenTitle', { number })
}

/** What stands in place of a text that nobody sees. */
export function goneText({ isHidden, hiddenBecause }: ProposalView, t: Translate): string {
  if (!isHidden) return t('projects.textErased')
  return hiddenBecause === null
    ? t('projects.hiddenBare')
    : t('projects.hiddenBecause', { reason: hiddenBecause })
}

/** The days of a round, and whether it is open. */
export function roundDays({ opensOn, closesOn, isOpen }: RoundView, today: string, t: Translate, lang: Lang) {
  const [from, until] = [dateText(opensOn, lang), dateText(closesOn, lang)]
  if (isOpen) return t('projects.roundOpen', { date: until })
  return t(today < opensOn ? 'projects.roundComing' : 'projects.roundClosed', { from, until })
}

/** How many homes support it, in words. */
export function supportText(count: number, t: Translate): string {
  return count === 0 ? t('projects.supportsNone') : t('projects.supportsCount', { count })
}

const TONES: Readonly<Record<ProposalState, StateTone>> = {
  proposed: 'waiting',
  shortlisted: 'waiting',
  'in-motion': 'waiting',
  funded: 'waiting',
  done: 'waiting',
  accepted: 'done',
  declined: 'stopped',
  withdrawn: 'stopped',
}

/** Where it stands. */
export function ProposalPill({ state }: { readonly state: ProposalState }) {
  const t = useT()
  return <StatePill tone={TONES[state]} label={t(`projects.state.${state}`)} />
}
