/**
 * Attacks on signing in, each of which succeeds when its defence is removed. Rate and entropy:
 *
 * - A password is at least 12 characters and not a common one. Sprayed from one address, thirty guesses in a quarter of an
 *   hour are heard, whatever the names; from everywhere, twenty per name. A botnet that tries the thousand most common
 *   passwords on one name needs half a day per name, and none of those passwords is accepted for an account to begin with.
 * - An invitation's code, a session's token and a passkey's challenge are 128 or 256 random bits, looked up by digest:
 *   nothing is learnt from a near miss, and no rate makes guessing them worthwhile.
 * - Six digits are 20 bits, of which three values are right at a time, and they are heard only after the password: twenty wrong
 *   ones a day (tests/people/totp.test.ts does the sum). A recovery code is 60 bits with the same limit.
 */
import { describe, expect, it, vi } from 'vitest'
import { civilDate, isId } from '#kernel'
import {
  addUser,
  disableUser,
  inviteFromConsole,
  readActor,
  readOpenInvitation,
  signIn,
} from '#people/server'
import { csrfField, localPath, sessionCookie } from '#platform'
import { rememberPortal } from '#platform/process'
import { FACTOR_FIELDS } from '#ui'
import * as signInPage from '../../app/routes/sign-in.tsx'
import * as secondPage from '../../app/routes/sign-in_.second.tsx'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { forgedBeside, forgedTables } from '../support/forged.ts'
import { ask, sameOrigin, serveTestPages } from '../support/http.ts'
import { openTestPortal } from '../support/portal.ts'
import { fc } from '../support/properties.ts'
import { authenticatorOf } from '../support/second-factor.ts'

/** The hashes that a password was verified against, in order. */
const verified = vi.hoisted((): string[] => [])
vi.mock('@node-rs/argon2', async original => {
  const real = await original<typeof import('@node-rs/argon2')>()
  return {
    hash: real.hash,
    verify: (hash: string, password: string) => {
      verified.push(hash)
      return real.verify(hash, password)
    },
  }
})

const PASSWORD = 'seven quiet lifts at noon'
const SITE = 'http://localhost:3000'

