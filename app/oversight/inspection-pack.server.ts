/**
 * The pack for a visiting representative: the sealed statements of a month, the public archive, and the list of what stands
 * open, in one zip. It holds nothing that its reader could not see on the pages.
 */
import { packArchiveAside, readArchive } from '#archive/server'
import { CSV_START, csvRecord, err, ok, type Period, type Result, utf8 } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { readStatementFile, readStatements } from '#statements/server'
import type { OversightItem } from './item.ts'
import { readNeedsEyes } from './needs-eyes.server.ts'

export interface InspectionPackRequest {
  readonly period: Period
  /** What is in the pack, for people. */
  readonly readme: string
  /** What is in the archive inside, for people. */
  readonly archiveReadme: string
  /** An item in words, in the language of the pack. */
  readonly say: (item: OversightItem) => string
}

function openItemsCsv(items: readonly OversightItem[], say: InspectionPackRequest['say']): string {
  const head = ['kind', 'subject', 'count', 'days', 'words', 'address'].map(text => ({ text }))
  const rows = items.map(item =>
    csvRecord([
      { text: item.kind },
      { text: item.subject },
      { number: item.count },
      { number: item.days },
      { text: say(item) },
      { text: item.href },
    ]),
  )
  return CSV_START + csvRecord(head) + rows.join('')
}

/**
 * The pack of a month. `log-unpublished` for the moment until a checkpoint is signed; a month without a statement gives a pack
 * without one, because that it is missing is what the representative should see.
 */
export async function readInspectionPack(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  request: InspectionPackRequest,
): Promise<Result<Uint8Array, 'not-permitted' | 'log-unpublished'>> {
  if (!can(actor, 'oversight:pack', community.communityId)) return err('not-permitted')
  const { archiveReadme } = request
  const archive = await readArchive(portal, community, { poll: null, readme: archiveReadme })
  if (!archive.ok) return err('log-unpublished')
  const files = new Map<string, Uint8Array>([
    ['README.txt', utf8(request.readme)],
    ['open-items.csv', utf8(openItemsCsv(await readNeedsEyes(portal, community), request.say))],
    ['archive.zip', await packArchiveAside(archive.value)],
  ])
  for (const { period, version } of await readStatements(portal, community)) {
    if (period !== request.period) continue
    const file = await readStatementFile(portal, community, period, version)
    if (file !== null) files.set(`statements/${period}-v${version}.pdf`, file.pdf)
  }
  return ok(await packArchiveAside(files))
}
