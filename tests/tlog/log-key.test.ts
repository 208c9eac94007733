/** The portal's log key and publisher. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { formatVkey, parseVkey } from '#tlog'
import { createLogKey, openLogSigner, openPublisher, openSignGuard, publishCheckpoints } from '#tlog/server'
import { describeOnOneDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { append, originOf, sharedDatabase } from './log.ts'
import { entriesUpTo } from './reference.ts'

describeOnOneDatabase('tlog key', open => {
  const shared = sharedDatabase(open)

  it('signs what the portal publishes, and is made once', async () => {
    const { database, communityId } = await shared.newLog()
    const portal = openTestPortal(database)
    await createLogKey(portal)
    const { key } = await openLogSigner(portal, originOf(communityId))
    await createLogKey(portal)
    expect((await openLogSigner(portal, originOf(communityId))).key).toEqual(key)
    expect(parseVkey(formatVkey(key))).toEqual({ ok: true, value: key })
    await append(database, communityId, entriesUpTo(3))
    const { published, problems } = await publishCheckpoints(openPublisher(portal))
    expect(problems).toEqual([])
    expect(published.map(({ size }) => size)).toEqual([3])
    expect(await openSignGuard(portal).last(originOf(communityId))).toMatchObject({ size: 3 })
    expect(readdirSync(join(portal.settings.dataDirectory, 'sign-guard'))).toHaveLength(1)
  })

  it('is never replaced behind the operator’s back', async () => {
    const { database, communityId } = await shared.newLog()
    const portal = openTestPortal(database)
    await expect(openLogSigner(portal, originOf(communityId))).rejects.toThrow('there is no key')
    await append(database, communityId, entriesUpTo(1))
    await expect(publishCheckpoints(openPublisher(portal))).rejects.toThrow('there is no key')
  })
})
