/** Letters from the order to the account: made once, sealed, gone in time; claimed with the proof, and by nobody else. */
import { beforeAll, expect, it } from 'vitest'
import { civilDate, dateOf } from '#kernel'
import { type Actor, CLAIM_TRIES } from '#people'
import {
  acceptInvite,
  chooseClaimProof,
  decideCode,
  draftLetters,
  markHandedOver,
  openLetters,
  PRINT_LETTERS,
  REMOVE_LETTERS,
  readActor,
  readLetterBoard,
  readLetterPage,
  readOpenInvitation,
  readRegister,
  removeLettersJob,
  requestCode,
  requestLetters,
} from '#people/server'
import type { JobRun } from '#platform'
import { runNextJob } from '#platform/process'
import { printLettersJob } from '#statements/server'
import { documentTexts } from '../../app/cli/document-texts.ts'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { addActor, must, openRollWorld, type RollWorld, takeRoll } from './roll-world.ts'

const PASSWORD = 'nine green bottles of plum wine'
const ROLL = [
  ['1栋', '1单元', '101', '89.50', '张三甲、李四乙', '', '', ''],
  ['1栋', '1单元', '102', '60.00', '王五丙', '13800000002', '', ''],
  ['2栋', '1单元', '101', '70.00', '赵六丁', '13800001234', '', ''],
  ['2栋', '1单元', '102', '70.00', '钱七戊', '', '', ''],
] as const

