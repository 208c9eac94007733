/** /c/:slug/office/controls: the rules for the community's money; changes are proposed by one side and confirmed by the other. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { dateOf, fiscalYearOf, periodOf } from '#kernel'
import { readChart, readControlChanges, readControls } from '#ledger/server'
import { can } from '#people'
import { readFactorKinds } from '#people/server'
import { readForm } from '#platform'
import { ControlRules, ErrorSummary, href, PasskeyScriptTag, Section, useT, viewerOf } from '#ui'
import {
  AccountForm,
  BudgetForm,
  CeilingForm,
  ControlChangeList,
  ControlsForm,
  EmergencyForm,
  FeeStandardForm,
  OfficePage,
  officePath,
} from '#ui/office'
import { readPasskeyScript } from './account/passkey-script.server.ts'
import { passedVotes } from './office/budget-vote.server.ts'
import { actOnControls } from './office/control-acts.server.ts'
import { controlErrors, controlStatus, enteredControlChange } from './office/controls-form.ts'
import { AnyForm } from './office/entered.ts'
import { feesOf } from './office/fee-acts.server.ts'
import { enterOffice, namedChart, type OfficeVisit } from './office/visit.server.ts'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('controls.title')} · ${t('site.name')}` }]
}

/** The reader's own factors, for whoever may bear witness. */
async function factorsOf({ portal, actor, community }: OfficeVisit) {
  if (!can(actor, 'emergency:witness', community.communityId))
    return { totp: false, passkey: false, script: null }
  const kinds = await readFactorKinds(portal, actor.userId)
  return { ...kinds, script: kinds.passkey ? await readPasskeyScript(portal) : null }
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug)
  const { portal, community, actor, frame } = visit
  const may = (action: Parameters<typeof can>[1]) => can(actor, action, community.communityId)
  return {
    frame,
    chart: namedChart(await readChart(portal.db, community.communityId)),
    inForce: await readControls(portal.db, community),
    changes: (await readControlChanges(portal, actor, community)) ?? [],
    mayPropose: may('controls:propose'),
    fees: may('fee-standard:propose') ? await feesOf(visit) : null,
    mayExtendChart: may('chart:extend'),
    factors: await factorsOf(visit),
    votes: may('controls:propose') ? await passedVotes(portal, community) : [],
    year: fiscalYearOf(periodOf(dateOf(portal.clock.now()))),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug)
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const done = await actOnControls(visit, form)
  if (done.ok) throw redirect(href(officePath(visit.frame.slug, 'controls'), viewer), 303)
  const errors = controlErrors(done.error, translate(viewer.lang))
  return data({ errors, entered: enteredControlChange(form) }, { status: controlStatus(done.error.code) })
}

export default function ControlsPage() {
  const { frame, chart, inForce, changes, factors, votes, year, fees, ...may } =
    useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const t = useT()
  const shared = { frame, chart, entered: answered?.entered ?? {}, errors: answered?.errors ?? [] }
  return (
    <OfficePage
      frame={frame}
      crumbs={[]}
      title={t('controls.title')}
      lead={t('controls.lead')}
      notContained={[t('controls.contains')]}
    >
      <ErrorSummary errors={shared.errors} />
      <ControlChangeList {...shared} names={chart} changes={changes} factors={factors} />
      <Section title={t('controls.inForceTitle', { version: inForce.version })} id="in-force">
        <ControlRules controls={inForce.controls} />
      </Section>
      {may.mayPropose && (
        <>
          <ControlsForm {...shared} controls={inForce.controls} />
          <BudgetForm {...shared} year={year} votes={votes} />
          <CeilingForm {...shared} year={year} />
          <EmergencyForm {...shared} year={year} />
        </>
      )}
      {fees !== null && <FeeStandardForm {...shared} {...fees} />}
      {may.mayExtendChart && <AccountForm {...shared} />}
      <PasskeyScriptTag script={factors.script} />
    </OfficePage>
  )
}
