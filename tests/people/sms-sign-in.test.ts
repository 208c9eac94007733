/** Signing in by a code on the telephone and by a passkey alone: what opens, what does not, and that nobody learns who is here. */
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CivilDate } from '#kernel'
import { type Actor, parseSmsCode, type Role, SMS_CODE_TRIES, SMS_CODES_A_DAY, smsCodeOf } from '#people'
import {
  addUser,
  askSmsSignIn,
  askSmsVerification,
  enrolPasskey,
  passkeyInvitation,
  passwordlessQuestion,
  readActor,
  readOwnSmsNumber,
  removeSmsNumber,
  sendDueSmsCodes,
  signIn,
  signInByPasskey,
  signInBySms,
  verifySmsNumber,
} from '#people/server'
import type { OutgoingMessage } from '#platform'
import { httpGateway } from '#platform/process'
import { smsCodeWords } from '../../app/cli/message-words.ts'
import { SoftwareAuthenticator } from '../support/authenticator.ts'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { fc } from '../support/properties.ts'

const PASSWORD = 'seven quiet lifts at noon'

describe('a code', () => {
  it('is six digits, each as likely as any other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        list => {
          const left = [...list, new Uint8Array(4)]
          expect(smsCodeOf(() => left.shift()!)).toMatch(/^\d{6}$/)
        },
      ),
    )
    // Beyond the largest multiple of a million the bytes are thrown away.
    const left = [new Uint8Array([255, 255, 255, 255]), new Uint8Array([0, 0, 0, 7])]
    expect(smsCodeOf(() => left.shift()!)).toBe('000007')
    expect(['123456', ' 123 456', '１２３４５６', '12345', '1234567', 'abcdef'].map(parseSmsCode)).toEqual([
      '123456',
      '123456',
      '123456',
      null,
      null,
      null,
    ])
  })
})

