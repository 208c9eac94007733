/**
 * The attacks of a statement, made on a certificate: one verifier stands against both, so each is made on both kinds from
 * one table; what only a certificate can suffer follows.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { type CanonicalValue, canonicalBytes, concatBytes, sha256, utf8 } from '#kernel'
import { formatVkey } from '#tlog'
import { createLogSigner } from '#tlog/server'
import type { VerifyReport } from '../../app/statements/facts.ts'
import { statementDigestOf } from '../../app/statements/fund-statement.ts'
import { encodeSupersedingList, parseSupersedingList } from '../../app/statements/log-inclusion.ts'
import type { RenderInput } from '../../app/statements/sealed-frame.server.ts'
import type { CertificateSource } from '../../app/statements/tally-certificate.ts'
import { type VerifyOptions, verifyStatement } from '../../app/statements/verify.ts'
import { issueCertificate as issueSealed } from './certificate-world.ts'
import {
  appendUpdate,
  attachmentId,
  bytesOf,
  contentId,
  flip,
  holeOf,
  patch,
  read,
  resign,
  sourceOf,
  streamObject,
  textOf,
  transplantCms,
} from './forge.ts'
import { createKeys, type Issued, issue, ORIGIN, seal, trust, VKEY } from './statement-world.ts'
import { certificateSource, lawn, POLL, retrofit } from './vote-world.ts'

const keys = createKeys()

const issueCertificate = (source?: CertificateSource, changes?: Partial<RenderInput>) =>
  issueSealed(keys.signer, source, changes)

async function verify(pdf: Uint8Array, changes: Partial<VerifyOptions> = {}): Promise<VerifyReport> {
  return verifyStatement(pdf, trust(keys.anchor, changes))
}

/** The bad facts, as `name/code`. */
async function problems(pdf: Uint8Array, changes: Partial<VerifyOptions> = {}): Promise<string[]> {
  const { verdict, facts } = await verify(pdf, changes)
  const bad = facts.filter(fact => !fact.ok).map(fact => `${fact.name}/${fact.code}`)
  expect(verdict).toBe(bad.length === 0 ? 'valid' : 'invalid')
  return bad
}

let certificate: Issued
let statement: Issued
beforeAll(async () => {
  certificate = await issueCertificate()
  statement = await issue(keys.signer)
})

const ESS = '1.2.840.113549.1.9.16.2.47'
const KINDS = [
  ['fund-statement', () => statement, 'statement.json'],
  ['tally-certificate', () => certificate, 'certificate.json'],
] as const

