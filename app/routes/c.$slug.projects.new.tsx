/** /c/SLUG/projects/new[?round=ID]: an owner proposes, within a contest or as a small project. */
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
import { readRounds } from '#projects/server'
import { href, useT, viewerOf } from '#ui'
import { type EnteredProposal, ProposalForm } from '#ui/projects'
import { AnyForm } from './office/entered.ts'
import { proposeForm } from './projects/proposal-forms.server.ts'
import { OwnerPage, OwnFormField } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'

const EMPTY: EnteredProposal = {
  round: '',
  title: '',
  text: '',
  place: '',
  wanted: '',
  documents: [],
  errors: [],
  covered: [],
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOwner(request, params.slug, 'project:propose')
  const rounds = (await readRounds(portal, community)).filter(round => round.isOpen)
  const asked = new URL(request.url).searchParams.get('round')
  const round = rounds.find(each => each.roundId === asked)?.roundId ?? ''
  return { frame, rounds, round }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOwner(request, params.slug, 'project:propose')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const proposed = await proposeForm(visit, read.ok ? read.value : {}, viewer.lang)
  if (proposed.proposalId === null) return data({ entered: proposed.entered }, { status: proposed.status })
  const page = `/c/${visit.community.slug}/projects/${proposed.proposalId}/own?done=propose`
  throw redirect(href(page, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('projects.newTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function NewProposalPage() {
  const { frame, rounds, round } = useLoaderData<typeof loader>()
  const entered = useActionData<typeof action>()?.entered ?? { ...EMPTY, round }
  const t = useT()
  return (
    <OwnerPage
      frame={frame}
      area="projects"
      crumbs={[{ href: `/c/${frame.community.slug}/projects`, label: t('projects.title') }]}
      title={t('projects.newTitle')}
      lead={t('projects.newLead')}
      notContained={[t('projects.omitPeople')]}
    >
      <ProposalForm rounds={rounds} entered={entered} token={<OwnFormField frame={frame} />} />
    </OwnerPage>
  )
}
