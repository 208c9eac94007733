/** /c/:slug/office/statements: issues the sealed statement of a closed month, and shows how far the job is. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { addMonths, isId, type Period, parsePeriod } from '#kernel'
import { readPeriodState } from '#ledger/server'
import { readForm, readJob, retryFailedJob } from '#platform'
import { readStatements, requestStatement } from '#statements/server'
import { href, refreshMeta, useT, viewerOf } from '#ui'
import {
  IssueJob,
  type JobView,
  OfficePage,
  officePath,
  StatementMonths,
  type StatementRow,
} from '#ui/office'
import { AnyForm, textOf } from './office/entered.ts'
import { issueErrors, refusalStatus } from './office/refusals.ts'
import { enterOffice, type OfficeVisit } from './office/visit.server.ts'

const REFRESH_SECONDS = 2

async function readRows({ portal, community }: OfficeVisit): Promise<StatementRow[]> {
  const { firstPeriod, lastClosed } = await readPeriodState(portal.db, community)
  const issued = (await readStatements(portal, community)).filter(statement => !statement.isSuperseded)
  const rows: StatementRow[] = []
  if (lastClosed === null) return rows
  for (let month: Period = lastClosed; month >= firstPeriod; month = addMonths(month, -1)) {
    const statement = issued.find(each => each.period === month)
    rows.push({
      period: month,
      version: statement?.version ?? null,
      issuedAt: statement?.issuedAt ?? null,
      isReady: statement?.file != null,
    })
  }
  return rows
}

async function readJobView(visit: OfficeVisit, jobId: string | null): Promise<JobView | null> {
  if (jobId === null || !isId(jobId)) return null
  const job = await readJob(visit.portal.db, visit.community.communityId, jobId)
  if (job === null) return null
  const { state, outcome, progressDone: done, progressTotal: total } = job
  return { jobId, state, outcome, done, total }
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug)
  const job = await readJobView(visit, new URL(request.url).searchParams.get('job'))
  return { frame: visit.frame, rows: await readRows(visit), job }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'statement:issue')
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const watch = (jobId: string) =>
    redirect(href(`${officePath(frame.slug, 'statements')}?job=${jobId}`, viewer), 303)
  if (textOf(form, 'intent') === 'retry') {
    const jobId = textOf(form, 'job')
    if (!isId(jobId)) throw new Response(null, { status: 400 })
    await retryFailedJob(portal, portal.db, community.communityId, jobId)
    throw watch(jobId)
  }
  const period = parsePeriod(textOf(form, 'period'))
  if (!period.ok) throw new Response(null, { status: 400 })
  const asked = await requestStatement(portal, actor, community, {
    period: period.value,
    reason: textOf(form, 'reason') || null,
  })
  if (asked.ok) throw watch(asked.value.jobId)
  return data(
    { errors: issueErrors(asked.error, { lang: viewer.lang }), correcting: period.value },
    { status: refusalStatus(asked.error) },
  )
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  const title = { title: `${t('office.statementsTitle')} · ${t('site.name')}` }
  const isRunning = loaded?.job?.state === 'waiting' || loaded?.job?.state === 'running'
  return isRunning ? [title, refreshMeta(REFRESH_SECONDS)] : [title]
}

export default function StatementsPage() {
  const { frame, rows, job } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      place="statements"
      title={t('office.statementsTitle')}
      lead={t('office.statementsLead')}
    >
      {job && <IssueJob frame={frame} job={job} refreshSeconds={REFRESH_SECONDS} />}
      <StatementMonths
        frame={frame}
        rows={rows}
        errors={refused?.errors ?? []}
        correcting={refused?.correcting ?? null}
      />
    </OfficePage>
  )
}