describeOnOneDatabase('invitation letters', open => {
  let database: TestDatabase
  let world: RollWorld
  let residents: Actor
  const print = printLettersJob(documentTexts)
  /** What the job drew last: the codes are in the file alone, so the test looks over its shoulder. */
  let drafted: NonNullable<Awaited<ReturnType<typeof draftLetters>>>

  beforeAll(async () => {
    database = await open()
    world = await openRollWorld(database)
    residents = await addActor(world, world.community.communityId, 'residents_committee')
    await takeRoll(world, ROLL)
  })

  /** Does due jobs, drawing as the real handler does but keeping the codes. */
  async function work(handler: (run: JobRun) => Promise<never | Awaited<ReturnType<typeof print>>> = print) {
    while (await runNextJob(world.portal, { [PRINT_LETTERS]: handler, [REMOVE_LETTERS]: removeLettersJob }));
  }
  const order = (building: string, replaces = false, actor = world.chair) =>
    requestLetters(world.portal, actor, world.community, { building, help: '1栋 大堂', replaces })
  const board = async () => (await readLetterBoard(world.portal, world.chair, world.community))!
  const count = async (table: string) => (await database.asOwner(`select 1 from ${table}`)).length
  const accept = (code: string, login: string, proof = '') =>
    acceptInvite(world.portal, { code, login, password: PASSWORD, proof })
  const personOf = async (unitId: string) => {
    const register = await readRegister(
      world.portal.db,
      world.community.communityId,
      dateOf(world.portal.clock.now()),
    )
    return register.units.find(each => each.unitId === unitId)!.owners[0]!
  }

  it('are made once: what a crash leaves is nothing, what is begun again is one batch', async () => {
    expect(await order('1栋', false, world.sample.manager)).toMatchObject({
      error: { code: 'not-permitted' },
    })
    expect(await order('9栋')).toMatchObject({ error: { code: 'nobody-to-invite' } })
    const { batchId } = must(await order('1栋'))
    let ended: unknown = null
    await runNextJob(world.portal, {
      [PRINT_LETTERS]: async run => {
        ended = await print({
          ...run,
          async finish() {
            throw new Error('the power goes out')
          },
        }).catch((error: Error) => error.message)
        throw new Error('the power goes out')
      },
    })
    expect(ended).toBe('the power goes out')
    expect([await count('invitation'), await count('letter'), await count('letter_batch_file')]).toEqual([
      0, 0, 0,
    ])
    world.portal.clock.moveTo(new Date(world.portal.clock.now().getTime() + 60_000))
    await work()
    expect([await count('invitation'), await count('letter'), await count('letter_batch_file')]).toEqual([
      3, 2, 1,
    ])
    expect((await board()).batches).toMatchObject([
      { batchId, letters: 2, handed: 0, isMade: true, hasFile: true },
    ])
    await work()
    expect(await count('invitation')).toBe(3)
  })

  it('are a file that is sealed, fetched by who may, and gone an hour later', async () => {
    const { portal, community, chair } = world
    const { batchId } = (await board()).batches[0]!
    const [row] = await database.asOwner(`select encode(sealed, 'hex') as hex from letter_batch_file`)
    expect(Buffer.from(String(row!.hex), 'hex').includes('%PDF')).toBe(false)
    const teller = await addActor(world, community.communityId, 'teller')
    expect(await openLetters(portal, teller, community, batchId)).toMatchObject({
      error: { code: 'not-permitted' },
    })
    const pdf = must(await openLetters(portal, chair, community, batchId))
    expect(Buffer.from(pdf.slice(0, 5)).toString()).toBe('%PDF-')
    must(await openLetters(portal, residents, community, batchId))
    portal.clock.moveTo(new Date(portal.clock.now().getTime() + 3_600_000))
    await work()
    expect(await openLetters(portal, chair, community, batchId)).toMatchObject({
      error: { code: 'file-gone' },
    })
    expect((await board()).batches).toMatchObject([{ hasFile: false, letters: 2 }])
    const acts = await database.asOwner(
      `select act from audit_event where act like '%letters' order by at, recorded_at`,
    )
    expect(acts.map(each => each.act)).toEqual([
      'request-letters',
      'print-letters',
      'open-letters',
      'open-letters',
    ])
  })

  it('are nobody’s in another community, whoever they are there', async () => {
    const { portal, chair, community } = world
    const { batchId } = (await board()).batches[0]!
    const elsewhere = { communityId: await enterTestCommunity(portal.db, 'elsewhere') }
    const stranger = {
      ...chair,
      roles: [{ communityId: elsewhere.communityId, role: 'committee_chair' as const }],
    }
    expect(await openLetters(portal, stranger, community, batchId)).toMatchObject({
      error: { code: 'not-permitted' },
    })
    expect(await openLetters(portal, stranger, elsewhere, batchId)).toMatchObject({
      error: { code: 'file-gone' },
    })
    expect(await readLetterPage(portal, stranger, elsewhere, batchId)).toBeNull()
    const units = ['1栋-1单元-102']
    expect(await markHandedOver(portal, stranger, elsewhere, { batchId, units })).toMatchObject({
      error: { code: 'batch-unknown' },
    })
    const personId = await personOf('1栋-1单元-102')
    const order = { unitId: '1栋-1单元-102', reason: 'lost', personId, until: null } as const
    expect(await requestCode(portal, stranger, elsewhere, order)).toMatchObject({
      error: { code: 'unit-unknown' },
    })
  })

  it('are noted when they were handed over, each once', async () => {
    const { portal, community } = world
    const { batchId } = (await board()).batches[0]!
    const units = ['1栋-1单元-101', '2栋-1单元-101']
    expect(must(await markHandedOver(portal, residents, community, { batchId, units }))).toBe(1)
    expect(must(await markHandedOver(portal, world.chair, community, { batchId, units }))).toBe(0)
    const page = (await readLetterPage(portal, world.chair, community, batchId))!
    expect(page.letters.map(each => [each.unitId, each.handedBy])).toEqual([
      ['1栋-1单元-101', 'officer residents-committee-1'],
      ['1栋-1单元-102', null],
    ])
    const none = await markHandedOver(portal, residents, community, { batchId, units: ['9栋'] })
    expect(none).toMatchObject({ error: { code: 'batch-unknown' } })
  })

  it('say when codes are out already, and void them when new ones are printed', async () => {
    expect(await order('1栋')).toMatchObject({ error: { code: 'codes-are-out', count: 2 } })
    must(await chooseClaimProof(world.portal, world.chair, world.community, 'phone'))
    const refused = await chooseClaimProof(world.portal, residents, world.community, 'none')
    expect(refused).toMatchObject({ error: { code: 'not-permitted' } })
    const { batchId } = must(await order('', true))
    await work(async run => {
      drafted = (await draftLetters(world.portal, run.job.communityId, batchId))!
      return print(run)
    })
    expect(drafted.letters.map(each => [each.unitId, each.slots.map(slot => slot.kind)])).toEqual([
      ['1栋-1单元-101', ['desk', 'desk']],
      ['1栋-1单元-102', ['code']],
      ['2栋-1单元-101', ['code']],
      ['2栋-1单元-102', ['desk']],
    ])
    expect(JSON.stringify(drafted.letters)).not.toMatch(/王五丙|赵六丁/)
    expect(drafted.letters[1]!.slots[0]!.name).toBe('王*丙')
  })

  it('open with the proof alone, and not for ever', async () => {
    const { portal, community } = world
    const asked = await requestCode(portal, world.chair, community, {
      unitId: '2栋-1单元-101',
      reason: 'lost',
      personId: await personOf('2栋-1单元-101'),
      until: null,
    })
    expect(asked.ok).toBe(true)
    const codes = await codesOfNewBatch()
    const code = codes.get('1栋-1单元-102')!
    expect(must(await readOpenInvitation(portal, code))).toMatchObject({ proof: 'phone' })
    const wrong = await accept(code, 'wang-wu', '0001')
    expect(wrong).toMatchObject({ error: { code: 'proof-wrong' } })
    const right = must(await accept(code, 'wang-wu', '0002'))
    expect((await readActor(portal, right.token))!.roles).toMatchObject([{ role: 'owner' }])
    const other = codes.get('2栋-1单元-101')!
    for (let tries = 1; tries < CLAIM_TRIES; tries++) {
      expect(await accept(other, 'zhao-liu', '9999')).toMatchObject({ error: { code: 'proof-wrong' } })
    }
    expect(await accept(other, 'zhao-liu', '9999')).toMatchObject({ error: { code: 'claim-locked' } })
    expect(await accept(other, 'zhao-liu', '1234')).toMatchObject({ error: { code: 'claim-locked' } })
    expect(await readOpenInvitation(portal, other)).toMatchObject({ error: { code: 'claim-locked' } })
  })

  /** Prints for all once more, with the codes the file has. */
  async function codesOfNewBatch(): Promise<Map<string, string>> {
    world.portal.clock.moveTo(new Date(world.portal.clock.now().getTime() + 60_000))
    must(await order('', true))
    const { random } = world.portal
    const made: string[] = []
    const listening = { ...random, id: () => made[made.push(random.id()) - 1]! }
    await runNextJob({ ...world.portal, random: listening }, { [PRINT_LETTERS]: print })
    const codes = new Map<string, string>()
    for (const code of made) {
      const found = await readOpenInvitation(world.portal, code)
      if (found.ok) codes.set(found.value.displayName, code)
    }
    return codes
  }

  it('are replaced at the desk by two people, never by one', async () => {
    const { portal, community, chair } = world
    const personId = await personOf('2栋-1单元-102')
    const ask = (actor: Actor, unitId: string, until: string | null = null) =>
      requestCode(portal, actor, community, {
        unitId,
        reason: until === null ? 'never-arrived' : 'tenancy',
        personId: until === null ? personId : null,
        until: until === null ? null : civilDate(until),
      })
    expect(await ask(world.sample.manager, '2栋-1单元-102')).toMatchObject({
      error: { code: 'not-permitted' },
    })
    expect(await ask(chair, '1栋-1单元-101')).toMatchObject({ error: { code: 'person-owns-nothing' } })
    expect(await ask(chair, '8栋')).toMatchObject({ error: { code: 'unit-unknown' } })
    const { requestId } = must(await ask(chair, '2栋-1单元-102'))
    const decide = (actor: Actor, id = requestId, confirmed = true) =>
      decideCode(portal, actor, community, { requestId: id, confirmed })
    expect(await decide(chair)).toMatchObject({ error: { code: 'same-person' } })
    await expect(
      database.asOwner(
        `insert into code_request_decision select community_id, request_id, 'confirmed', requested_by, now(),
          (select invitation_id from invitation limit 1) from code_request where request_id = '${requestId}'`,
      ),
    ).rejects.toThrow(/needs a second person/)
    const { code } = must(await decide(residents))!
    expect(await decide(residents)).toMatchObject({ error: { code: 'request-decided' } })
    expect(must(await accept(code, 'qian-qi')).userId).toMatch(/^\w{26}$/)
    const tenancy = must(await ask(residents, '2栋-1单元-102', '2026-09-30'))
    expect(await ask(residents, '2栋-1单元-102', '2026-01-01')).toMatchObject({
      error: { code: 'until-malformed' },
    })
    const tenant = must(await accept(must(await decide(chair, tenancy.requestId))!.code, 'fang-ke'))
    expect((await readActor(portal, tenant.token))!.roles).toEqual([
      { communityId: community.communityId, role: 'tenant' },
    ])
    const refused = must(await ask(chair, '2栋-1单元-102'))
    expect(must(await decide(residents, refused.requestId, false))).toBeNull()
  })
})

