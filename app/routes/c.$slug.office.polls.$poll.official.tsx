/** /c/:slug/office/polls/:poll/official: takes over the result of the government's own voting system, as it stands. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { DOCUMENT_LIMIT_BYTES } from '#kernel'
import { readForm } from '#platform'
import { href, Notice, useT, viewerOf } from '#ui'
import { OfficialResultForm, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { importOfficialResult } from '#votes/server'
import { AnyForm, bytesOf, filesOf } from './office/entered.ts'
import { readOfficialFigures } from './office/official-figures.ts'
import { officialErrors, pollStatus } from './office/poll-refusals.ts'
import { pollOf } from './office/poll-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:close')
  const { pollId, motion } = await pollOf(visit, params.poll)
  const t = translate(viewerOf(request.url).lang)
  return {
    frame: visit.frame,
    poll: { pollId, title: motion.title },
    frozen: motion.officialVoting === 'import' ? null : t('pollRefusal.not-an-import'),
    system: motion.officialSystem ?? '',
    questions: motion.questions.map(({ questionId, title }) => ({ questionId, title })),
    limit: `${DOCUMENT_LIMIT_BYTES / 1024 / 1024} MB`,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:close')
  const { portal, community, actor, frame } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  const { pollId, motion } = await pollOf(visit, params.poll)
  const { entered, figures, errors } = readOfficialFigures(form, motion.questions, lang)
  if (figures === null) return data({ entered, errors }, { status: 422 })
  const [file] = filesOf(form, 'document')
  const document = file === undefined ? new Uint8Array() : await bytesOf(file)
  const imported = await importOfficialResult(portal, actor, community, { pollId, figures, document })
  if (!imported.ok) {
    const refused = officialErrors(imported.error, { lang })
    return data({ entered, errors: refused }, { status: pollStatus(imported.error) })
  }
  throw redirect(href(officePath(frame.slug, 'polls', pollId, 'count'), viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('officePolls.importResultTitle')} · ${t('site.name')}` }]
}

export default function OfficialResultPage() {
  const { frame, poll, frozen, limit, ...asked } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage
      frame={frame}
      poll={poll}
      title={t('officePolls.importResultTitle')}
      lead={t('officePolls.importResultLead')}
    >
      {frozen !== null ? (
        <Notice tone="warning" title={frozen} />
      ) : (
        <OfficialResultForm
          frame={frame}
          {...asked}
          entered={refused?.entered ?? {}}
          errors={refused?.errors ?? []}
          documentLimit={limit}
        />
      )}
    </PollPage>
  )
}
