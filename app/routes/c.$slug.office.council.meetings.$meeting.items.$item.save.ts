/** /c/:slug/office/council/meetings/:meeting/items/:item/save: the same form, sent by the page's script; answers with the revision or with both texts. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { readForm } from '#platform'
import { viewerOf } from '#ui'
import { savedAnswer, saveSectionForm } from './council/section-acts.server.ts'
import { AnyForm } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const { lang } = viewerOf(request.url)
  return savedAnswer(await saveSectionForm(visit, params, read.ok ? read.value : {}, lang))
}
