/** /verify/offline.html: the verifier as one file, to keep. Sent as a download: it is meant to be opened from a disk. */
import { currentPortal } from '#platform'
import { readPublicKeys } from './verify/public-keys.server.ts'
import { readStandalone } from './verify/verifier-files.server.ts'

export async function loader() {
  const { bytes } = await readStandalone(await readPublicKeys(currentPortal()))
  return new Response(new Uint8Array(bytes), {
    headers: {
      // Not as a page: a server's policy and a cache have nothing to do with it.
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': 'attachment; filename="mingzhang-verify.html"',
      'Cache-Control': 'no-cache',
    },
  })
}
