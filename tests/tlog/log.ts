/** Communities with logs in a test database, their publishers, and what everything is compared with. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VerifierKey } from '#tlog'
import {
  appendLeaf,
  createLog,
  createLogSigner,
  fileSignGuard,
  type Publisher,
  publishCheckpoint,
} from '#tlog/server'
import { hashLeaf } from '../../app/tlog/tree.ts'
import type { TestDatabase } from '../support/database.ts'

const SEED = new Uint8Array(32).fill(7)

export function originOf(communityId: number): string {
  return `log.example.cn/c/${communityId}`
}

/** The key that signs the log of the community. */
export function keyOfLog(communityId: number): VerifierKey {
  return createLogSigner(SEED, originOf(communityId)).key
}

export function newGuardDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'tlog-guard-'))
}

/** A community with an empty log. */
export async function createTestLog(database: TestDatabase, communityId: number): Promise<void> {
  const origin = originOf(communityId)
  await database.db
    .insertInto('community')
    .values({
      community_id: communityId,
      slug: `c-${communityId}`,
      name: '明账小区',
      name_en: 'Mingzhang Gardens',
      district: 'demo',
      charging_model: 'trust',
      log_origin: origin,
      created_at: new Date('2026-01-01T00:00:00Z'),
    })
    .execute()
  await database.db.transaction().execute(tx => createLog(tx, communityId, origin))
}

export function publisherOver(database: TestDatabase, guardDirectory: string): Publisher {
  return {
    db: database.db,
    now: () => new Date('2026-06-30T16:00:00Z'),
    signerOf: async origin => createLogSigner(SEED, origin),
    guard: fileSignGuard(guardDirectory),
  }
}

/** Appends in a transaction of its own. */
export function append(database: TestDatabase, communityId: number, entries: readonly Uint8Array[]) {
  return database.db.transaction().execute(tx => appendLeaf(tx, communityId, entries))
}

/** Publishes and insists. */
export async function publish(publisher: Publisher, communityId: number) {
  const published = await publishCheckpoint(publisher, communityId)
  if (!published.ok) throw new Error(published.error.code)
  return published.value
}

export function leafHashesOf(entries: readonly Uint8Array[]): Uint8Array[] {
  return entries.map(hashLeaf)
}

/** Runs SQL as the owner with every trigger asleep, as somebody with the database in hand could. */
export async function tamper(database: TestDatabase, statement: string): Promise<void> {
  await database.asOwner(
    `do $tamper$ begin set local session_replication_role = replica; ${statement}; end $tamper$`,
  )
}

/** The same database for every test of a block, and a new community number for each test. */
export function sharedDatabase(open: () => Promise<TestDatabase>) {
  let database: Promise<TestDatabase> | null = null
  let communityId = 0
  return {
    async newLog(): Promise<{ database: TestDatabase; communityId: number }> {
      database ??= open()
      communityId += 1
      const id = communityId
      await createTestLog(await database, id)
      return { database: await database, communityId: id }
    },
  }
}