describe.each(KINDS)('a %s', (kind, good, dataFile) => {
  /** Each attack, and what it must be called. */
  const attacks: readonly (readonly [string, () => Uint8Array | Promise<Uint8Array>, string[]])[] = [
    ['untouched', () => good().pdf, []],
    [
      'a byte of a page',
      () => {
        const file = read(good().pdf)
        const { from, to } = file.revisions[0]!.objects.get(contentId(file))!
        return flip(good().pdf, Math.floor((from + to) / 2))
      },
      ['seal-content/changed'],
    ],
    ['garbage after the end', () => concatBytes(good().pdf, utf8('\n%PDF')), ['file/bytes-after-end']],
    [
      'a page replaced by an update',
      () => {
        const id = contentId(read(good().pdf))
        return appendUpdate(good().pdf, new Map([[id, streamObject(id, 'BT ET')]]))
      },
      ['later-changes/page-changed'],
    ],
    [
      'the data replaced by an update',
      () => {
        const id = attachmentId(read(good().pdf), dataFile)
        return appendUpdate(good().pdf, new Map([[id, streamObject(id, '{}', '/Type /EmbeddedFile')]]))
      },
      ['later-changes/attachment-changed'],
    ],
    [
      'the hole widened',
      () =>
        patch(good().pdf, /\[0 \d+ \d+ \d+\] */, found => {
          const [zero, a, b, c] = found.match(/\d+/g)!.map(Number)
          return `[${zero} ${a} ${b! + 20} ${c! - 20}]`
        }),
      ['seal-range/hole-moved', 'seal-content/changed'],
    ],
    ['the seal taken out', () => patch(good().pdf, /\/V \d+ 0 R/, () => ''), ['seal/removed']],
    [
      'sealed by another authority of the same names',
      () => seal(good().unsigned, keys.twinSigner),
      ['seal-trust/same-name-other-key'],
    ],
    [
      'sealed with an expired certificate',
      () => seal(good().unsigned, keys.expiredSigner),
      ['seal-time/expired'],
    ],
    [
      'sealed with a leaf as authority',
      () => seal(good().unsigned, keys.leafAsAuthoritySigner),
      ['seal-trust/issuer-is-no-authority'],
    ],
    [
      'sealed with a timestamp key',
      () => seal(good().unsigned, keys.timestampKeySigner),
      ['seal-certificate/timestamp-key'],
    ],
    [
      'a signature that does not say whose it is',
      () => resign(good().pdf, keys.seal, attributes => attributes.filter(({ type }) => type !== ESS)),
      ['seal-signature/certificate-not-named'],
    ],
    [
      'a signature by another key',
      () => resign(good().pdf, keys.authority, attributes => attributes),
      ['seal-signature/does-not-hold'],
    ],
    [
      "the other kind's signature",
      () => transplantCms((kind === 'fund-statement' ? certificate : statement).pdf, good().pdf),
      ['seal-content/changed'],
    ],
  ]

  it.each(attacks)('%s', async (_, forged, expected) => {
    expect(await problems(await forged())).toEqual(expected)
  })

  it('is what it says it is, whichever other kind there is', async () => {
    expect(await verify(good().pdf)).toMatchObject({ kind, document: { kind } })
  })

  it('a byte changed anywhere in the seal, which no signature covers', async () => {
    const hole = holeOf(good().pdf)
    const end = textOf(good().pdf.subarray(hole.from, hole.to)).replace(/0+$/, '').length
    for (let at = hole.from; at < hole.from + end + 40; at += 67) {
      expect(await problems(flip(good().pdf, at)), `byte ${at}`).not.toEqual([])
    }
  })

  it('a log that the reader does not know, or that has another key', async () => {
    expect(await problems(good().pdf, { vkeys: [] })).toEqual(['log/no-log-key'])
    const stranger = createLogSigner(new Uint8Array(32).fill(8), ORIGIN)
    expect(await problems(good().pdf, { vkeys: [formatVkey(stranger.key)] })).toEqual([
      'log/log-signature-missing',
    ])
  })
})

