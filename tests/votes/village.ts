/** A community whose owners vote, in a few words: its register, its officers, and a poll taken through its course. */
import { insertPollDocument } from '#db/votes'
import { civilDate } from '#kernel'
import { type LedgerCommunity, openLedger, readCommunity } from '#ledger/server'
import type { Actor, Role } from '#people'
import { type JobHandlers, runNextJob } from '#platform/process'
import { DEFAULT_COURSE, type MotionInput, type Question } from '#votes'
import {
  announcePoll,
  CLOSE_POLL,
  castPapers,
  closePollJob,
  draftPoll,
  enterPaper,
  OPEN_POLL,
  openPollJob,
  type PollDraft,
  readPapersToPrint,
  TALLY_POLL,
  tallyPollJob,
} from '#votes/server'
import type { Unit } from '../../app/votes/roll.ts'
import type { TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

export const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
/** A poll that is drafted on 1 March opens on the 20th and closes on the 31st. */
export const DRAFTED = new Date('2026-03-01T02:00:00Z')
export const OPENS = new Date('2026-03-20T01:00:00Z')
export const CLOSES = new Date('2026-03-31T10:00:00Z')

/** The value, or an error that says which refusal stood in the way. */
export function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (result.ok) return result.value
  throw new Error(`refused: ${JSON.stringify(result.error, (_, v) => (typeof v === 'bigint' ? `${v}` : v))}`)
}

/** The refusal, or an error that says there was none. */
export function refusalOf<E>(result: { ok: true; value: unknown } | { ok: false; error: E }): E {
  if (!result.ok) return result.error
  throw new Error('not refused')
}

export interface Village {
  readonly portal: TestPortal
  readonly community: LedgerCommunity
  readonly chair: Actor
  readonly member: Actor
  readonly tellers: readonly [Actor, Actor, Actor]
  readonly branch: Actor
  /** The signed-in user of a person of the register. */
  owner(person: string): Actor
}

function officer(communityId: number, name: string, role: Role): Actor {
  return { userId: `user-${name}`, displayName: name, roles: [{ communityId, role }], sessionId: `s-${name}` }
}

/** Opens a community with this register; every owner named is a person with a user of their own. */
export async function openVillage(
  portal: TestPortal,
  units: readonly Unit[],
  options: {
    readonly slug?: string
    readonly developer?: string | null
    readonly others?: readonly string[]
  } = {},
): Promise<Village> {
  const slug = options.slug ?? 'village'
  must(
    await openLedger(portal, {
      slug,
      name: '示例小区',
      nameEn: 'Sample Court',
      district: '成都市武侯区',
      firstPeriod: '2026-01' as never,
      funds: [{ code: 'trust', kind: 'trust-fund', nameZh: '共有基金', nameEn: 'Trust fund' }],
      remuneration: { kind: 'fixed', amountFen: 1n as never },
      bankAccounts: [],
    }),
  )
  const community = (await readCommunity(portal.db, slug))!
  const developer = options.developer ?? null
  await register(portal, community, units, developer, options.others ?? [])
  const { communityId } = community
  return {
    portal,
    community,
    chair: officer(communityId, 'chair', 'committee_chair'),
    member: officer(communityId, 'member', 'committee_member'),
    tellers: [
      officer(communityId, 'teller-1', 'teller'),
      officer(communityId, 'teller-2', 'teller'),
      officer(communityId, 'teller-3', 'teller'),
    ],
    branch: officer(communityId, 'branch', 'overseer'),
    owner: person => officer(communityId, `of-${person}`, 'owner'),
  }
}

let villages = 0

/** A fresh community with a portal of its own over a database that others share: its clock stands where polls are drafted. */
export function freshVillage(
  database: TestDatabase,
  units: readonly Unit[],
  options: Parameters<typeof openVillage>[2] = {},
): Promise<Village> {
  villages += 1
  const slug = `village-${villages}`
  const portal = openTestPortal(database, { now: DRAFTED, seed: slug })
  return openVillage(portal, units, { slug, ...options })
}

