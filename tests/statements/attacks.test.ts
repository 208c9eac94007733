/**
 * Every attack that a forger, a careless viewer or a dishonest issuer can make is named by the verifier, and named right.
 * Each one starts from a statement that verifies, and its untouched twin stays valid.
 */
import { ObjectIdentifier, OctetString, Sequence, UTCTime } from 'asn1js'
import { Attribute } from 'pkijs'
import { beforeAll, describe, expect, it } from 'vitest'
import { canonicalBytes, concatBytes, fen, parseCanonical, sha256, utf8 } from '#kernel'
import { formatVkey } from '#tlog'
import { createLogSigner } from '#tlog/server'
import type { VerifyReport } from '../../app/statements/facts.ts'
import {
  buildFundStatement,
  encodeFundStatement,
  statementDigestOf,
} from '../../app/statements/fund-statement.ts'
import { encodeSupersedingList, parseSupersedingList } from '../../app/statements/log-inclusion.ts'
import { sealPdf } from '../../app/statements/seal.server.ts'
import { SEAL_RECT } from '../../app/statements/sealed-frame.server.ts'
import { encodeStatementLeaf } from '../../app/statements/statement-leaf.ts'
import { type VerifyOptions, verifyStatement } from '../../app/statements/verify.ts'
import {
  appendUpdate,
  attachmentId,
  bytesOf,
  catalogId,
  contentId,
  firstPageId,
  flip,
  freeId,
  holeOf,
  patch,
  read,
  resign,
  sourceOf,
  streamObject,
  textOf,
  transplantCms,
} from './forge.ts'
import {
  createKeys,
  type Issued,
  issue,
  juneSource,
  NOW,
  ORIGIN,
  proveInLog,
  seal,
  trust,
  VKEY,
} from './statement-world.ts'

const keys = createKeys()
let good: Issued

beforeAll(async () => {
  good = await issue(keys.signer)
})

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

it('the untouched statement is valid in every fact', async () => {
  expect(await problems(good.pdf)).toEqual([])
})

