/**
 * Saves what a clerk writes on one topic, as a revision of its own: the second of two clerks gets both texts, and no text that was
 * ever saved is lost. The raw record of the whole meeting is kept the same way and never published.
 */
import type { Tx } from '#db'
import { insertSection, listSections, lockCouncil, type SectionRow } from '#db/council'
import { err, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { cleanText, type TextProblem } from './clean-text.ts'
import { type CouncilCommunity, type CouncilRefusal, readMeetingSeats } from './council-access.server.ts'
import { readNewestNotice } from './post-notice.server.ts'

import {
  buildSection,
  encodeRawRecord,
  encodeSection,
  parseRawRecord,
  parseSection,
  type Section,
  type SectionInput,
  type SectionProblem,
} from './section.ts'

/** The item number under which the raw record is kept. */
export const RAW_RECORD = 0
const LONGEST_RAW_RECORD = 60_000

/** The newest text of a topic, with who saved it. */
export interface SavedSection {
  readonly revision: number
  readonly section: Section
  readonly savedBy: string
  readonly savedAt: Date
}

export type SectionRefusal =
  | CouncilRefusal
  | SectionProblem
  | { readonly code: 'item-unknown' }
  /** Somebody saved meanwhile: theirs stands, and both texts are shown. */
  | { readonly code: 'section-outdated'; readonly newest: SavedSection }

export type RawRecordRefusal =
  | CouncilRefusal
  | TextProblem
  | { readonly code: 'record-outdated'; readonly newest: string; readonly revision: number }

/** The newest row of each item. */
export function newestOf(rows: readonly SectionRow[]): ReadonlyMap<number, SectionRow> {
  return new Map(rows.map(row => [row.item_no, row]))
}

/** A saved row as its text. */
export function savedSectionOf(row: SectionRow): SavedSection | null {
  const section = parseSection(row.content)
  if (section === null) return null
  return { revision: row.revision, section, savedBy: row.saved_by, savedAt: row.saved_at }
}

async function newestRow(tx: Tx, communityId: number, meetingId: string, item: number) {
  return newestOf(await listSections(tx, communityId, meetingId)).get(item)
}

/** Saves a topic's text. `revision` is the one that was shown, 0 for none. Needs `council:keep`. */
export async function saveSection(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: {
    readonly meetingId: string
    readonly item: number
    readonly revision: number
    readonly text: SectionInput
  },
): Promise<Result<{ readonly revision: number }, SectionRefusal>> {
  const { communityId } = community
  const { meetingId, item } = input
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const notice = await readNewestNotice(tx, communityId, meetingId)
    if (notice === null) return err({ code: 'meeting-unknown' } as const)
    if (!notice.agenda.some(each => each.no === item)) return err({ code: 'item-unknown' } as const)
    const seats = await readMeetingSeats(tx, communityId, notice)
    const built = buildSection(
      input.text,
      seats.map(seat => seat.seatId),
    )
    if (!built.ok) return built
    const earlier = await newestRow(tx, communityId, meetingId, item)
    const newest = earlier === undefined ? null : savedSectionOf(earlier)
    if (newest !== null && newest.revision !== input.revision) {
      return err({ code: 'section-outdated', newest } as const)
    }
    const revision = (newest?.revision ?? 0) + 1
    await insertSection(tx, {
      community_id: communityId,
      meeting_id: meetingId,
      item_no: item,
      revision,
      content: encodeSection(built.value),
      saved_by: actor.userId,
      saved_at: portal.clock.now(),
    })
    return ok({ revision })
  })
}

/** Saves the raw record. Needs `council:keep`. */
export async function saveRawRecord(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: { readonly meetingId: string; readonly revision: number; readonly text: string },
): Promise<Result<{ readonly revision: number }, RawRecordRefusal>> {
  const { communityId } = community
  const { meetingId } = input
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const clean = cleanText(input.text, 'raw', LONGEST_RAW_RECORD)
  if (!clean.ok) return clean
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const notice = await readNewestNotice(tx, communityId, meetingId)
    if (notice === null) return err({ code: 'meeting-unknown' } as const)
    const newest = await newestRow(tx, communityId, meetingId, RAW_RECORD)
    if ((newest?.revision ?? 0) !== input.revision) {
      const text = newest === undefined ? '' : parseRawRecord(newest.content)
      return err({ code: 'record-outdated', newest: text, revision: newest?.revision ?? 0 } as const)
    }
    const revision = input.revision + 1
    await insertSection(tx, {
      community_id: communityId,
      meeting_id: meetingId,
      item_no: RAW_RECORD,
      revision,
      content: encodeRawRecord(clean.value),
      saved_by: actor.userId,
      saved_at: portal.clock.now(),
    })
    return ok({ revision })
  })
}
