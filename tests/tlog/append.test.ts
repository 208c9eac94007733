/** Appending: atomic with the caller's rows, gapless, and by the one function only. */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { readExtent, readHead, readTiles } from '#db/tlog'
import { equalBytes } from '#kernel'
import { appendLeaf, checkLog, createLog } from '#tlog/server'
import { createGrowingTree } from '../../app/tlog/growing-tree.ts'
import { tilesOfTree } from '../../app/tlog/tile.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { append, createTestLog, leafHashesOf, sharedDatabase } from './log.ts'
import { entriesUpTo, naiveTree } from './reference.ts'

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'accepted'
  } catch (error) {
    return (error as { code?: string; message: string }).code ?? (error as Error).message
  }
}

/** One application process of its own on the native database. */
async function appendConcurrently(
  database: TestDatabase,
  communityId: number,
  tasks: number,
  perTask: number,
): Promise<number[]> {
  const indices: number[] = []
  await Promise.all(
    Array.from({ length: tasks }, async (_, task) => {
      for (let i = 0; i < perTask; i++) {
        const isAborted = (task + i) % 5 === 0
        try {
          const { firstIndex } = await database.db.transaction().execute(async tx => {
            const appended = await appendLeaf(tx, communityId, entriesUpTo(1 + (i % 3)))
            if (isAborted) throw new Error('abort on purpose')
            return appended
          })
          for (let k = 0; k <= i % 3; k++) indices.push(firstIndex + k)
        } catch (error) {
          if ((error as Error).message !== 'abort on purpose') throw error
        }
      }
    }),
  )
  return indices.sort((a, b) => a - b)
}

