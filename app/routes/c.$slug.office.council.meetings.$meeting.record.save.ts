/** /c/:slug/office/council/meetings/:meeting/record/save: the raw record, sent by the page's script. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { readForm } from '#platform'
import { viewerOf } from '#ui'
import { savedAnswer, saveRecordForm } from './council/section-acts.server.ts'
import { AnyForm } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const { lang } = viewerOf(request.url)
  return savedAnswer(await saveRecordForm(visit, params.meeting ?? '', read.ok ? read.value : {}, lang))
}
