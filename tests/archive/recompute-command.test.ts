/** `export --format archive` and `recompute` as people and checks run them: from a community's books to an answer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { ArchiveFiles } from '#archive'
import { packArchive, readArchive, readLedgerRecord, unpackArchive } from '#archive/server'
import { civilDate, utf8 } from '#kernel'
import { openPublisher, publishCheckpoint, readCheckpoint, readLogSize } from '#tlog/server'
import { WrongUse } from '../../app/cli/command-line.ts'
import { prepareKeys } from '../../app/cli/prepare-keys.ts'
import { recomputeCommand } from '../../app/cli/recompute.ts'
import { attach, entry, must, post } from '../ledger/office.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const directory = mkdtempSync(join(tmpdir(), 'archive-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let out = ''
beforeEach(() => {
  out = ''
  vi.stubEnv('INIT_CWD', directory)
  vi.spyOn(process.stdout, 'write').mockImplementation(((text: string, done?: () => void) => {
    out += text
    done?.()
    return true
  }) as typeof process.stdout.write)
  return () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  }
})

function write(name: string, content: Uint8Array): string {
  writeFileSync(join(directory, name), content)
  return name
}

/** What the command says is wrong with how it was called. */
async function refusalOf(...args: string[]): Promise<string> {
  const refusal = await recomputeCommand(args).catch((error: unknown) => error)
  if (!(refusal instanceof WrongUse)) throw new Error(`not refused: ${JSON.stringify(refusal)}`)
  return refusal.message
}

describeOnOneDatabase('an archive of a community', open => {
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity
  let older: ArchiveFiles
  let newer: ArchiveFiles

  const archive = async () => {
    must(await publishCheckpoint(openPublisher(portal), sample.community.communityId))
    return must(await readArchive(portal, sample.community, { poll: null, readme: 'read me\n' }))
  }

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database, { now: new Date('2025-02-10T02:00:00Z') })
    sample = await openSampleCommunity(portal)
    await prepareKeys(portal)
    await post(portal, sample, entry(150_000n))
    await post(portal, sample, entry(-40_000n, { documents: [await attach(portal, sample)] }))
    older = await archive()
    await post(portal, sample, entry(20_000n, { occurredOn: civilDate('2025-02-01') }))
    newer = await archive()
  })

  it('is what export --format json gives, and covers all of the log', async () => {
    const record = new TextDecoder().decode(newer.get('ledger/record.json'))
    expect(record).toBe(await readLedgerRecord(portal, sample.community))
    expect((JSON.parse(record) as { vouchers: unknown[] }).vouchers).toHaveLength(3)
    const checkpoint = await readCheckpoint(portal.db, sample.community.communityId)
    expect(checkpoint!.size).toBe(await readLogSize(portal.db, sample.community.communityId))
  })

  it('holds, also against the older one, in words and as JSON', async () => {
    const name = write('newer.zip', packArchive(newer))
    expect(await recomputeCommand([name])).toBe(0)
    expect(out).toContain('✓ 日志重新算出的根与检查点相符 / the log grows again')
    expect(out).toContain('compare the key’s number with the notice board')
    out = ''
    const args = [name, '--against', write('older.zip', packArchive(older)), '--json']
    expect(await recomputeCommand(args)).toBe(0)
    const answer = JSON.parse(out) as {
      ok: boolean
      keysFrom: string
      facts: { name: string; ok: boolean }[]
    }
    expect(answer).toMatchObject({ ok: true, keysFrom: 'archive', community: 'sample' })
    expect(answer.facts.map(({ name }) => name)).toContain('newer-ledger')
  })

  it('holds with the log’s key brought along, and exits 1 with another', async () => {
    const name = write('newer.zip', packArchive(newer))
    const keys = write('log.vkey', newer.get('log/keys.txt')!)
    expect(await recomputeCommand([name, '--vkey', keys])).toBe(0)
    expect(out).not.toContain('compare the key’s number')
    const key = new TextDecoder().decode(newer.get('log/keys.txt')).trim()
    expect(await recomputeCommand([name, '--vkey', key])).toBe(0)
    expect(await recomputeCommand([name, '--vkey', write('none.vkey', utf8('none'))])).toBe(1)
    expect(out).toContain('✗ 检查点的签名成立')
  })

  it('exits 1 when something is off, and names it', async () => {
    const record = new TextDecoder().decode(newer.get('ledger/record.json'))
    const bent = new Map(newer).set('ledger/record.json', utf8(record.replace('"150000"', '"150001"')))
    expect(await recomputeCommand([write('bent.zip', packArchive(bent))])).toBe(1)
    expect(out).toMatch(/✗ .* \/ every file is as the manifest says: ledger\/record.json: changed/)
    expect(out).toMatch(/✗ .* \/ debit equals credit in every voucher: 2025-0001: amount/)
    const args = [write('older.zip', packArchive(older)), '--against', write('newer.zip', packArchive(newer))]
    expect(await recomputeCommand(args)).toBe(1)
  })

  it('names a voucher that the record leaves out', async () => {
    const record = JSON.parse(new TextDecoder().decode(newer.get('ledger/record.json'))) as {
      vouchers: unknown[]
    }
    record.vouchers.shift()
    const bent = new Map(newer).set('ledger/record.json', utf8(JSON.stringify(record)))
    expect(await recomputeCommand([write('bent.zip', packArchive(bent))])).toBe(1)
    expect(out).toMatch(/none is left out: 2025-0001: left-out/)
  })

  it('is the same bytes when it is made again', async () => {
    const [first, second] = [packArchive(await archive()), packArchive(await archive())]
    expect(second).toEqual(first)
    expect(unpackArchive(first).ok).toBe(true)
  })
})

it('exits 2 for what is no archive, in both languages', async () => {
  expect(await refusalOf()).toMatch(/用法：recompute[\s\S]*Usage: recompute/)
  expect(await refusalOf('a.zip', 'b.zip')).toContain('Usage')
  expect(await refusalOf('--nonsense')).toContain('Usage')
  expect(await refusalOf('absent.zip')).toMatch(/读不了这个文件：absent.zip[\s\S]*cannot be read/)
  expect(await refusalOf(write('text.zip', utf8('no zip')))).toMatch(
    /不是完好的 zip[\s\S]*not a sound zip file: text.zip/,
  )
  const other = packArchive(new Map([['a.txt', utf8('a')]]))
  expect(await refusalOf(write('other.zip', other))).toMatch(/不是本系统的存档[\s\S]*not an archive/)
  const named = packArchive(new Map([['../a', utf8('a')]]))
  expect(await refusalOf(write('named.zip', named))).toContain('file name in the zip')
})
