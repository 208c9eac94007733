import { afterEach, expect, it } from 'vitest'
import { civilDate } from '#kernel'
import { addUser, inviteFromConsole, readActor } from '#people/server'
import { csrfField, sessionTokenOf } from '#platform'
import { rememberPortal } from '#platform/process'
import { FACTOR_FIELDS } from '#ui'
import * as invite from '../../app/routes/invite.$code.tsx'
import * as signInPage from '../../app/routes/sign-in.tsx'
import * as secondPage from '../../app/routes/sign-in_.second.tsx'
import * as signOutPage from '../../app/routes/sign-out.tsx'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { authenticatorOf } from '../support/second-factor.ts'

const PASSWORD = 'seven quiet lifts at noon'

interface Asked {
  readonly cookie?: string
  readonly form?: Record<string, string>
  readonly params?: Record<string, string>
}

/** What a page's loader or action gave: a response, or data with its status. */
interface Given {
  readonly status: number
  readonly location: string | null
  readonly cookie: string | null
  readonly data: unknown
}

function given(result: unknown): Given {
  if (result instanceof Response) {
    const { status, headers } = result
    return { status, location: headers.get('Location'), cookie: headers.get('Set-Cookie'), data: null }
  }
  const { data, init } = result as { data?: unknown; init?: { status?: number } | null }
  return {
    status: init?.status ?? 200,
    location: null,
    cookie: null,
    data: init === undefined ? result : data,
  }
}

