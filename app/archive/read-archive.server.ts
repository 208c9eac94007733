/**
 * Reads what goes into an archive: the log up to its newest checkpoint, the ledger's public record, and the polls. Only what
 * the checkpoint covers; what is posted meanwhile is in the next archive.
 */
import type { Tx } from '#db'
import { readEntries } from '#db/tlog'
import { err, ok, type Result } from '#kernel'
import { type LedgerCommunity, readChart, readVouchersAfter, type VoucherWithPostings } from '#ledger/server'
import type { Portal } from '#platform'
import { readStatements } from '#statements/server'
import { formatVkey } from '#tlog'
import { openLogSigner, openPublisher, publishCheckpoint, readCheckpoint, readLogSize } from '#tlog/server'
import type { PollArchive } from '#votes'
import { type ArchiveFiles, archiveFilesOf } from './archive-file.ts'
import { ledgerRecordText } from './ledger-record.ts'

const PAGE = 1000

/** All posted vouchers in the order of their numbers. */
export async function readAllVouchers(portal: Portal, communityId: number): Promise<VoucherWithPostings[]> {
  const all: VoucherWithPostings[] = []
  for (;;) {
    const page = await readVouchersAfter(portal.db, communityId, all.at(-1)?.key ?? null, 500)
    if (page.length === 0) return all
    all.push(...page)
  }
}

/** The ledger's public record as JSON text; with a size, only what the log has below it. */
export async function readLedgerRecord(
  portal: Portal,
  community: LedgerCommunity,
  logSize = Number.POSITIVE_INFINITY,
): Promise<string> {
  const { accounts, funds } = await readChart(portal.db, community.communityId)
  const vouchers = await readAllVouchers(portal, community.communityId)
  const statements = await readStatements(portal, community)
  return ledgerRecordText({
    community,
    accounts,
    funds,
    vouchers: vouchers.filter(({ leafIndex }) => leafIndex < logSize),
    statements: statements.filter(({ leafIndex }) => leafIndex < logSize),
  })
}

async function readLeaves(tx: Tx, communityId: number, size: number): Promise<Uint8Array[]> {
  const leaves: Uint8Array[] = []
  while (leaves.length < size) {
    const page = await readEntries(tx, communityId, leaves.length, Math.min(PAGE, size - leaves.length))
    if (page.length === 0) throw new Error(`invariant broken: leaf ${leaves.length} is missing`)
    leaves.push(...page.map(({ entry }) => entry))
  }
  return leaves
}

/**
 * The files of an archive: of the whole community, or of the one poll given with the log that proves it. Signs a checkpoint
 * first when the newest does not cover the log and nobody else is signing.
 */
export async function readArchive(
  portal: Portal,
  community: LedgerCommunity,
  request: {
    readonly scope: 'community' | 'poll'
    readonly polls: readonly PollArchive[]
    readonly readme: string
  },
): Promise<Result<ArchiveFiles, 'log-unpublished'>> {
  const { communityId, logOrigin, slug } = community
  const published = await readCheckpoint(portal.db, communityId)
  if ((published?.size ?? 0) < (await readLogSize(portal.db, communityId))) {
    await publishCheckpoint(openPublisher(portal), communityId)
  }
  const newest = await readCheckpoint(portal.db, communityId)
  if (newest === null) return err('log-unpublished')
  return ok(
    archiveFilesOf({
      community: slug,
      origin: logOrigin,
      leaves: await readLeaves(portal.db, communityId, newest.size),
      checkpoint: newest.note,
      vkeys: [formatVkey((await openLogSigner(portal, logOrigin)).key)],
      ledger: request.scope === 'poll' ? null : await readLedgerRecord(portal, community, newest.size),
      polls: request.polls,
      readme: request.readme,
    }),
  )
}
