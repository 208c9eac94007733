/** /c/SLUG/checkpoint: the newest signed checkpoint of the log (c2sp.org/tlog-tiles). */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { answerTlog } from './public/tlog.server.ts'

export function loader(given: LoaderFunctionArgs): Promise<Response> {
  return answerTlog(given)
}
