/** /c/:slug/office/projects/:proposal: one proposal for the officers: shortlist, motion, money, result, acceptance. */
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
import { mayMakeMotion, PROPOSAL_RULES, possibleProposalActs } from '#projects'
import { href, LinkButton, Notice, Section, useT, viewerOf } from '#ui'
import { CsrfField, OfficePage, officePath } from '#ui/office'
import { ProposalActForms, ProposalSheet, proposalTitle } from '#ui/projects'
import { AnyForm } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'
import { takeProposalAct } from './projects/proposal-forms.server.ts'
import { readProposalPage } from './projects/proposal-page.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOffice(request, params.slug, 'project:arrange')
  const page = await readProposalPage(portal, community, actor, params.proposal)
  const reader = { actor, communityId: community.communityId, isOwn: page.isOwn }
  return {
    frame,
    ...page,
    acts: possibleProposalActs(page.view, reader).filter(act => PROPOSAL_RULES[act].by === 'officer'),
    mayMakeMotion: mayMakeMotion(page.view, reader),
    isDone: new URL(request.url).searchParams.get('done') === 'act',
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'project:arrange')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const proposalId = params.proposal ?? ''
  const refused = await takeProposalAct(visit, proposalId, read.ok ? read.value : {}, viewer.lang)
  if (refused !== null) return data({ entered: refused.entered }, { status: refused.status })
  throw redirect(href(`${officePath(visit.frame.slug, 'projects', proposalId)}?done=act`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('projects.deskTitle')} · ${t('site.name')}` }]
}

export default function ProposalDeskPage() {
  const page = useLoaderData<typeof loader>()
  const entered = useActionData<typeof action>()?.entered ?? null
  const t = useT()
  const { frame, view, acts, isOwn, isDone } = page
  const isRare = (act: string) => act === 'hide' || act === 'show'
  const usual = acts.filter(act => !isRare(act))
  const rare = acts.filter(isRare)
  const isRareEntered = entered !== null && isRare(entered.act)
  const token = <CsrfField frame={frame} />
  const hasNothing = usual.length === 0 && !page.mayMakeMotion
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('projects.deskTitle'), href: officePath(frame.slug, 'projects') }]}
      kicker={t('projects.kicker', { number: view.number })}
      title={proposalTitle(view, t)}
      notContained={[t('projects.deskOmit')]}
      width="standard"
    >
      {isDone && entered === null && <Notice tone="success" live="status" title={t('projects.doneActed')} />}
      <ProposalSheet slug={frame.slug} view={view} rounds={page.rounds} hasPoll={page.hasPoll} />
      <Section title={t('projects.deskActs')} id="acts">
        {isOwn && <p>{t('projects.deskOwn')}</p>}
        {!isOwn && hasNothing && <p>{t('projects.deskNoActs')}</p>}
        {page.mayMakeMotion && (
          <>
            <p>{t('projects.deskMotionLead')}</p>
            <p>
              <LinkButton
                href={`${officePath(frame.slug, 'polls', 'new')}?proposal=${view.proposalId}`}
                icon="vote"
                tone="primary"
              >
                {t(view.pollId === null ? 'projects.deskMotion' : 'projects.deskMotionAgain')}
              </LinkButton>
            </p>
          </>
        )}
        <ProposalActForms acts={usual} token={token} entered={isRareEntered ? null : entered} />
      </Section>
      {rare.length > 0 && (
        <details open={isRareEntered}>
          <summary>{t('projects.deskRare')}</summary>
          <ProposalActForms acts={rare} token={token} entered={isRareEntered ? entered : null} />
        </details>
      )}
    </OfficePage>
  )
}
