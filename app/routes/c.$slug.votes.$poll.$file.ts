/**
 * Files of a counted poll for anybody: `certificate.pdf` and `.json` as issued (`?version=` for an older one), `board.json` the
 * public count, `archive.zip` all that a recount needs with the log that proves it.
 */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { packArchive, readArchive } from '#archive/server'
import { translate } from '#i18n'
import type { LedgerCommunity } from '#ledger/server'
import { currentPortal, type Portal } from '#platform'
import { readCertificateFile, readCertificateModel } from '#statements/server'
import { readPoll, readPollArchive } from '#votes/server'
import { communityAt, maySeeDetail, withheldFile } from './public/community.server.ts'

interface PollFile {
  readonly name: string
  readonly mediaType: 'application/pdf' | 'application/json' | 'application/zip'
  readonly bytes: Uint8Array
}

async function certificatePdf(
  portal: Portal,
  community: LedgerCommunity,
  pollId: string,
  version: number | null,
): Promise<PollFile | null> {
  const file = await readCertificateFile(portal, community, pollId, version)
  return file && { name: `${file.certificateId}.pdf`, mediaType: 'application/pdf', bytes: file.pdf }
}

async function certificateJson(
  portal: Portal,
  community: LedgerCommunity,
  pollId: string,
  version: number | null,
): Promise<PollFile | null> {
  const file = await readCertificateModel(portal, community, pollId, version)
  return file && { name: `${file.certificateId}.json`, mediaType: 'application/json', bytes: file.model }
}

async function board(portal: Portal, community: LedgerCommunity, pollId: string): Promise<PollFile | null> {
  const bytes = (await readPollArchive(portal.db, community, pollId))?.board ?? null
  return bytes && { name: `${community.slug}-${pollId}-board.json`, mediaType: 'application/json', bytes }
}

/** Null until a checkpoint covers the count. */
async function archive(portal: Portal, community: LedgerCommunity, pollId: string): Promise<PollFile | null> {
  const readme = `${translate('zh-CN')('cli.archiveReadme')}\n${translate('en')('cli.archiveReadme')}`
  const files = await readArchive(portal, community, { poll: pollId, readme })
  if (!files.ok) return null
  const name = `${community.slug}-${pollId}.zip`
  return { name, mediaType: 'application/zip', bytes: packArchive(files.value) }
}

const FILES: Readonly<
  Record<string, (...of: Parameters<typeof certificatePdf>) => Promise<PollFile | null>>
> = {
  'certificate.pdf': certificatePdf,
  'certificate.json': certificateJson,
  'board.json': board,
  'archive.zip': archive,
}

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const version = new URL(request.url).searchParams.get('version')
  const name = params.file ?? ''
  const poll = await readPoll(portal, community, null, params.poll ?? '')
  if (poll === null || !Object.hasOwn(FILES, name) || !/^[1-9]\d{0,3}$/.test(version ?? '1')) {
    throw new Response(null, { status: 404 })
  }
  // The log lies in the archive, and with it what a community may keep to its own people.
  if (name === 'archive.zip' && !(await maySeeDetail(portal, request, community))) return withheldFile()
  const file = await FILES[name]!(
    portal,
    community,
    poll.pollId,
    version === null ? null : Number.parseInt(version, 10),
  )
  if (file === null) throw new Response(null, { status: 404 })
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'Content-Type': file.mediaType,
      'Content-Disposition': `${file.mediaType === 'application/pdf' ? 'inline' : 'attachment'}; filename="${file.name}"`,
      'Content-Security-Policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'unsafe-inline'",
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
