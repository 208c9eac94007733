/** The council on a community's home: the next meeting, the last outcomes, and what is overdue. The same for every reader. */
import { Anchor, InstantText, Notice, Section, useT } from '#ui'
import { DecisionList } from '#ui/council'
import { Decisions } from './home-polls.tsx'
import type { HomePage } from './home-view.server.ts'

/** What owners decided last, and what the council is about. */
export function Outcomes({ home }: { readonly home: HomePage }) {
  return (
    <>
      <Decisions home={home} />
      <CouncilNews home={home} />
    </>
  )
}

function CouncilNews({ home }: { readonly home: HomePage }) {
  const t = useT()
  const { next, decisions, overdue, unposted } = home.council
  const path = `/c/${home.community.slug}/council`
  return (
    <Section title={t('council.homeTitle')} actions={<Anchor href={path}>{t('council.homeAll')}</Anchor>}>
      {overdue > 0 && (
        <Notice tone="warning" title={t('council.homeOverdue', { count: overdue })}>
          <p>
            <Anchor href={`${path}#actions`}>{t('council.openActions')}</Anchor>
          </p>
        </Notice>
      )}
      {unposted > 0 && (
        <Notice tone="warning" title={t('council.homeUnposted', { count: unposted })}>
          <p>
            <Anchor href={`${path}#past`}>{t('council.past')}</Anchor>
          </p>
        </Notice>
      )}
      <p>
        {next === null ? (
          t('council.homeNone')
        ) : (
          <>
            <Anchor href={`${path}/meetings/${next.meetingId}`}>
              {t('council.homeNext', { title: next.notice.title })}
            </Anchor>{' '}
            <InstantText at={next.startsAt} />
          </>
        )}
      </p>
      {decisions.length > 0 && (
        <DecisionList
          decisions={decisions}
          hrefOf={({ meetingId, item }) => `${path}/meetings/${meetingId}#item-${item.no}`}
        />
      )}
    </Section>
  )
}
