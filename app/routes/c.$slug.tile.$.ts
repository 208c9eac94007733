/** /c/SLUG/tile/...: hash tiles and entry bundles of the log (c2sp.org/tlog-tiles). */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { answerTlog } from './public/tlog.server.ts'

export function loader(given: LoaderFunctionArgs): Promise<Response> {
  return answerTlog(given)
}
