/** The rules of dependency hold for the project, and each of them fires on a planted fault. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Judgement, judgeTree } from './cruise.ts'
import { CLEAN, PLANTS } from './plants.ts'
import { RULES } from './rules.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const TIMEOUT_MS = 240_000

describe('the project', () => {
  it('imports along the table of dependencies', { timeout: TIMEOUT_MS }, async () => {
    const { files, findings } = await judgeTree(ROOT, ['app', 'db', 'migrations', 'tests', 'remix.config.js'])
    const remedy = new Map(RULES.map(rule => [rule.name, rule.comment]))
    expect(findings.map(({ rule, from, to }) => `${from} -> ${to}: ${rule}. ${remedy.get(rule)}`)).toEqual([])
    for (const folder of [
      'app/kernel/',
      'app/ledger/',
      'app/statements/',
      'app/routes/',
      'app/cli/',
      'db/',
    ]) {
      expect(files.filter(file => file.startsWith(folder)).length, folder).toBeGreaterThan(3)
    }
    expect(files.length).toBeGreaterThan(300)
  })
})

describe('a tree planted with faults', () => {
  let directory: string
  let judgement: Judgement

  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(directory, file)), { recursive: true })
    writeFileSync(join(directory, file), text)
  }

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'mingzhang-rules-'))
    for (const [file, text] of Object.entries(CLEAN)) write(file, text)
    for (const plant of Object.values(PLANTS)) write(plant.file, plant.text)
    judgement = await judgeTree(directory, ['app', 'db', 'migrations', 'tests'])
  }, TIMEOUT_MS)
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('has a plant for every rule', () => {
    expect(Object.keys(PLANTS).sort()).toEqual(RULES.map(rule => rule.name).sort())
    expect(RULES.filter(rule => (rule.comment ?? '').length < 20)).toEqual([])
  })

  it.each(RULES.map(rule => rule.name ?? ''))('%s fires', name => {
    expect(judgement.findings.filter(({ rule }) => rule === name).map(({ from }) => from)).toContain(
      PLANTS[name]!.file,
    )
  })

  it('accuses no clean file', () => {
    const planted = new Set(Object.values(PLANTS).map(({ file }) => file))
    // Nothing comes to most files of so small a tree.
    const accused = judgement.findings.filter(
      ({ rule, from }) => rule !== 'no-dead-files' && from in CLEAN && !planted.has(from),
    )
    expect(accused).toEqual([])
  })
})
