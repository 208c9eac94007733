/** /c/SLUG/ask/CASE/service: a home says how a service went: three questions, one sentence that is not published. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { dateText, translate } from '#i18n'
import { readForm } from '#platform'
import { EmptyState, href, LinkButton, Notice, useT, useViewer, viewerOf } from '#ui'
import { ServiceForm } from '#ui/voice'
import { SERVICE_ASPECTS } from '#voice'
import { answerService, readServiceQuestion } from '#voice/server'
import { AnyForm, textOf } from './office/entered.ts'
import { serviceProblem, surveyStatus } from './voice/survey-problems.ts'
import { OwnerPage, OwnFormField } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOwner(request, params.slug, 'survey:answer')
  const question = await readServiceQuestion(portal, actor, community, params.case ?? '')
  if (question === null) throw new Response(null, { status: 404 })
  return { frame, question, isDone: new URL(request.url).searchParams.get('done') === 'yes' }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, actor, community } = await enterOwner(request, params.slug, 'survey:answer')
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const caseId = params.case ?? ''
  const given = SERVICE_ASPECTS.map(aspect => [aspect, textOf(form, aspect)] as const)
  const scores = Object.fromEntries(given.map(([aspect, score]) => [aspect, Number(score)]))
  const sentence = textOf(form, 'sentence')
  const done = await answerService(portal, actor, community, { caseId, scores, sentence })
  if (!done.ok) {
    const entered: Record<string, string> = { ...Object.fromEntries(given), sentence }
    const errors = serviceProblem(done.error, viewer.lang, entered)
    return data({ entered, errors }, { status: surveyStatus(done.error) })
  }
  throw redirect(href(`/c/${community.slug}/ask/${caseId}/service?done=yes`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [
    { title: `${t('survey.service.title')} · ${t('site.name')}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export default function ServicePage() {
  const { frame, question, isDone } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const { lang } = useViewer()
  const below = `/c/${frame.community.slug}/ask`
  const isThanked = isDone && refused === undefined
  return (
    <OwnerPage
      frame={frame}
      area="ask"
      crumbs={[
        { href: below, label: t('voice.title') },
        { href: `${below}/own`, label: t('voice.ownTitle') },
      ]}
      title={t('survey.service.title')}
      lead={t('survey.service.lead', {
        category: t(`voice.category.${question.category}`),
        until: dateText(question.until, lang),
      })}
      actions={
        <LinkButton href={`${below}/${question.caseId}/own`}>{t('survey.service.caseLink')}</LinkButton>
      }
      notContained={[t('survey.service.omitSentences'), t('survey.omitAnswers')]}
    >
      {isThanked && <Notice tone="success" live="status" title={t('survey.thanks')} />}
      {question.isOpen ? (
        <ServiceForm
          errors={refused?.errors ?? []}
          entered={refused?.entered ?? {}}
          token={<OwnFormField frame={frame} />}
        />
      ) : (
        !isThanked && (
          <EmptyState
            title={t(
              question.homes.length === 0
                ? 'survey.service.problem.already-answered'
                : 'survey.problem.survey-closed',
            )}
          />
        )
      )}
    </OwnerPage>
  )
}
