import { expect, it } from 'vitest'
import { civilDate } from '#kernel'
import type { Role } from '#people'
import {
  acceptInvite,
  acceptInviteAs,
  addUser,
  disableUser,
  inviteFromConsole,
  listOfficeHolders,
  readActor,
  readDisplayNames,
  readOpenInvitation,
  requireActor,
  signIn,
  signOut,
} from '#people/server'
import { sessionCookie, tokenDigest } from '#platform'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { passSecondFactor } from '../support/second-factor.ts'

const PASSWORD = 'seven quiet lifts at noon'
const HOME = '203.0.113.7'
const MINUTE_MS = 60_000

describeOnEachDatabase('people', open => {
  let opened: Promise<TestDatabase> | null = null
  let started = 0

  /** A community and login names of the test's own, in a database that the tests of this block share. */
  async function start() {
    opened ??= open()
    started += 1
    const database = await opened
    const portal = openTestPortal(database, { seed: `people ${started}` })
    const communityId = await enterTestCommunity(portal.db, `demo-${started}`)
    const login = `li.wei${started}`
    const enter = async (roles: readonly Role[], name = login) => {
      const user = await addUser(
        portal,
        { login: name, password: PASSWORD, displayName: '李伟' },
        roles.map(role => ({ communityId, role, from: civilDate('2026-01-01'), until: null })),
      )
      if (!user.ok) throw new Error(user.error.code)
      return user.value
    }
    const tryToSignIn = (password = PASSWORD, more: { address?: string; login?: string } = {}) =>
      signIn(portal, { login, password, address: HOME, ...more })
    const tokenOf = async (name = login) => {
      const signedIn = await tryToSignIn(PASSWORD, { login: name })
      if (!signedIn.ok) throw new Error(signedIn.error.code)
      return passSecondFactor(portal, signedIn.value.token)
    }
    const actorOf = async (name = login) => (await readActor(portal, await tokenOf(name)))!
    return { portal, communityId, login, enter, tryToSignIn, tokenOf, actorOf }
  }

  it('sign in to a session with their offices, and out of it', async () => {
    const { portal, communityId, login, enter, tryToSignIn } = await start()
    const userId = await enter(['bookkeeper'])
    const signedIn = await tryToSignIn(PASSWORD, { login: ` ${login.toUpperCase()} ` })
    expect(signedIn).toMatchObject({ ok: true, value: { userId } })
    const half = signedIn.ok ? signedIn.value.token : ''
    expect(await readActor(portal, half)).toMatchObject({ userId, roles: [], awaits: 'enrolment' })
    const token = await passSecondFactor(portal, half)
    expect(await readActor(portal, token)).toMatchObject({
      userId,
      displayName: '李伟',
      roles: [{ communityId, role: 'bookkeeper' }],
    })
    await signOut(portal, token)
    expect(await readActor(portal, token)).toBeNull()
  })

  it('are refused alike for a wrong password, an unknown name and a shut account', async () => {
    const { portal, enter, tryToSignIn } = await start()
    const userId = await enter(['bookkeeper'])
    const refused = { ok: false, error: { code: 'sign-in-refused' } }
    expect(await tryToSignIn('seven quiet lifts at night')).toEqual(refused)
    expect(await tryToSignIn('')).toEqual(refused)
    expect(await tryToSignIn(PASSWORD, { login: 'nobody.here' })).toEqual(refused)
    expect(await tryToSignIn(PASSWORD, { login: '没有这个人' })).toEqual(refused)
    await disableUser(portal, userId)
    expect(await tryToSignIn()).toEqual(refused)
  })

  it('are known by nothing that the tables hold', async () => {
    const { portal, enter, tokenOf, login } = await start()
    await enter(['bookkeeper'])
    const token = await tokenOf()
    const tables = JSON.stringify([
      await portal.db.selectFrom('user_session').selectAll().execute(),
      await portal.db.selectFrom('sign_in_attempt').selectAll().execute(),
      await portal.db.selectFrom('portal_user').select('password_hash').execute(),
    ])
    for (const secret of [token, PASSWORD, HOME, login]) expect(tables).not.toContain(secret)
    expect(tables).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
    expect(await readActor(portal, tokenDigest(token))).toBeNull()
  })

  it('get a new secret at every sign-in, and the planted one ends', async () => {
    const { portal, login, enter, tokenOf } = await start()
    await enter(['bookkeeper'])
    const planted = await tokenOf()
    const signedIn = await signIn(portal, {
      login,
      password: PASSWORD,
      address: HOME,
      replacedToken: planted,
    })
    const token = signedIn.ok ? signedIn.value.token : ''
    expect(token).not.toBe(planted)
    expect(await readActor(portal, planted)).toBeNull()
    expect(await readActor(portal, token)).not.toBeNull()
  })

  it('who ask at once are each themselves, and who is nobody stays nobody', async () => {
    const { portal, communityId, login, enter, tokenOf } = await start()
    const roles = ['bookkeeper', 'auditor', 'teller'] as const satisfies readonly Role[]
    const names = roles.map((_, i) => `${login}.${i}`)
    const users = [
      await enter([roles[0]], names[0]),
      await enter([roles[1]], names[1]),
      await enter([roles[2]], names[2]),
    ]
    const tokens = [await tokenOf(names[0]), await tokenOf(names[1]), await tokenOf(names[2])]
    const asked = await Promise.all(
      [tokens[0], 'made-up', tokens[1], tokens[2], tokens[0]].map(token => readActor(portal, token!)),
    )
    const own = (i: number) => ({ userId: users[i], roles: [{ communityId, role: roles[i] }] })
    expect(asked).toMatchObject([own(0), null, own(1), own(2), own(0)])
  })

  it('are signed out by idleness and by the clock', async () => {
    const { portal, enter, tokenOf } = await start()
    await enter(['bookkeeper'])
    const idle = await tokenOf()
    portal.clock.advance(portal.settings.sessionIdleMs - 1)
    expect(await readActor(portal, idle)).not.toBeNull()
    portal.clock.advance(portal.settings.sessionIdleMs)
    expect(await readActor(portal, idle)).toBeNull()
    const busy = await tokenOf()
    const end = portal.clock.now().getTime() + portal.settings.sessionAbsoluteMs
    while (portal.clock.now().getTime() + 30 * MINUTE_MS < end) {
      portal.clock.advance(30 * MINUTE_MS)
      expect(await readActor(portal, busy)).not.toBeNull()
    }
    portal.clock.moveTo(new Date(end))
    expect(await readActor(portal, busy)).toBeNull()
  })

  it('lose access at once when shut out', async () => {
    const { portal, enter, tokenOf } = await start()
    const userId = await enter(['manager'])
    const token = await tokenOf()
    expect((await readActor(portal, token))?.roles).toHaveLength(1)
    expect(await disableUser(portal, userId)).toBe(true)
    expect(await readActor(portal, token)).toBeNull()
    expect(await disableUser(portal, userId)).toBe(false)
  })

  it('hold an office from its first to its last day', async () => {
    const { portal, communityId, login, tokenOf } = await start()
    await addUser(portal, { login, password: PASSWORD, displayName: '李伟' }, [
      { communityId, role: 'auditor', from: civilDate('2026-07-02'), until: civilDate('2026-07-03') },
    ])
    const rolesAt = async (instant: string) => {
      portal.clock.moveTo(new Date(instant))
      return (await readActor(portal, await tokenOf()))!.roles.length
    }
    expect(await rolesAt('2026-07-01T23:59:59+08:00')).toBe(0)
    expect(await rolesAt('2026-07-02T00:00:00+08:00')).toBe(1)
    expect(await rolesAt('2026-07-03T23:59:59+08:00')).toBe(1)
    expect(await rolesAt('2026-07-04T00:00:00+08:00')).toBe(0)
  })

  it('are not guessed from one place', async () => {
    const { portal, enter, tryToSignIn } = await start()
    await enter(['bookkeeper'])
    for (let guess = 0; guess < 5; guess++) await tryToSignIn('wrong')
    const limited = { ok: false, error: { code: 'too-many-attempts', waitMinutes: 15 } }
    expect(await tryToSignIn()).toEqual(limited)
    portal.clock.advance(15 * MINUTE_MS)
    expect((await tryToSignIn()).ok).toBe(true)
  })

  it('are not guessed by many guesses at once', async () => {
    const { enter, tryToSignIn } = await start()
    await enter(['bookkeeper'])
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => tryToSignIn('wrong')))
    const codes = outcomes.map(outcome => (outcome.ok ? 'in' : outcome.error.code))
    expect(codes.filter(code => code === 'sign-in-refused')).toHaveLength(5)
    expect(codes.filter(code => code === 'too-many-attempts')).toHaveLength(7)
  })

  it('start counting anew after they got it right', async () => {
    const { portal, enter, tryToSignIn } = await start()
    await enter(['bookkeeper'])
    for (let guess = 0; guess < 4; guess++) await tryToSignIn('wrong')
    portal.clock.advance(1000)
    expect((await tryToSignIn()).ok).toBe(true)
    portal.clock.advance(1000)
    for (let guess = 0; guess < 4; guess++) await tryToSignIn('wrong')
    expect((await tryToSignIn()).ok).toBe(true)
  })

  it('are not locked out at home by guesses from everywhere, and strangers are', async () => {
    const { portal, enter, tryToSignIn } = await start()
    await enter(['bookkeeper'])
    expect((await tryToSignIn()).ok).toBe(true)
    for (let guess = 0; guess < 25; guess++) {
      portal.clock.advance(1000)
      await tryToSignIn('wrong', { address: `198.51.100.${guess}` })
    }
    const stranger = await tryToSignIn(PASSWORD, { address: '192.0.2.1' })
    expect(stranger).toMatchObject({ ok: false, error: { code: 'too-many-attempts' } })
    expect((await tryToSignIn()).ok).toBe(true)
  })

  it('are not guessed name by name from one address, nor from within one IPv6 network', async () => {
    const { portal, login, enter, tryToSignIn } = await start()
    await enter(['bookkeeper'])
    for (let guess = 0; guess < 30; guess++) {
      portal.clock.advance(1000)
      await tryToSignIn('wrong', {
        login: `${login}.${guess}`,
        address: `2001:db8:1:2::${guess.toString(16)}`,
      })
    }
    const same = await tryToSignIn(PASSWORD, { address: '2001:0DB8:1:2:ffff::1' })
    expect(same).toMatchObject({ ok: false, error: { code: 'too-many-attempts' } })
    expect((await tryToSignIn(PASSWORD, { address: '2001:db8:1:3::1' })).ok).toBe(true)
  })

  it('come by an invitation that works once', async () => {
    const { portal, communityId, login, enter } = await start()
    await enter(['committee_chair'])
    const invited = await inviteFromConsole(portal, {
      communityId,
      role: 'committee_treasurer',
      displayName: ' 王芳 ',
      from: civilDate('2026-07-01'),
      until: civilDate('2027-06-30'),
    })
    const code = invited.ok ? invited.value.code : ''
    expect(await readOpenInvitation(portal, code)).toMatchObject({
      ok: true,
      value: {
        communityName: expect.stringContaining('小区'),
        displayName: '王芳',
        role: 'committee_treasurer',
      },
    })
    const acceptance = { code, login: `${login}.wang`, password: 'three pandas at breakfast' }
    expect(await acceptInvite(portal, { ...acceptance, password: 'short' })).toEqual({
      ok: false,
      error: { code: 'password-too-short' },
    })
    expect(await acceptInvite(portal, { ...acceptance, login })).toEqual({
      ok: false,
      error: { code: 'login-taken' },
    })
    const accepted = await acceptInvite(portal, acceptance)
    const half = accepted.ok ? accepted.value.token : ''
    expect(await readActor(portal, half)).toMatchObject({ displayName: '王芳', awaits: 'enrolment' })
    expect(await readActor(portal, await passSecondFactor(portal, half))).toMatchObject({
      displayName: '王芳',
      roles: [{ communityId, role: 'committee_treasurer' }],
    })
    const used = { ok: false, error: { code: 'invitation-used' } }
    expect(await acceptInvite(portal, { ...acceptance, login: `${login}.zhang` })).toEqual(used)
    expect(await readOpenInvitation(portal, code)).toEqual(used)
    expect((await listOfficeHolders(portal, communityId)).map(holder => holder.role).sort()).toEqual([
      'committee_chair',
      'committee_treasurer',
    ])
    const audit = await portal.db
      .selectFrom('audit_event')
      .select(['act', 'actor_user_id', 'detail'])
      .where('community_id', '=', communityId)
      .execute()
    expect(audit).toEqual([
      {
        act: 'invite-user',
        actor_user_id: 'console',
        detail: '{"from":"2026-07-01","role":"committee_treasurer","until":"2027-06-30"}',
      },
    ])
  })

  it('accept one invitation once even when it is sent twice at once', async () => {
    const { portal, communityId, login } = await start()
    const invited = await inviteFromConsole(portal, {
      communityId,
      role: 'manager',
      displayName: '赵强',
      from: civilDate('2026-07-01'),
      until: null,
    })
    const code = invited.ok ? invited.value.code : ''
    const outcomes = await Promise.all(
      [1, 2, 3].map(i => acceptInvite(portal, { code, login: `${login}.${i}`, password: PASSWORD })),
    )
    expect(outcomes.filter(outcome => outcome.ok)).toHaveLength(1)
    expect(await listOfficeHolders(portal, communityId)).toHaveLength(1)
  })

  it('cannot use an invitation that expired, was never made, or was stolen as a digest', async () => {
    const { portal, communityId } = await start()
    const invited = await inviteFromConsole(portal, {
      communityId,
      role: 'manager',
      displayName: '赵强',
      from: civilDate('2026-07-01'),
      until: null,
    })
    const code = invited.ok ? invited.value.code : ''
    const unknown = { ok: false, error: { code: 'invitation-unknown' } }
    expect(await readOpenInvitation(portal, portal.random.id())).toEqual(unknown)
    expect(await readOpenInvitation(portal, tokenDigest(code))).toEqual(unknown)
    portal.clock.advance(7 * 86_400_000)
    expect(await readOpenInvitation(portal, code)).toEqual({
      ok: false,
      error: { code: 'invitation-expired' },
    })
  })

  it('who are signed in take a further office by invitation', async () => {
    const { portal, communityId, login, enter, tokenOf, actorOf } = await start()
    await enter(['manager'])
    const other = await enterTestCommunity(portal.db, `${login.replace('.', '-')}-other`)
    const invited = await inviteFromConsole(portal, {
      communityId: other,
      role: 'manager',
      displayName: '李伟',
      from: civilDate('2026-07-01'),
      until: null,
    })
    const code = invited.ok ? invited.value.code : ''
    expect((await acceptInviteAs(portal, await actorOf(), code)).ok).toBe(true)
    expect((await acceptInviteAs(portal, await actorOf(), code)).ok).toBe(false)
    expect((await readActor(portal, await tokenOf()))?.roles.map(held => held.communityId)).toEqual([
      communityId,
      other,
    ])
  })

  it('are not invited without a name, or for a term that ends before it begins', async () => {
    const { portal, communityId } = await start()
    const invitation = {
      communityId,
      role: 'committee_member',
      displayName: '王芳',
      from: civilDate('2026-07-01'),
      until: null,
    } as const
    const codeOf = async (change: object) => {
      const invited = await inviteFromConsole(portal, { ...invitation, ...change })
      return invited.ok ? 'invited' : invited.error.code
    }
    expect(await codeOf({})).toBe('invited')
    expect(await codeOf({ displayName: '  ' })).toBe('name-missing')
    expect(await codeOf({ until: civilDate('2026-06-30') })).toBe('term-malformed')
  })

  it('are entered with a login name and a password worth having', async () => {
    const { portal, login, enter } = await start()
    const userId = await enter([])
    const codeOf = async (change: object) => {
      const added = await addUser(
        portal,
        { login: `${login}.x`, password: PASSWORD, displayName: '甲', ...change },
        [],
      )
      return added.ok ? 'added' : added.error.code
    }
    expect(await codeOf({ login })).toBe('login-taken')
    expect(await codeOf({ login: '13800138000' })).toBe('login-malformed')
    expect(await codeOf({ password: 'short' })).toBe('password-too-short')
    expect(await codeOf({ displayName: '' })).toBe('name-missing')
    expect(await codeOf({})).toBe('added')
    expect(await readDisplayNames(portal.db, [userId, 'x'])).toEqual(new Map([[userId, '李伟']]))
    expect(await readDisplayNames(portal.db, [])).toEqual(new Map())
  })

  it('are let to an action, sent to sign in, or refused', async () => {
    const { portal, communityId, enter, tokenOf } = await start()
    const userId = await enter(['bookkeeper'])
    const cookie = sessionCookie(portal.settings, await tokenOf()).split(';')[0]!
    const address = 'http://localhost:3000/c/demo/work?lang=en&tab=2'
    const ask = (
      init: RequestInit,
      action: 'voucher:draft' | 'payment:release-company',
      community = communityId,
    ) =>
      requireActor(portal, new Request(address, init), action, community).catch((thrown: unknown) => thrown)
    const signedIn = { headers: { Cookie: cookie } }
    expect(await ask(signedIn, 'voucher:draft')).toMatchObject({ userId })
    expect(await ask(signedIn, 'payment:release-company')).toMatchObject({ status: 403 })
    expect(await ask(signedIn, 'voucher:draft', communityId + 1)).toMatchObject({ status: 403 })
    const sent = (await ask({}, 'voucher:draft')) as Response
    expect([sent.status, sent.headers.get('Location')]).toEqual([
      303,
      '/sign-in?lang=en&next=%2Fc%2Fdemo%2Fwork%3Flang%3Den%26tab%3D2',
    ])
    const posted = (await ask({ method: 'POST' }, 'voucher:draft')) as Response
    expect(posted.headers.get('Location')).toBe('/sign-in?lang=en')
    const twice = { headers: { Cookie: `${cookie}; ${cookie}` } }
    expect(await ask(twice, 'voucher:draft')).toMatchObject({ status: 303 })
  })
})