describe('bytes', () => {
  it('a byte of a page changed', async () => {
    const file = read(good.pdf)
    const stream = file.revisions[0]!.objects.get(contentId(file))!
    expect(await problems(flip(good.pdf, Math.floor((stream.from + stream.to) / 2)))).toEqual([
      'seal-content/changed',
    ])
  })

  it('a byte changed anywhere at all, sampled over the whole file', async () => {
    for (let at = 0; at < good.pdf.length; at += 1499) {
      expect(await problems(flip(good.pdf, at)), `byte ${at}`).not.toEqual([])
    }
  })

  it('a byte changed anywhere in the seal itself, which no signature covers', async () => {
    const hole = holeOf(good.pdf)
    const end = textOf(good.pdf.subarray(hole.from, hole.to)).replace(/0+$/, '').length
    for (let at = hole.from; at < hole.from + end + 40; at += 23) {
      expect(await problems(flip(good.pdf, at)), `byte ${at}`).not.toEqual([])
    }
  })

  it('garbage after %%EOF', async () => {
    expect(await problems(concatBytes(good.pdf, utf8('\n%PDF')))).toEqual(['file/bytes-after-end'])
    expect(await problems(concatBytes(good.pdf, utf8('\n')))).toEqual(['file/bytes-after-end'])
  })

  it('a file cut short, and one that is no PDF', async () => {
    expect(await problems(good.pdf.subarray(0, 100_000))).toEqual(['file/end-missing'])
    expect(await problems(utf8('hello'))).toEqual(['file/not-a-pdf'])
    expect(await problems(new Uint8Array())).toEqual(['file/not-a-pdf'])
  })

  it('an object hidden between two others', async () => {
    const file = read(good.pdf)
    const info = [...file.revisions[1]!.objects.values()].sort((a, b) => a.from - b.from)[0]!
    const forged = concatBytes(good.pdf.subarray(0, info.from), utf8('(x)\n'), good.pdf.subarray(info.from))
    expect((await problems(forged))[0]).toMatch(/^file\//)
  })
})

describe('appended updates', () => {
  it('a page is replaced', async () => {
    const id = contentId(read(good.pdf))
    const forged = appendUpdate(good.pdf, new Map([[id, streamObject(id, 'BT ET')]]))
    const report = await verify(forged)
    expect(await problems(forged)).toEqual(['later-changes/page-changed'])
    expect(report.facts.find(fact => !fact.ok)!.place).toMatchObject({
      part: 'page',
      page: 1,
      revision: 3,
      object: id,
    })
  })

  it('the page object itself, and the page tree', async () => {
    const file = read(good.pdf)
    const id = firstPageId(file)
    const page = sourceOf(file, id).replace('/MediaBox [0 0 ', '/MediaBox [9 9 ')
    expect(await problems(appendUpdate(good.pdf, new Map([[id, page]])))).toEqual([
      'later-changes/page-changed',
    ])
    const pages = [...file.revisions[0]!.objects.keys()].find(key =>
      sourceOf(file, key).includes('/Type /Pages'),
    )!
    const tree = sourceOf(file, pages).replace(/\/Count (\d)/, '/Count 1')
    expect(await problems(appendUpdate(good.pdf, new Map([[pages, tree]])))).toEqual([
      'later-changes/page-changed',
    ])
  })

  it('an attachment is replaced; the sealed one is still the one that is read', async () => {
    const id = attachmentId(read(good.pdf), 'statement.json')
    const forged = appendUpdate(good.pdf, new Map([[id, streamObject(id, '{}', '/Type /EmbeddedFile')]]))
    const report = await verify(forged)
    expect(await problems(forged)).toEqual(['later-changes/attachment-changed'])
    expect(report.facts.find(fact => !fact.ok)!.place).toMatchObject({
      part: 'attachment',
      name: 'statement.json',
    })
    expect(report.digest).toBe(statementDigestOf(good.statement))
  })

  it('something visible is put on a page as an annotation', async () => {
    const file = read(good.pdf)
    const [page, mark] = [firstPageId(file), freeId(good.pdf)]
    const annotated = sourceOf(file, page).replace(/\/Annots \[(.*?)\]/, `/Annots [$1 ${mark} 0 R]`)
    const stamp = `${mark} 0 obj\n<< /Type /Annot /Subtype /Stamp /Rect [0 0 500 500] >>\nendobj`
    const forged = appendUpdate(
      good.pdf,
      new Map([
        [page, annotated],
        [mark, stamp],
      ]),
    )
    expect((await problems(forged))[0]).toMatch(/^later-changes\/(page-changed|visible-mark-added)$/)
  })

  it('the information dictionary is replaced', async () => {
    const file = read(good.pdf)
    const info = (file.revisions[0]!.trailer.get('Info') as { id: number }).id
    const forged = appendUpdate(good.pdf, new Map([[info, `${info} 0 obj\n<< /Subject (x) >>\nendobj`]]))
    expect(await problems(forged)).toEqual(['later-changes/object-changed'])
  })

  it('the seal is taken out of its field, in place and by an update', async () => {
    expect(await problems(patch(good.pdf, /\/V \d+ 0 R/, () => ''))).toEqual(['seal/removed'])
    const file = read(good.pdf)
    const field = [...file.revisions[1]!.objects.values()].find(object =>
      sourceOf(file, object.id).includes('/FT /Sig'),
    )!
    const emptied = sourceOf(file, field.id).replace(/\/V \d+ 0 R/, '')
    expect(await problems(appendUpdate(good.pdf, new Map([[field.id, emptied]])))).toEqual(['seal/removed'])
    const catalog = catalogId(file)
    const bare = sourceOf(file, catalog).replace(/\/Fields \[.*?\]/, '/Fields []')
    expect(await problems(appendUpdate(good.pdf, new Map([[catalog, bare]])))).toEqual(['seal/removed'])
  })

  it('a further invisible signature is allowed, and a broken one is named', async () => {
    const second = await countersign(good.pdf)
    expect(await problems(second)).toEqual([])
    expect((await verify(second)).facts.find(fact => fact.name === 'later-changes')!.code).toBe(
      'signatures-only',
    )
    const at = textOf(second).lastIndexOf('/Reason')
    expect(await problems(flip(second, at + 12))).toEqual(['later-changes/signature-broken'])
  })
})

/** A second signature by a foreign authority, as another portal's program might append it. */
async function countersign(pdf: Uint8Array): Promise<Uint8Array> {
  const sealed = await sealPdf(good.unsigned, keys.twinSigner, {
    sealedAt: NOW,
    name: 'x',
    reason: 'x',
    rect: SEAL_RECT,
  })
  if (!sealed.ok) throw new Error(sealed.error)
  const file = read(pdf)
  const [page, catalog] = [firstPageId(file), catalogId(file)]
  const [signature, field] = [freeId(pdf), freeId(pdf) + 1]
  const range = '[0 0000000000 0000000000 0000000000]'
  const updated = appendUpdate(
    pdf,
    new Map([
      [catalog, sourceOf(file, catalog).replace(/\/Fields \[(.*?)\]/, `/Fields [$1 ${field} 0 R]`)],
      [page, sourceOf(file, page).replace(/\/Annots \[(.*?)\]/, `/Annots [$1 ${field} 0 R]`)],
      [
        signature,
        `${signature} 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ${range} /Contents <${'0'.repeat(8000)}> /M (D:20260801000000Z) /Reason (yes, we agree) >>\nendobj`,
      ],
      [
        field,
        `${field} 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Sig /T (Second) /Rect [0 0 0 0] /F 132 /V ${signature} 0 R >>\nendobj`,
      ],
    ]),
  )
  const source = textOf(updated)
  const from = source.lastIndexOf('/Contents <') + '/Contents '.length
  const to = source.indexOf('>', from) + 1
  const at = source.lastIndexOf(range)
  updated.set(bytesOf(`[0 ${from} ${to} ${updated.length - to}]`.padEnd(range.length)), at)
  const covered = concatBytes(updated.subarray(0, from), updated.subarray(to))
  const taken = textOf(sealed.value)
  const cmsAt = taken.lastIndexOf('/Contents <') + '/Contents <'.length
  updated.set(bytesOf(taken.slice(cmsAt, cmsAt + 8000)), from + 1)
  const twin = keys.twin
  return resign(updated, twin, attributes =>
    attributes.map(attribute => (attribute.type === DIGEST ? digestAttribute(covered) : attribute)),
  )
}

const DIGEST = '1.2.840.113549.1.9.4'
const ESS = '1.2.840.113549.1.9.16.2.47'
const SIGNING_TIME = '1.2.840.113549.1.9.5'

function digestAttribute(covered: Uint8Array): Attribute {
  return new Attribute({
    type: DIGEST,
    values: [new OctetString({ valueHex: sha256(covered).slice().buffer })],
  })
}

describe('the reach of the seal', () => {
  const range = /\[0 \d+ \d+ \d+\] */
  const moved = (change: (numbers: number[]) => number[]) =>
    patch(good.pdf, range, found => `[${change(found.match(/\d+/g)!.map(Number)).join(' ')}]`)

  it.each([
    ['widened at its end', ([zero, a, b, c]: number[]) => [zero!, a!, b! + 20, c! - 20]],
    ['widened at its beginning', ([zero, a, b, c]: number[]) => [zero!, a! - 20, b!, c!]],
    ['shortened', ([zero, a, b, c]: number[]) => [zero!, a!, b! - 20, c! + 20]],
    ['shortened at its beginning', ([zero, a, b, c]: number[]) => [zero!, a! + 1, b!, c!]],
  ])('the hole is %s', async (_, change) => {
    expect(await problems(moved(change))).toEqual(['seal-range/hole-moved', 'seal-content/changed'])
  })

  it('it ends before the file does', async () => {
    const short = moved(([zero, a, b, c]) => [zero!, a!, b!, c! - 1])
    expect(await problems(short)).toEqual(['seal-range/end-moved', 'seal-content/changed'])
  })

  it('it is no range at all', async () => {
    const broken = patch(good.pdf, range, () => '[0 1 2]')
    expect(await problems(broken)).toEqual(['seal-range/malformed', 'seal-content/changed'])
  })
})

describe('who sealed', () => {
  const sealedBy = (signer: (typeof keys)['signer'], at?: Date) => seal(good.unsigned, signer, at)

  it('another authority under the same names', async () => {
    expect(await problems(await sealedBy(keys.twinSigner))).toEqual(['seal-trust/same-name-other-key'])
  })

  it('an authority that nobody trusts, and no authority given', async () => {
    const foreign = createKeys()
    expect(await problems(good.pdf, { trustAnchors: [] })).toEqual(['seal-trust/no-anchor'])
    const renamed = createKeys('别的签发机构')
    expect(await problems(good.pdf, { trustAnchors: [renamed.anchor] })).toEqual([
      'seal-trust/untrusted-root',
    ])
    expect(await problems(good.pdf, { trustAnchors: [foreign.anchor, keys.anchor] })).toEqual([])
  })

  it('a signer whose certificate had expired', async () => {
    expect(await problems(await sealedBy(keys.expiredSigner))).toEqual(['seal-time/expired'])
    // Sealed in time, but without a timestamp nobody can tell once it has expired.
    const before = new Date('2026-06-30T00:00:00Z')
    const inTime = await sealedBy(keys.expiredSigner, before)
    expect(await problems(inTime)).toEqual(['seal-time/expired'])
    expect(await problems(inTime, { now: before })).toEqual([])
  })

  it('before the certificate was valid', async () => {
    const early = await sealedBy(keys.signer, new Date('2025-12-31T00:00:00Z'))
    expect(await problems(early)).toEqual(['seal-time/not-yet-valid'])
  })

  it('a leaf certificate used as an authority', async () => {
    expect(await problems(await sealedBy(keys.leafAsAuthoritySigner))).toEqual([
      'seal-trust/issuer-is-no-authority',
    ])
  })

  it("a timestamp authority's key, and an authority's own", async () => {
    expect(await problems(await sealedBy(keys.timestampKeySigner))).toEqual([
      'seal-certificate/timestamp-key',
    ])
    expect(await problems(await sealedBy(keys.authorityAsSigner))).toEqual(['seal-certificate/is-authority'])
  })
})

describe('the signature', () => {
  it('the control: signed again without a change it stays valid', async () => {
    expect(await problems(resign(good.pdf, keys.seal, attributes => attributes))).toEqual([])
  })

  it('does not say whose it is (no ESS attribute)', async () => {
    const forged = resign(good.pdf, keys.seal, attributes => attributes.filter(({ type }) => type !== ESS))
    expect(await problems(forged)).toEqual(['seal-signature/certificate-not-named'])
  })

  it('names another certificate of the same authority', async () => {
    const other = new OctetString({ valueHex: sha256(keys.authority.der).slice().buffer })
    const id = new Sequence({ value: [new Sequence({ value: [new Sequence({ value: [other] })] })] })
    const forged = resign(good.pdf, keys.seal, attributes =>
      attributes.map(attribute =>
        attribute.type === ESS ? new Attribute({ type: ESS, values: [id] }) : attribute,
      ),
    )
    expect(await problems(forged)).toEqual(['seal-signature/certificate-not-named'])
  })

  it('holds a signing time, or its attributes out of order', async () => {
    const time = new Attribute({ type: SIGNING_TIME, values: [new UTCTime({ valueDate: NOW })] })
    const withTime = resign(good.pdf, keys.seal, attributes => [attributes[0]!, time, ...attributes.slice(1)])
    expect(await problems(withTime)).toEqual(['seal-signature/signing-time-inside'])
    const reversed = resign(good.pdf, keys.seal, attributes => [...attributes].reverse())
    expect(await problems(reversed)).toEqual(['seal-signature/attributes-malformed'])
    const typed = resign(good.pdf, keys.seal, attributes =>
      attributes.map(attribute =>
        attribute.type === '1.2.840.113549.1.9.3'
          ? new Attribute({
              type: attribute.type,
              values: [new ObjectIdentifier({ value: '1.2.840.113549.1.7.2' })],
            })
          : attribute,
      ),
    )
    expect(await problems(typed)).toEqual(['seal-signature/attributes-malformed'])
  })

  it("was made with another key than the certificate's", async () => {
    const forged = resign(good.pdf, keys.authority, attributes => attributes)
    expect(await problems(forged)).toEqual(['seal-signature/does-not-hold'])
  })

  it('is transplanted from another sealed file', async () => {
    const july = await issue(keys.signer, juneSource({ issuedAt: new Date('2026-07-06T00:00:00Z') }))
    expect(await problems(transplantCms(july.pdf, good.pdf))).toEqual(['seal-content/changed'])
  })

  it('is no CMS at all', async () => {
    const at = textOf(good.pdf).lastIndexOf('/Contents <30') + '/Contents <'.length
    expect(await problems(flip(good.pdf, at))).toEqual(['seal/malformed'])
  })

  it('does not forbid changes (no DocMDP)', async () => {
    const forged = patch(good.pdf, '/TransformMethod /DocMDP', () => '/TransformMethod /None')
    expect(await problems(forged)).toEqual(['seal-content/changed', 'later-changes/not-certified'])
  })
})

describe('a dishonest issuer', () => {
  it('figures that do not add up are refused although the seal is right', async () => {
    const json = parseCanonical(good.statement)
    if (!json.ok) throw new Error('canonical')
    const statement = json.value as unknown as { funds: { month: { inFen: string } }[] }
    statement.funds[0]!.month.inFen = '1'
    const forged = canonicalBytes(statement as never)
    expect(await problems(await sealedWith({ 'statement.json': forged }))).toEqual([
      'figures/do-not-add-up',
      'leaf/other-statement',
    ])
  })

  it('an attachment missing, or not canonical', async () => {
    expect(await problems(await sealedWith({ 'statement.json': utf8('{ }') }))).toContain('figures/malformed')
    const unnamed = patch(good.unsigned, '(leaf.json)', () => '(lexf.json)')
    const renamed = bytesOf(textOf(unnamed).replaceAll('(leaf.json)', '(lexf.json)'))
    expect(await problems(await seal(renamed, keys.signer))).toEqual(['attachments/missing'])
  })

  it('a sheet about one statement with the data of another', async () => {
    const other = await issue(keys.signer, juneSource({ issuedAt: new Date('2026-07-06T00:00:00Z') }))
    const forged = await sealedWith({
      'statement.json': other.statement,
      'leaf.json': other.leaf,
      'statement.tlog-proof': utf8(other.proof),
    })
    expect(await problems(forged)).toEqual(['sheet/other-statement'])
  })

  it('a leaf that is not in the log', async () => {
    const forged = await issue(keys.signer, juneSource(), { proof: await proveInLog(utf8('something else')) })
    expect(await problems(forged.pdf)).toEqual(['log/not-in-log'])
  })

  it('a leaf for other figures, though in the log', async () => {
    const other = buildFundStatement(juneSource({ issuedAt: new Date('2026-07-09T00:00:00Z') }))
    if (!other.ok) throw new Error('builds')
    const leaf = encodeStatementLeaf(other.value, encodeFundStatement(other.value))
    const forged = await issue(keys.signer, juneSource(), { leaf, proof: await proveInLog(leaf) })
    expect(await problems(forged.pdf)).toEqual(['leaf/other-statement'])
  })

  it("a log that the reader does not know, another community's, or one with another key", async () => {
    expect(await problems(good.pdf, { vkeys: [] })).toEqual(['log/no-log-key'])
    const elsewhere = createLogSigner(new Uint8Array(32).fill(7), 'log.example.org/c/other')
    expect(await problems(good.pdf, { vkeys: [formatVkey(elsewhere.key)] })).toEqual(['log/log-unknown'])
    const stranger = createLogSigner(new Uint8Array(32).fill(8), ORIGIN)
    expect(await problems(good.pdf, { vkeys: [formatVkey(stranger.key)] })).toEqual([
      'log/log-signature-missing',
    ])
    const forged = await issue(keys.signer, juneSource(), {
      proof: await proveInLog(good.leaf, 'log.example.org/c/other'),
    })
    expect(await problems(forged.pdf, { vkeys: [VKEY, formatVkey(elsewhere.key)] })).toEqual([
      'log/other-log',
    ])
  })

  it('a checkpoint whose signature does not hold', async () => {
    const forged = await issue(keys.signer, juneSource(), { proof: good.proof.replace('\n7\n', '\n8\n') })
    expect(await problems(forged.pdf)).toEqual(['log/log-signature-invalid'])
  })

  /** Rewrites attachments of the unsigned file (uncompressed, same object numbers) and seals it with the right key. */
  async function sealedWith(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
    const file = read(good.unsigned)
    const sources = new Map<number, string>()
    for (const id of file.revisions[0]!.objects.keys()) sources.set(id, sourceOf(file, id))
    for (const [name, bytes] of Object.entries(files)) {
      const id = attachmentId(file, name)
      sources.set(id, streamObject(id, textOf(bytes), '/Type /EmbeddedFile'))
    }
    let whole = '%PDF-1.7\n%\xff\xff\xff\xff\n'
    const table: string[] = []
    for (const [id, source] of [...sources].sort(([a], [b]) => a - b)) {
      table.push(`${id} 1\n${String(whole.length).padStart(10, '0')} 00000 n \n`)
      whole += `${source}\n`
    }
    const [root, info] = ['Root', 'Info'].map(
      name => (file.revisions[0]!.trailer.get(name) as { id: number }).id,
    )
    const trailer = `<< /Size ${sources.size + 1} /Root ${root} 0 R /Info ${info} 0 R >>`
    whole += `xref\n0 1\n0000000000 65535 f \n${table.join('')}trailer\n${trailer}\nstartxref\n${whole.length}\n%%EOF\n`
    return seal(bytesOf(whole), keys.signer)
  }
})

describe('an old statement', () => {
  const correction = () =>
    juneSource({
      version: 2,
      supersedes: {
        statementId: 'demo-2026-06-v1',
        digest: statementDigestOf(good.statement),
        reason: '一笔电梯维修费记错了科目',
      },
    })

  it('is superseded once the newer one, or the list of corrections, is at hand', async () => {
    const newer = await issue(keys.signer, correction())
    expect(await problems(newer.pdf)).toEqual([])
    const { evidence } = await verify(newer.pdf)
    const report = await verify(good.pdf, { knownLeaves: [evidence!] })
    expect(await problems(good.pdf, { knownLeaves: [evidence!] })).toEqual(['current/superseded'])
    expect(report.facts.find(fact => !fact.ok)!.detail.by).toBe('demo-2026-06-v2')
    expect(await problems(newer.pdf, { knownLeaves: [evidence!] })).toEqual([])
    const list = parseSupersedingList(encodeSupersedingList([evidence!]))
    expect(list.ok && (await problems(good.pdf, { knownLeaves: list.value }))).toEqual(['current/superseded'])
  })

  it('is not made old by a leaf that no log vouches for', async () => {
    const newer = await issue(keys.signer, correction())
    const forged = { leaf: newer.leaf, proof: await proveInLog(utf8('another leaf')) }
    expect(await problems(good.pdf, { knownLeaves: [forged] })).toEqual([])
  })

  it('contradicts another statement of the same number', async () => {
    const twin = await issue(keys.signer, juneSource({ notContained: [] }))
    const evidence = { leaf: twin.leaf, proof: twin.proof }
    expect(await problems(good.pdf, { knownLeaves: [evidence] })).toEqual(['current/contradicted'])
  })

  it('of other figures has another digest', async () => {
    const vouchers = juneSource().vouchers.map((voucher, index) =>
      index === 0 ? { ...voucher, amountFen: fen(voucher.amountFen + 1n) } : voucher,
    )
    const other = await issue(keys.signer, juneSource({ vouchers }))
    expect(statementDigestOf(other.statement)).not.toBe(statementDigestOf(good.statement))
  })
})
