/** The re-deriver finds every kind of tampering by somebody with the database in hand, and names the place. */
import { expect, it } from 'vitest'
import { checkLog, createLogSigner, type LogFinding } from '#tlog/server'
import { describeOnOneDatabase } from '../support/database.ts'
import {
  append,
  keyOfLog,
  newGuardDirectory,
  originOf,
  publish,
  publisherOver,
  sharedDatabase,
  tamper,
} from './log.ts'
import { entriesUpTo } from './reference.ts'

/** Tampering with a log of 600 with checkpoints at 300 and 600, and what must be said of it. */
const CASES: readonly (readonly [name: string, statement: string, findings: readonly LogFinding[]])[] = [
  ['nothing', 'perform 1', []],
  [
    'an entry changed',
    `update tlog_entry set entry = 'forged' where community_id = :c and leaf_index = 400`,
    [
      { code: 'leaf-hash-wrong', index: 400 },
      { code: 'tile-wrong', level: 0, index: 1 },
      { code: 'head-root-wrong', size: 600 },
      { code: 'head-edge-wrong', size: 600 },
      { code: 'checkpoint-root-wrong', size: 600 },
    ],
  ],
  [
    'an entry changed with its hash',
    `update tlog_entry set entry = 'forged', leaf_hash = sha256('\\x00'::bytea || 'forged') where community_id = :c and leaf_index = 599`,
    [
      { code: 'head-root-wrong', size: 600 },
      { code: 'head-edge-wrong', size: 600 },
      { code: 'checkpoint-root-wrong', size: 600 },
    ],
  ],
  [
    'a leaf hash changed',
    `update tlog_entry set leaf_hash = sha256('x') where community_id = :c and leaf_index = 3`,
    [{ code: 'leaf-hash-wrong', index: 3 }],
  ],
  [
    'an entry removed',
    'delete from tlog_entry where community_id = :c and leaf_index = 598',
    [
      { code: 'leaf-missing', index: 598 },
      { code: 'head-root-wrong', size: 600 },
      { code: 'head-edge-wrong', size: 600 },
      { code: 'checkpoint-ahead', size: 600 },
    ],
  ],
  [
    'an entry too many',
    `insert into tlog_entry values (:c, 600, sha256('\\x00'), '')`,
    [{ code: 'leaf-unexpected', count: 1 }],
  ],
  [
    'a tile changed',
    `update tlog_tile set hashes = overlay(hashes placing '\\x00000000' from 9) where community_id = :c and tile_index = 1`,
    [{ code: 'tile-wrong', level: 0, index: 1 }],
  ],
  [
    'the root of a tile changed',
    `update tlog_tile set tile_root = sha256('x') where community_id = :c and tile_index = 0`,
    [{ code: 'tile-wrong', level: 0, index: 0 }],
  ],
  [
    'a tile removed',
    'delete from tlog_tile where community_id = :c and tile_index = 0',
    [{ code: 'tile-missing', level: 0, index: 0 }],
  ],
  [
    'a tile too many',
    `insert into tlog_tile select :c, 1, 0, tile_root, hashes from tlog_tile where community_id = :c and tile_index = 0`,
    [{ code: 'tile-unexpected', count: 1 }],
  ],
  [
    'the root of the head changed',
    `update tlog set root = sha256('x') where community_id = :c`,
    [{ code: 'head-root-wrong', size: 600 }],
  ],
  [
    'the edge of the head changed',
    `update tlog set edge = root where community_id = :c`,
    [{ code: 'head-edge-wrong', size: 600 }],
  ],
  [
    'the head set back',
    `update tlog set size = 599 where community_id = :c`,
    [
      { code: 'leaf-unexpected', count: 1 },
      { code: 'head-root-wrong', size: 599 },
      { code: 'head-edge-wrong', size: 599 },
      { code: 'checkpoint-ahead', size: 600 },
    ],
  ],
  [
    'the size in a note changed',
    `update tlog_checkpoint set note = replace(note, E'\\n300\\n', E'\\n299\\n') where community_id = :c and size = 300`,
    [
      { code: 'checkpoint-columns-wrong', size: 300 },
      { code: 'checkpoint-signature-invalid', size: 300 },
    ],
  ],
  [
    'the size of a checkpoint changed',
    `update tlog_checkpoint set size = 301 where community_id = :c and size = 300`,
    [
      { code: 'checkpoint-columns-wrong', size: 301 },
      { code: 'checkpoint-root-wrong', size: 301 },
    ],
  ],
  [
    'the root of a checkpoint changed',
    `update tlog_checkpoint set root = sha256('x') where community_id = :c and size = 600`,
    [
      { code: 'checkpoint-columns-wrong', size: 600 },
      { code: 'checkpoint-root-wrong', size: 600 },
    ],
  ],
  [
    'a note that is none',
    `update tlog_checkpoint set note = 'x' where community_id = :c and size = 300`,
    [{ code: 'checkpoint-malformed', size: 300 }],
  ],
  [
    'the origin changed',
    `update tlog set origin = 'log.example.cn/other' where community_id = :c`,
    [300, 600].flatMap(size => [
      { code: 'checkpoint-origin-wrong' as const, size },
      { code: 'checkpoint-signature-invalid' as const, size },
    ]),
  ],
]

describeOnOneDatabase('tlog check', open => {
  const shared = sharedDatabase(open)
  const entries = entriesUpTo(600)

  it.each(CASES)('%s', async (_, statement, findings) => {
    const { database, communityId } = await shared.newLog()
    const publisher = publisherOver(database, newGuardDirectory())
    await append(database, communityId, entries.slice(0, 300))
    await publish(publisher, communityId)
    await append(database, communityId, entries.slice(300))
    await publish(publisher, communityId)
    await tamper(database, statement.replaceAll(':c', String(communityId)))
    expect(await checkLog(database.db, communityId, [keyOfLog(communityId)])).toEqual(findings)
  })

  it('names a log that is not there, and a checkpoint by a key that is not the log’s', async () => {
    const { database, communityId } = await shared.newLog()
    expect(await checkLog(database.db, 99_999, [])).toEqual([{ code: 'log-missing' }])
    await append(database, communityId, entriesUpTo(2))
    await publish(publisherOver(database, newGuardDirectory()), communityId)
    const stranger = createLogSigner(new Uint8Array(32).fill(8), originOf(communityId))
    expect(await checkLog(database.db, communityId, [keyOfLog(communityId)])).toEqual([])
    expect(await checkLog(database.db, communityId, [stranger.key])).toEqual([
      { code: 'checkpoint-signature-invalid', size: 2 },
    ])
  })
})