describeOnOneDatabase('against attacks, signing in', open => {
  let opened: Promise<TestDatabase> | null = null
  let started = 0
  async function start() {
    opened ??= open()
    started += 1
    const portal = openTestPortal(await opened, { seed: `attack ${started}` })
    rememberPortal(portal)
    const communityId = await enterTestCommunity(portal.db, `attack-${started}`)
    const login = `li.wei${started}`
    const enter = async (name: string) => {
      const added = await addUser(portal, { login: name, password: PASSWORD, displayName: '李伟' }, [
        { communityId, role: 'manager', from: civilDate('2026-01-01'), until: null },
      ])
      return added.ok ? added.value : ''
    }
    const userId = await enter(login)
    const attempt = (name: string, password: string, address = '203.0.113.7') =>
      signIn(portal, { login: name, password, address })
    const page = async (
      action: (args: never) => unknown,
      path: string,
      cookie: string | null,
      fields: Record<string, string>,
    ): Promise<Response> => {
      const headers: Record<string, string> = cookie === null ? {} : { Cookie: cookie }
      const forged = forgedBeside([...Object.keys(fields), 'csrf']).map(pair => [...pair])
      const body = new URLSearchParams([...Object.entries(fields), ...forged])
      const request = new Request(`${SITE}${path}`, { method: 'POST', headers, body })
      const args = { request, params: {}, context: { clientAddress: '203.0.113.7' } }
      const given = await Promise.resolve(action(args as never)).catch((thrown: unknown) => thrown)
      return given instanceof Response ? given : new Response(null, { status: 422 })
    }
    const cookieOf = (token: string) => sessionCookie(portal.settings, token).split(';')[0]!
    const csrfOf = (cookie: string) =>
      csrfField(new Request(SITE, { headers: { Cookie: cookie } }), portal.settings).value
    const cookieIn = (response: Response) => response.headers.get('Set-Cookie')!.split(';')[0]!
    return { portal, communityId, login, userId, enter, attempt, page, cookieOf, csrfOf, cookieIn }
  }

  it('does the same work for a name that exists, one that does not, and one that is none', async () => {
    const { portal, login, userId, attempt, enter } = await start()
    await attempt('nobody.here', 'warms the decoy up')
    const shut = `${login}.shut`
    await disableUser(portal, await enter(shut))
    const workFor = async (name: string) => {
      verified.length = 0
      expect(await attempt(name, 'wrong', `198.51.100.${name.length}`)).toMatchObject({
        error: { code: 'sign-in-refused' },
      })
      return verified.map(hash => /^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$/.exec(hash)?.[0])
    }
    const known = await workFor(login)
    expect(known).toEqual(['$argon2id$v=19$m=19456,t=2,p=1$'])
    expect(await workFor('nobody.at.all')).toEqual(known)
    expect(await workFor(shut)).toEqual(known)
    expect(await workFor('13800138000')).toEqual(known)
    expect(await workFor('没有这个人')).toEqual(known)
    expect(userId).not.toBe('')
  })

  it('hashes nothing for those who are over the limit: flooding costs the flooder only', async () => {
    const { login, attempt } = await start()
    for (let guess = 0; guess < 5; guess++) await attempt(login, 'wrong')
    verified.length = 0
    expect(await attempt(login, PASSWORD)).toMatchObject({ error: { code: 'too-many-attempts' } })
    expect(verified).toEqual([])
  })

  it('hears one sprayed password for thirty names from one address, and twenty from everywhere for one name', async () => {
    const { portal, login, attempt } = await start()
    let heard = 0
    for (let name = 0; name < 36; name++) {
      portal.clock.advance(1000)
      const tried = await attempt(`${login}.${name}`, 'Spring2026 again', '198.51.100.1')
      if (!tried.ok && tried.error.code === 'sign-in-refused') heard += 1
    }
    expect(heard).toBe(30)
    heard = 0
    for (let place = 0; place < 26; place++) {
      portal.clock.advance(1000)
      const tried = await attempt(login, 'Spring2026 again', `192.0.2.${place}`)
      if (!tried.ok && tried.error.code === 'sign-in-refused') heard += 1
    }
    expect(heard).toBe(20)
  })

  it('hands out codes and tokens of 128 bits and more, of which nothing near opens anything', async () => {
    const { portal, communityId, attempt, login } = await start()
    const invited = await inviteFromConsole(portal, {
      communityId,
      role: 'manager',
      displayName: '赵强',
      from: civilDate('2026-07-01'),
      until: null,
    })
    const code = invited.ok ? invited.value.code : ''
    expect(isId(code)).toBe(true)
    const near = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
    expect(await readOpenInvitation(portal, near)).toMatchObject({ error: { code: 'invitation-unknown' } })
    expect(await readOpenInvitation(portal, code.slice(0, -1))).toMatchObject({ ok: false })
    const signedIn = await attempt(login, PASSWORD)
    const token = signedIn.ok ? signedIn.value.token : ''
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(await readActor(portal, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull()
  })

  it('gives a planted session nothing: not at the password, and not at the second factor', async () => {
    const { portal, login, userId, attempt, page, cookieOf, csrfOf, cookieIn } = await start()
    const { code } = await authenticatorOf(portal, userId)
    const mallory = await attempt(login, PASSWORD)
    const planted = mallory.ok ? mallory.value.token : ''
    const form = { login, password: PASSWORD, csrf: csrfOf(cookieOf(planted)) }
    const half = cookieIn(await page(signInPage.action, '/sign-in', cookieOf(planted), form))
    expect(await readActor(portal, planted)).toBeNull()
    // Planted between the two steps: whoever knows the token of the first has nothing after the second.
    const answer = await page(secondPage.action, '/sign-in/second', half, {
      csrf: csrfOf(half),
      [FACTOR_FIELDS.code]: code(),
    })
    expect(answer.status).toBe(303)
    const tokenIn = (cookie: string) => cookie.split('=')[1]!
    expect(await readActor(portal, tokenIn(half))).toBeNull()
    expect((await readActor(portal, tokenIn(cookieIn(answer))))?.roles).toHaveLength(1)
  })

  it('takes no form of another session, and none without its token', async () => {
    const { portal, login, userId, attempt, page, cookieOf, csrfOf } = await start()
    const { code } = await authenticatorOf(portal, userId)
    const tokens = [await attempt(login, PASSWORD), await attempt(login, PASSWORD)]
    const [mine = '', other = ''] = tokens.map(signedIn => cookieOf(signedIn.ok ? signedIn.value.token : ''))
    const send = (csrf: string | null) =>
      page(secondPage.action, '/sign-in/second', mine, {
        ...(csrf === null ? {} : { csrf }),
        [FACTOR_FIELDS.code]: code(),
      })
    expect((await send(null)).status).toBe(403)
    expect((await send('')).status).toBe(403)
    expect((await send(csrfOf(other))).status).toBe(403)
    expect((await send(csrfOf(mine))).status).toBe(303)
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/%5Cevil.example@x',
    '/\t/evil.example',
  ])('leads nobody to %j after the second factor', async next => {
    const { portal, login, userId, attempt, page, cookieOf, csrfOf } = await start()
    const { code } = await authenticatorOf(portal, userId)
    const signedIn = await attempt(login, PASSWORD)
    const cookie = cookieOf(signedIn.ok ? signedIn.value.token : '')
    const path = `/sign-in/second?next=${encodeURIComponent(next)}`
    const fields = { csrf: csrfOf(cookie), [FACTOR_FIELDS.code]: code() }
    const location = (await page(secondPage.action, path, cookie, fields)).headers.get('Location')!
    expect(new URL(location, SITE).origin).toBe(SITE)
  })

  it('cannot be framed, with or without a script on the page, and answers no foreign form', async () => {
    const { portal } = await start()
    const pages = async (request: Request, context: { nonce: string }) => {
      const isScripted = new URL(request.url).pathname === '/scripted'
      const html = isScripted ? `<script nonce="${context.nonce}"></script>` : '<form></form>'
      return new Response(html, { headers: { 'Content-Type': 'text/html' } })
    }
    const server = await serveTestPages(portal, pages as never)
    for (const path of ['/plain', '/scripted']) {
      const answer = await ask(server.port, path)
      expect(answer.headers['x-frame-options']).toBe('DENY')
      expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(answer.headers['content-security-policy']).toContain("form-action 'self'")
    }
    const post = (headers: Record<string, string>) =>
      ask(server.port, '/plain', { method: 'POST', headers, body: '' })
    expect((await post(sameOrigin(server.port))).status).toBe(200)
    expect((await post({ Origin: 'https://evil.example' })).status).toBe(403)
    expect((await post({ Origin: 'null', 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await post({})).status).toBe(403)
    await server.stop()
  })

  it('takes no field that its forms have not', async () => {
    expect(await forgedTables(await opened!)).toEqual([])
  })
})

describe('where a page may send a browser', () => {
  it('is always this site, whatever the address holds', () => {
    const hostile = fc.stringMatching(/^[/\\\s@.:%0-9a-z]{0,20}$/)
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), hostile), text => {
        expect(new URL(localPath(text), SITE).origin).toBe(SITE)
        expect(localPath(text)).toMatch(/^\/(?!\/)/)
      }),
    )
  })
})