async function inParts<Row>(rows: readonly Row[], write: (part: Row[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += 1000) await write(rows.slice(at, at + 1000))
}

/** Writes the register's rows as an import would. */
export async function register(
  portal: TestPortal,
  { communityId: community_id }: LedgerCommunity,
  units: readonly Unit[],
  developer: string | null,
  others: readonly string[],
): Promise<void> {
  const at = portal.clock.now()
  const owners = new Set([...units.flatMap(unit => unit.owners), ...others])
  if (developer !== null) owners.add(developer)
  await portal.db.transaction().execute(async tx => {
    const persons = [...owners]
    await inParts(persons, part =>
      tx
        .insertInto('person')
        .values(
          part.map(person_id => ({ community_id, person_id, kind: 'natural' as const, recorded_at: at })),
        )
        .execute(),
    )
    await inParts(persons, part =>
      tx
        .insertInto('portal_user')
        .values(
          part.map(person => ({
            user_id: `user-of-${person}`,
            login: `login-${community_id}-${person}`,
            display_name: person,
            password_hash: 'none',
            created_at: at,
          })),
        )
        .onConflict(conflict => conflict.doNothing())
        .execute(),
    )
    await inParts(persons, part =>
      tx
        .insertInto('person_user')
        .values(
          part.map(person_id => ({ community_id, person_id, user_id: `user-of-${person_id}`, bound_at: at })),
        )
        .execute(),
    )
    await tx
      .insertInto('roll_import')
      .values({
        community_id,
        import_id: 'import-1',
        file_name: 'roll.xlsx',
        file_sha256: 'ab'.repeat(32),
        file_bytes: 1,
        effective_on: '2026-01-01',
        area_source: 'register',
        uploaded_by: 'user-member',
        uploaded_at: at,
        state: 'stored',
      })
      .execute()
    await tx
      .insertInto('roll_import_confirmation')
      .values({
        community_id,
        import_id: 'import-1',
        confirmation_no: 1,
        confirmed_by: 'user-member',
        confirmed_at: at,
        effective_on: '2026-01-01',
        developer_person_id: developer,
        units_new: units.length,
        units_changed: 0,
        units_unchanged: 0,
        units_removed: 0,
      })
      .execute()
    await inParts(units, part =>
      tx
        .insertInto('unit')
        .values(
          part.map(({ id, building, entrance }) => ({
            community_id,
            unit_id: id,
            building,
            entrance,
            number: id,
            recorded_at: at,
          })),
        )
        .execute(),
    )
    await inParts(units, part =>
      tx
        .insertInto('unit_record')
        .values(
          part.map(unit => ({
            community_id,
            unit_id: unit.id,
            record_no: 1,
            effective_on: '2026-01-01',
            recorded_at: at,
            recorded_by: 'user-member',
            import_id: 'import-1',
            is_removed: false,
            kind: unit.kind,
            area_centi_m2: unit.area as bigint,
            area_source: unit.areaSource,
            status: unit.status,
          })),
        )
        .execute(),
    )
    await inParts(
      units.flatMap(unit =>
        unit.owners.map(person_id => ({ community_id, unit_id: unit.id, record_no: 1, person_id })),
      ),
      part => tx.insertInto('unit_owner').values(part).execute(),
    )
  })
}

/** A plain question on an ordinary matter. */
export function question(questionId = 'q1', changes: Partial<Question> = {}): Question {
  return {
    questionId,
    title: `question ${questionId}`,
    text: '',
    form: 'plain',
    plans: [],
    matter: { clause: 9, scope: null },
    ...changes,
  }
}

/** A draft with one ordinary question, in the window of this file. */
export function draftOf(
  motion: Partial<MotionInput> = {},
  changes: Partial<Omit<PollDraft, 'motion'>> = {},
): PollDraft {
  return {
    policy: {},
    opensAt: OPENS,
    closesAt: CLOSES,
    ...changes,
    motion: {
      title: 'a motion',
      summary: '',
      questions: [question()],
      money: null,
      documents: [],
      pros: [],
      cons: [],
      officialVoting: 'on',
      officialSystem: null,
      rulesVersion: '2026-1',
      election: null,
      course: DEFAULT_COURSE,
      ...motion,
    },
  }
}

/** The clock's own work on polls. */
export const HANDLERS: JobHandlers = {
  [OPEN_POLL]: openPollJob,
  [CLOSE_POLL]: closePollJob,
  [TALLY_POLL]: tallyPollJob,
}

/** Does what is due. */
export async function runClock(portal: TestPortal): Promise<void> {
  while (await runNextJob(portal, HANDLERS));
}

/** Moves the clock to an instant and lets it do its work. */
export async function moveTo(village: Village, instant: Date): Promise<void> {
  village.portal.clock.moveTo(instant)
  await runClock(village.portal)
}

/** Drafts and announces; the clock stands where it is drafted. */
export async function announce(village: Village, draft: PollDraft = draftOf()): Promise<string> {
  const { portal, chair, community } = village
  // Papers that a test only names: they are held to have been uploaded.
  for (const { sha256 } of draft.motion.documents) {
    const uploaded = { uploaded_by: chair.userId, uploaded_at: portal.clock.now() }
    await insertPollDocument(portal.db, { community_id: community.communityId, sha256, ...uploaded })
  }
  const { pollId } = must(await draftPoll(portal, chair, community, draft))
  must(await announcePoll(portal, chair, community, { pollId, revision: 1 }))
  return pollId
}

/** The same, and the window is open. */
export async function open(village: Village, draft: PollDraft = draftOf()): Promise<string> {
  const pollId = await announce(village, draft)
  await moveTo(village, draft.opensAt)
  return pollId
}

/** One owner's answer to `q1`, for units of theirs. */
export function cast(
  village: Village,
  pollId: string,
  person: string,
  units: string | readonly string[],
  answers: string | { readonly [question: string]: string },
  asProxy = false,
) {
  return castPapers(village.portal, village.owner(person), village.community, {
    pollId,
    units: typeof units === 'string' ? [units] : units,
    answers: typeof answers === 'string' ? { q1: answers } : answers,
    asProxy,
  })
}

/** The paper number of a unit. */
export async function paperOf(village: Village, pollId: string, unit: string): Promise<number> {
  const papers = await readPapersToPrint(village.portal, village.chair, village.community, { pollId })
  return papers!.find(paper => paper.unit === unit)!.paperNumber
}

/** One teller's entry of a unit's paper. */
export async function enter(
  village: Village,
  pollId: string,
  teller: Actor,
  unit: string,
  answers: string | { readonly [question: string]: string },
  changes: { signedBy?: string; asProxy?: boolean; signedOn?: string; scan?: Uint8Array | null } = {},
) {
  return enterPaper(village.portal, teller, village.community, {
    pollId,
    paper: { paperNumber: await paperOf(village, pollId, unit) },
    signedBy: `P-${unit}`,
    asProxy: false,
    answers: typeof answers === 'string' ? { q1: answers } : answers,
    signedOn: civilDate('2026-03-21'),
    scan: PNG,
    ...changes,
  })
}
