/** On the home: the way to ask, and what has not been answered in time. */
import { formatPercentFloor } from '#kernel'
import { Anchor, KeyFigures, LinkButton, Section, StatePill, useT } from '#ui'
import type { HomePage } from './home-view.server.ts'

/** Overdue challenges and open supervision orders in one line each. */
export function VoiceSection({ home }: { readonly home: HomePage }) {
  const t = useT()
  const path = `/c/${home.community.slug}/ask`
  const { overdue, openOrders, satisfaction } = home.voice
  return (
    <Section title={t('voice.homeTitle')}>
      <p>
        {overdue === 0 ? (
          <StatePill tone="done" label={t('voice.homeNoOverdue')} />
        ) : (
          <>
            <StatePill tone="attention" label={t('voice.overdue')} />{' '}
            <Anchor href={`${path}#overdue`}>{t('voice.homeOverdue', { count: overdue })}</Anchor>
          </>
        )}
      </p>
      {openOrders > 0 && (
        <p>
          <Anchor href={`${path}#orders`}>{t('voice.homeOrders', { count: openOrders })}</Anchor>
        </p>
      )}
      {satisfaction !== null && (
        <KeyFigures
          figures={[
            {
              label: t('survey.homeRate', {
                year: satisfaction.year,
                returned: formatPercentFloor(BigInt(satisfaction.answered), BigInt(satisfaction.homes)),
              }),
              value: formatPercentFloor(BigInt(satisfaction.content), BigInt(satisfaction.counted)),
              href: `${path}/survey`,
            },
          ]}
        />
      )}
      <p>
        <LinkButton href={path} icon="ask">
          {t('voice.homeAsk')}
        </LinkButton>{' '}
        <LinkButton href={`/c/${home.community.slug}/projects`} icon="draft">
          {t('projects.homeLink')}
        </LinkButton>
      </p>
    </Section>
  )
}
