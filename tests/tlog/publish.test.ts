/** Publishing under the sign-guard, and reading what is published and nothing beyond it. */
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { listUnpublishedLogs, readEntries, tryPublisherLock } from '#db/tlog'
import { equalBytes } from '#kernel'
import {
  checkConsistency,
  decodeEntryBundle,
  parseCheckpoint,
  policyOfLog,
  verifyNote,
  verifyProof,
} from '#tlog'
import {
  adoptNewestCheckpoint,
  answerTlogRequest,
  appendLeaf,
  checkLog,
  fileSignGuard,
  publishCheckpoint,
  publishCheckpoints,
  readCheckpoint,
  readConsistencyProof,
  readEntryBundle,
  readInclusionProof,
  readTile,
} from '#tlog/server'
import { formatTilePath, tilesOfTree } from '../../app/tlog/tile.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import {
  append,
  createTestLog,
  keyOfLog,
  leafHashesOf,
  newGuardDirectory,
  originOf,
  publish,
  publisherOver,
  sharedDatabase,
  tamper,
} from './log.ts'
import { entriesUpTo, naiveTree, tampered } from './reference.ts'

const entries = entriesUpTo(700)
const naive = naiveTree(leafHashesOf(entries))

describeOnOneDatabase('tlog publishing', open => {
  const shared = sharedDatabase(open)
  async function openLog() {
    const log = await shared.newLog()
    const guardDirectory = newGuardDirectory()
    const publisher = publisherOver(log.database, guardDirectory)
    return { ...log, guardDirectory, publisher }
  }

  it('signs the empty log, then every growth, and the same head once', async () => {
    const { database, publisher, communityId } = await openLog()
    expect(await readCheckpoint(database.db, communityId)).toBe(null)
    let before = 0
    for (const size of [0, 1, 255, 256, 300, 700]) {
      if (size > 0) await append(database, communityId, entries.slice(before, size))
      before = size
      const published = await publish(publisher, communityId)
      const verified = verifyNote(published.note, [keyOfLog(communityId)])
      if (!verified.ok) throw new Error(verified.error)
      expect(parseCheckpoint(verified.value.text)).toMatchObject({
        ok: true,
        value: { origin: originOf(communityId), size, root: naive.root(size) },
      })
      expect(await publish(publisher, communityId)).toEqual({ ...published, isNew: false })
      expect(await listUnpublishedLogs(database.db)).not.toContain(communityId)
    }
    const lastSigned = await publisher.guard.last(originOf(communityId))
    expect(await checkLog(database.db, communityId, [keyOfLog(communityId)], lastSigned)).toEqual([])
  })

  it('proofs of every leaf and between published sizes verify with the pure code', async () => {
    const { database, publisher, communityId } = await openLog()
    await append(database, communityId, entries.slice(0, 300))
    await publish(publisher, communityId)
    await append(database, communityId, entries.slice(300))
    await publish(publisher, communityId)
    const policy = policyOfLog(keyOfLog(communityId))
    for (const index of [0, 1, 255, 256, 299, 511, 512, 699]) {
      const proof = await readInclusionProof(database.db, communityId, index)
      if (!proof.ok) throw new Error(proof.error)
      expect(verifyProof(proof.value, entries[index]!, policy)).toMatchObject({
        ok: true,
        value: { index, size: 700, origin: originOf(communityId) },
      })
      expect(verifyProof(proof.value, entries[(index + 1) % 700]!, policy).ok).toBe(false)
    }
    const older = await readInclusionProof(database.db, communityId, 299, 300)
    expect(older.ok && verifyProof(older.value, entries[299]!, policy)).toMatchObject({
      value: { size: 300 },
    })
    expect(await readInclusionProof(database.db, communityId, 300, 300)).toEqual({
      ok: false,
      error: 'leaf-unpublished',
    })
    expect(await readInclusionProof(database.db, communityId, 3, 299)).toEqual({
      ok: false,
      error: 'checkpoint-missing',
    })
    expect(await readInclusionProof(database.db, communityId, 700)).toEqual({
      ok: false,
      error: 'leaf-unpublished',
    })
    for (const [from, to] of [
      [0, 300],
      [300, 700],
      [255, 257],
      [700, 700],
    ] as const) {
      const proof = await readConsistencyProof(database.db, communityId, from, to)
      if (!proof.ok) throw new Error(proof.error)
      expect(checkConsistency(proof.value, from, naive.root(from), to, naive.root(to))).toBe(true)
    }
    expect(await readConsistencyProof(database.db, communityId, 5, 701)).toEqual({
      ok: false,
      error: 'leaf-unpublished',
    })
    expect(await readConsistencyProof(database.db, communityId, 6, 5)).toEqual({
      ok: false,
      error: 'leaf-unpublished',
    })
  })

  it('an entry beyond the newest checkpoint does not exist for a reader', async () => {
    const { database, publisher, communityId } = await openLog()
    await append(database, communityId, entries.slice(0, 300))
    const nothing = [
      await readCheckpoint(database.db, communityId),
      await readTile(database.db, communityId, { level: 0, index: 0, width: 1 }),
      await readEntryBundle(database.db, communityId, { index: 0, width: 1 }),
    ]
    expect(nothing).toEqual([null, null, null])
    expect(await readInclusionProof(database.db, communityId, 0)).toEqual({
      ok: false,
      error: 'log-unpublished',
    })
    expect(await readConsistencyProof(database.db, communityId, 0, 1)).toEqual({
      ok: false,
      error: 'log-unpublished',
    })
    await publish(publisher, communityId)
    await append(database, communityId, entries.slice(300, 600))
    for (const tile of tilesOfTree(300)) {
      for (const width of [1, tile.width]) {
        expect(await readTile(database.db, communityId, { ...tile, width })).toHaveLength(width * 32)
      }
    }
    expect(await readTile(database.db, communityId, { level: 0, index: 1, width: 45 })).toBe(null)
    expect(await readTile(database.db, communityId, { level: 0, index: 1, width: 256 })).toBe(null)
    expect(await readTile(database.db, communityId, { level: 1, index: 0, width: 2 })).toBe(null)
    expect(await readEntryBundle(database.db, communityId, { index: 1, width: 45 })).toBe(null)
    const bundle = await readEntryBundle(database.db, communityId, { index: 1, width: 44 })
    expect(decodeEntryBundle(bundle!)).toEqual({ ok: true, value: entries.slice(256, 300) })
  })

  it('answers the resources of tlog-tiles with their headers, and 404 for all else', async () => {
    const { database, publisher, communityId } = await openLog()
    expect(await answerTlogRequest(database.db, communityId, 'checkpoint')).toMatchObject({ status: 404 })
    await append(database, communityId, entries.slice(0, 300))
    const { note } = await publish(publisher, communityId)
    expect(await answerTlogRequest(database.db, communityId, 'checkpoint')).toMatchObject({
      status: 200,
      body: note,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=2' },
    })
    for (const tile of tilesOfTree(300)) {
      const answer = await answerTlogRequest(database.db, communityId, formatTilePath(tile))
      expect(answer).toMatchObject({
        status: 200,
        headers: {
          'content-type': 'application/octet-stream',
          'cache-control': 'public, max-age=31536000, immutable',
        },
      })
      expect(answer.body).toHaveLength(tile.width * 32)
    }
    const plain = await answerTlogRequest(database.db, communityId, 'tile/entries/000', 'br, gzip;q=0')
    const packed = await answerTlogRequest(database.db, communityId, 'tile/entries/000', 'br, gzip;q=0.5')
    expect(plain.headers['content-encoding']).toBe(undefined)
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
    expect(gunzipSync(packed.body)).toEqual(Buffer.from(plain.body as Uint8Array))
    for (const path of [
      '',
      'checkpoint/',
      'tile/0/001',
      'tile/0/001.p/45',
      'tile/2/000.p/1',
      'tile/0/0',
      '../checkpoint',
      'tile/entries/001',
    ]) {
      const answer = await answerTlogRequest(database.db, communityId, path)
      expect([path, answer.status, answer.headers['cache-control']]).toEqual([path, 404, 'no-store'])
    }
    expect((await answerTlogRequest(database.db, 99, 'checkpoint')).status).toBe(404)
  })

  it('signs nothing for a restored backup', async () => {
    const { database, guardDirectory, publisher, communityId } = await openLog()
    await append(database, communityId, entries.slice(0, 300))
    await publish(publisher, communityId)
    const backup = await open()
    await createTestLog(backup, communityId)
    await append(backup, communityId, entries.slice(0, 200))
    const restored = publisherOver(backup, guardDirectory)
    const refused = { communityId, signedSize: 300 }
    expect(await publishCheckpoint(restored, communityId)).toEqual({
      ok: false,
      error: { code: 'log-went-back', size: 200, ...refused },
    })
    // Work goes on in the restored database: now it is a fork, at the signed size and beyond it.
    await append(backup, communityId, entriesUpTo(100))
    const forked = { ok: false, error: { code: 'log-forked', ...refused } }
    expect(await publishCheckpoint(restored, communityId)).toMatchObject(forked)
    await append(backup, communityId, entriesUpTo(1))
    expect(await publishCheckpoint(restored, communityId)).toMatchObject(forked)
    expect((await publishCheckpoints(restored)).problems).toMatchObject([{ code: 'log-forked' }])
    expect(await readCheckpoint(backup.db, communityId)).toBe(null)
    expect(
      await checkLog(
        backup.db,
        communityId,
        [keyOfLog(communityId)],
        await publisher.guard.last(originOf(communityId)),
      ),
    ).toEqual([{ code: 'signed-head-missing', size: 300 }])
    // The remedy: the missing leaves again, byte for byte.
    const repaired = await open()
    await createTestLog(repaired, communityId)
    await append(repaired, communityId, entries.slice(0, 310))
    expect(await publishCheckpoint(publisherOver(repaired, guardDirectory), communityId)).toMatchObject({
      ok: true,
      value: { size: 310 },
    })
  })

  it('signs nothing while the guard is lost, until an operator adopts the newest checkpoint', async () => {
    const { database, guardDirectory, publisher, communityId } = await openLog()
    await append(database, communityId, entries.slice(0, 10))
    await publish(publisher, communityId)
    rmSync(guardDirectory, { recursive: true })
    await append(database, communityId, entries.slice(10, 20))
    expect(await publishCheckpoint(publisher, communityId)).toMatchObject({
      ok: false,
      error: { code: 'sign-guard-missing', size: 20, signedSize: null },
    })
    expect(await adoptNewestCheckpoint(publisher, communityId)).toMatchObject({
      ok: true,
      value: { size: 10 },
    })
    expect(await publish(publisher, communityId)).toMatchObject({ size: 20, isNew: true })
    expect(await adoptNewestCheckpoint(publisher, communityId)).toEqual({
      ok: false,
      error: 'sign-guard-moved',
    })
  })

  it('catches up with a guard that is older than the database, and one that is ahead by a crash', async () => {
    const { database, guardDirectory, publisher, communityId } = await openLog()
    await append(database, communityId, entries.slice(0, 10))
    await publish(publisher, communityId)
    const file = join(guardDirectory, readdirSync(guardDirectory)[0]!)
    copyFileSync(file, `${file}.old`)
    await append(database, communityId, entries.slice(10, 20))
    const newest = await publish(publisher, communityId)
    copyFileSync(`${file}.old`, file)
    expect(await publish(publisher, communityId)).toEqual({ ...newest, isNew: false })
    expect(await publisher.guard.last(originOf(communityId))).toMatchObject({ size: 20 })
    // Remembered, and then the process died before it signed.
    await append(database, communityId, entries.slice(20, 30))
    const head = { size: 30, root: naive.root(30) }
    await publisher.guard.remember(
      originOf(communityId),
      head,
      await publisher.guard.last(originOf(communityId)),
    )
    expect(await publish(publisher, communityId)).toMatchObject({ size: 30, isNew: true })
  })

  it('signs no head whose root is not the root of its tiles', async () => {
    const { database, publisher, communityId } = await openLog()
    await append(database, communityId, entries.slice(0, 10))
    await tamper(database, `update tlog set root = sha256('other') where community_id = ${communityId}`)
    expect(await publishCheckpoint(publisher, communityId)).toMatchObject({ error: { code: 'log-forked' } })
    expect(await publisher.guard.last(originOf(communityId))).toBe(null)
  })

  it('refuses a signer that signs under another name, and a log that is not there', async () => {
    const { database, publisher, communityId } = await openLog()
    const other = { ...publisher, signerOf: () => publisher.signerOf('log.example.cn/other') }
    await expect(publishCheckpoint(other, communityId)).rejects.toThrow('signs something else')
    expect(await readCheckpoint(database.db, communityId)).toBe(null)
    expect(await publishCheckpoint(publisher, 99)).toMatchObject({ error: { code: 'log-missing' } })
  })
})

