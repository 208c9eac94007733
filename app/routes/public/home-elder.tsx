/** The three big buttons of a home in large type: where the money went, voting, asking. */
import { periodText } from '#i18n'
import { BigActions, useT, useViewer } from '#ui'
import type { HomePage } from './home-view.server.ts'

/** Where exactly one poll is open, the button leads to it. */
export function ElderActions(props: { readonly home: HomePage }) {
  const { community, period, polls } = props.home
  const t = useT()
  const { lang } = useViewer()
  const path = `/c/${community.slug}`
  const [only, ...others] = polls.running
  const vote = only !== undefined && others.length === 0 ? `${path}/votes/${only.pollId}` : `${path}/votes`
  return (
    <BigActions
      label={t('home.elderLabel')}
      actions={[
        {
          href: `${path}/fund#spent`,
          icon: 'money',
          label: t('home.elderSpent'),
          hint: t('home.elderSpentHint', { month: periodText(period, lang) }),
        },
        {
          href: vote,
          icon: 'vote',
          label: t('home.elderVote'),
          hint:
            polls.running.length > 0
              ? t('home.elderVoteHint', { count: polls.running.length })
              : t('home.elderVoteNone'),
        },
        {
          href: `${path}/ask`,
          icon: 'ask',
          label: t('voice.elderAsk'),
          hint: t('voice.elderAskHint'),
        },
      ]}
    />
  )
}
