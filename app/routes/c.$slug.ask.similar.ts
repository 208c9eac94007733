/** /c/SLUG/ask/similar: public questions that say nearly what the form's text says, for the form's script. Enters nothing. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { href, viewerOf } from '#ui'
import { caseTitle } from '#ui/voice'
import { LONGEST_TEXT, parseSubject } from '#voice'
import { readSimilar } from '#voice/server'
import { AnyForm, textOf } from './office/entered.ts'
import { subjectNames } from './voice/subject-names.server.ts'
import { enterOwner } from './votes/owner-visit.server.ts'

const SHOWN_LETTERS = 60

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community } = await enterOwner(request, params.slug, 'request:list')
  const read = await readForm(request, portal.settings, AnyForm)
  const text = read.ok ? [...textOf(read.value, 'text')].slice(0, LONGEST_TEXT).join('') : ''
  const query = new URL(request.url).searchParams
  const subject = parseSubject(query.get('about') ?? '', query.get('key') ?? '')
  const kind = subject === null ? 'request' : 'challenge'
  const found = text === '' ? [] : await readSimilar(portal, community, { kind, text, subject })
  const viewer = viewerOf(request.url)
  const t = translate(viewer.lang)
  const names = await subjectNames(
    portal,
    community,
    found.map(view => view.subject),
  )
  const after = kind === 'request' ? '/own' : ''
  return Response.json(
    found.map(view => ({
      href: href(`/c/${community.slug}/ask/${view.caseId}${after}`, viewer),
      title: caseTitle(view, names, t, viewer.lang),
      text: [...(view.text ?? '')].slice(0, SHOWN_LETTERS).join(''),
      state: t(`voice.state.${view.state}`),
    })),
    { headers: { 'Cache-Control': 'no-store' } },
  )
}
