/** A session begun for somebody without signing in, its second factor just given: for tests of what comes after. */
import type { Actor } from '#people'
import { sessionCookie, tokenDigest } from '#platform'
import type { TestPortal } from './portal.ts'

/** The headers of its requests. */
export async function beginSessionOf(portal: TestPortal, actor: Actor): Promise<{ readonly Cookie: string }> {
  const token = Buffer.from(portal.random.bytes(32)).toString('base64url')
  const now = portal.clock.now()
  await portal.db
    .insertInto('user_session')
    .values({
      session_id: portal.random.id(),
      token_digest: tokenDigest(token),
      user_id: actor.userId,
      started_at: now,
      seen_at: now,
      expires_at: new Date(now.getTime() + 3_600_000),
      second_factor_at: now,
    })
    .execute()
  return { Cookie: sessionCookie(portal.settings, token).split(';')[0]! }
}
