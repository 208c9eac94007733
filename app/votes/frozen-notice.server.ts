/**
 * What a poll's notice has frozen, read and taken apart once in a process and kept for the polls that are asked for most: a roll
 * of thousands of units is behind every owner's page and every ballot cast. A notice never changes; checks of the stored rows
 * (`checkVotes`) and the count read them anew and never from here.
 */
import type { Database } from '#db'
import { findNotice } from '#db/votes'
import { sha256Hex } from '#kernel'
import type { Scope } from './matter.ts'
import type { Motion } from './motion.ts'
import type { Policy } from './policy.ts'
import { motionOf, policyOf } from './poll-access.server.ts'
import { type HeadShares, headShares, parseRoll, type Roll, unitsInBase } from './roll.ts'

/** A notice without its bytes. */
export interface FrozenNotice {
  readonly announcedAt: Date
  readonly motion: Motion
  readonly policy: Policy
  readonly rollDigest: string
  readonly weightsDigest: string
  readonly roll: Roll
  /** The shares of the heads in the base of a scope; found once for each scope. */
  readonly sharesOf: (scope: Scope | null) => HeadShares
}

const KEPT_NOTICES = 16

const shelves = new WeakMap<Database, Map<string, FrozenNotice>>()

/** The notice of a poll; null while it is a draft. Reads committed rows only, which is why it takes no transaction. */
export async function readFrozenNotice(
  db: Database,
  communityId: number,
  pollId: string,
): Promise<FrozenNotice | null> {
  const shelf = shelves.get(db) ?? new Map<string, FrozenNotice>()
  shelves.set(db, shelf)
  const name = `${communityId}/${pollId}`
  const notice = shelf.get(name) ?? (await readNotice(db, communityId, pollId))
  if (notice === null) return null
  // The one asked for last is given up last.
  shelf.delete(name)
  shelf.set(name, notice)
  const [oldest] = shelf.keys()
  if (shelf.size > KEPT_NOTICES && oldest !== undefined) shelf.delete(oldest)
  return notice
}

async function readNotice(db: Database, communityId: number, pollId: string): Promise<FrozenNotice | null> {
  const row = await findNotice(db, communityId, pollId)
  if (row === undefined) return null
  const policy = policyOf(row.policy)
  const roll = parseRoll(row.roll)
  const shares = new Map<string, HeadShares>()
  return {
    announcedAt: row.announced_at,
    motion: motionOf(row.motion),
    policy,
    rollDigest: row.roll_digest,
    weightsDigest: sha256Hex(row.weight_roll),
    roll,
    sharesOf(scope) {
      const name = JSON.stringify(scope)
      const known = shares.get(name) ?? headShares(roll, unitsInBase(roll, scope, policy.countSpecialSpaces))
      shares.set(name, known)
      return known
    },
  }
}