describeOnEachDatabase('tlog append', (open, kind) => {
  const shared = sharedDatabase(open)

  it('head and tiles equal the pure ones at every size to 600', async () => {
    const { database, communityId } = await shared.newLog()
    const entries = entriesUpTo(600)
    const naive = naiveTree(leafHashesOf(entries))
    const grown = createGrowingTree()
    for (const entry of entries) {
      const { size } = await append(database, communityId, [entry])
      grown.append(leafHashesOf([entry])[0]!)
      const head = await readHead(database.db, communityId)
      if (head?.size !== size || !equalBytes(head.root, naive.root(size))) throw new Error(`root at ${size}`)
      const tiles = await readTiles(database.db, communityId, tilesOfTree(size))
      for (const { tile, bytes } of tiles) {
        const span = 256 ** Number(tile.level)
        for (let i = 0; i < tile.width; i++) {
          const first = (tile.index * 256 + i) * span
          const hash = bytes.subarray(i * 32, i * 32 + 32)
          if (!equalBytes(hash, naive.subtree(first, first + span))) {
            throw new Error(`tile ${tile.level}/${tile.index} hash ${i} at ${size}`)
          }
        }
      }
    }
    expect(grown.size()).toBe(600)
    expect(equalBytes((await readHead(database.db, communityId))!.root, grown.root())).toBe(true)
    expect(await checkLog(database.db, communityId, [])).toEqual([])
  })

  it('batches of any size give the same log, up to level 2', async () => {
    const { database, communityId } = await shared.newLog()
    const entries = entriesUpTo(66_100)
    for (const [start, end] of [
      [0, 1],
      [1, 300],
      [300, 512],
      [512, 65_535],
      [65_535, 65_537],
      [65_537, 66_100],
    ] as const) {
      expect(await append(database, communityId, entries.slice(start, end))).toEqual({
        firstIndex: start,
        size: end,
      })
    }
    const extent = await readExtent(database.db, communityId)
    expect(extent).toMatchObject({ size: 66_100, entryCount: 66_100, tileCount: 258 + 1 })
    expect(await checkLog(database.db, communityId, [])).toEqual([])
  })

  it('a rollback takes leaf, index and head back, and leaves no gap', async () => {
    const { database, communityId } = await shared.newLog()
    await append(database, communityId, entriesUpTo(255))
    const before = await readExtent(database.db, communityId)
    await expect(
      database.db.transaction().execute(async tx => {
        expect(await appendLeaf(tx, communityId, entriesUpTo(3))).toEqual({ firstIndex: 255, size: 258 })
        throw new Error('the ledger refused')
      }),
    ).rejects.toThrow('the ledger refused')
    expect(await readExtent(database.db, communityId)).toEqual(before)
    expect(await append(database, communityId, entriesUpTo(2))).toEqual({ firstIndex: 255, size: 257 })
    expect(await checkLog(database.db, communityId, [])).toEqual([])
  })

  it('concurrent transactions, a fifth of them aborted, number their leaves without gap or twin', async () => {
    const { database, communityId } = await shared.newLog()
    const indices = await appendConcurrently(database, communityId, kind === 'native' ? 12 : 2, 40)
    expect(indices).toEqual(indices.map((_, i) => i))
    expect((await readHead(database.db, communityId))!.size).toBe(indices.length)
    expect(await checkLog(database.db, communityId, [])).toEqual([])
  })

  it('keeps the logs of communities apart', async () => {
    const { database, communityId } = await shared.newLog()
    const other = communityId + 1000
    await createTestLog(database, other)
    await append(database, communityId, entriesUpTo(3))
    expect(await append(database, other, entriesUpTo(2))).toEqual({ firstIndex: 0, size: 2 })
    expect((await readHead(database.db, communityId))!.size).toBe(3)
    expect(await checkLog(database.db, other, [])).toEqual([])
  })

  it('holds entries of 0 and of 65,535 bytes, and refuses more, nothing, and a log that is not there', async () => {
    const { database, communityId } = await shared.newLog()
    await append(database, communityId, [new Uint8Array(0), new Uint8Array(65_535).fill(1)])
    expect(await checkLog(database.db, communityId, [])).toEqual([])
    await expect(append(database, communityId, [new Uint8Array(65_536)])).rejects.toThrow('65,535')
    await expect(append(database, communityId, [])).rejects.toThrow('nothing to append')
    expect(await refusalOf(append(database, 99_999, entriesUpTo(1)))).toBe('MZ002')
    const raw = (entries: string) =>
      sql.raw(`select * from tlog_append(${communityId}, ${entries})`).execute(database.db)
    expect(await refusalOf(raw(`array[]::bytea[]`))).toBe('MZ003')
    expect(await refusalOf(raw(`array[null]::bytea[]`))).toBe('23502')
    expect(await refusalOf(raw(`array[decode(repeat('00', 65536), 'hex')]`))).toBe('23514')
    expect((await readHead(database.db, communityId))!.size).toBe(2)
  })

  it('the application can do nothing to a log but make it, append and publish', async () => {
    const { database, communityId } = await shared.newLog()
    await append(database, communityId, entriesUpTo(300))
    const denied = [
      `insert into tlog_entry values (1, 300, '\\x00', '\\x00')`,
      `insert into tlog_tile values (1, 0, 1, '\\x00', '\\x00')`,
      `insert into tlog (community_id, origin, size) values (9, 'o', 5)`,
      `update tlog set size = 0`,
      `update tlog_entry set entry = ''`,
      `update tlog_checkpoint set note = ''`,
      `update tlog_tile set hashes = ''`,
      `delete from tlog`,
      `delete from tlog_entry`,
      `delete from tlog_tile`,
      `delete from tlog_checkpoint`,
      `truncate tlog_entry`,
      `truncate tlog_checkpoint`,
      ...Array.from({ length: 16 }, (_, i) => [
        `delete from tlog_entry_${i}`,
        `insert into tlog_tile_${i} values (1, 0, 1, '\\x00', '\\x00')`,
      ]).flat(),
    ]
    for (const statement of denied) {
      expect([statement, await refusalOf(sql.raw(statement).execute(database.db))]).toEqual([
        statement,
        '42501',
      ])
    }
  })

  it('not even the owner changes a log by accident', async () => {
    const { database, communityId } = await shared.newLog()
    await append(database, communityId, entriesUpTo(300))
    const forbidden = [
      `update tlog set size = size, root = sha256('')`,
      `update tlog set origin = 'other', size = size + 1`,
      'delete from tlog',
      'truncate tlog cascade',
      `update tlog_entry set entry = ''`,
      'delete from tlog_checkpoint',
      ...Array.from({ length: 16 }, (_, i) => [
        `update tlog_entry_${i} set entry = ''`,
        `truncate tlog_entry_${i} cascade`,
        `delete from tlog_tile_${i}`,
      ]).flat(),
    ]
    for (const statement of forbidden) {
      expect([statement, await refusalOf(database.asOwner(statement))]).toEqual([statement, 'MZ001'])
    }
    expect(await checkLog(database.db, communityId, [])).toEqual([])
  })

  it('refuses an origin that could not sign', async () => {
    const { database, communityId } = await shared.newLog()
    for (const origin of ['', 'a b', 'a+b', 'x'.repeat(256), 'a\nb']) {
      await expect(createLog(database.db, communityId, origin)).rejects.toThrow('not an origin')
    }
  })
})
