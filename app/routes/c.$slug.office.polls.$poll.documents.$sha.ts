/** /c/:slug/office/polls/:poll/documents/:sha: a document that a motion names, also while it is a draft. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPollDocument } from '#votes/server'
import { privateFile } from './office/private-file.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor } = await enterOffice(request, params.slug, 'poll:read')
  const named = { pollId: params.poll ?? '', sha256: params.sha ?? '' }
  return privateFile(await readPollDocument(portal, community, actor, named))
}
