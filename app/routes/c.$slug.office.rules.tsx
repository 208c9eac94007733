/** /c/:slug/office/rules: matching rules, taught and retired. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readChart, readMatchingRules, retireRule, teachMatchingRule } from '#ledger/server'
import { readForm } from '#platform'
import { ErrorSummary, href, useT, viewerOf } from '#ui'
import { mainFundOf, OfficePage, officePath, RuleTable, TeachForm } from '#ui/office'
import { AnyForm, textOf } from './office/entered.ts'
import { refusalStatus, teachErrors } from './office/refusals.ts'
import { enteredRule, ruleOf } from './office/rule-form.ts'
import { enterOffice, namedChart } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug)
  const chart = await readChart(portal.db, community.communityId)
  return { frame, chart: namedChart(chart), rules: await readMatchingRules(portal, community) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'matching-rule:teach')
  const form = await readForm(request, portal.settings, AnyForm)
  const entered = form.ok ? form.value : {}
  const viewer = viewerOf(request.url)
  const rule = enteredRule(entered)
  const retires = textOf(entered, 'intent') === 'retire'
  const done = retires
    ? await retireRule(portal, actor, community, textOf(entered, 'rule'))
    : await teachMatchingRule(portal, actor, community, ruleOf(rule))
  if (done.ok) {
    const waits = typeof done.value === 'object' && done.value !== null ? done.value.waitsAs : done.value
    throw redirect(href(officePath(frame.slug, waits === null ? 'rules' : 'controls'), viewer), 303)
  }
  return data(
    { errors: teachErrors(done.error, { lang: viewer.lang }), rule: retires ? null : rule },
    { status: refusalStatus(done.error) },
  )
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('office.rulesTitle')} · ${t('site.name')}` }]
}

export default function RulesPage() {
  const { frame, chart, rules } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const errors = refused?.errors ?? []
  const empty = {
    direction: 'in',
    contains: '',
    fund: mainFundOf(chart.funds),
    account: '',
    narration: '',
  }
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('office.benchTitle'), href: officePath(frame.slug, 'lines') }]}
      title={t('office.rulesTitle')}
      lead={t('office.rulesLead')}
    >
      <ErrorSummary errors={errors} />
      <RuleTable frame={frame} chart={chart} rules={rules} />
      {frame.may.teach && (
        <TeachForm frame={frame} chart={chart} entered={refused?.rule ?? empty} errors={errors} />
      )}
    </OfficePage>
  )
}
