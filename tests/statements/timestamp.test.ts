/** Timestamps: a good token goes into the seal, every bad answer is refused by name, and none of them costs the seal. */
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sha256, toHex, utf8 } from '#kernel'
import { certificatePem, issueCertificate } from '../../app/statements/create-sealing-keys.server.ts'
import { addTimestampToSeal, PLACEHOLDER_BYTES, signatureValueOf } from '../../app/statements/seal.server.ts'
import { requestTimestamp, timestampSeal } from '../../app/statements/timestamp.server.ts'
import { verifyStatement } from '../../app/statements/verify.ts'
import { createKeys, type Issued, issue, seal, trust } from './statement-world.ts'
import { answerTimestamp, type Dishonesty } from './timestamp-authority.ts'

const URL_OF_AUTHORITY = 'https://tsa.example.org/'
const keys = createKeys()
const order = (commonName: string, purpose: 'authority' | 'timestamp' | 'seal') => ({
  commonName,
  organisation: '授时中心（虚构）',
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2036-01-01T00:00:00Z'),
  purpose,
})
const root = issueCertificate(order('授时根', 'authority'), null)
const stamper = issueCertificate(order('授时', 'timestamp'), root)
const authority = { url: URL_OF_AUTHORITY, trustAnchors: [certificatePem(root.der)], timeoutMs: 2_000 }
const server = setupServer()
let sealed: Issued

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' })
  sealed = await issue(keys.signer)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

function answers(dishonesty: Dishonesty = {}, by = stamper): void {
  server.use(
    http.post(URL_OF_AUTHORITY, async ({ request }) => {
      expect(request.headers.get('content-type')).toBe('application/timestamp-query')
      const asked = new Uint8Array(await request.arrayBuffer())
      const answer = answerTimestamp(asked, by, root, dishonesty)
      return HttpResponse.arrayBuffer(answer.slice().buffer, {
        headers: { 'content-type': 'application/timestamp-reply' },
      })
    }),
  )
}

async function refusal(): Promise<string> {
  const stamped = await timestampSeal(sealed.pdf, authority)
  return stamped.ok ? 'stamped' : stamped.error
}

async function facts(pdf: Uint8Array, anchors: string[], now?: Date) {
  const report = await verifyStatement(pdf, {
    ...trust(keys.anchor),
    trustAnchors: [keys.anchor, ...anchors],
    ...(now && { now }),
  })
  return {
    verdict: report.verdict,
    bad: report.facts.filter(fact => !fact.ok).map(fact => `${fact.name}/${fact.code}`),
    timestamp: report.facts.find(fact => fact.name === 'timestamp')?.code,
    at: report.seal?.timestampedAt,
  }
}

describe('a good answer', () => {
  it('goes into the reserved place: nothing else of the file changes, and it is a trusted time', async () => {
    answers()
    const stamped = await timestampSeal(sealed.pdf, authority)
    if (!stamped.ok) throw new Error(stamped.error)
    expect(stamped.value.pdf.length).toBe(sealed.pdf.length)
    const differing = stamped.value.pdf.findIndex((byte, index) => byte !== sealed.pdf[index])
    expect(differing).toBeGreaterThan(sealed.unsigned.length)
    expect(await facts(stamped.value.pdf, authority.trustAnchors)).toEqual({
      verdict: 'valid',
      bad: [],
      timestamp: 'trusted',
      at: '2026-07-05T10:02:00.000Z',
    })
    // The same file for a reader who does not know the authority: valid, but the time is not relied on.
    expect(await facts(stamped.value.pdf, [])).toEqual({
      verdict: 'valid',
      bad: [],
      timestamp: 'authority-unknown',
      at: null,
    })
  })

  it('keeps a seal valid after its certificate has ended', async () => {
    answers({ at: new Date('2026-06-30T12:00:00Z') })
    const inTime = await seal(sealed.unsigned, keys.expiredSigner, new Date('2026-06-30T11:59:00Z'))
    const later = new Date('2033-01-01T00:00:00Z')
    expect((await facts(inTime, authority.trustAnchors, later)).bad).toEqual(['seal-time/expired'])
    const stamped = await timestampSeal(inTime, authority)
    if (!stamped.ok) throw new Error(stamped.error)
    expect((await facts(stamped.value.pdf, authority.trustAnchors, later)).bad).toEqual([])
    expect((await facts(stamped.value.pdf, [], later)).bad).toEqual(['seal-time/expired'])
  })

  it('at a second try replaces nothing but itself', async () => {
    answers()
    const first = await timestampSeal(sealed.pdf, authority)
    const again = first.ok ? await timestampSeal(first.value.pdf, authority) : first
    expect(again.ok && (await facts(again.value.pdf, authority.trustAnchors)).verdict).toBe('valid')
  })
})

