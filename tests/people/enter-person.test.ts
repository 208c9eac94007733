/** Somebody who is not on the roll: sealed, found again by name and telephone together, and entered by those who register proxies only. */
import { expect, it } from 'vitest'
import { enterPerson, readPersonNames } from '#people/server'
import { describeOnOneDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { must, openVillage, refusalOf } from '../votes/village.ts'

describeOnOneDatabase('a person beside the roll', open => {
  it('is one person however often the same name and telephone are typed', async () => {
    const database = await open()
    const portal = openTestPortal(database)
    const village = await openVillage(portal, [])
    const enter = (name: string, phone: string, by = village.tellers[0]) =>
      enterPerson(portal, by, village.community, { name, phone })
    const { personId } = must(await enter('王小明', '138 0013 8000'))
    expect(must(await enter(' 王小明 ', '13800138000')).personId).toBe(personId)
    expect(must(await enter('王小明', '13900139000')).personId).not.toBe(personId)
    expect(must(await enter('王大明', '13800138000')).personId).not.toBe(personId)
    const { communityId } = village.community
    expect(await readPersonNames(portal, portal.db, communityId, [personId])).toEqual(
      new Map([[personId, '王小明']]),
    )
    const dump = JSON.stringify(await database.asOwner('select * from person_private'))
    expect(dump).not.toMatch(/王小明|13800138000/)
    const audited = await database.asOwner(`select detail from audit_event where act = 'enter-person'`)
    expect(audited).toEqual([{ detail: '{}' }, { detail: '{}' }, { detail: '{}' }])
  })

  it('is refused without a name, with half a number, and from another office', async () => {
    const portal = openTestPortal(await open())
    const village = await openVillage(portal, [])
    const enter = (name: string, phone: string, by = village.tellers[0]) =>
      enterPerson(portal, by, village.community, { name, phone })
    expect(refusalOf(await enter(' ', '13800138000')).code).toBe('name-missing')
    expect(refusalOf(await enter('王', '1380013')).code).toBe('phone-malformed')
    expect(refusalOf(await enter('王', '13800138000', village.branch)).code).toBe('not-permitted')
  })
})