describeOnOneDatabase('signing in by telephone', open => {
  let database: TestDatabase
  let portal: TestPortal
  let communityId: number
  let users = 0
  const sent: OutgoingMessage[] = []
  const server = setupServer(
    http.post('https://sms.example/send', async ({ request }) => {
      const { to, text } = (await request.json()) as { to: string; text: string }
      sent.push({ address: to, text, idempotencyKey: request.headers.get('Idempotency-Key') ?? '' })
      return HttpResponse.json({})
    }),
  )
  const gateway = httpGateway('https://sms.example/send', null)

  beforeAll(async () => {
    server.listen({ onUnhandledRequest: 'bypass' })
    database = await open()
    portal = openTestPortal(database)
    communityId = await enterTestCommunity(portal.db)
  })
  afterAll(() => server.close())

  /** A person signed in by password. */
  async function person(role: Role = 'owner'): Promise<Actor> {
    users += 1
    const login = `phone-${users}`
    const added = await addUser(portal, { login, displayName: login, password: PASSWORD }, [
      { communityId, role, from: '2020-01-01' as CivilDate, until: null },
    ])
    if (!added.ok) throw new Error(added.error.code)
    const signedIn = await signIn(portal, { login, password: PASSWORD, address: `10.0.1.${users}` })
    if (!signedIn.ok) throw new Error(signedIn.error.code)
    return (await readActor(portal, signedIn.value.token))!
  }

  /** What arrives: the digits, and on which number. */
  async function arrived(): Promise<{ code: string; to: string } | null> {
    const before = sent.length
    await sendDueSmsCodes(portal, { gateway, words: smsCodeWords })
    const message = sent.at(-1)
    if (sent.length === before || message === undefined) return null
    return { code: /\d{6}/.exec(message.text)![0], to: message.address }
  }

  async function verified(actor: Actor, phone: string): Promise<void> {
    const asked = await askSmsVerification(portal, actor, { phone, address: '10.1.0.1' })
    if (!asked.ok) throw new Error(asked.error.code)
    const { code } = (await arrived())!
    const done = await verifySmsNumber(portal, actor, { codeId: asked.value.codeId, code })
    if (!done.ok) throw new Error(done.error.code)
  }

  const ask = (phone: string, address = '10.2.0.1') => askSmsSignIn(portal, { phone, address })
  const enter = (codeId: string, code: string, address = '10.2.0.1') =>
    signInBySms(portal, { codeId, code, address })
  const idOf = (asked: Awaited<ReturnType<typeof ask>>) => (asked.ok ? asked.value.codeId : '')
  const refused = (code: string) => ({ ok: false, error: { code } })

  it('opens with the digits, once, for a number its owner verified', async () => {
    const owner = await person()
    await verified(owner, '138 0000 0001')
    expect(await readOwnSmsNumber(portal, owner)).toBe('…0001')
    const codeId = idOf(await ask('13800000001'))
    const { code, to } = (await arrived())!
    expect(to).toBe('13800000001')
    const signedIn = await enter(codeId, code)
    expect(signedIn.ok && (await readActor(portal, signedIn.value.token))).toMatchObject({
      userId: owner.userId,
      roles: [{ role: 'owner' }],
      addressClass: 'local',
    })
    expect(await enter(codeId, code)).toEqual(refused('sms-code-wrong'))
    await removeSmsNumber(portal, owner)
    expect(await readOwnSmsNumber(portal, owner)).toBeNull()
    await ask('13800000001')
    expect(await arrived()).toBeNull()
  })

  it('says the same of a number that nobody has, after the same work', async () => {
    const owner = await person()
    await verified(owner, '13800000002')
    const rows = async () =>
      (await database.asOwner('select * from sms_code order by created_at, code_id')).length
    const before = await rows()
    const known = await ask('13800000002', '10.2.0.2')
    const unknown = await ask('13899999999', '10.2.0.2')
    expect([known.ok, unknown.ok]).toEqual([true, true])
    expect(idOf(known)).toMatch(/^\w{26}$/)
    expect(idOf(unknown)).toMatch(/^\w{26}$/)
    // The work is seen in what it leaves: a sealed code, a digest and a counted attempt for either number.
    expect(await rows()).toBe(before + 2)
    const stored = await database.asOwner(
      `select sealed_code is not null as sealed, length(code_digest) as digest from sms_code
       where code_id in ('${idOf(known)}', '${idOf(unknown)}')`,
    )
    expect(stored).toEqual([
      { sealed: true, digest: 64 },
      { sealed: true, digest: 64 },
    ])
    const { to } = (await arrived())!
    expect(to).toBe('13800000002')
    const dump = JSON.stringify(await database.asOwner('select * from sms_code'))
    expect(dump).not.toContain('13800000002')
    expect(dump).not.toContain('13899999999')
    expect(await enter(idOf(unknown), '000000', '10.2.0.2')).toEqual(refused('sms-code-wrong'))
    expect(await enter('0'.repeat(26), '000000', '10.2.0.2')).toEqual(refused('sms-code-wrong'))
    expect(await ask('123', '10.2.0.2')).toEqual(refused('phone-malformed'))
  })

  it('hears a code three times, for five minutes', async () => {
    const owner = await person()
    await verified(owner, '13800000003')
    const guessed = idOf(await ask('13800000003', '10.2.0.3'))
    const { code } = (await arrived())!
    const wrong = code === '000000' ? '000001' : '000000'
    for (let tries = 0; tries < SMS_CODE_TRIES; tries++) {
      expect(await enter(guessed, wrong, '10.2.0.3')).toEqual(refused('sms-code-wrong'))
    }
    expect(await enter(guessed, code, '10.2.0.3')).toEqual(refused('sms-code-wrong'))
    const late = idOf(await ask('13800000003', '10.2.0.3'))
    const second = (await arrived())!
    portal.clock.moveTo(new Date(portal.clock.now().getTime() + 5 * 60_000))
    expect(await enter(late, second.code, '10.2.0.3')).toEqual(refused('sms-code-wrong'))
  })

  it('limits how often a number is written to, by address and by day', async () => {
    const owner = await person()
    await verified(owner, '13800000004')
    for (let asked = 0; asked < 5; asked++) expect((await ask('13800000004', '10.2.0.4')).ok).toBe(true)
    expect(await ask('13800000004', '10.2.0.4')).toMatchObject({ error: { code: 'too-many-attempts' } })
    for (let asked = 0; asked < 8; asked++)
      expect((await ask('13800000004', `10.3.0.${asked}`)).ok).toBe(true)
    const before = sent.length
    await arrived()
    const written = sent.slice(before).filter(({ address }) => address === '13800000004')
    // One of the day's ten went to verify the number.
    expect(written).toHaveLength(SMS_CODES_A_DAY - 1)
    expect(new Set(written.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(written.length)
  })

  it('tells nobody but the holder of the telephone that a number is taken', async () => {
    const first = await person()
    const second = await person()
    await verified(first, '13800000005')
    const asked = await askSmsVerification(portal, second, { phone: '13800000005', address: '10.2.0.5' })
    const codeId = asked.ok ? asked.value.codeId : ''
    expect(await verifySmsNumber(portal, second, { codeId, code: '000000' })).toEqual(
      refused('sms-code-wrong'),
    )
    const { code } = (await arrived())!
    expect(await verifySmsNumber(portal, first, { codeId, code })).toEqual(refused('sms-code-wrong'))
    expect(await verifySmsNumber(portal, second, { codeId, code })).toEqual(refused('sms-code-wrong'))
    const again = await askSmsVerification(portal, second, { phone: '13800000005', address: '10.2.0.5' })
    const fresh = (await arrived())!
    const taken = await verifySmsNumber(portal, second, {
      codeId: again.ok ? again.value.codeId : '',
      code: fresh.code,
    })
    expect(taken).toEqual(refused('phone-taken'))
    expect(await readOwnSmsNumber(portal, first)).toBe('…0005')
    expect(await readOwnSmsNumber(portal, second)).toBeNull()
  })

  it('opens no office without its second factor', async () => {
    const manager = await person('manager')
    await verified(manager, '13800000006')
    const codeId = idOf(await ask('13800000006', '10.2.0.6'))
    const signedIn = await enter(codeId, (await arrived())!.code, '10.2.0.6')
    expect(signedIn.ok && (await readActor(portal, signedIn.value.token))).toMatchObject({
      roles: [],
      awaits: 'enrolment',
    })
  })

  it('by a passkey alone: once for each question, by its own key, and by nobody else’s', async () => {
    const owner = await person()
    const origin = new URL(portal.settings.baseUrl).origin
    const device = new SoftwareAuthenticator()
    const names = { site: 's', login: 'l', displayName: 'd' }
    const answer = device.register(await passkeyInvitation(portal, owner, names), { origin })
    expect((await enrolPasskey(portal, owner, { name: 'phone', answer })).ok).toBe(true)
    const present = (text: string) => signInByPasskey(portal, { answer: text, address: '10.2.0.7' })
    const question = await passwordlessQuestion(portal)
    expect(question).not.toHaveProperty('allowCredentials.0')
    const given = device.answer(question, { origin })
    const signedIn = await present(given)
    const actor = signedIn.ok ? await readActor(portal, signedIn.value.token) : null
    expect(actor).toMatchObject({ userId: owner.userId, roles: [{ role: 'owner' }] })
    expect(actor!.secondFactorAt).toBeInstanceOf(Date)
    expect(await present(given)).toEqual(refused('passkey-unknown'))
    const unverified = device.answer(await passwordlessQuestion(portal), { origin, isVerified: false })
    expect(await present(unverified)).toEqual(refused('passkey-unknown'))
    const elsewhere = device.answer(await passwordlessQuestion(portal), { origin: 'https://other.example' })
    expect(await present(elsewhere)).toEqual(refused('passkey-unknown'))
    const stranger = new SoftwareAuthenticator().answer(await passwordlessQuestion(portal), { origin })
    expect(await present(stranger)).toEqual(refused('passkey-unknown'))
    expect(await present('{}')).toEqual(refused('passkey-unknown'))
    const late = device.answer(await passwordlessQuestion(portal), { origin })
    portal.clock.moveTo(new Date(portal.clock.now().getTime() + 5 * 60_000))
    expect(await present(late)).toEqual(refused('passkey-unknown'))
  })
})