describeOnOneDatabase('tlog publishers', (open, kind) => {
  const shared = sharedDatabase(open)

  it('work one at a time, and leaves commit in the order of their indices', async () => {
    const { database, communityId } = await shared.newLog()
    const publisher = publisherOver(database, newGuardDirectory())
    // The embedded database has one session: there a second publisher can only wait its turn.
    if (kind === 'native') {
      await database.db.transaction().execute(async tx => {
        expect(await tryPublisherLock(tx, communityId)).toBe(true)
        expect(await publishCheckpoint(publisher, communityId)).toMatchObject({
          error: { code: 'publisher-busy' },
        })
      })
    }
    const outcomes: number[] = []
    await Promise.all([
      (async () => {
        for (let i = 0; i < 60; i++) await append(database, communityId, entries.slice(i, i + 1))
      })(),
      ...[1, 2].map(async () => {
        for (let i = 0; i < 20; i++) {
          const outcome = await publishCheckpoint(publisher, communityId)
          if (outcome.ok) outcomes.push(outcome.value.size)
          else expect(outcome.error.code).toBe('publisher-busy')
        }
      }),
    ])
    await publish(publisher, communityId)
    const stored = await readEntries(database.db, communityId, 0, 100)
    expect(stored.map(({ index }) => index)).toEqual(Array.from({ length: 60 }, (_, i) => i))
    expect(stored.every(({ entry }, i) => equalBytes(entry, entries[i]!))).toBe(true)
    expect(
      await checkLog(
        database.db,
        communityId,
        [keyOfLog(communityId)],
        await publisher.guard.last(originOf(communityId)),
      ),
    ).toEqual([])
    expect(outcomes.length).toBeGreaterThan(0)
  })

  it('serves a reader that never waits for an append in progress', async () => {
    const { database, communityId } = await shared.newLog()
    const publisher = publisherOver(database, newGuardDirectory())
    await append(database, communityId, entries.slice(0, 5))
    await database.db.transaction().execute(async tx => {
      await appendLeaf(tx, communityId, entries.slice(5, 6))
      const reader = kind === 'native' ? database.db : tx
      expect(await readCheckpoint(reader, communityId)).toBe(null)
    })
    expect(await publish(publisher, communityId)).toMatchObject({ size: 6 })
  })
})

