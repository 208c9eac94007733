/** Votes on a community's home: what waits for the owners, and the last three decisions. The same for every reader. */
import { Anchor, Section, useT } from '#ui'
import { PollList } from '#ui/votes'
import { useListedPolls } from '../votes/listed-polls.tsx'
import type { HomePage } from './home-view.server.ts'

interface OfHome {
  readonly home: HomePage
}

/** Polls that are open, then those announced; nothing where there are none. */
export function RunningPolls({ home }: OfHome) {
  const t = useT()
  const { slug } = home.community
  const listed = useListedPolls(slug)
  const { running, coming } = home.polls
  if (running.length + coming.length === 0) return null
  return (
    <Section
      title={running.length > 0 ? t('home.pollsTitle') : t('home.pollsComing')}
      actions={<Anchor href={`/c/${slug}/votes`}>{t('home.pollsAll')}</Anchor>}
    >
      <PollList label={t('home.pollsTitle')} polls={listed([...running, ...coming])} />
    </Section>
  )
}

/** What owners decided last. */
export function Decisions({ home }: OfHome) {
  const t = useT()
  const { slug } = home.community
  const listed = useListedPolls(slug)
  return (
    <Section
      title={t('home.decisionsTitle')}
      actions={<Anchor href={`/c/${slug}/votes`}>{t('home.pollsAll')}</Anchor>}
    >
      {home.polls.decided.length === 0 ? (
        <p>{t('home.decisionsNone')}</p>
      ) : (
        <PollList label={t('home.decisionsTitle')} polls={listed(home.polls.decided)} />
      )}
    </Section>
  )
}
