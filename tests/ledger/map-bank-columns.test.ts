/** The columns of a bank file take two people of two sides; nothing is stored by others, and the next file says who agreed. */
import { beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from '#kernel'
import type { ColumnMapping } from '#ledger'
import {
  checkLedger,
  decideControlChange,
  discardBankImport,
  mapBankImport,
  proposeColumnMapping,
  readControlChange,
  readControlChanges,
  readPublicControls,
  remapBankImport,
  uploadBankStatement,
} from '#ledger/server'
import type { Actor } from '#people'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { benchOf, confirm, expectSound, importOf, must, runJobs, upload } from './office.ts'

const HEADER = '何时,多少,谁,做什么,剩下'
const fileOf = (day: string, header = HEADER) =>
  utf8(`${header}\n${day},100.00,王小明,物业费,100.00\n${day},-30.00,绿源保洁有限公司,保洁,70.00\n`)
const MAPPING: ColumnMapping = {
  headerRow: 0,
  columns: { date: [0], amount: 1, counterpartyName: 2, narration: [3], balance: 4 },
  amountSign: 'signed',
  directionWords: { in: [], out: [], neutral: [] },
  dayFirst: false,
  yearInTitle: false,
}
/** The balance read as the amount: sums that nobody received. */
const WRONG: ColumnMapping = { ...MAPPING, columns: { ...MAPPING.columns, amount: 4, balance: 1 } }

describeOnEachDatabase('columns of a bank file', open => {
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity
  let slug = 0

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database, { now: new Date('2025-02-10T02:00:00Z') })
  })

  const fresh = async () => {
    slug += 1
    sample = await openSampleCommunity(portal, `columns-${slug}`)
  }
  const map = async (importId: string, mapping = MAPPING) => {
    must(await mapBankImport(portal, sample.bookkeeper, sample.community, importId, mapping))
    await runJobs(portal)
    return (await importOf(portal, sample, importId)).state
  }
  const propose = (importId: string, reason = '新银行，第 2 列是金额') =>
    proposeColumnMapping(portal, sample.bookkeeper, sample.community, { importId, reason })
  type Decision = Parameters<typeof decideControlChange>[3]
  const decide = async (actor: Actor, changeId: string, changes: Partial<Decision> = {}) => {
    const shown = await readControlChange(portal, actor, sample.community, changeId)
    const request = {
      changeId,
      decision: 'confirmed' as const,
      seenDigest: shown?.contentDigest ?? '',
      ...changes,
    }
    const done = await decideControlChange(portal, actor, sample.community, request)
    return done.ok ? 'done' : done.error.code
  }
  const stateOf = async (importId: string) => (await importOf(portal, sample, importId)).state
  const storedLines = async () => (await benchOf(portal, sample)).lines.map(line => line.amountFen)
  /** Uploads, maps and proposes; gives the import and its change. */
  const waiting = async (mapping = MAPPING, bytes = fileOf('2025-01-05')) => {
    const importId = await upload(portal, sample, bytes)
    expect(await map(importId, mapping)).toBe('mapped')
    const changeId = must(await propose(importId))
    expect(await stateOf(importId)).toBe('waiting')
    return { importId, changeId }
  }

  it('hold when the other side agrees to what it saw, are logged, and are named by the next file', async () => {
    await fresh()
    const { importId, changeId } = await waiting()
    const shown = await readControlChange(portal, sample.treasurer, sample.community, changeId)
    expect(shown).toMatchObject({
      mayDecide: true,
      asked: [{ name: sample.treasurer.displayName, role: 'committee_treasurer' }],
      change: {
        kind: 'map-columns',
        file: {
          importId,
          rows: 2,
          sumInFen: 10_000n,
          sumOutFen: 3_000n,
          openingFen: 0n,
          closingFen: 7_000n,
          chainOk: true,
          fileSha256: (await importOf(portal, sample, importId)).fileSha256,
        },
      },
    })
    expect(await confirm(portal, sample, importId)).toMatchObject({ error: { code: 'import-not-ready' } })
    expect(await decide(sample.treasurer, changeId)).toBe('done')
    expect(await stateOf(importId)).toBe('ready')
    must(await confirm(portal, sample, importId))
    await runJobs(portal)
    expect(await storedLines()).toEqual([10_000n, -3_000n])
    const next = await upload(portal, sample, fileOf('2025-01-06'))
    expect(await importOf(portal, sample, next)).toMatchObject({
      state: 'ready',
      isMapped: true,
      mappingChange: changeId,
    })
    must(await confirm(portal, sample, next))
    await runJobs(portal)
    const leaves = await database.asOwner(
      `select convert_from(entry, 'UTF8') as leaf from tlog_entry
       where community_id = ${sample.community.communityId} order by leaf_index`,
    )
    expect(leaves.map(row => JSON.parse(row.leaf as string))).toMatchObject([
      { t: 'ledger.control', change: changeId, content: { kind: 'map-columns', sum_in_fen: '10000' } },
      { t: 'ledger.bank-import', import: importId, mapping: changeId },
      { t: 'ledger.bank-import', import: next, mapping: changeId },
    ])
    const { mappings } = await readPublicControls(portal, sample.community)
    expect(mappings.map(each => [each.changeId, each.decidedRole])).toEqual([
      [changeId, 'committee_treasurer'],
    ])
    await expectSound(portal, sample)
  })

  it('are agreed by nobody of the proposer’s own side, and not on other bytes', async () => {
    await fresh()
    const { importId, changeId } = await waiting()
    expect(await decide(sample.bookkeeper, changeId)).toBe('second-needed')
    expect(await decide(sample.manager, changeId)).toBe('second-needed')
    expect(await decide(sample.reviewer, changeId)).toBe('second-needed')
    expect(await decide(sample.overseer, changeId)).toBe('not-permitted')
    const two = { ...sample.bookkeeper, roles: [...sample.bookkeeper.roles, ...sample.treasurer.roles] }
    expect(await decide(two, changeId)).toBe('second-needed')
    expect(await decide(sample.treasurer, changeId, { seenDigest: '0'.repeat(64) })).toBe('content-changed')
    expect(await stateOf(importId)).toBe('waiting')
    expect(await discardBankImport(portal, sample.bookkeeper, sample.community, importId)).toMatchObject({
      error: { code: 'import-not-ready' },
    })
    expect(await propose(importId)).toMatchObject({ error: { code: 'import-not-ready' } })
  })

  it('that are wrong go back with a reason, and nothing was stored', async () => {
    await fresh()
    const { importId, changeId } = await waiting(WRONG)
    const shown = await readControlChange(portal, sample.treasurer, sample.community, changeId)
    expect(shown?.change).toMatchObject({ file: { sumInFen: 17_000n, sumOutFen: 0n, chainOk: false } })
    const refused = { decision: 'refused' } as const
    expect(await decide(sample.treasurer, changeId, refused)).toBe('note-missing')
    expect(await decide(sample.treasurer, changeId, { ...refused, note: '错'.repeat(201) })).toBe(
      'note-too-long',
    )
    expect(await decide(sample.treasurer, changeId, { ...refused, note: '问 13812345678' })).toBe(
      'note-private',
    )
    expect(await decide(sample.treasurer, changeId, { ...refused, note: '第 5 列是余额' })).toBe('done')
    expect(await importOf(portal, sample, importId)).toMatchObject({
      state: 'unknown',
      mappingChange: changeId,
    })
    const after = await readControlChange(portal, sample.bookkeeper, sample.community, changeId)
    expect(after).toMatchObject({ decision: 'refused', note: '第 5 列是余额', asked: [] })
    expect(await decide(sample.treasurer, changeId)).toBe('change-decided')
    expect((await readPublicControls(portal, sample.community)).mappings).toEqual([])
    expect(await stateOf(await upload(portal, sample, fileOf('2025-01-06')))).toBe('unknown')
    expect(await map(importId)).toBe('mapped')
    const again = must(await propose(importId))
    expect(await decide(sample.bookkeeper, again, { decision: 'withdrawn' })).toBe('done')
    expect(await stateOf(importId)).toBe('unknown')
    must(await discardBankImport(portal, sample.bookkeeper, sample.community, importId))
    expect(await storedLines()).toEqual([])
    await expectSound(portal, sample)
  })

  it('are for one account and one header: a changed header and another account ask again', async () => {
    await fresh()
    const { changeId } = await waiting()
    expect(await decide(sample.treasurer, changeId)).toBe('done')
    const changed = await upload(portal, sample, fileOf('2025-01-06', '何时,多少,谁,做什么,余下'))
    expect(await stateOf(changed)).toBe('unknown')
    const { communityId } = sample.community
    await database.asOwner(`
      insert into account select community_id, '100202', type, name_zh, name_en from account
        where community_id = ${communityId} and code = '100201';
      insert into bank_account
        select community_id, '100202', fund_code, bank_name, holder_name, number_last4, number_hash, opened_on
        from bank_account where community_id = ${communityId}`)
    const file = { account: '100202', name: 'b.csv', bytes: fileOf('2025-01-06') }
    const other = await uploadBankStatement(portal, sample.bookkeeper, sample.community, file)
    await runJobs(portal)
    expect(await stateOf(must(other).importId)).toBe('unknown')
  })

  it('without a header are for that file alone', async () => {
    await fresh()
    const bare = utf8('2025-01-05,100.00,王小明,物业费\n2025-01-05,-30.00,绿源保洁有限公司,保洁\n')
    const mapping = { ...MAPPING, headerRow: -1, columns: { date: [0], amount: 1, narration: [3] } }
    const { importId, changeId } = await waiting(mapping, bare)
    expect(await decide(sample.treasurer, changeId)).toBe('done')
    must(await confirm(portal, sample, importId))
    await runJobs(portal)
    expect(await storedLines()).toEqual([10_000n, -3_000n])
    expect(await stateOf(await upload(portal, sample, bare, 'again.csv'))).toBe('unknown')
    await expectSound(portal, sample)
  })

  it('can be opened again before the lines are stored, and the next version is agreed anew', async () => {
    await fresh()
    const first = await waiting(WRONG)
    expect(await decide(sample.treasurer, first.changeId)).toBe('done')
    const remap = (importId: string, actor = sample.bookkeeper) =>
      remapBankImport(portal, actor, sample.community, importId)
    expect(await remap(first.importId, sample.manager)).toMatchObject({ error: { code: 'not-permitted' } })
    must(await remap(first.importId))
    expect(await stateOf(first.importId)).toBe('unknown')
    expect(await map(first.importId)).toBe('mapped')
    const second = must(await propose(first.importId))
    expect(await decide(sample.treasurer, second)).toBe('done')
    const next = await upload(portal, sample, fileOf('2025-01-06'))
    expect(await importOf(portal, sample, next)).toMatchObject({ state: 'ready', mappingChange: second })
    must(await confirm(portal, sample, next))
    await runJobs(portal)
    expect(await remap(next)).toMatchObject({ error: { code: 'import-not-ready' } })
    expect(await storedLines()).toEqual([10_000n, -3_000n])
    await expectSound(portal, sample)
  })

  it('two who confirm and refuse at once: one decides, and the file is stored once', async () => {
    await fresh()
    const { importId, changeId } = await waiting()
    const answers = await Promise.all([
      decide(sample.treasurer, changeId),
      decide(sample.treasurer, changeId),
      decide(sample.treasurer, changeId, { decision: 'refused', note: '再看看' }),
    ])
    expect(answers.filter(answer => answer === 'done')).toHaveLength(1)
    expect(answers.filter(answer => answer === 'change-decided')).toHaveLength(2)
    expect(['ready', 'unknown']).toContain(await stateOf(importId))
    await expectSound(portal, sample)
  })

  it('of another community are neither seen nor decided', async () => {
    await fresh()
    const { importId, changeId } = await waiting()
    const elsewhere = sample
    await fresh()
    expect(await readControlChange(portal, sample.treasurer, sample.community, changeId)).toBe(null)
    expect(await decide(sample.treasurer, changeId)).toBe('change-unknown')
    expect(await propose(importId)).toMatchObject({ error: { code: 'import-unknown' } })
    const foreign = { changeId, decision: 'confirmed' as const, seenDigest: '' }
    const shown = (await readControlChanges(portal, elsewhere.treasurer, elsewhere.community))!
    const seen = { ...foreign, seenDigest: shown[0]!.contentDigest }
    expect(await decideControlChange(portal, sample.treasurer, elsewhere.community, seen)).toMatchObject({
      error: { code: 'not-permitted' },
    })
  })

  describe('beneath the program', () => {
    it('the database refuses to make a file ready by columns that nobody agreed to', async () => {
      await fresh()
      const { importId } = await waiting()
      for (const state of ['ready', 'held', 'storing', 'stored'] as const) {
        const forged = portal.db
          .updateTable('bank_import')
          .set({ state })
          .where('import_id', '=', importId)
          .execute()
        await expect(forged, state).rejects.toThrow(/columns of import .* are not confirmed/)
      }
    })

    it.each([
      [
        'columns exchanged',
        `update column_mapping_version set mapping = replace(mapping, '"amount":1', '"amount":4')`,
      ],
      ['a version gone', `delete from column_mapping_version`],
      ['a version skipped', `update column_mapping_version set version = version + 1`],
      [
        'lines read by others',
        `update bank_import set column_mapping = replace(column_mapping, '"amount":1', '"amount":4')`,
      ],
    ])('%s in the database is named by the check', async (_, change) => {
      await fresh()
      const { importId, changeId } = await waiting()
      expect(await decide(sample.treasurer, changeId)).toBe('done')
      must(await confirm(portal, sample, importId))
      await runJobs(portal)
      await expectSound(portal, sample)
      await database.asOwner(`set session_replication_role = replica`)
      await database.asOwner(`${change} where community_id = ${sample.community.communityId}`)
      await database.asOwner(`set session_replication_role = origin`)
      const { findings } = await checkLedger(portal, sample.community)
      expect(findings.map(finding => finding.invariant)).toContain('columns-by-two')
    })
  })
})
