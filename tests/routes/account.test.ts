/** The pages about one's own account, asked as Remix asks them: sessions, password, second factors. */
import { afterEach, expect, it } from 'vitest'
import { civilDate } from '#kernel'
import { addUser, readActor, readFactors, readWaitingSecret, signIn, totpCodeAt } from '#people/server'
import { csrfField, sessionCookie } from '#platform'
import { rememberPortal } from '#platform/process'
import { FACTOR_FIELDS } from '#ui'
import * as account from '../../app/routes/account._index.tsx'
import { action as passkeyOptions } from '../../app/routes/account.passkey-options.ts'
import * as password from '../../app/routes/account.password.tsx'
import * as factors from '../../app/routes/account.second-factor._index.tsx'
import * as totp from '../../app/routes/account.second-factor.totp.tsx'
import { SoftwareAuthenticator } from '../support/authenticator.ts'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { forgedBeside, forgedTables } from '../support/forged.ts'
import { openTestPortal } from '../support/portal.ts'
import { passSecondFactor } from '../support/second-factor.ts'

const PASSWORD = 'seven quiet lifts at noon'
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148'

interface Answer {
  readonly status: number
  readonly location: string | null
  readonly token: string | null
  readonly data: Record<string, unknown>
}

function answered(result: unknown): Answer {
  const tokenIn = (headers: Headers) =>
    /mingzhang=([\w-]{43})/.exec(headers.get('Set-Cookie') ?? '')?.[1] ?? null
  if (result instanceof Response) {
    const { status, headers } = result
    return { status, location: headers.get('Location'), token: tokenIn(headers), data: { response: result } }
  }
  const { data, init } = result as { data?: unknown; init?: ResponseInit | null }
  return {
    status: init?.status ?? 200,
    location: null,
    token: tokenIn(new Headers(init?.headers)),
    data: (init === undefined ? result : data) as Record<string, unknown>,
  }
}

