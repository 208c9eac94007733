/** /c/:slug/office/lines/:line: one bank line: draft it, teach a rule from it, or explain it. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { explainBankLine, readChart, readOfficeLines, teachMatchingRule } from '#ledger/server'
import { readForm } from '#platform'
import { ErrorSummary, href, useT, viewerOf } from '#ui'
import { DraftLineButton, ExplainForm, LineCard, OfficePage, officePath, TeachForm } from '#ui/office'
import { AnyForm, textOf } from './office/entered.ts'
import { explainErrors, refusalStatus, teachErrors } from './office/refusals.ts'
import { enteredRule, ruleOf } from './office/rule-form.ts'
import { enterOffice, namedChart } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug)
  const [line] = (await readOfficeLines(portal, actor, community, [params.line ?? ''])) ?? []
  if (line === undefined) throw new Response(null, { status: 404 })
  return { frame, line, chart: namedChart(await readChart(portal.db, community.communityId)) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'bank-line:explain')
  const form = await readForm(request, portal.settings, AnyForm)
  const entered = form.ok ? form.value : {}
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  const rule = enteredRule(entered)
  const explanation = textOf(entered, 'explanation')
  if (textOf(entered, 'intent') === 'teach') {
    const taught = await teachMatchingRule(portal, actor, community, ruleOf(rule))
    if (taught.ok) throw redirect(href(officePath(frame.slug, 'lines'), viewer), 303)
    const status = refusalStatus(taught.error)
    return data({ errors: teachErrors(taught.error, { lang }), rule, explanation }, { status })
  }
  const explained = await explainBankLine(portal, actor, community, {
    bankLine: params.line ?? '',
    explanation,
  })
  if (explained.ok) throw redirect(href(officePath(frame.slug, 'lines'), viewer), 303)
  const status = refusalStatus(explained.error)
  return data({ errors: explainErrors(explained.error, { lang }), rule: null, explanation }, { status })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('office.lineTitle')} · ${t('site.name')}` }]
}

export default function LinePage() {
  const { frame, line, chart } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const errors = refused?.errors ?? []
  const suggested = {
    direction: line.direction,
    contains: line.counterparty || line.purpose,
    fund: line.fund,
    account: '',
    narration: '',
  }
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('office.benchTitle'), href: officePath(frame.slug, 'lines') }]}
      title={t('office.lineTitle')}
      width="standard"
    >
      <ErrorSummary errors={errors} />
      <LineCard line={line} chart={chart} />
      <DraftLineButton frame={frame} line={line} />
      {frame.may.teach && (
        <TeachForm frame={frame} chart={chart} entered={refused?.rule ?? suggested} errors={errors} />
      )}
      {frame.may.explain && (
        <ExplainForm frame={frame} errors={errors} explanation={refused?.explanation ?? ''} />
      )}
    </OfficePage>
  )
}
