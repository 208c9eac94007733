/** /c/:slug/office/letters/:batch/letters.pdf: the file with the codes, by POST: fetching it starts its end. Kept by no cache. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { openLetters } from '#people/server'
import { readForm } from '#platform'
import { AnyForm } from './office/entered.ts'
import { letterStatus } from './office/letter-refusals.ts'
import { privateFile } from './office/private-file.ts'
import { enterOffice } from './office/visit.server.ts'

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor } = await enterOffice(request, params.slug, 'letter:print')
  await readForm(request, portal.settings, AnyForm)
  const batchId = params.batch ?? ''
  const file = await openLetters(portal, actor, community, batchId)
  if (!file.ok) throw new Response(null, { status: letterStatus(file.error) })
  const fileName = `${community.slug}-letters.pdf`
  return privateFile({ bytes: file.value, mediaType: 'application/pdf', fileName })
}