describeOnOneDatabase('the pages of signing in', open => {
  let opened: Promise<TestDatabase> | null = null
  let started = 0
  afterEach(() => rememberPortal(null))

  async function start() {
    opened ??= open()
    started += 1
    const portal = openTestPortal(await opened, { seed: `pages ${started}` })
    rememberPortal(portal)
    const communityId = await enterTestCommunity(portal.db, `demo-${started}`)
    const login = `li.wei${started}`
    const user = { login, password: PASSWORD, displayName: '李伟' }
    const added = await addUser(portal, user, [
      { communityId, role: 'bookkeeper', from: civilDate('2026-01-01'), until: null },
    ])
    const userId = added.ok ? added.value : ''
    const context = { nonce: 'n', clientAddress: '203.0.113.7', requestId: 'r', reportError: () => {} }
    const ask = async (page: (args: never) => unknown, path: string, asked: Asked = {}): Promise<Given> => {
      const headers: Record<string, string> = asked.cookie === undefined ? {} : { Cookie: asked.cookie }
      const init =
        asked.form === undefined
          ? { headers }
          : { headers, method: 'POST', body: new URLSearchParams(asked.form) }
      const request = new Request(`http://localhost:3000${path}`, init)
      const args = { request, params: asked.params ?? {}, context }
      return given(await Promise.resolve(page(args as never)).catch((thrown: unknown) => thrown))
    }
    const csrfOf = (cookie: string) =>
      csrfField(new Request('http://localhost/', { headers: { Cookie: cookie } }), portal.settings).value
    return { portal, communityId, userId, login, slug: `demo-${started}`, ask, csrfOf }
  }
  const sentBack = (cookie: string | null) => cookie!.split(';')[0]!

  it('sign in, to where the person was going or works, and out again', async () => {
    const { portal, userId, login, slug, ask, csrfOf } = await start()
    const form = { login, password: PASSWORD }
    const bare = await ask(signInPage.action, '/sign-in?lang=en', { form })
    expect([bare.status, bare.location]).toEqual([303, '/account/second-factor?lang=en'])
    const { code } = await authenticatorOf(portal, userId)
    const straight = await ask(signInPage.action, '/sign-in?lang=en', { form })
    expect([straight.status, straight.location]).toEqual([303, '/sign-in/second?lang=en'])
    const onward = await ask(signInPage.action, '/sign-in?next=%2Fc%2Fx%2Foffice%2Fimport', { form })
    expect(onward.location).toBe('/sign-in/second?next=%2Fc%2Fx%2Foffice%2Fimport')
    const astray = await ask(signInPage.action, '/sign-in?next=%2F%2Fevil.example', { form })
    expect(astray.location).toBe('/sign-in/second?next=%2F')
    const half = sentBack(onward.cookie)
    expect((await ask(signInPage.loader, '/sign-in', { cookie: half })).location).toBe('/sign-in/second')
    const second = (next: string, steps: number, cookie = half) =>
      ask(secondPage.action, `/sign-in/second?lang=en${next}`, {
        cookie,
        form: { csrf: csrfOf(cookie), [FACTOR_FIELDS.code]: code(steps) },
      })
    const whole = await second('&next=%2F%2Fevil.example', -1)
    expect([whole.status, whole.location]).toEqual([303, `/c/${slug}/office?lang=en`])
    const cookie = sentBack(whole.cookie)
    expect((await second('&next=%2Fc%2Fx', 0, cookie)).location).toBe('/c/x?lang=en')
    expect((await ask(secondPage.loader, '/sign-in/second', { cookie: half })).location).toMatch(
      /^\/sign-in\?/,
    )
    const again = await second('', 1, sentBack((await ask(signInPage.action, '/sign-in', { form })).cookie))
    const cookieNow = sentBack(again.cookie)
    expect((await ask(signInPage.loader, '/sign-in', { cookie: cookieNow })).location).toBe(
      `/c/${slug}/office`,
    )
    expect((await ask(signOutPage.loader, '/sign-out', { cookie: cookieNow })).data).toMatchObject({
      name: '李伟',
    })
    expect((await ask(signOutPage.action, '/sign-out', { cookie: cookieNow, form: {} })).status).toBe(403)
    const out = await ask(signOutPage.action, '/sign-out', {
      cookie: cookieNow,
      form: { csrf: csrfOf(cookieNow) },
    })
    expect([out.status, out.cookie]).toEqual([303, 'mingzhang=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'])
    const request = new Request('http://x/', { headers: { Cookie: cookieNow } })
    expect(await readActor(portal, sessionTokenOf(request, portal.settings)!)).toBeNull()
    expect((await ask(signOutPage.loader, '/sign-out', { cookie: cookieNow })).location).toBe('/')
  })

  it('say the same of a wrong password as of an unknown name, and when to come back', async () => {
    const { login, ask } = await start()
    const attempt = (form: Record<string, string>) => ask(signInPage.action, '/sign-in', { form })
    const wrong = await attempt({ login, password: 'wrong' })
    const unknown = await attempt({ login: `${login}.nobody`, password: 'wrong' })
    expect(wrong).toEqual(unknown)
    expect([wrong.status, wrong.cookie, wrong.data]).toEqual([
      422,
      null,
      { refusal: { code: 'sign-in-refused' } },
    ])
    expect((await attempt({ login: '', password: '' })).data).toMatchObject({
      refusal: { code: 'form-invalid' },
    })
    for (let guess = 0; guess < 4; guess++) await attempt({ login, password: 'wrong' })
    const limited = await attempt({ login, password: PASSWORD })
    expect([limited.status, limited.data]).toEqual([
      429,
      { refusal: { code: 'too-many-attempts', waitMinutes: 15 } },
    ])
  })

  it('leave no use to a session that was planted', async () => {
    const { portal, login, ask, csrfOf } = await start()
    const form = { login, password: PASSWORD }
    const planted = sentBack((await ask(signInPage.action, '/sign-in', { form })).cookie)
    const victim = await ask(signInPage.action, '/sign-in', {
      cookie: planted,
      form: { ...form, csrf: csrfOf(planted) },
    })
    expect(sentBack(victim.cookie)).not.toBe(planted)
    const request = new Request('http://x/', { headers: { Cookie: planted } })
    expect(await readActor(portal, sessionTokenOf(request, portal.settings)!)).toBeNull()
  })

  it('turn an invitation into an account, once', async () => {
    const { portal, communityId, login, slug, ask } = await start()
    const invited = await inviteFromConsole(portal, {
      communityId,
      role: 'manager',
      displayName: '赵强',
      from: civilDate('2026-07-01'),
      until: null,
    })
    const code = invited.ok ? invited.value.code : ''
    const params = { code }
    expect((await ask(invite.loader, `/invite/${code}`, { params })).data).toMatchObject({
      invitation: { ok: true, value: { displayName: '赵强', role: 'manager' } },
      signedInAs: null,
    })
    const form = {
      login: `${login}.zhao`,
      password: 'three pandas at breakfast',
      passwordAgain: 'three pandas',
    }
    expect((await ask(invite.action, `/invite/${code}`, { params, form })).data).toMatchObject({
      refusal: { code: 'form-invalid', fields: [{ field: 'passwordAgain', code: 'password-differs' }] },
    })
    const accepted = await ask(invite.action, `/invite/${code}`, {
      params,
      form: { ...form, passwordAgain: form.password },
    })
    expect([accepted.status, accepted.location]).toEqual([303, `/c/${slug}/office`])
    expect(accepted.cookie).toMatch(/^mingzhang=[A-Za-z0-9_-]{43}; /)
    expect((await ask(invite.loader, `/invite/${code}`, { params })).status).toBe(409)
    const gone = await ask(invite.loader, '/invite/x', { params: { code: 'x' } })
    expect(gone.status).toBe(404)
  })

  it('let somebody signed in accept a further office, by a form of their own session', async () => {
    const { portal, login, ask, csrfOf } = await start()
    const other = await enterTestCommunity(portal.db, `further-${started}`)
    const invited = await inviteFromConsole(portal, {
      communityId: other,
      role: 'manager',
      displayName: '李伟',
      from: civilDate('2026-07-01'),
      until: null,
    })
    const params = { code: invited.ok ? invited.value.code : '' }
    const signedIn = await ask(signInPage.action, '/sign-in', { form: { login, password: PASSWORD } })
    const cookie = sentBack(signedIn.cookie)
    expect((await ask(invite.action, '/invite/x', { params, cookie, form: {} })).status).toBe(403)
    const accepted = await ask(invite.action, '/invite/x', { params, cookie, form: { csrf: csrfOf(cookie) } })
    expect([accepted.status, accepted.location]).toEqual([303, `/c/further-${started}/office`])
  })
})
