/** Printed ballots for those who print, carry and read them: numbers, codes and scans. Shows no teller what another read. */
import {
  findPaperReceipt,
  findPoll,
  findUnitOfPaper,
  listDeliveries,
  listPaperEntries,
  listPollUnits,
  readUnitFiles,
} from '#db/votes'
import { type AreaCentiM2, areaCentiM2, sha256Hex, utf8 } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { openPaperCodes } from './announce-poll.server.ts'
import type { PaperReference } from './enter-papers.server.ts'
import { microsOf, type VotingCommunity } from './poll-access.server.ts'
import { holdersOf, unitFileOf } from './record-paper.server.ts'
import { openVoteDocument, scanPlace } from './vote-document.server.ts'

/** A paper as the next teller sees it: the scan and whom it may be of, without what the others read. */
export interface PaperToRead {
  readonly paperNumber: number
  readonly unit: string
  readonly entries: number
  /** Null when it was not received yet. */
  readonly receivedAt: Date | null
  /** Person ids; names by `readPersonNames` of people. */
  readonly voters: readonly string[]
  readonly proxies: readonly string[]
  readonly scan: Uint8Array | null
  readonly scanMediaType: string | null
}

/** The paper with its scan, for the teller who enters or confirms it; null when there is none. Needs `ballot:enter`. */
export async function readPaperToRead(
  portal: Portal,
  actor: Actor,
  { communityId }: VotingCommunity,
  { pollId, paper }: { readonly pollId: string; readonly paper: PaperReference },
): Promise<PaperToRead | null> {
  if (!can(actor, 'ballot:enter', communityId)) return null
  const reference = 'paperNumber' in paper ? paper : { codeDigest: sha256Hex(utf8(paper.paperCode)) }
  const unit = await findUnitOfPaper(portal.db, communityId, pollId, reference)
  if (unit === undefined) return null
  const number = unit.paper_number
  const entries = await listPaperEntries(portal.db, communityId, pollId, number)
  const receipt = await findPaperReceipt(portal.db, communityId, pollId, number)
  const [file] = (await readUnitFiles(portal.db, communityId, pollId, [unit.unit_id], [])).map(unitFileOf)
  const [first] = entries
  const scan =
    first === undefined ? null : await openVoteDocument(portal, scanPlace(pollId, number), first.scan_sha256)
  return {
    paperNumber: number,
    unit: unit.unit_id,
    entries: entries.length,
    receivedAt: receipt?.received_at ?? null,
    voters: holdersOf(file!, microsOf(portal.clock.now())),
    proxies: file!.proxies.map(({ proxy }) => proxy),
    scan: scan?.bytes ?? null,
    scanMediaType: scan?.mediaType ?? null,
  }
}

/** A ballot paper to print: one per unit of the base. `code` is the secret of its QR. */
export interface PrintedPaper {
  readonly paperNumber: number
  readonly unit: string
  readonly building: string
  readonly entrance: string
  readonly area: AreaCentiM2
  readonly code: string
  readonly isDelivered: boolean
}

/** All papers of an announced poll in order of unit, for the printed file; null without `ballot:deliver`. */
export async function readPapersToPrint(
  portal: Portal,
  actor: Actor,
  { communityId }: VotingCommunity,
  { pollId }: { readonly pollId: string },
): Promise<readonly PrintedPaper[] | null> {
  if (!can(actor, 'ballot:deliver', communityId)) return null
  const poll = await findPoll(portal.db, communityId, pollId)
  if (poll === undefined || poll.state === 'draft') return null
  const units = await listPollUnits(portal.db, communityId, pollId)
  const delivered = new Set((await listDeliveries(portal.db, communityId, pollId)).map(row => row.unit_id))
  const paperCode = await openPaperCodes(portal)
  return units
    .filter(unit => unit.in_base)
    .map(unit => ({
      paperNumber: unit.paper_number,
      unit: unit.unit_id,
      building: unit.building,
      entrance: unit.entrance,
      area: areaCentiM2(unit.area),
      code: paperCode(pollId, unit.unit_id),
      isDelivered: delivered.has(unit.unit_id),
    }))
}
