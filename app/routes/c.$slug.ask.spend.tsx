/** /c/SLUG/ask/spend?about=voucher&key=2026-0412: an owner asks about a spend; similar questions are shown before it is entered. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { dateText, translate } from '#i18n'
import { dateOf } from '#kernel'
import { readForm } from '#platform'
import { href, useT, useViewer, viewerOf } from '#ui'
import { SpendForm, subjectText } from '#ui/voice'
import { parseSubject, type Subject, seatOf, subjectPath, termOf } from '#voice'
import { readClocks } from '#voice/server'
import { AnyForm } from './office/entered.ts'
import { openChallenge } from './voice/open-form.server.ts'
import { readSimilarScript } from './voice/similar-script.server.ts'
import { subjectNames } from './voice/subject-names.server.ts'
import { OwnerPage, OwnFormField } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'

/** What the address is about. Throws 404 for what cannot be asked about. */
function subjectIn(request: Request): Subject {
  const query = new URL(request.url).searchParams
  const subject = parseSubject(query.get('about') ?? '', query.get('key') ?? '')
  if (subject === null) throw new Response(null, { status: 404 })
  return subject
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOwner(request, params.slug, 'voice:ask')
  const subject = subjectIn(request)
  const clocks = await readClocks(portal.db, community)
  return {
    frame,
    subject,
    dueOn: termOf(clocks, 'answerDays', dateOf(portal.clock.now())).dueOn,
    names: await subjectNames(portal, community, [subject]),
    script: await readSimilarScript(),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOwner(request, params.slug, 'voice:ask')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const opened = await openChallenge(visit, subjectIn(request), read.ok ? read.value : {}, viewer.lang)
  if (opened.caseId === null) return data({ entered: opened.entered }, { status: opened.status })
  throw redirect(href(`/c/${visit.community.slug}/ask/${opened.caseId}/own?done=ask`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('voice.askButton')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function SpendPage() {
  const { frame, subject, names, dueOn, script } = useLoaderData<typeof loader>()
  const entered = useActionData<typeof action>()?.entered ?? null
  const t = useT()
  const { lang } = useViewer()
  const { slug } = frame.community
  const about = subjectText(subject, names, t, lang)
  return (
    <OwnerPage
      frame={frame}
      area="ask"
      crumbs={[
        { href: `/c/${slug}/ask`, label: t('voice.title') },
        { href: `/c/${slug}/${subjectPath(subject)}`, label: about },
      ]}
      title={t('voice.spendTitle', { subject: about })}
      lead={t('voice.spendLead', {
        seat: t(`voice.seat.${seatOf(subject.kind)}`),
        date: dateText(dueOn, lang),
      })}
      notContained={[t('voice.omitAsker')]}
    >
      <SpendForm
        slug={slug}
        names={names}
        entered={entered}
        subject={subject}
        script={script}
        token={<OwnFormField frame={frame} />}
      />
    </OwnerPage>
  )
}
