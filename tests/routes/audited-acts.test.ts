/**
 * Every officer's act leaves its trace: for each act of the table, what a room writes behind the offices' one door is in the
 * audit with who, in which office, from where and why, in the same transaction; and nothing that was refused is.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { err, ok } from '#kernel'
import { ACTIONS, officesFor, ROLES } from '#people'
import { checkPeople, sealAudit } from '#people/server'
import { csrfField, readForm } from '#platform'
import { createLogKey } from '#tlog/server'
import { enterOffice } from '../../app/routes/office/visit.server.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { type OfficeWorld, openOfficeWorld, type Who } from './office-world.ts'

const ROUTES = fileURLToPath(new URL('../../app/routes/', import.meta.url))

describeOnOneDatabase('an officer’s act', open => {
  let database: TestDatabase
  let world: OfficeWorld
  let grids = 0

  beforeAll(async () => {
    database = await open()
    world = await openOfficeWorld(database)
    await createLogKey(world.portal)
  })

  const enter = async (who: Who, action: (typeof ACTIONS)[number], fields: Record<string, string>) => {
    const { settings } = world.portal
    const headers = world.headersOf(who)
    const token = csrfField(new Request(settings.baseUrl, { headers }), settings)
    const body = new URLSearchParams({ ...fields, [token.name]: token.value })
    const request = new Request(`${settings.baseUrl}/c/office/office/desk/1`, {
      method: 'POST',
      headers,
      body,
    })
    const visit = await enterOffice(request, 'office', action)
    await readForm(request, settings, z.object({}))
    return visit
  }
  const events = async () =>
    (
      await database.asOwner(
        'select act, subject, actor_user_id, detail from audit_event order by at, audit_event_id',
      )
    ).map(row => ({
      ...(row as { readonly act: string }),
      detail: JSON.parse(String(row.detail)) as Record<string, string>,
    }))
  const write = async (visit: Awaited<ReturnType<typeof enter>>, result: unknown) => {
    grids += 1
    const row = {
      community_id: world.community.communityId,
      grid_id: `G${grids}`,
      name: 'x',
      created_at: world.portal.clock.now(),
    }
    world.portal.clock.advance(1000)
    return visit.portal.db.transaction().execute(async tx => {
      await tx.insertInto('micro_grid').values(row).execute()
      if (result instanceof Error) throw result
      return result
    })
  }

  it.each(ACTIONS)('%s', async action => {
    const role = ROLES.find(each => officesFor(action).includes(each))!
    const before = (await events()).length
    await write(await enter(role, action, { intent: 'approve', reason: '电话 13812345678 说过' }), ok(null))
    const [made, ...others] = (await events()).slice(before)
    expect(others).toEqual([])
    expect(made).toMatchObject({
      act: expect.stringMatching(/:/),
      subject: 'desk/1',
      actor_user_id: world.people[role].userId,
    })
    expect(made!.detail).toMatchObject({ from: 'local', intent: 'approve', reason: '电话 **** 说过' })
    if (!['community:read-full', 'voice:read'].includes(action)) {
      expect([made!.act, made!.detail.office]).toEqual([action, role])
    }
  })

  it('that is refused, breaks off, or only reads leaves none', async () => {
    const before = await events()
    const visit = () => enter('manager', 'period:close', {})
    await write(await visit(), err({ code: 'not-permitted' }))
    await write(await visit(), false)
    await expect(write(await visit(), new Error('power cut'))).rejects.toThrow('power cut')
    await (await visit()).portal.db
      .transaction()
      .execute(tx => tx.selectFrom('community').selectAll().execute())
    expect(await events()).toEqual(before)
  })

  it('that a room notes in words of its own is noted once, and says from where, too', async () => {
    const before = (await events()).length
    const visit = await enter('committee_chair', 'person:erase', {})
    const { communityId: community_id } = world.community
    const row = {
      community_id,
      audit_event_id: 'own',
      at: world.portal.clock.now(),
      actor_user_id: 'u',
      act: 'erase-person',
      subject: 'p',
      detail: '{}',
    }
    await visit.portal.db.transaction().execute(async tx => {
      await tx
        .insertInto('micro_grid')
        .values({ community_id, grid_id: 'own', name: 'x', created_at: row.at })
        .execute()
      await tx.insertInto('audit_event').values(row).execute()
    })
    expect((await events()).slice(before)).toHaveLength(1)
  })

  it('is in the log within the hour, and cannot be changed unseen', async () => {
    const { portal, community } = world
    expect(await sealAudit(portal, community.communityId)).toBeGreaterThan(50)
    expect((await checkPeople(portal, community)).findings).toEqual([])
    await database.asOwner('alter table audit_event disable trigger user')
    await database.asOwner(
      `update audit_event set detail = replace(detail, 'local', 'loopback') where act = 'period:close'`,
    )
    const found = (await checkPeople(portal, community)).findings
    expect(found.map(finding => finding.invariant)).toEqual(['audit-event-intact'])
  })

  it('comes through that door on every page of officers', () => {
    const pages = readdirSync(ROUTES).filter(file => file.startsWith('c.$slug.office.'))
    const without = pages.filter(file => {
      const text = readFileSync(`${ROUTES}${file}`, 'utf8')
      const acts = text.slice(Math.max(0, text.indexOf('export async function action')))
      return text.includes('export async function action') && !acts.includes('enterOffice(request')
    })
    expect(pages.length).toBeGreaterThan(50)
    expect(without).toEqual([])
  })
})
