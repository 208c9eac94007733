/** /c/:slug/office/polls/:poll/papers/:paper: the second or third reading of a paper, from its image and without what others read. */
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
import { readForm } from '#platform'
import { href, useT, viewerOf } from '#ui'
import { NO_READING, PaperSheet, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { enterPaper, readPaperToRead } from '#votes/server'
import { OUTCOMES } from './office/desk-acts.server.ts'
import { paperReference, readableQuestions, readingOf, signersOf } from './office/desk-view.server.ts'
import { AnyForm } from './office/entered.ts'
import { entryErrors, pollStatus } from './office/poll-refusals.ts'
import { pollOf } from './office/poll-view.server.ts'
import { enterOffice, type OfficeVisit } from './office/visit.server.ts'

/** The paper of the address; 404 where there is none. */
async function paperOf(visit: OfficeVisit, pollId: string, number: string) {
  const { portal, actor, community } = visit
  const paper = paperReference(number)
  const found = paper === null ? null : await readPaperToRead(portal, actor, community, { pollId, paper })
  if (found === null) throw new Response(null, { status: 404 })
  return found
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:enter')
  const { lang } = viewerOf(request.url)
  const { pollId, motion } = await pollOf(visit, params.poll)
  const paper = await paperOf(visit, pollId, params.paper ?? '')
  const at = (...parts: string[]) => officePath(visit.frame.slug, 'polls', pollId, ...parts)
  return {
    frame: visit.frame,
    poll: { pollId, title: motion.title },
    view: {
      pollId,
      paperNumber: paper.paperNumber,
      place: paper.unit,
      scan: {
        href: at('papers', String(paper.paperNumber), 'scan'),
        isPicture: paper.scanMediaType?.startsWith('image/') ?? false,
      },
      signers: await signersOf(visit, pollId, paper, lang),
      questions: readableQuestions(motion, lang),
      today: dateOf(visit.portal.clock.now()),
      reading: paper.entries < 2 ? ('second' as const) : ('third' as const),
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:enter')
  const { portal, actor, community, frame } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  const { pollId, motion } = await pollOf(visit, params.poll)
  const paper = paperReference(params.paper ?? '')
  if (paper === null) throw new Response(null, { status: 404 })
  const { entered, ...reading } = readingOf(read.ok ? read.value : {}, readableQuestions(motion, lang))
  const done = await enterPaper(portal, actor, community, { pollId, paper, ...reading, scan: null })
  if (!done.ok) {
    const errors = entryErrors(done.error, { lang })
    return data({ entered, errors }, { status: pollStatus(done.error) })
  }
  const { outcome, paperNumber } = done.value
  const query = `?done=${OUTCOMES[outcome]}&number=${paperNumber}`
  throw redirect(href(`${officePath(frame.slug, 'polls', pollId, 'papers')}${query}`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('desk.sheetTitle')} · ${t('site.name')}` }]
}

export default function PaperPage() {
  const { frame, poll, view } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage
      frame={frame}
      poll={poll}
      kicker={t('desk.sheetTitle')}
      title={t('desk.paperAt', { number: view.paperNumber, place: view.place })}
      lead={t('desk.sheetLead')}
      notContained={t('desk.notContained')}
    >
      <PaperSheet
        frame={frame}
        view={view}
        entered={refused?.entered ?? NO_READING}
        errors={refused?.errors ?? []}
      />
    </PollPage>
  )
}