describe('a bad answer is refused by name and the seal stays good', () => {
  afterEach(async () => {
    expect((await facts(sealed.pdf, authority.trustAnchors)).verdict).toBe('valid')
  })

  it.each<[string, Dishonesty, string]>([
    ['rejection', { status: 2 }, 'authority-refused'],
    ['another nonce', { nonce: utf8('replayed') }, 'nonce-differs'],
    ['a token over something else', { imprint: sha256(utf8('other')) }, 'imprint-differs'],
    ['no ESS attribute', { withoutEss: true }, 'token-signature-invalid'],
    ['signed with another key', { signWith: root }, 'token-signature-invalid'],
    ['outside its certificate', { at: new Date('2039-01-01T00:00:00Z') }, 'authority-expired'],
  ])('%s', async (_, dishonesty, code) => {
    answers(dishonesty)
    expect(await refusal()).toBe(code)
  })

  it('a key that may not timestamp, an authority that nobody trusts', async () => {
    answers({}, issueCertificate(order('印章', 'seal'), root))
    expect(await refusal()).toBe('not-a-timestamp-key')
    answers()
    const stamped = await requestTimestamp(utf8('x'), { ...authority, trustAnchors: [keys.anchor] })
    expect(!stamped.ok && stamped.error).toBe('authority-not-trusted')
  })

  it('no answer, an error page, nonsense, too much', async () => {
    server.use(http.post(URL_OF_AUTHORITY, () => HttpResponse.error()))
    expect(await refusal()).toBe('authority-unreachable')
    server.use(http.post(URL_OF_AUTHORITY, () => new HttpResponse('busy', { status: 503 })))
    expect(await refusal()).toBe('authority-unreachable')
    server.use(http.post(URL_OF_AUTHORITY, () => new HttpResponse('<html>')))
    expect(await refusal()).toBe('answer-malformed')
    server.use(http.post(URL_OF_AUTHORITY, () => new HttpResponse('0'.repeat(70_000))))
    expect(await refusal()).toBe('answer-malformed')
    server.use(http.post(URL_OF_AUTHORITY, () => HttpResponse.redirect('https://elsewhere.example.org/')))
    expect(await refusal()).toBe('authority-unreachable')
  })
})

describe('a token forced into a seal', () => {
  it('over another signature is a bad fact', async () => {
    answers()
    const other = await requestTimestamp(utf8('another signature'), authority)
    const forged = other.ok ? addTimestampToSeal(sealed.pdf, other.value.token) : other
    if (!forged.ok) throw new Error(forged.error)
    expect((await facts(forged.value, authority.trustAnchors)).bad).toEqual(['timestamp/imprint-differs'])
  })

  it('before the time that the seal claims is a bad fact', async () => {
    answers({ at: new Date('2026-07-01T00:00:00Z') })
    const stamped = await timestampSeal(sealed.pdf, authority)
    if (!stamped.ok) throw new Error(stamped.error)
    expect((await facts(stamped.value.pdf, authority.trustAnchors)).bad).toEqual([
      'seal-time/claimed-after-timestamp',
    ])
  })

  it('that does not fit, or a file without a seal, is refused', () => {
    const signature = signatureValueOf(sealed.pdf)
    expect(signature.ok && toHex(signature.value)).toMatch(/^30/)
    // An OCTET STRING as long as the whole placeholder.
    const huge = new Uint8Array(PLACEHOLDER_BYTES + 4)
    huge.set([0x04, 0x82, PLACEHOLDER_BYTES >> 8, PLACEHOLDER_BYTES & 0xff])
    expect(addTimestampToSeal(sealed.pdf, huge)).toEqual({ ok: false, error: 'seal-too-large' })
    expect(addTimestampToSeal(sealed.unsigned, huge)).toEqual({ ok: false, error: 'not-sealed' })
  })
})
