/** /c/SLUG/ask: where to ask, what is overdue, what was ordered, what was asked, and the month's requests. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { addMonths, dateOf, parsePeriod, periodOf } from '#kernel'
import { currentPortal } from '#platform'
import { BigActions, LinkButton, Section, useT } from '#ui'
import { CaseList, OrderList } from '#ui/voice'
import {
  readOverdueChallenges,
  readPublicCases,
  readRequestMonth,
  readServiceRounds,
  readSupervisionOrders,
} from '#voice/server'
import { communityAt, maySeeDetail, viewOf, withheld } from './public/community.server.ts'
import { PublicPage, publicMeta, Withheld } from './public/frame.tsx'
import { Requests } from './voice/requests-section.tsx'
import { subjectNames } from './voice/subject-names.server.ts'

const MONTHS = 12

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  if (!(await maySeeDetail(portal, request, community))) return withheld(community)
  const today = dateOf(portal.clock.now())
  const asked = parsePeriod(new URL(request.url).searchParams.get('period') ?? '')
  const month = asked.ok ? asked.value : periodOf(today)
  const overdue = await readOverdueChallenges(portal, community)
  const orders = await readSupervisionOrders(portal, community)
  const challenges = await readPublicCases(portal, community, { kind: 'challenge' })
  const { figures, cases } = await readRequestMonth(portal, community, month)
  const rounds = await readServiceRounds(portal, community)
  const subjects = [...overdue, ...orders, ...challenges].map(each => each.subject)
  return {
    community: viewOf(community),
    month,
    months: Array.from({ length: MONTHS }, (_, back) => addMonths(periodOf(today), -back)),
    overdue,
    orders,
    challenges,
    figures,
    requests: cases,
    // The round that this month is part of, once it is published.
    service:
      rounds.map(round => round.figures).find(({ from, through }) => from <= month && month <= through) ??
      null,
    names: await subjectNames(portal, community, subjects),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('voice.title'))

export default function AskPage() {
  const page = useLoaderData<typeof loader>()
  return 'withheld' in page ? (
    <Withheld community={page.community} path={`/c/${page.community.slug}/ask`} />
  ) : (
    <Asked page={page} />
  )
}

type AskedPage = Exclude<ReturnType<typeof useLoaderData<typeof loader>>, { readonly withheld: true }>

function Asked({ page }: { readonly page: AskedPage }) {
  const t = useT()
  const below = `/c/${page.community.slug}/ask`
  return (
    <PublicPage
      of={page.community}
      area="ask"
      title={t('voice.title')}
      lead={t('voice.lead')}
      notContained={[t('voice.omitPrivate'), t('voice.omitAsker')]}
    >
      <BigActions
        label={t('voice.startLabel')}
        actions={[
          {
            href: `${below}/new`,
            icon: 'ask',
            label: t('voice.startRequest'),
            hint: t('voice.startRequestHint'),
          },
          {
            href: `/c/${page.community.slug}/vouchers`,
            icon: 'money',
            label: t('voice.startChallenge'),
            hint: t('voice.startChallengeHint'),
          },
          { href: `${below}/own`, icon: 'person', label: t('voice.startOwn'), hint: t('voice.startOwnHint') },
        ]}
      />
      <Section title={t('voice.overdueTitle')} lead={t('voice.overdueLead')} id="overdue">
        <CaseList cases={page.overdue} names={page.names} below={below} empty={t('voice.overdueNone')} />
      </Section>
      <Section title={t('voice.ordersTitle')} lead={t('voice.ordersLead')} id="orders">
        <OrderList orders={page.orders} names={page.names} below={below} />
      </Section>
      <Requests page={page} />
      <p>
        <LinkButton href={`${below}/survey`} icon="health">
          {t('survey.title')}
        </LinkButton>{' '}
        <LinkButton href={`/c/${page.community.slug}/projects`} icon="draft">
          {t('projects.homeLink')}
        </LinkButton>
      </p>
      <Section title={t('voice.challengesTitle')} lead={t('voice.challengesLead')} id="challenges">
        <CaseList
          cases={page.challenges}
          names={page.names}
          below={below}
          empty={t('voice.challengesNone')}
        />
      </Section>
    </PublicPage>
  )
}
