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
import { openLogSigner, readCheckpoint } from '#tlog/server'
import { type PollArchive, readLoggedPolls } from '#votes'
import { readPollArchive, readPolls } from '#votes/server'
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

/** The counted polls whose every result the leaves hold; of all of them, or the one asked for. */
async function readCountedPolls(
  portal: Portal,
  community: LedgerCommunity,
  pollId: string | null,
  leaves: readonly Uint8Array[],
): Promise<PollArchive[]> {
  const logged = readLoggedPolls(leaves)
  const polls: PollArchive[] = []
  for (const poll of await readPolls(portal, community, null)) {
    if (pollId !== null && poll.pollId !== pollId) continue
    const archive = await readPollArchive(portal.db, community, poll.pollId)
    const known = logged.get(poll.pollId)
    const results = (known?.tallyLeaves.length ?? 0) + (known?.imported.length ?? 0)
    if (archive !== null && results >= archive.counts.length) polls.push(archive)
  }
  return polls.sort((a, b) => (a.pollId < b.pollId ? -1 : 1))
}

/**
 * The files of an archive: of the whole community, or with `poll` of that one poll and the log that proves it. `readme` is the
 * explanation for people. A poll is there once it is counted and a checkpoint covers its count.
 */
export async function readArchive(
  portal: Portal,
  community: LedgerCommunity,
  request: { readonly poll: string | null; readonly readme: string },
): Promise<Result<ArchiveFiles, 'log-unpublished' | 'poll-unknown'>> {
  const { communityId, logOrigin, slug } = community
  const newest = await readCheckpoint(portal.db, communityId)
  if (newest === null) return err('log-unpublished')
  const leaves = await readLeaves(portal.db, communityId, newest.size)
  const polls = await readCountedPolls(portal, community, request.poll, leaves)
  if (request.poll !== null && polls.length === 0) return err('poll-unknown')
  return ok(
    archiveFilesOf({
      community: slug,
      origin: logOrigin,
      leaves,
      checkpoint: newest.note,
      vkeys: [formatVkey((await openLogSigner(portal, logOrigin)).key)],
      ledger: request.poll === null ? await readLedgerRecord(portal, community, newest.size) : null,
      polls,
      readme: request.readme,
    }),
  )
}
