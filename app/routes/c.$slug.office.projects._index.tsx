/** /c/:slug/office/projects: the residents' proposals by what is to be done, and opening a contest. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { dateOf } from '#kernel'
import { hasPoints } from '#ledger/server'
import { readForm } from '#platform'
import { isEnded, takesSupport } from '#projects'
import { openRound, readProposals, readRounds } from '#projects/server'
import { href, LinkButton, Section, useT, viewerOf } from '#ui'
import { CsrfField, OfficePage, officePath } from '#ui/office'
import { ProposalList, RoundForm, RoundList } from '#ui/projects'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'
import { projectProblem, projectStatus } from './projects/problems.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug, 'project:arrange')
  return {
    frame,
    today: dateOf(portal.clock.now()),
    hasPoints: await hasPoints(portal.db, community),
    rounds: await readRounds(portal, community),
    proposals: await readProposals(portal, community),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, actor, community, frame } = await enterOffice(request, params.slug, 'project:arrange')
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const entered = {
    title: textOf(form, 'title'),
    opensOn: textOf(form, 'opensOn'),
    closesOn: textOf(form, 'closesOn'),
  }
  const opened = await openRound(portal, actor, community, entered)
  if (opened.ok) throw redirect(href(`${officePath(frame.slug, 'projects')}#rounds`, viewer), 303)
  const errors = [projectProblem(opened.error, viewer.lang)]
  return data({ entered: { ...entered, errors } }, { status: projectStatus(opened.error) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('projects.deskTitle')} · ${t('site.name')}` }]
}

export default function ProjectsDeskPage() {
  const { frame, today, rounds, proposals, hasPoints: isWithPoints } = useLoaderData<typeof loader>()
  const entered = useActionData<typeof action>()?.entered ?? null
  const t = useT()
  const below = officePath(frame.slug, 'projects')
  const underWay = proposals.filter(({ state }) => !isEnded(state) && !takesSupport(state))
  const list = { rounds, below, empty: t('projects.deskNone') }
  return (
    <OfficePage
      frame={frame}
      crumbs={[]}
      title={t('projects.deskTitle')}
      lead={t('projects.deskLead')}
      notContained={[t('projects.deskOmit')]}
      width="standard"
      actions={
        isWithPoints && (
          <LinkButton href={officePath(frame.slug, 'points')} icon="ledger">
            {t('points.deskLink')}
          </LinkButton>
        )
      }
    >
      <Section title={t('projects.deskOpen')}>
        <ProposalList {...list} proposals={proposals.filter(({ state }) => takesSupport(state))} />
      </Section>
      <Section title={t('projects.deskUnderWay')}>
        <ProposalList {...list} proposals={underWay} />
      </Section>
      <Section title={t('projects.roundsTitle')} lead={t('projects.roundsLead')} id="rounds">
        <RoundList rounds={rounds} today={today} newHref={null} />
      </Section>
      <Section title={t('projects.deskRound')} id="new-round">
        <RoundForm today={today} entered={entered} token={<CsrfField frame={frame} />} />
      </Section>
      <Section title={t('projects.deskOver')}>
        <ProposalList {...list} proposals={proposals.filter(({ state }) => isEnded(state))} />
      </Section>
    </OfficePage>
  )
}