describe('a dishonest issuer', () => {
  /** Writes the unsigned certificate anew, each object as `change` has it, and seals it with the right key. */
  async function sealedAnew(change: (id: number, source: string) => string): Promise<Uint8Array> {
    const file = read(certificate.unsigned)
    let whole = '%PDF-1.7\n%\xff\xff\xff\xff\n'
    const table: string[] = []
    const ids = [...file.revisions[0]!.objects.keys()].sort((a, b) => a - b)
    for (const id of ids) {
      table.push(`${id} 1\n${String(whole.length).padStart(10, '0')} 00000 n \n`)
      whole += `${change(id, sourceOf(file, id))}\n`
    }
    const [root, info] = ['Root', 'Info'].map(
      name => (file.revisions[0]!.trailer.get(name) as { id: number }).id,
    )
    const trailer = `<< /Size ${ids.length + 1} /Root ${root} 0 R /Info ${info} 0 R >>`
    whole += `xref\n0 1\n0000000000 65535 f \n${table.join('')}trailer\n${trailer}\nstartxref\n${whole.length}\n%%EOF\n`
    return seal(bytesOf(whole), keys.signer)
  }

  /** The same with other attachments under the same names. */
  function sealedWith(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
    const file = read(certificate.unsigned)
    const forged = new Map(Object.entries(files).map(([name, bytes]) => [attachmentId(file, name), bytes]))
    return sealedAnew((id, source) => {
      const bytes = forged.get(id)
      return bytes === undefined ? source : streamObject(id, textOf(bytes), '/Type /EmbeddedFile')
    })
  }

  const changed = (change: (json: { questions: { options: Record<string, unknown>[] }[] }) => void) => {
    const json = JSON.parse(new TextDecoder().decode(certificate.statement))
    change(json)
    return canonicalBytes(json as CanonicalValue)
  }

  it('another outcome than the figures give', async () => {
    const forged = changed(json => {
      json.questions[0]!.options[0]!.outcome = 'NOT_PASSED'
    })
    expect(await problems(await sealedWith({ 'certificate.json': forged }))).toEqual([
      'figures/disagree',
      'leaf/other-statement',
    ])
  })

  it('a ratio rounded up across the mark', async () => {
    const forged = changed(json => {
      json.questions[0]!.options[0]!.participation = { area: '66.67%', heads: '69.78%' }
    })
    const report = await verify(await sealedWith({ 'certificate.json': forged }))
    expect(report.facts.find(fact => fact.name === 'figures')).toMatchObject({
      code: 'disagree',
      detail: { expected: '"68.59%"', found: '"66.67%"' },
    })
  })

  it('more take part than there are', async () => {
    const forged = changed(json => {
      json.questions[0]!.options[0]!.inFavour = { area: '9999999', heads: '236' }
    })
    expect(await problems(await sealedWith({ 'certificate.json': forged }))).toContain('figures/cannot-be')
  })

  it('data that is no certificate', async () => {
    expect(await problems(await sealedWith({ 'certificate.json': utf8('{ }') }))).toContain(
      'figures/malformed',
    )
    expect(await problems(await sealedWith({ 'certificate.json': statement.statement }))).toContain(
      'figures/malformed',
    )
  })

  it("another poll's data on this poll's sheet", async () => {
    const other = await issueCertificate(certificateSource({ questions: [lawn()] }))
    const forged = await sealedWith({
      'certificate.json': other.statement,
      'leaf.json': other.leaf,
      'certificate.tlog-proof': utf8(other.proof),
    })
    expect(await problems(forged)).toEqual(['sheet/other-statement'])
  })

  it("a statement's leaf for a certificate, though in the log", async () => {
    const forged = await issueCertificate(certificateSource(), {
      leaf: statement.leaf,
      proof: statement.proof,
    })
    expect(await problems(forged.pdf)).toEqual(['leaf/other-statement'])
  })

  it('data of both kinds in one file, so that either could be shown', async () => {
    const forged = await sealedAnew((_, source) => source.replaceAll('(leaf.json)', '(statement.json)'))
    expect(await problems(forged)).toEqual(['attachments/two-kinds'])
  })

  it('the control: written anew without a change it stays valid', async () => {
    expect(await problems(await sealedAnew((_, source) => source))).toEqual([])
  })
})

describe('a recount', () => {
  const recount = () =>
    certificateSource({
      version: 2,
      supersedes: {
        statementId: `demo-vote-${POLL}-v1`,
        digest: statementDigestOf(certificate.statement),
        reason: '两户的面积按登记簿更正后重新计票',
      },
      questions: [retrofit({ total: { area: 4_211_155n, heads: 427n, units: 439n } })],
    })

  it('makes the first certificate an old one, by itself or by the list', async () => {
    const newer = await issueCertificate(recount())
    expect(await problems(newer.pdf)).toEqual([])
    const { evidence } = await verify(newer.pdf)
    expect(await problems(certificate.pdf, { knownLeaves: [evidence!] })).toEqual(['current/superseded'])
    expect(await problems(newer.pdf, { knownLeaves: [evidence!] })).toEqual([])
    const list = parseSupersedingList(encodeSupersedingList([evidence!]))
    expect(list.ok && (await problems(certificate.pdf, { knownLeaves: list.value }))).toEqual([
      'current/superseded',
    ])
  })

  it("of another poll, or a month's correction, changes nothing", async () => {
    const other = await issueCertificate(
      certificateSource({
        poll: 'another',
        version: 2,
        supersedes: { statementId: 'demo-vote-another-v1', digest: 'a'.repeat(64), reason: 'x' },
      }),
    )
    const evidence = { leaf: other.leaf, proof: other.proof }
    expect(await problems(certificate.pdf, { knownLeaves: [evidence] })).toEqual([])
    expect(await problems(statement.pdf, { knownLeaves: [evidence] })).toEqual([])
  })

  it('that nobody admits contradicts the first', async () => {
    const twin = await issueCertificate(certificateSource({ turnout: { online: 1, paper: 2, proxy: 3 } }))
    const evidence = { leaf: twin.leaf, proof: twin.proof }
    expect(await problems(certificate.pdf, { knownLeaves: [evidence] })).toEqual(['current/contradicted'])
  })
})

it('the same certificate is the same file, byte for byte', async () => {
  const again = await issueCertificate()
  expect(sha256(again.unsigned)).toEqual(sha256(certificate.unsigned))
  expect(VKEY).toContain(ORIGIN)
})