describeOnOneDatabase('an owner who sells', open => {
  it('is no owner any more from that day on, in the open session; a co-owner stays', async () => {
    const world = await openRollWorld(await open())
    const { portal, community } = world
    await takeRoll(world, [
      ['1栋', '1单元', '101', '89.50', '张三甲', '', '', ''],
      ['1栋', '1单元', '102', '60.00', '王五丙', '', '', ''],
    ])
    const chair = world.chair
    const residents = await addActor(world, community.communityId, 'residents_committee')
    const tokens: string[] = []
    for (const unitId of ['1栋-1单元-101', '1栋-1单元-102']) {
      const { units } = await readRegister(portal.db, community.communityId, civilDate('2026-07-01'))
      const personId = units.find(each => each.unitId === unitId)!.owners[0]!
      const order = { unitId, reason: 'lost', personId, until: null } as const
      const { requestId } = must(await requestCode(portal, chair, community, order))
      const slip = must(await decideCode(portal, residents, community, { requestId, confirmed: true }))!
      const login = `owner-${unitId.slice(-3)}`
      tokens.push(must(await acceptInvite(portal, { code: slip.code, login, password: PASSWORD })).token)
    }
    const rolesOf = async (token: string) => (await readActor(portal, token))!.roles.map(({ role }) => role)
    expect(await Promise.all(tokens.map(rolesOf))).toEqual([['owner'], ['owner']])
    // 101 is sold; the roll that says so is taken in on the day from which it holds.
    portal.clock.moveTo(new Date('2026-07-01T01:10:00Z'))
    await takeRoll(
      world,
      [
        ['1栋', '1单元', '101', '89.50', '孙八己', '', '', ''],
        ['1栋', '1单元', '102', '60.00', '王五丙', '', '', ''],
      ],
      { on: '2026-07-01' },
    )
    expect(await Promise.all(tokens.map(rolesOf))).toEqual([[], ['owner']])
  })
})
