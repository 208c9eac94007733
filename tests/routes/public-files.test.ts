/** What the public takes home: CSV that is the screen, records and proofs that verify, the log by its protocol, documents. */
import { beforeAll, expect, it } from 'vitest'
import { equalBytes, fen, formatYuan, sha256Hex } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { decodeEntryBundle, parseVkey, policyOfLog, verifyProof } from '#tlog'
import { checkLog, openLogSigner } from '#tlog/server'
import { describeOnOneDatabase } from '../support/database.ts'
import { ORIGINAL, openPublicWorld, type PublicWorld, REDACTED, receiptOf } from './public-world.ts'

/** Reads RFC 4180 as written there, and nothing more lenient. */
function recordsIn(csv: string): string[][] {
  const records: string[][] = [[]]
  let at = 0
  while (at < csv.length) {
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
    cell.lastIndex = at
    const match = cell.exec(csv)
    if (match === null) throw new Error(`not RFC 4180 at ${at}: ${csv.slice(at, at + 40)}`)
    records.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    at = cell.lastIndex
    if (match[3] === '\r\n' && at < csv.length) records.push([])
  }
  return records
}

const RECEIPTS = 55

describeOnOneDatabase('public files', open => {
  let world: PublicWorld
  const ask = (path: string, headers = {}) => world.site.ask(`/c/sample${path}`, headers)
  const bytesOf = async (path: string) => {
    const response = await ask(path)
    expect([path, response.status]).toEqual([path, 200])
    return new Uint8Array(await response.arrayBuffer())
  }
  const textOf = async (path: string) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(await bytesOf(path))

  beforeAll(async () => {
    world = await openPublicWorld(await open(), RECEIPTS)
  })

  it('gives the rows on the screen as CSV, and all that fit when asked', async () => {
    const [head, ...rows] = recordsIn((await textOf('/vouchers.csv')).slice(1))
    expect([head?.[0], head?.length, rows.length]).toEqual(['凭证号', 12, 50])
    const html = await world.site.html('/c/sample/vouchers')
    for (const row of rows) expect(html).toContain(`/c/sample/vouchers/${row[0]}`)
    const next = recordsIn((await textOf(`/vouchers.csv?before=${rows.at(-1)![0]}`)).slice(1)).slice(1)
    const all = recordsIn((await textOf('/vouchers.csv?all=1')).slice(1)).slice(1)
    expect(all).toEqual([...rows, ...next])
    expect(all.length).toBe(RECEIPTS + 3)
  })

  it('begins with a byte order mark and is a download of that name', async () => {
    const response = await ask('/vouchers.csv?period=2025-03&lang=en')
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="sample-vouchers.csv"')
    expect([...new Uint8Array(await response.arrayBuffer()).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect((await textOf('/vouchers.csv?lang=en')).slice(1, 7)).toBe('Number')
  })

  it('neutralises what a spreadsheet would run, and leaves negative amounts numbers', async () => {
    const rows = recordsIn((await textOf('/vouchers.csv?all=1')).slice(1))
    const hostile = rows.find(row => row[0] === '2025-0001')!
    expect(hostile[4]).toBe(`'=HYPERLINK("http://evil.example","点我"),+1`)
    const reversal = rows.find(row => row[0] === formatVoucherKey(world.reversal))!
    expect([reversal[5], reversal[6], reversal[7], reversal[8]]).toEqual([
      '-100.00',
      '0.00',
      '-100.00',
      '2025-0001',
    ])
    for (const row of rows.slice(1)) {
      for (const cell of [row[5]!, row[6]!, row[7]!]) expect(cell).toMatch(/^-?\d+\.\d\d$/)
      for (const cell of [row[0]!, row[1]!, row[3]!, row[4]!, row[11]!])
        expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    }
  })

  it('adds up to the fund page', async () => {
    const rows = recordsIn((await textOf('/vouchers.csv?all=1&period=2025')).slice(1)).slice(1)
    const sum = (column: number) =>
      fen(rows.reduce((total, row) => total + BigInt(row[column]!.replace('.', '')), 0n))
    const html = await world.site.html('/c/sample/fund?period=2025-03')
    expect(html).toContain(formatYuan(sum(5)))
    expect(html).toContain(formatYuan(sum(6)))
  })

  it('gives the record of a voucher byte for byte, with a proof that verifies by the key of the log page', async () => {
    const key = formatVoucherKey(world.payment)
    const leaf = await bytesOf(`/vouchers/${key}/leaf`)
    const proof = await textOf(`/vouchers/${key}/proof`)
    const page = await world.site.html('/c/sample/log')
    const vkey = /<code>([^<]*\+[0-9a-f]{8}\+[^<]*)<\/code>/.exec(page)?.[1]
    const parsed = parseVkey(vkey ?? '')
    if (!parsed.ok) throw new Error(`the page shows no key: ${vkey}`)
    const policy = policyOfLog(parsed.value)
    expect(verifyProof(proof, leaf, policy)).toMatchObject({
      ok: true,
      value: { origin: world.community.logOrigin },
    })
    expect(await world.site.html(`/c/sample/vouchers/${key}`)).toContain(sha256Hex(leaf))
    expect(JSON.parse(new TextDecoder().decode(leaf))).toMatchObject({ t: 'ledger.voucher', voucher: key })

    const changed = leaf.slice()
    changed[40] = changed[40]! ^ 1
    expect(verifyProof(proof, changed, policy)).toEqual({ ok: false, error: 'proof-inclusion-invalid' })
    const other = await bytesOf('/vouchers/2025-0002/leaf')
    expect(verifyProof(proof, other, policy)).toEqual({ ok: false, error: 'proof-inclusion-invalid' })
  })

  it('offers no proof before a checkpoint covers the record, and says so', async () => {
    const key = formatVoucherKey(await world.post(receiptOf(9n, '刚入账', '2025-03-31')))
    for (const file of ['leaf', 'proof']) expect((await ask(`/vouchers/${key}/${file}`)).status).toBe(404)
    const pending = await ask(`/vouchers/${key}`)
    expect(pending.headers.has('X-Cacheable')).toBe(false)
    expect(await pending.text()).toContain('日志还没有签发新的检查点')
    await world.publish()
    expect((await ask(`/vouchers/${key}/proof`)).status).toBe(200)
    expect((await ask(`/vouchers/${key}`)).headers.has('X-Cacheable')).toBe(true)
  })

  it('serves the log by its protocol, and nothing beyond', async () => {
    const checkpoint = await textOf('/checkpoint')
    const size = Number(checkpoint.split('\n')[1])
    expect(checkpoint.split('\n')[0]).toBe(world.community.logOrigin)
    const bundle = decodeEntryBundle(await bytesOf(`/tile/entries/000.p/${size}`))
    expect(bundle.ok && bundle.value.length).toBe(size)
    const hashes = await bytesOf(`/tile/0/000.p/${size}`)
    expect(hashes.length).toBe(size * 32)
    for (const path of [
      ...['/tile/0/000', `/tile/0/000.p/${size + 1}`, '/tile/0/x001/000.p/5', '/tile/0/0', '/tile', '/tile/'],
      ...[
        '/tile/entries/000',
        '/tile/0/000.p/0',
        `/tile/0/000.p/${size}/`,
        '/tile/entries/../0/000',
        '/tile/64/000',
      ],
    ]) {
      const missing = await ask(path)
      expect([path, missing.status]).toEqual([path, 404])
    }
    const missing = await ask('/tile/0/001.p/1')
    expect([missing.headers.get('Cache-Control'), await missing.text()]).toEqual(['no-store', '404\n'])
    const open = await ask('/checkpoint')
    expect(open.headers.get('Access-Control-Allow-Origin')).toBe('*')
    const zipped = await ask(`/tile/entries/000.p/${size}`, { 'Accept-Encoding': 'gzip' })
    expect(zipped.headers.get('Content-Encoding')).toBe('gzip')
    const signer = await openLogSigner(world.portal, world.community.logOrigin)
    expect(await checkLog(world.portal.db, world.community.communityId, [signer.key])).toEqual([])
  })

  it('shows redacted copies shut in, and never an original', async () => {
    const copy = await ask(`/documents/${world.publicSha}`)
    expect(equalBytes(new Uint8Array(await copy.arrayBuffer()), REDACTED)).toBe(true)
    expect(copy.headers.get('Content-Type')).toBe('image/png')
    expect(copy.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(copy.headers.get('Content-Disposition')).toMatch(/^inline; filename="[0-9a-f]{16}\.png"$/)
    expect(copy.headers.get('Content-Security-Policy')).toContain('sandbox')
    expect(sha256Hex(ORIGINAL)).toBe(world.originalSha)
    for (const sha of [
      world.originalSha,
      '0'.repeat(64),
      'x',
      world.publicSha.toUpperCase(),
      `${world.publicSha}.png`,
    ]) {
      expect([sha, (await ask(`/documents/${sha}`)).status]).toEqual([sha, 404])
    }
  })
})
