import { expect, it } from 'vitest'
import { civilDate } from '#kernel'
import { type GivenFactor, type Role, SIGN_IN_PURPOSE } from '#people'
import {
  addUser,
  enrolPasskey,
  enrolTotp,
  giveSecondFactor,
  mayChangeKeys,
  passkeyInvitation,
  passkeyQuestion,
  prepareTotp,
  readActor,
  readFactors,
  readWaitingSecret,
  removeFactor,
  renewRecoveryCodes,
  signIn,
  takeSecondFactor,
  totpCodeAt,
} from '#people/server'
import { SoftwareAuthenticator } from '../support/authenticator.ts'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { authenticatorOf, passkeyFactor, passkeyOf, passSecondFactor } from '../support/second-factor.ts'

const PASSWORD = 'seven quiet lifts at noon'
const HALF_MINUTE_MS = 30_000
const MINUTE_MS = 60_000
const NAMES = { site: 'Mingzhang', login: 'li.wei', displayName: '李伟' }

describeOnOneDatabase('second factors', open => {
  let opened: Promise<TestDatabase> | null = null
  let started = 0

  async function start(role: Role = 'manager') {
    opened ??= open()
    started += 1
    const portal = openTestPortal(await opened, { seed: `factors ${started}` })
    const communityId = await enterTestCommunity(portal.db, `demo-${started}`)
    const login = `li.wei${started}`
    const user = { login, password: PASSWORD, displayName: '李伟' }
    const added = await addUser(portal, user, [
      { communityId, role, from: civilDate('2026-01-01'), until: null },
    ])
    const userId = added.ok ? added.value : ''
    const halfToken = async () => {
      const signedIn = await signIn(portal, { login, password: PASSWORD, address: '203.0.113.7' })
      return signedIn.ok ? signedIn.value.token : ''
    }
    const half = async () => (await readActor(portal, await halfToken()))!
    const whole = async () => (await readActor(portal, await passSecondFactor(portal, await halfToken())))!
    const take = async (given: GivenFactor | null, purpose = 'an act', actor?: { sessionId: string }) => {
      const asker = { userId, sessionId: actor?.sessionId ?? 'session' }
      const taken = await portal.db
        .transaction()
        .execute(tx => takeSecondFactor(portal, tx, asker, given, purpose))
      return taken.ok ? taken.value : taken.error.code
    }
    const totp = (code: string): GivenFactor => ({ method: 'totp', code })
    return { portal, communityId, userId, halfToken, half, whole, take, totp }
  }

  it('open no office before they are given, and begin a new session when they are', async () => {
    const { portal, communityId, userId, halfToken } = await start()
    const before = await halfToken()
    expect(await readActor(portal, before)).toMatchObject({ roles: [], awaits: 'enrolment' })
    const { code } = await authenticatorOf(portal, userId)
    const actor = (await readActor(portal, before))!
    expect(actor).toMatchObject({ roles: [], awaits: 'second-factor' })
    const given = await giveSecondFactor(portal, actor, { method: 'totp', code: code() }, 'phone')
    const token = given.ok ? given.value.token : ''
    expect(await readActor(portal, before)).toBeNull()
    expect(await readActor(portal, token)).toMatchObject({
      userId,
      roles: [{ communityId, role: 'manager' }],
      secondFactorAt: portal.clock.now(),
    })
    expect((await readActor(portal, token))?.awaits).toBeUndefined()
  })

  it('are not asked of an owner who has none, and are once there is one', async () => {
    const { portal, communityId, userId, half } = await start('owner')
    expect(await half()).toMatchObject({ roles: [{ communityId, role: 'owner' }] })
    await authenticatorOf(portal, userId)
    expect(await half()).toMatchObject({ roles: [], awaits: 'second-factor' })
  })

  it('are set up with a code of the new secret, which is shown no more after that', async () => {
    const { portal, userId, half } = await start()
    const actor = await half()
    expect(await prepareTotp(portal, actor)).toMatchObject({ ok: true })
    const secret = (await readWaitingSecret(portal, userId))!
    const codeOf = (steps: number) =>
      totpCodeAt(secret, Math.floor(portal.clock.now().getTime() / 30_000) + steps)
    expect(await enrolTotp(portal, actor, codeOf(5))).toEqual({ ok: false, error: { code: 'factor-wrong' } })
    expect((await half()).awaits).toBe('enrolment')
    const enrolled = await enrolTotp(portal, actor, codeOf(0), 'phone')
    expect(enrolled.ok && enrolled.value.recoveryCodes).toHaveLength(10)
    expect(await readWaitingSecret(portal, userId)).toBeNull()
    const now = (await readActor(portal, enrolled.ok ? enrolled.value.token : ''))!
    expect(now.roles).toHaveLength(1)
    expect(await readFactors(portal, now)).toMatchObject({ passkeys: [], recoveryCodesLeft: 10 })
    expect((await half()).awaits).toBe('second-factor')
    const stored = JSON.stringify(await portal.db.selectFrom('totp_factor').selectAll().execute())
    expect(stored).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20))
  })

  it('cannot be opened when their sealed secret was moved to another person', async () => {
    const { portal, userId, take, totp } = await start()
    const { code } = await authenticatorOf(portal, userId)
    const other = await start()
    await authenticatorOf(other.portal, other.userId)
    await (await opened!).asOwner(
      `update totp_factor set sealed_secret =
        (select sealed_secret from totp_factor where user_id = '${other.userId}') where user_id = '${userId}'`,
    )
    await expect(take(totp(code()))).rejects.toThrow()
  })

  it('take a code once, one half-minute off at most, and none before the last', async () => {
    const { portal, userId, take, totp } = await start()
    const { code } = await authenticatorOf(portal, userId)
    expect(await take(null)).toBe('factor-missing')
    expect(await take(totp(code(2)))).toBe('factor-wrong')
    expect(await take(totp(code(-2)))).toBe('factor-wrong')
    expect(await take(totp(code(-1)))).toBe('totp')
    expect(await take(totp(code(-1)))).toBe('factor-used')
    expect(await take(totp(code(1)))).toBe('totp')
    expect(await take(totp(code(0)), 'another act')).toBe('factor-used')
    portal.clock.advance(2 * HALF_MINUTE_MS)
    expect(await take(totp(code(0)))).toBe('totp')
  })

  it('take one code once, when it is sent many times at once', async () => {
    const { portal, userId, take, totp } = await start()
    const { code } = await authenticatorOf(portal, userId)
    const outcomes = await Promise.all(Array.from({ length: 6 }, (_, i) => take(totp(code()), `act ${i}`)))
    expect(outcomes.filter(outcome => outcome === 'totp')).toHaveLength(1)
    expect(outcomes.filter(outcome => outcome === 'factor-used')).toHaveLength(5)
  })

  it('hear five wrong codes in a quarter of an hour and twenty a day, also sent at once; a passkey is heard all the same', async () => {
    const { portal, userId, take, totp } = await start()
    const { code } = await authenticatorOf(portal, userId)
    const wrong = () => take(totp(code(9)))
    const outcomes = await Promise.all(Array.from({ length: 8 }, wrong))
    expect(outcomes.filter(outcome => outcome === 'factor-wrong')).toHaveLength(5)
    expect(await take(totp(code()))).toBe('factor-locked')
    const actor = { userId, sessionId: 'session' }
    await passkeyOf(portal, userId)
    expect(await take(await passkeyFactor(portal, actor, 'an act'))).toBe('passkey')
    for (let round = 0; round < 3; round++) {
      portal.clock.advance(15 * MINUTE_MS)
      for (let guess = 0; guess < 5; guess++) expect(await wrong()).toBe('factor-wrong')
    }
    portal.clock.advance(15 * MINUTE_MS)
    expect(await take(totp(code()))).toBe('factor-locked')
    portal.clock.advance(1440 * MINUTE_MS)
    expect(await take(totp(code()))).toBe('totp')
  })

  it('are passkeys that answer for one purpose, in one session, once, soon', async () => {
    const { portal, userId, take } = await start()
    const asker = { userId, sessionId: 'session' }
    await passkeyOf(portal, userId)
    const given = () => passkeyFactor(portal, asker, 'release 1')
    expect(await take(await given(), 'release 2')).toBe('factor-wrong')
    expect(await take(await given(), 'release 1', { sessionId: 'another' })).toBe('factor-wrong')
    const good = await given()
    expect(await take(good, 'release 1')).toBe('passkey')
    expect(await take(good, 'release 1')).toBe('factor-wrong')
    const late = await given()
    portal.clock.advance(5 * MINUTE_MS)
    expect(await take(late, 'release 1')).toBe('factor-wrong')
    expect(await take({ method: 'passkey', answer: '{"id":"x"}' }, 'release 1')).toBe('factor-wrong')
    expect(await take({ method: 'passkey', answer: 'x'.repeat(30_000) }, 'release 1')).toBe('factor-wrong')
  })

  it('are not passkeys of a stranger, of another site, without the person, or with a count that went back', async () => {
    const { portal, userId, take } = await start()
    const asker = { userId, sessionId: 'session' }
    const origin = portal.settings.baseUrl
    const own = await passkeyOf(portal, userId)
    const answer = async (passkey: SoftwareAuthenticator, options: object) => {
      const asked = await passkeyQuestion(portal, asker, 'an act')
      return take({ method: 'passkey', answer: passkey.answer(asked, { origin, ...options }) })
    }
    expect(await answer(new SoftwareAuthenticator(), {})).toBe('factor-wrong')
    expect(await answer(own, { origin: 'https://mingzhang.example' })).toBe('factor-wrong')
    expect(await answer(own, { isVerified: false })).toBe('factor-wrong')
    expect(await answer(own, { count: 7 })).toBe('passkey')
    expect(await answer(own, { count: 7 })).toBe('factor-wrong')
    expect(await answer(own, { count: 6 })).toBe('factor-wrong')
    expect(await answer(own, { count: 8 })).toBe('passkey')
  })

  it('are passkeys with names, several, each registered once', async () => {
    const { portal, half } = await start()
    const actor = await half()
    const passkey = new SoftwareAuthenticator()
    const origin = portal.settings.baseUrl
    const made = async (options: object = {}, asker = actor) =>
      passkey.register(await passkeyInvitation(portal, asker, NAMES), { origin, ...options })
    const enrol = async (answer: string, name = '我的手机', asker = actor) => {
      const done = await enrolPasskey(portal, asker, { name, answer })
      return done.ok ? done.value : done.error.code
    }
    expect(await enrol(await made(), ' ')).toBe('name-missing')
    expect(await enrol(await made({ isVerified: false }))).toBe('passkey-refused')
    expect(await enrol(await made({ origin: 'https://mingzhang.example' }))).toBe('passkey-refused')
    const asked = await passkeyQuestion(portal, actor, SIGN_IN_PURPOSE)
    expect(await enrol(passkey.register(asked, { origin }))).toBe('passkey-refused')
    const first = await enrol(await made())
    const token = typeof first === 'object' ? first.token : ''
    expect(typeof first === 'object' && first.recoveryCodes).toHaveLength(10)
    const now = (await readActor(portal, token))!
    expect(await enrol(await made({}, now), '再来一次', now)).toBe('passkey-known')
    const second = new SoftwareAuthenticator()
    const answer = second.register(await passkeyInvitation(portal, now, NAMES), { origin })
    expect(await enrol(answer, '办公室电脑', now)).toMatchObject({ recoveryCodes: null })
    expect((await readFactors(portal, now)).passkeys.map(each => each.name).sort()).toEqual([
      '办公室电脑',
      '我的手机',
    ])
  })

  it('are changed only minutes after one was given, and the last one stays', async () => {
    const { portal, userId, whole, communityId } = await start()
    const actor = await whole()
    const [only] = (await readFactors(portal, actor)).passkeys
    const which = { credentialId: only!.credentialId }
    expect(await removeFactor(portal, actor, which)).toMatchObject({ error: { code: 'factor-last' } })
    await authenticatorOf(portal, userId)
    portal.clock.advance(10 * MINUTE_MS)
    expect(await mayChangeKeys(portal, actor)).toBe(false)
    expect(await removeFactor(portal, actor, which)).toMatchObject({ error: { code: 'not-fresh' } })
    expect(await prepareTotp(portal, actor)).toMatchObject({ error: { code: 'not-fresh' } })
    expect(await renewRecoveryCodes(portal, actor)).toMatchObject({ error: { code: 'not-fresh' } })
    const fresh = await whole()
    expect(await removeFactor(portal, fresh, { credentialId: 'x' })).toMatchObject({
      error: { code: 'factor-unknown' },
    })
    expect(await removeFactor(portal, fresh, which)).toMatchObject({ ok: true })
    expect((await readFactors(portal, fresh)).passkeys).toEqual([])
    const audit = await portal.db
      .selectFrom('audit_event')
      .select(['act', 'detail'])
      .where('community_id', '=', communityId)
      .execute()
    expect(audit).toEqual([{ act: 'remove-second-factor', detail: '{"from":"ipv4","method":"passkey"}' }])
  })

  it('are replaced by a recovery code, each once, which the table does not hold', async () => {
    const { portal, userId, whole, half, take } = await start()
    const renewed = await renewRecoveryCodes(portal, await whole())
    const [code = '', other = ''] = renewed.ok ? renewed.value : []
    const recovery = (text: string): GivenFactor => ({ method: 'recovery', code: text })
    expect((await giveSecondFactor(portal, await half(), recovery(code.toUpperCase()))).ok).toBe(true)
    expect(await giveSecondFactor(portal, await half(), recovery(code))).toMatchObject({
      error: { code: 'factor-wrong' },
    })
    const rows = await portal.db
      .selectFrom('recovery_code')
      .selectAll()
      .where('user_id', '=', userId)
      .execute()
    expect(rows.filter(row => row.used_at !== null)).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(other)
    for (let guess = 0; guess < 4; guess++) await take(recovery('0000-0000-0000'))
    expect(await take(recovery(other))).toBe('factor-locked')
  })

  it('leave a trace that nobody can change', async () => {
    const { portal, userId, take, totp } = await start()
    const { code } = await authenticatorOf(portal, userId)
    await take(totp(code()), 'release 1 x')
    const traces = await portal.db
      .selectFrom('second_factor_use')
      .select(['method', 'purpose', 'outcome'])
      .where('user_id', '=', userId)
      .execute()
    expect(traces).toEqual([{ method: 'totp', purpose: 'release 1 x', outcome: 'accepted' }])
    const database = await opened!
    await expect(
      database.asOwner(`update second_factor_use set outcome = 'wrong' where user_id = '${userId}'`),
    ).rejects.toThrow('never changed')
  })
})
