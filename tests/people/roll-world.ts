/** A community with its committee, and the way of a roll into the register in a few words, for tests. */
import { type CivilDate, civilDate } from '#kernel'
import type { Actor, AreaSource, Role, RollAnswers } from '#people'
import {
  addUser,
  confirmRoll,
  READ_ROLL_IMPORT,
  type RollImport,
  readRollImport,
  readRollImportJob,
  settleRoll,
  uploadRoll,
} from '#people/server'
import { runNextJob } from '#platform/process'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import type { TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { csvOf, utf8Of } from '../tables/making.ts'

export interface RollWorld {
  readonly portal: TestPortal
  readonly sample: SampleCommunity
  readonly community: SampleCommunity['community']
  readonly chair: Actor
}

/** The value, or an error that says which refusal stood in the way. */
export function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (result.ok) return result.value
  throw new Error(`refused: ${JSON.stringify(result.error)}`)
}

export async function addActor(
  world: Pick<RollWorld, 'portal'>,
  communityId: number,
  role: Role,
): Promise<Actor> {
  const login = `${role.replaceAll('_', '-')}-${communityId}`
  const added = await addUser(
    world.portal,
    { login, displayName: `officer ${login}`, password: `a long pass phrase of ${login}` },
    [{ communityId, role, from: '2020-01-01' as CivilDate, until: null }],
  )
  return {
    userId: must(added),
    displayName: login,
    roles: [{ communityId, role }],
    sessionId: `session-${login}`,
  }
}

export async function openRollWorld(database: TestDatabase, slug = 'sample'): Promise<RollWorld> {
  const portal = openTestPortal(database)
  const sample = await openSampleCommunity(portal, slug)
  const { community } = sample
  const chair = await addActor({ portal }, community.communityId, 'committee_chair')
  return { portal, sample, community, chair }
}

export const ROLL_HEADER = [
  '楼栋',
  '单元',
  '房号',
  '建筑面积',
  '业主姓名',
  '联系电话',
  '身份证号',
  '交付状态',
]

export const rollCsv = (rows: readonly (readonly string[])[]): Uint8Array =>
  utf8Of(csvOf([ROLL_HEADER, ...rows]))

export interface RollOptions {
  readonly on?: string
  readonly areaSource?: AreaSource
  readonly answers?: Partial<RollAnswers>
}

/** Uploads a roll and has it read. */
export async function uploadAndRead(
  { portal, community, chair }: RollWorld,
  bytes: Uint8Array,
  options: RollOptions = {},
): Promise<string> {
  const { importId } = must(
    await uploadRoll(portal, chair, community, {
      name: 'roll.csv',
      bytes,
      effectiveOn: civilDate(options.on ?? '2026-06-01'),
      areaSource: options.areaSource ?? 'register',
    }),
  )
  while (await runNextJob(portal, { [READ_ROLL_IMPORT]: readRollImportJob }));
  return importId
}

export async function previewOf(
  { portal, community, chair }: RollWorld,
  importId: string,
): Promise<RollImport> {
  const found = await readRollImport(portal, chair, community, importId)
  if (found === null) throw new Error('no such import')
  return found
}

export async function confirmSeen(world: RollWorld, importId: string) {
  const { plan } = await previewOf(world, importId)
  return confirmRoll(world.portal, world.chair, world.community, { importId, seenDigest: plan?.digest ?? '' })
}

export async function answer(world: RollWorld, importId: string, answers: Partial<RollAnswers>) {
  const { portal, community, chair } = world
  return settleRoll(portal, chair, community, importId, {
    samePersons: {},
    developerName: '',
    removesMissing: false,
    ...answers,
  })
}

/** Takes a roll all the way in. */
export async function takeRoll(
  world: RollWorld,
  rows: readonly (readonly string[])[],
  options: RollOptions = {},
): Promise<string> {
  const importId = await uploadAndRead(world, rollCsv(rows), options)
  if (options.answers !== undefined) must(await answer(world, importId, options.answers))
  must(await confirmSeen(world, importId))
  return importId
}
