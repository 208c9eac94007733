/** /c/SLUG/projects/PROPOSAL/own: what an owner can do about a proposal: support it for their home, or take their own back. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { PROPOSAL_RULES, possibleProposalActs, takesSupport } from '#projects'
import { readOwnSupport } from '#projects/server'
import { ErrorSummary, href, Notice, Section, useT, viewerOf } from '#ui'
import { ProposalActForms, ProposalSheet, proposalTitle, SupportForms } from '#ui/projects'
import { AnyForm } from './office/entered.ts'
import { takeProposalAct } from './projects/proposal-forms.server.ts'
import { readProposalPage } from './projects/proposal-page.server.ts'
import { OwnerPage, OwnFormField } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOwner(request, params.slug, 'project:propose')
  const page = await readProposalPage(portal, community, actor, params.proposal)
  const reader = { actor, communityId: community.communityId, isOwn: page.isOwn }
  return {
    frame,
    ...page,
    homes: await readOwnSupport(portal, actor, community, page.view.proposalId),
    acts: possibleProposalActs(page.view, reader).filter(act => PROPOSAL_RULES[act].by === 'proposer'),
    done: new URL(request.url).searchParams.get('done'),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOwner(request, params.slug, 'project:propose')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const proposalId = params.proposal ?? ''
  const refused = await takeProposalAct(visit, proposalId, read.ok ? read.value : {}, viewer.lang)
  if (refused !== null) return data({ entered: refused.entered }, { status: refused.status })
  throw redirect(href(`/c/${visit.community.slug}/projects/${proposalId}/own?done=act`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('projects.title')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function OwnProposalPage() {
  const { frame, view, isOwn, rounds, hasPoll, homes, acts, done } = useLoaderData<typeof loader>()
  const entered = useActionData<typeof action>()?.entered ?? null
  const t = useT()
  const { slug } = frame.community
  const token = <OwnFormField frame={frame} />
  const said = done === 'propose' ? t('projects.doneProposed') : t('projects.doneActed')
  const isFormed = acts.some(act => act === entered?.act)
  return (
    <OwnerPage
      frame={frame}
      area="projects"
      crumbs={[
        { href: `/c/${slug}/projects`, label: t('projects.title') },
        { href: `/c/${slug}/projects/${view.proposalId}`, label: proposalTitle(view, t) },
      ]}
      kicker={isOwn ? t('projects.mineTitle') : t('projects.kicker', { number: view.number })}
      title={proposalTitle(view, t)}
      notContained={[t('projects.omitPeople')]}
    >
      {done !== null && entered === null && <Notice tone="success" live="status" title={said} />}
      {entered !== null && !isFormed && <ErrorSummary errors={entered.errors} />}
      <Section title={t('projects.supportTitle')} lead={t('projects.supportLead')} id="support">
        {takesSupport(view.state) ? (
          <SupportForms homes={homes} token={token} />
        ) : (
          <p>{t('projects.supportOver')}</p>
        )}
      </Section>
      <ProposalSheet slug={slug} view={view} rounds={rounds} hasPoll={hasPoll} />
      <ProposalActForms acts={acts} token={token} entered={isFormed ? entered : null} />
    </OwnerPage>
  )
}
