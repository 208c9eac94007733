import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/database.ts'

describeOnEachDatabase('an open database', open => {
  it('works as the application role, which may append an audit event and never change it', async () => {
    const { db, asOwner } = await open()
    await db
      .insertInto('community')
      .values({
        community_id: 1,
        slug: 'demo',
        name: '示例小区',
        name_en: 'Sample Court',
        district: '成都市武侯区',
        charging_model: 'trust',
        log_origin: 'portal.example/c/demo',
        created_at: new Date(0),
      })
      .execute()
    const event = {
      community_id: 1,
      audit_event_id: 'a',
      at: new Date(0),
      actor_user_id: 'u',
      act: 'test',
      subject: 's',
      detail: '{}',
    }
    await db.insertInto('audit_event').values(event).execute()
    // @ts-expect-error a written column cannot be set: the types refuse it as well
    const change = db.updateTable('audit_event').set({ act: 'other' })
    await expect(change.execute()).rejects.toThrow(/permission denied/)
    await expect(db.deleteFrom('audit_event').execute()).rejects.toThrow(/permission denied/)
    await expect(asOwner(`update audit_event set act = 'other'`)).rejects.toThrow(/never changed or removed/)
    await expect(asOwner('truncate audit_event cascade')).rejects.toThrow(/never changed or removed/)
    expect(await db.selectFrom('audit_event').select(['act', 'at']).execute()).toEqual([
      { act: 'test', at: new Date(0) },
    ])
  })

  it('rolls a failed transaction back and refuses undefined parameters', async () => {
    const { db } = await open()
    await expect(
      db.transaction().execute(async tx => {
        await tx
          .insertInto('job')
          .values({ job_id: 'x' } as never)
          .execute()
      }),
    ).rejects.toThrow()
    await expect(
      db
        .selectFrom('job')
        .select('job_id')
        .where('job_id', '=', undefined as never)
        .execute(),
    ).rejects.toThrow(/undefined parameter/)
    expect(await db.selectFrom('job').select('job_id').execute()).toEqual([])
  })
})
