/** Pages of votes as owners and strangers get them: a village with a signed log, its site, and a session for any owner. */

import { csrfField, sessionCookie, tokenDigest } from '#platform'
import { createLogKey, openPublisher, publishCheckpoint } from '#tlog/server'
import type { Unit } from '#votes'
import type { TestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { unit } from '../votes/polls.ts'
import { DRAFTED, must, openVillage, type Village } from '../votes/village.ts'
import { openPublicSite, type PublicSite } from './public-site.ts'

/** Names that are on the roll and must never be on a public page. */
export const SECRET_NAMES = ['Tan Guiying', 'Wu Jianguo', 'Deng Xiulan'] as const

/**
 * Twelve homes in two buildings: U1 and U2 belong to one owner, U3 to two, the rest to one each; a parking space of U4's owner.
 */
export const UNITS = [
  ...Array.from({ length: 12 }, (_, i) =>
    unit(`U${i + 1}`, { building: `${1 + (i % 2)}栋`, area: 9_000n + BigInt(11 * i) }),
  ).map(each => {
    if (each.id === 'U2') return { ...each, owners: ['P-U1'] }
    return each.id === 'U3' ? { ...each, owners: ['P-U3', 'P-U3b'] } : each
  }),
  unit('B117', { building: '车库', kind: 'parking', area: 1_250n, owners: ['P-U4'] }),
]

export interface OwnerSite {
  readonly village: Village
  readonly site: PublicSite
  /** Headers of a session of this person of the register, begun now. */
  as(person: string): Promise<{ readonly Cookie: string }>
  /** The HTML of a page for this person, which must be there. */
  html(person: string, path: string): Promise<string>
  /** Sends a form with the token of the person's session. */
  send(person: string, path: string, fields: readonly (readonly [string, string])[]): Promise<Response>
  /** Signs what was appended. */
  publish(): Promise<void>
}

/** Opens the site on a database, on the day when polls are drafted. */
export async function openOwnerSite(
  database: TestDatabase,
  options: { readonly env?: Record<string, string>; readonly units?: readonly Unit[] } = {},
): Promise<OwnerSite> {
  const { units = UNITS, env } = options
  const portal = openTestPortal(database, { now: DRAFTED, ...(env === undefined ? {} : { env }) })
  await createLogKey(portal)
  const village = await openVillage(portal, units, { others: SECRET_NAMES })
  const { communityId } = village.community
  const site = openPublicSite(portal)
  const as = async (person: string) => {
    const userId = `user-of-${person}`
    const token = Buffer.from(portal.random.bytes(32)).toString('base64url')
    const now = portal.clock.now()
    await portal.db
      .insertInto('office_term')
      .values({
        community_id: communityId,
        user_id: userId,
        role: 'owner',
        term_from: '2020-01-01',
        term_until: null,
        granted_by: 'console',
        granted_at: now,
      })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    await portal.db
      .insertInto('user_session')
      .values({
        session_id: portal.random.id(),
        token_digest: tokenDigest(token),
        user_id: userId,
        started_at: now,
        seen_at: now,
        expires_at: new Date(now.getTime() + 3_600_000),
      })
      .execute()
    return { Cookie: sessionCookie(portal.settings, token).split(';')[0]! }
  }
  return {
    village,
    site,
    as,
    async html(person, path) {
      const response = await site.ask(path, await as(person))
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
      return response.text()
    },
    async send(person, path, fields) {
      const headers = await as(person)
      const csrf = csrfField(new Request(portal.settings.baseUrl, { headers }), portal.settings)
      return site.send(path, [[csrf.name, csrf.value], ...fields], headers)
    },
    async publish() {
      must(await publishCheckpoint(openPublisher(portal), communityId))
    },
  }
}
