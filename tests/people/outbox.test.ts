/** The outbox: what is told to whom, on which way, how often, and never twice. */
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, MESSAGE_KINDS, type MessageChannel } from '#people'
import {
  addUser,
  chooseMessages,
  enqueueMessage,
  readOwnMessageChoice,
  type Sending,
  sendDueMessages,
} from '#people/server'
import type { MessageGateway, OutgoingMessage } from '#platform'
import { consoleGateway, httpGateway, openLogger } from '#platform/process'
import { messageWords } from '../../app/cli/message-words.ts'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'

const PASSWORD = 'seven quiet lifts at noon'
const PHONE = '13800138000'
const MINUTE_MS = 60_000

describeOnEachDatabase('the outbox', open => {
  let opened: Promise<TestDatabase> | null = null
  let started = 0

  async function start() {
    opened ??= open()
    started += 1
    const logged: string[] = []
    const logger = openLogger('trace', { write: (line: string) => void logged.push(line) })
    const portal = { ...openTestPortal(await opened, { seed: `outbox ${started}` }), logger }
    const communityId = await enterTestCommunity(portal.db, `outbox-${started}`)
    const user = { login: `li.wei${started}`, password: PASSWORD, displayName: '李伟' }
    const added = await addUser(portal, user, [])
    const userId = added.ok ? added.value : ''
    const actor: Actor = { userId, displayName: '李伟', roles: [], sessionId: 's' }
    const choose = (channel: MessageChannel, address = '', isDigest = false) =>
      chooseMessages(portal, actor, { channel, address, isDigest })
    const tell = (subjectKey: string, subject = subjectKey) => {
      const order = { communityId, userId, kind: 'release-waiting', subjectKey, values: { subject } } as const
      return portal.db.transaction().execute(tx => enqueueMessage(portal, tx, order))
    }
    const sent: OutgoingMessage[] = []
    let failures = 0
    const gateway: MessageGateway = {
      async send(message) {
        sent.push(message)
        if (failures > 0) {
          failures -= 1
          throw new Error('the line is down')
        }
      },
    }
    const sending: Sending = { gateways: { sms: gateway, email: gateway }, words: messageWords }
    const stateOf = async (column: 'state' | 'attempts') =>
      (
        await portal.db
          .selectFrom('message_delivery')
          .select(column)
          .where('community_id', '=', communityId)
          .execute()
      ).map(row => (row as Record<string, unknown>)[column])
    return {
      portal,
      communityId,
      userId,
      actor,
      choose,
      tell,
      sent,
      sending,
      stateOf,
      logged,
      send: () => sendDueMessages(portal, sending),
      failNext: (count: number) => {
        failures = count
      },
    }
  }

  it('tells a person once of a thing, however often it is asked for and sent', async () => {
    const { communityId, choose, tell, send, sent, stateOf } = await start()
    await choose('sms', PHONE)
    expect([await tell('a', '电梯维保费'), await tell('a', '电梯维保费')]).toEqual([true, false])
    await send()
    await send()
    expect(sent).toEqual([
      {
        address: PHONE,
        text: `【明账】outbox-${started}小区：有付款等您放行：电梯维保费`,
        idempotencyKey: expect.stringMatching(/^[0-9a-z]{26}$/),
      },
    ])
    expect(await stateOf('state')).toEqual(['sent'])
    expect(communityId).toBeGreaterThan(0)
  })

  it('tells nothing that was not committed', async () => {
    const { portal, communityId, userId, choose, send, sent } = await start()
    await choose('sms', PHONE)
    const order = {
      communityId,
      userId,
      kind: 'items-overdue',
      subjectKey: 'x',
      values: { subject: 'x' },
    } as const
    const undone = portal.db.transaction().execute(async tx => {
      await enqueueMessage(portal, tx, order)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await send()
    expect(sent).toEqual([])
  })

  it('writes to nobody who did not ask for it', async () => {
    const { choose, tell, send, sent, stateOf } = await start()
    await tell('a')
    await send()
    await choose('none')
    await tell('b')
    await send()
    expect([sent, await stateOf('state')]).toEqual([[], ['unwanted', 'unwanted']])
  })

  it('tries again under the same name with growing pauses, and gives up at the end', async () => {
    const { portal, choose, tell, send, sent, stateOf, failNext } = await start()
    await choose('sms', PHONE)
    await tell('a')
    failNext(2)
    await send()
    await send()
    expect([sent.length, await stateOf('state')]).toEqual([1, ['waiting']])
    portal.clock.advance(MINUTE_MS)
    await send()
    expect(sent).toHaveLength(2)
    portal.clock.advance(5 * MINUTE_MS)
    await send()
    expect([sent.length, await stateOf('state')]).toEqual([3, ['sent']])
    expect(new Set(sent.map(message => message.idempotencyKey)).size).toBe(1)
    await tell('b')
    failNext(99)
    for (let i = 0; i < 20; i++) {
      await send()
      portal.clock.advance(5 ** Math.min(i, 5) * MINUTE_MS)
    }
    expect((await stateOf('state')).sort()).toEqual(['failed', 'sent'])
    expect((await stateOf('attempts')).sort()).toEqual([3, 6])
  })

  it('takes up what a sender that died had in its hands, under the same name', async () => {
    const { portal, choose, tell, sent, sending, stateOf } = await start()
    await choose('sms', PHONE)
    await tell('a')
    const dying = new Promise<never>(() => {})
    const gateway: MessageGateway = {
      send: message => {
        sent.push(message)
        return dying
      },
    }
    void sendDueMessages(portal, { ...sending, gateways: { sms: gateway } })
    await expect.poll(() => sent.length).toBe(1)
    await sendDueMessages(portal, sending)
    expect(sent).toHaveLength(1)
    portal.clock.advance(MINUTE_MS + 1)
    await sendDueMessages(portal, sending)
    expect(sent.map(message => message.idempotencyKey)).toEqual([
      sent[0]!.idempotencyKey,
      sent[0]!.idempotencyKey,
    ])
    expect(await stateOf('state')).toEqual(['sent'])
  })

  it('is emptied once by many senders at once', async () => {
    const { portal, choose, tell, sent, sending } = await start()
    await choose('sms', PHONE)
    for (let i = 0; i < 6; i++) {
      await tell(`subject ${i}`)
      portal.clock.advance(1)
    }
    await Promise.all(Array.from({ length: 4 }, () => sendDueMessages(portal, sending)))
    expect(sent.map(message => message.idempotencyKey).sort()).toHaveLength(6)
    expect(new Set(sent.map(message => message.idempotencyKey)).size).toBe(6)
  })

  it('gives the day’s in one message to whoever wants that, at six', async () => {
    const { portal, choose, tell, send, sent, failNext } = await start()
    await choose('sms', PHONE, true)
    await tell('a', '甲')
    portal.clock.advance(MINUTE_MS)
    await tell('b', '乙')
    await send()
    expect(sent).toEqual([])
    portal.clock.moveTo(new Date('2026-07-01T18:00:00+08:00'))
    failNext(1)
    await send()
    portal.clock.advance(MINUTE_MS)
    await send()
    await send()
    expect(sent.map(message => message.text)).toEqual(
      Array(2).fill(
        `【明账】今天有 2 件事：outbox-${started}小区 有付款等您放行：甲；outbox-${started}小区 有付款等您放行：乙`,
      ),
    )
    expect(new Set(sent.map(message => message.idempotencyKey)).size).toBe(1)
  })

  it('keeps the address sealed and out of the log, and shows its owner four characters', async () => {
    const { portal, actor, choose, tell, send, failNext, logged } = await start()
    expect(await choose('sms', '123')).toEqual({ ok: false, error: { code: 'address-malformed' } })
    expect(await choose('email')).toEqual({ ok: false, error: { code: 'address-missing' } })
    await choose('sms', PHONE)
    expect(await readOwnMessageChoice(portal, actor)).toMatchObject({ channel: 'sms', address: '…8000' })
    expect((await choose('sms', '', true)).ok).toBe(true)
    expect(await readOwnMessageChoice(portal, actor)).toMatchObject({ address: '…8000', isDigest: true })
    expect((await choose('sms')).ok).toBe(true)
    await tell('a', '电梯维保费')
    failNext(1)
    await send()
    const kept = JSON.stringify([
      await portal.db.selectFrom('message_choice').selectAll().execute(),
      await portal.db.selectFrom('message').selectAll().execute(),
      await portal.db.selectFrom('message_attempt').selectAll().execute(),
    ])
    expect(kept).not.toContain(PHONE)
    expect(logged.join('')).toContain('message not sent')
    expect(logged.join('')).not.toMatch(/13800138000|电梯维保费|李伟/)
    await choose('none')
    expect(await readOwnMessageChoice(portal, actor)).toMatchObject({ channel: 'none', address: null })
  })

  it('keeps what was said and every attempt unchanged', async () => {
    const { communityId, choose, tell, send } = await start()
    await choose('sms', PHONE)
    await tell('a')
    await send()
    const database = await opened!
    for (const statement of [
      `update message set subject_key = 'b' where community_id = ${communityId}`,
      `delete from message_attempt where community_id = ${communityId}`,
    ]) {
      await expect(database.asOwner(statement)).rejects.toThrow('never changed')
    }
  })
})

describe('the words of messages', () => {
  it('are there for every kind, and name an office in words', () => {
    for (const kind of MESSAGE_KINDS) {
      expect(messageWords([{ kind, community: '甲小区', subject: '乙' }])).toMatch(/^【明账】甲小区：.*乙/)
    }
    expect(
      messageWords([{ kind: 'role-change-waiting', community: '甲小区', subject: 'manager' }]),
    ).toContain('物业公司经理')
  })
})

describe('a gateway over HTTP', () => {
  const asked: { key: string | null; token: string | null; body: unknown }[] = []
  let status = 200
  const server = setupServer(
    http.post('https://sms.example/send', async ({ request }) => {
      const { headers } = request
      asked.push({
        key: headers.get('Idempotency-Key'),
        token: headers.get('Authorization'),
        body: await request.json(),
      })
      return status === 302
        ? HttpResponse.redirect('https://elsewhere.example/', 302)
        : new HttpResponse('13800138000 is blocked', { status })
    }),
  )
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
  afterEach(() => {
    asked.length = 0
  })
  afterAll(() => server.close())
  const message = { address: PHONE, text: 'text', idempotencyKey: 'key' }
  const send = () => httpGateway('https://sms.example/send', 'secret').send(message)

  it('hands over address and text under the key of the message', async () => {
    status = 202
    await send()
    expect(asked).toEqual([{ key: 'key', token: 'Bearer secret', body: { to: PHONE, text: 'text' } }])
  })

  it('takes "I had that already" for a yes', async () => {
    status = 409
    await expect(send()).resolves.toBeUndefined()
  })

  it.each([400, 401, 429, 500, 302])('takes %d for a no, and says nothing of the message', async answer => {
    status = answer
    const refusal = await send().catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Error)
    expect(String(refusal)).not.toMatch(/13800138000|text/)
  })
})

describe('the gateway of the demo', () => {
  it('prints the text and four characters of the address', async () => {
    const lines: string[] = []
    await consoleGateway(line => void lines.push(line)).send({
      address: PHONE,
      text: '【明账】',
      idempotencyKey: 'key',
    })
    expect(lines).toEqual(['…8000 【明账】'])
  })
})
