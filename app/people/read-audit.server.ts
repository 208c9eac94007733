/** What the audit's pages show: every act for those who oversee, and for owners what concerns them. Ids and figures, no name of an owner. */
import {
  type AuditQuery,
  readPersonsOfUser,
  readShownEvents,
  readUserNames,
  type ShownEventRow,
} from '#db/people'
import { readCommunityById } from '#db/platform'
import { dateOf } from '#kernel'
import type { Portal } from '#platform'
import { byForm, changeIn, formIn, isAuditAct, READING_ACTS, WHOLE_ROLL_ACTS } from './audit-act.ts'
import {
  changesAbout,
  decisionIn,
  joinChanges,
  type NotedChanges,
  officersIn,
  readChanges,
} from './audit-change.ts'
import { type Actor, can } from './permission.ts'
import { readUnitsOf } from './read-register.server.ts'

const PAGE = 50

/** An act as a page shows it: what one form did is one. */
export interface ShownAct {
  readonly id: string
  readonly at: Date
  /** Who; the id of the console or of nobody known otherwise. */
  readonly by: string
  readonly act: string
  readonly subject: string
  readonly change: { readonly before: string; readonly after: string } | null
  /** What the database noted of it. */
  readonly changes: NotedChanges
  /** What a second person decided by it. */
  readonly decision: ReturnType<typeof decisionIn>
  /** Figures and ids of the act, canonical JSON. */
  readonly detail: string
  readonly isReading: boolean
  /** Where it stands in the log; null while it waits for its batch. */
  readonly leafIndex: bigint | null
}

function shownOf(
  rows: readonly [ShownEventRow, ...ShownEventRow[]],
  about: readonly string[] | null,
): ShownAct {
  const [row] = rows
  // Newest first, as acts stand; what was changed is told in the order in which it was.
  const all = joinChanges([...rows].reverse().map(each => readChanges(each.changes)))
  return {
    id: row.audit_event_id,
    at: row.at,
    by: row.actor_name ?? row.actor_user_id,
    act: row.act,
    subject: row.subject,
    change: changeIn(row.detail),
    changes: about === null ? all : changesAbout(all, about),
    decision: decisionIn(all),
    detail: formIn(row.detail).told,
    isReading: isAuditAct(row.act) && READING_ACTS.includes(row.act),
    leafIndex: row.leaf_index,
  }
}

/** Acts as they are shown; `about` leaves of their changes those of these units, persons and accounts. */
function allShown(rows: readonly ShownEventRow[], about: readonly string[] | null): readonly ShownAct[] {
  const named = rows.map(row => ({ row, form: formIn(row.detail).form }))
  return byForm(named).map(([first, ...others]) =>
    shownOf([first.row, ...others.map(({ row }) => row)], about),
  )
}

/** Officers by account, whose names are public, of all that these acts changed. */
async function officerNames(
  portal: Portal,
  acts: readonly ShownAct[],
): Promise<Readonly<Record<string, string>>> {
  const ids = [...new Set(acts.flatMap(act => officersIn(act.changes)))]
  return Object.fromEntries(await readUserNames(portal.db, ids))
}

export interface AuditPage {
  readonly acts: readonly ShownAct[]
  /** Names of officers in what was changed, by account. */
  readonly names: Readonly<Record<string, string>>
  /** What to ask for to see older ones; null at the end. */
  readonly older: string | null
}

function cursorOf(text: string | null): AuditQuery['before'] {
  const found = /^(\d{1,15})\.([0-9a-z]{26})$/.exec(text ?? '')
  return found === null ? null : { at: new Date(Number(found[1])), id: found[2]! }
}

/** The audit of a community, newest first; null when it is not theirs to see. Needs `audit:read`. */
export async function readAudit(
  portal: Portal,
  actor: Actor,
  { communityId }: { readonly communityId: number },
  query: { readonly before: string | null; readonly onlyReadings: boolean },
): Promise<AuditPage | null> {
  if (!can(actor, 'audit:read', communityId)) return null
  const rows = await readShownEvents(portal.db, communityId, {
    before: cursorOf(query.before),
    acts: query.onlyReadings ? READING_ACTS : null,
    about: null,
    limit: PAGE + 1,
  })
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  const acts = allShown(shown, null)
  return {
    acts,
    names: await officerNames(portal, acts),
    older: rows.length > PAGE && last !== undefined ? `${last.at.getTime()}.${last.audit_event_id}` : null,
  }
}

export interface OwnAudit {
  readonly community: { readonly slug: string; readonly name: string; readonly nameEn: string }
  /** Since when this account is that owner. */
  readonly boundAt: Date
  readonly units: readonly string[]
  readonly acts: readonly ShownAct[]
  readonly names: AuditPage['names']
}

const OWN_LIMIT = 200

/** Who looked at the data of the person signed in, and what was done about them, by community. */
export async function readOwnAudit(portal: Portal, actor: Actor): Promise<readonly OwnAudit[]> {
  const found: OwnAudit[] = []
  for (const { community_id, person_id, bound_at } of await readPersonsOfUser(portal.db, actor.userId)) {
    const community = await readCommunityById(portal.db, community_id)
    if (community === null) continue
    const today = dateOf(portal.clock.now())
    const units = await readUnitsOf(portal.db, community_id, person_id, today)
    const ids = [person_id, actor.userId, ...units.map(unit => unit.unitId)]
    const rows = await readShownEvents(portal.db, community_id, {
      before: null,
      acts: null,
      about: {
        subjects: [...new Set([...ids, ...units.map(unit => unit.building)])],
        wholeRollActs: WHOLE_ROLL_ACTS,
      },
      limit: OWN_LIMIT,
    })
    const acts = allShown(rows, ids)
    found.push({
      community: { slug: community.slug, name: community.name, nameEn: community.name_en },
      boundAt: bound_at,
      units: units.map(unit => unit.unitId),
      acts,
      names: await officerNames(portal, acts),
    })
  }
  return found
}