describe('the file sign-guard', () => {
  const head = (size: number) => ({ size, root: naive.root(size) })

  it('remembers in an append-only file of mode 0600, and refuses to go back', async () => {
    const directory = join(newGuardDirectory(), 'made')
    const guard = fileSignGuard(directory)
    expect(await guard.last('a')).toBe(null)
    expect(await guard.remember('a', head(3), null)).toEqual({ ok: true, value: null })
    expect(await guard.remember('a', head(3), head(3))).toEqual({ ok: true, value: null })
    expect(await guard.remember('a', head(5), head(3))).toEqual({ ok: true, value: null })
    expect(await guard.last('a')).toEqual(head(5))
    expect(await guard.last('b')).toBe(null)
    const [name] = readdirSync(directory)
    const path = join(directory, name!)
    expect(
      readFileSync(path, 'utf8')
        .split('\n')
        .map(line => line.split(' ')[0]),
    ).toEqual(['a', '3', '5', ''])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await guard.remember('a', head(4), head(5))).toEqual({ ok: false, error: 'sign-guard-refused' })
    expect(await guard.remember('a', { size: 5, root: naive.root(6) }, head(5))).toEqual({
      ok: false,
      error: 'sign-guard-refused',
    })
    expect(await guard.remember('a', head(9), head(3))).toEqual({ ok: false, error: 'sign-guard-moved' })
    expect(await guard.remember('a', head(9), null)).toEqual({ ok: false, error: 'sign-guard-moved' })
    expect(await guard.last('a')).toEqual(head(5))
  })

  it('outlives a torn line, and stops at one that is damaged', async () => {
    const directory = newGuardDirectory()
    const guard = fileSignGuard(directory)
    await guard.remember('a', head(3), null)
    const path = join(directory, readdirSync(directory)[0]!)
    appendFileSync(path, '4 AAAA')
    expect(await guard.last('a')).toEqual(head(3))
    expect(await guard.remember('a', head(4), head(3))).toEqual({ ok: true, value: null })
    expect(await guard.last('a')).toEqual(head(4))
    appendFileSync(path, 'not a head\n')
    await expect(guard.last('a')).rejects.toThrow('no signed head')
    mkdirSync(join(directory, 'other'))
    const other = fileSignGuard(join(directory, 'other'))
    await other.remember('a', { size: 1, root: tampered(naive.root(1)) }, null)
    const otherPath = join(directory, 'other', readdirSync(join(directory, 'other'))[0]!)
    writeFileSync(otherPath, readFileSync(otherPath, 'utf8').replace('a\n', 'b\n'))
    await expect(other.last('a')).rejects.toThrow('is not the sign-guard of a')
  })
})