describeOnOneDatabase('the pages of one’s own account', open => {
  let opened: Promise<TestDatabase> | null = null
  let started = 0
  afterEach(() => rememberPortal(null))

  async function start() {
    opened ??= open()
    started += 1
    const portal = openTestPortal(await opened, { seed: `account ${started}` })
    rememberPortal(portal)
    const communityId = await enterTestCommunity(portal.db, `demo-${started}`)
    const login = `li.wei${started}`
    const added = await addUser(portal, { login, password: PASSWORD, displayName: '李伟' }, [
      { communityId, role: 'manager', from: civilDate('2026-01-01'), until: null },
    ])
    const userId = added.ok ? added.value : ''
    const half = async () => {
      const signedIn = await signIn(portal, { login, password: PASSWORD, address: '203.0.113.7' })
      return signedIn.ok ? signedIn.value.token : ''
    }
    const whole = async () => passSecondFactor(portal, await half())
    const ask = async (
      page: (args: never) => unknown,
      path: string,
      token: string | null,
      fields?: Record<string, string>,
      withToken = true,
      context: object = { clientAddress: '203.0.113.7' },
    ) => {
      const headers: Record<string, string> = { 'User-Agent': PHONE }
      if (token !== null) headers.Cookie = sessionCookie(portal.settings, token).split(';')[0]!
      const address = `http://localhost:3000${path}`
      const { name, value } = csrfField(new Request(address, { headers }), portal.settings)
      const given = { ...(withToken ? { [name]: value } : {}), ...fields }
      const forged = forgedBeside([...Object.keys(given), name]).map(pair => [...pair])
      const body = new URLSearchParams([...Object.entries(given), ...forged])
      const request = new Request(
        address,
        fields === undefined ? { headers } : { headers, method: 'POST', body },
      )
      const result = await Promise.resolve(page({ request, params: {}, context } as never)).catch(
        (thrown: unknown) => thrown,
      )
      return answered(result)
    }
    return { portal, communityId, userId, login, half, whole, ask }
  }

  it('are for people signed in, with their second factor when they have one', async () => {
    const { half, whole, ask } = await start()
    const loaders = [account.loader, password.loader, factors.loader, totp.loader]
    for (const loader of loaders) {
      expect((await ask(loader, '/account', null)).location).toBe('/sign-in?next=%2Faccount')
      expect((await ask(loader, '/account', await half())).status).toBe(200)
    }
    const token = await whole()
    for (const loader of loaders) {
      expect((await ask(loader, '/account', token)).status).toBe(200)
      expect((await ask(loader, '/account', await half())).location).toBe('/sign-in/second?next=%2Faccount')
    }
    for (const action of [account.action, password.action, factors.action, totp.action]) {
      expect((await ask(action, '/account', null, {})).location).toBe('/sign-in?')
      expect((await ask(action, '/account', await half(), {})).location).toBe('/sign-in/second?')
      expect((await ask(action, '/account', token, {}, false)).status).toBe(403)
    }
  })

  it('list the own sessions by kind of device, and end one or all the others, but nobody else’s', async () => {
    const { portal, half, whole, ask } = await start()
    const [mine, second, third] = [await whole(), await whole(), await whole()]
    const list = async () => {
      const { data } = await ask(account.loader, '/account', mine)
      return data.sessions as { sessionId: string; isThis: boolean; withSecondFactor: boolean }[]
    }
    expect((await list()).map(session => session.isThis).sort()).toEqual([false, false, true])
    const { sessionId } = (await readActor(portal, second))!
    const other = await start()
    const stranger = await other.whole()
    rememberPortal(portal)
    await other.ask(account.action, '/account', stranger, { session: sessionId })
    expect(await readActor(portal, second)).not.toBeNull()
    expect((await ask(account.action, '/account', mine, { session: sessionId })).status).toBe(303)
    expect(await readActor(portal, second)).toBeNull()
    expect(await readActor(portal, third)).not.toBeNull()
    await ask(account.action, '/account', mine, { session: 'others' })
    expect([await readActor(portal, third), (await list()).length]).toEqual([null, 1])
    expect(await readActor(portal, mine)).not.toBeNull()
    const stored = JSON.stringify(await portal.db.selectFrom('user_session').selectAll().execute())
    expect(stored).not.toMatch(/iPhone|Mozilla/)
    expect(await half()).not.toBe('')
  })

  it('change the password for those who know it, and end every other session', async () => {
    const { portal, login, whole, ask } = await start()
    const [mine, other] = [await whole(), await whole()]
    const next = 'three pandas at breakfast'
    const change = (fields: Record<string, string>) =>
      ask(password.action, '/account/password', mine, {
        current: PASSWORD,
        password: next,
        passwordAgain: next,
        ...fields,
      })
    expect(await change({ current: 'wrong' })).toMatchObject({
      status: 422,
      data: { refusal: { code: 'sign-in-refused' } },
    })
    expect(await change({ passwordAgain: 'else' })).toMatchObject({ status: 422 })
    expect(await change({ password: 'short', passwordAgain: 'short' })).toMatchObject({
      data: { refusal: { code: 'password-too-short' } },
    })
    expect(await readActor(portal, other)).not.toBeNull()
    expect((await change({})).status).toBe(200)
    expect(await readActor(portal, other)).toBeNull()
    expect(await readActor(portal, mine)).not.toBeNull()
    const tries = [PASSWORD, next].map(each =>
      signIn(portal, { login, password: each, address: '203.0.113.7' }),
    )
    expect((await Promise.all(tries)).map(tried => tried.ok)).toEqual([false, true])
  })

  it('limit guesses at the present password in a stolen session', async () => {
    const { portal, whole, ask } = await start()
    const mine = await whole()
    portal.clock.advance(1000)
    const next = 'three pandas at breakfast'
    const guess = () =>
      ask(password.action, '/account/password', mine, {
        current: 'wrong',
        password: next,
        passwordAgain: next,
      })
    for (let i = 0; i < 5; i++) await guess()
    expect(await guess()).toMatchObject({ status: 429, data: { refusal: { code: 'too-many-attempts' } } })
  })

  it('lead an officer through the set-up of an authenticator, and hand out recovery codes once', async () => {
    const { portal, userId, half, ask } = await start()
    const token = await half()
    expect((await ask(factors.loader, '/account/second-factor', token)).data).toMatchObject({
      mustEnrol: true,
      mayChange: true,
    })
    const begun = await ask(factors.action, '/account/second-factor?next=%2Fc%2Fx', token, { intent: 'totp' })
    expect([begun.status, begun.location]).toEqual([303, '/account/second-factor/totp?next=%2Fc%2Fx'])
    const page = await ask(totp.loader, '/account/second-factor/totp?next=%2F%2Fevil.example', token)
    expect(page.data).toMatchObject({
      shown: { address: expect.stringContaining('otpauth://totp/') },
      next: '/',
    })
    const secret = (await readWaitingSecret(portal, userId))!
    const code = totpCodeAt(secret, Math.floor(portal.clock.now().getTime() / 30_000))
    const enrol = (given: string, context?: object) =>
      ask(totp.action, '/account/second-factor/totp', token, { [FACTOR_FIELDS.code]: given }, true, context)
    expect(await enrol('000000')).toMatchObject({ status: 422, data: { refusal: { code: 'factor-wrong' } } })
    const answer = { clientAddress: '203.0.113.7' }
    const done = await enrol(code, answer)
    expect(done.data.codes).toHaveLength(10)
    // The page that shows them is drawn in the same answer, for a request whose session has just ended.
    expect(
      (await ask(totp.loader, '/account/second-factor/totp', token, undefined, true, answer)).status,
    ).toBe(200)
    expect((await ask(totp.loader, '/account/second-factor/totp', token)).status).toBe(303)
    const actor = (await readActor(portal, done.token!))!
    expect([actor.roles.length, await readActor(portal, token)]).toEqual([1, null])
    expect((await ask(totp.loader, '/account/second-factor/totp', done.token)).data).toMatchObject({
      shown: null,
    })
  })

  it('register a passkey, and take it away again', async () => {
    const { portal, whole, ask } = await start()
    const token = await whole()
    const passkey = new SoftwareAuthenticator()
    const options = await ask(passkeyOptions, '/account/passkey-options', token, { asks: 'register' })
    const asked = await (options.data.response as Response).json()
    expect(asked).toMatchObject({
      rp: { id: 'localhost' },
      authenticatorSelection: { userVerification: 'required' },
      attestation: 'none',
    })
    const registered = await ask(factors.action, '/account/second-factor', token, {
      intent: 'passkey',
      name: '我的手机',
      [FACTOR_FIELDS.answer]: passkey.register(asked, { origin: portal.settings.baseUrl }),
    })
    expect([registered.status, registered.location]).toEqual([303, '/account/second-factor'])
    const now = registered.token!
    const named = async () =>
      (await readFactors(portal, (await readActor(portal, now))!)).passkeys.map(each => each.name)
    expect(await named()).toContain('我的手机')
    const removed = await ask(factors.action, '/account/second-factor', now, {
      intent: 'remove-passkey',
      credential: passkey.credentialId,
    })
    expect([removed.status, await named()]).toEqual([303, ['test']])
  })

  it('give no passkey question to strangers, to forged forms, or for keys that may not be changed', async () => {
    const { portal, half, whole, ask } = await start()
    const path = '/account/passkey-options'
    expect((await ask(passkeyOptions, path, null, { asks: 'sign-in' })).status).toBe(403)
    const token = await whole()
    expect((await ask(passkeyOptions, path, token, { asks: 'sign-in' }, false)).status).toBe(403)
    expect((await ask(passkeyOptions, path, token, { asks: 'everything' })).status).toBe(400)
    const unknown = { asks: 'release', community: 'nowhere', draft: 'd', step: 's', seen: 'x' }
    expect((await ask(passkeyOptions, path, token, unknown)).status).toBe(404)
    expect((await ask(passkeyOptions, path, await half(), { asks: 'register' })).status).toBe(403)
    expect((await ask(passkeyOptions, path, token, { asks: 'register' })).status).toBe(200)
    portal.clock.advance(10 * 60_000)
    expect((await ask(passkeyOptions, path, token, { asks: 'register' })).status).toBe(403)
  })

  it('held nothing of all the fields that no form has', async () => {
    expect(await forgedTables(await opened!)).toEqual([])
  })
})
