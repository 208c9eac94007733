/** On the home: the way to ask, and what has not been answered in time. */
import { periodText } from '#i18n'
import { formatPercentFloor } from '#kernel'
import { comparisonsOf } from '#oversight'
import { Anchor, KeyFigures, LinkButton, Section, StatePill, useT, useViewer } from '#ui'
import { useRoundText } from '#ui/voice'
import type { HomePage } from './home-view.server.ts'

/** Overdue challenges and open supervision orders in one line each. */
export function VoiceSection({ home }: { readonly home: HomePage }) {
  const t = useT()
  const path = `/c/${home.community.slug}/ask`
  const { overdue, openOrders } = home.voice
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
      <Rates home={home} />
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

/** How content homes are, by the year and after services, beside how fees come in: the rates that are there. */
function Rates({ home }: { readonly home: HomePage }) {
  const t = useT()
  const { lang } = useViewer()
  const roundText = useRoundText()
  const path = `/c/${home.community.slug}`
  const { satisfaction, service, fees } = home.voice
  const [comparison] = fees === null ? [] : comparisonsOf(fees)
  const share = (part: number, whole: number) => formatPercentFloor(BigInt(part), BigInt(whole))
  const figures = [
    satisfaction !== null && {
      label: t('survey.homeRate', {
        year: satisfaction.year,
        returned: share(satisfaction.answered, satisfaction.homes),
      }),
      value: share(satisfaction.content, satisfaction.counted),
      href: `${path}/ask/survey`,
    },
    service !== null && {
      label: t('survey.service.homeRate', {
        months: roundText(service),
        returned: share(service.answered, service.asked),
      }),
      value: share(service.aspects.result.content, service.aspects.result.counted),
      href: `${path}/ask/survey#service`,
    },
    comparison !== undefined &&
      comparison.wholeFen > 0n && {
        label: t(comparison.against === 'due' ? 'survey.homeCollection' : 'survey.homeFees', {
          month: periodText(comparison.period, lang),
        }),
        value: formatPercentFloor(comparison.partFen, comparison.wholeFen),
        href: comparison.against === 'due' ? `${path}/fees` : `${path}/oversight#fees`,
      },
  ].filter(figure => figure !== false)
  return figures.length === 0 ? null : <KeyFigures label={t('survey.homeLabel')} figures={figures} />
}
