/** On the page of a voucher, a motion or a statement: what was asked about it, and the way to ask. */
import type { CaseView, Subject } from '#voice'
import { LinkButton } from '../button.tsx'
import { Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import { CaseList } from './case-list.tsx'

/** Where a subject is asked about. */
export function askHref(slug: string, { kind, key }: Subject): string {
  return `/c/${slug}/ask/spend?about=${kind}&key=${encodeURIComponent(key)}`
}

/** The challenges to one thing, overdue ones first, and the button. */
export function ChallengesSection(props: {
  readonly slug: string
  readonly subject: Subject
  readonly challenges: readonly CaseView[]
}) {
  const t = useT()
  const { slug, subject, challenges } = props
  const sorted = challenges.toSorted((a, b) => Number(b.isOverdue) - Number(a.isOverdue))
  return (
    <Section title={t('voice.onThis')} id="asked" lead={t('voice.onThisLead')}>
      <CaseList cases={sorted} names={{}} below={`/c/${slug}/ask`} empty={t('voice.onThisNone')} />
      <p>
        <LinkButton href={askHref(slug, subject)} icon="ask">
          {t(subject.kind === 'voucher' ? 'voice.askButton' : 'voice.askThis')}
        </LinkButton>
      </p>
    </Section>
  )
}
