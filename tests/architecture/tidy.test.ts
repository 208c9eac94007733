/** The house style holds for every file of the project, and each check is seen to fire. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CHECKS, exportedValues, faultsOf, type Source, sourceOf } from './tidy.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const NOT_OURS = new Set([
  '.git',
  ...readFileSync(join(ROOT, '.gitignore'), 'utf8')
    .split('\n')
    .map(line => line.replace(/\/$/, '')),
])
const TEXT =
  /\.(tsx?|css|md|py|go|mod|js|mjs|json|ya?ml|sh|svg)$|(^|\/)(run|Dockerfile|LICENSE|\.gitignore|\.dockerignore)$/

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
    if (NOT_OURS.has(entry.name)) return []
    const path = join(directory, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [relative(ROOT, path).split(sep).join('/')]
  })
}

const roomOf = (file: string) => file.split('/').slice(0, 2).join('/')

const sources: readonly Source[] = filesBelow(ROOT)
  .filter(file => TEXT.test(file))
  .map(file => sourceOf(file, readFileSync(join(ROOT, file), 'utf8')))

describe('the project', () => {
  it('keeps the house style', () => {
    expect(sources.length).toBeGreaterThan(300)
    expect(sources.flatMap(faultsOf)).toEqual([])
  })

  it('has a test for every pure file of a room', () => {
    const pure = sources.filter(
      ({ file }) =>
        /^app\/(kernel|tlog|tables|people|ledger|votes|statements|archive|search|council|voice)\//.test(
          file,
        ) &&
        /(?<!\.server|\.d)\.ts$/.test(file) &&
        !/\/index\.ts$/.test(file),
    )
    const tests = sources.filter(({ file }) => file.startsWith('tests/')).map(({ text }) => text)
    const words = new Set(tests.flatMap(text => text.match(/[\w$]+/g) ?? []))
    const paths = tests.join('\n')
    const isUsed = (source: Source) =>
      paths.includes(`/${source.file.slice('app/'.length)}'`) ||
      exportedValues(source).some(value => words.has(value))
    const tested = new Set(sources.filter(({ file }) => file.startsWith('app/')).filter(isUsed))
    // What a tested file of the same room is made of is tested with it. The set grows while it is walked.
    for (const whole of tested) {
      for (const part of pure) {
        const name = part.file.split('/').at(-1)
        if (roomOf(whole.file) === roomOf(part.file) && whole.text.includes(`/${name}'`)) tested.add(part)
      }
    }
    const untested = pure.filter(source => exportedValues(source).length > 0 && !tested.has(source))
    expect(pure.length).toBeGreaterThan(60)
    expect(untested.map(({ file }) => `${file}: no test uses any of its functions`)).toEqual([])
  })

  it('gives every migration a moment of its own', () => {
    const migrations = sources.map(({ file }) => file).filter(file => file.startsWith('migrations/'))
    expect(migrations.length).toBeGreaterThan(3)
    const pattern = /^migrations\/(\d{8}T\d{4})_[a-z]+_[a-z]+_[a-z_]+\.ts$/
    expect(migrations.filter(file => !pattern.test(file))).toEqual([])
    const moments = migrations.map(file => pattern.exec(file)?.[1])
    expect(moments.filter((moment, index) => moments.indexOf(moment) !== index)).toEqual([])
  })

  it('begins every office visit by asking who is there', () => {
    const visit = sources.find(({ file }) => file === 'app/routes/office/visit.server.ts')
    expect(visit?.text).toMatch(/export async function enterOffice[\s\S]*?await requireActor\(/)
  })

  it('begins every visit of an owner by asking who is there', () => {
    const visit = sources.find(({ file }) => file === 'app/routes/votes/owner-visit.server.ts')
    expect(visit?.text).toMatch(/export async function enterOwner[\s\S]*?await requireActor\(/)
  })
})

/** By the name of the check: a file, a line that breaks it, and one beside it that does not. */
const PLANTS: Readonly<Record<string, readonly [file: string, bad: string, good: string]>> = {
  'time-is-passed-in': ['app/ledger/a.ts', 'const a = new Date()', 'const a = new Date(0)'],
  'chance-is-passed-in': [
    'app/people/a.server.ts',
    'const a = Math.random()',
    'const a = portal.random.id()',
  ],
  'rooms-measure-no-time': ['app/tlog/a.ts', 'performance.now()', 'clock.now()'],
  'money-is-no-float': ['app/ledger/a.ts', 'const a = Number(amountFen)', 'const a = Number(row)'],
  'function-under-70-lines': [
    'db/a.ts',
    `export function a() {${'\n'.repeat(70)}}`,
    `export function a() {${'\n'.repeat(60)}}`,
  ],
  'route-under-150-lines': ['app/routes/a.tsx', 'const a = 1\n'.repeat(151), 'const a = 1\n'.repeat(150)],
  'no-chinese-outside-i18n': ['db/a.ts', `const a = '业主'`, `const a = 'owner' // 业主`],
  'no-junk-drawer': ['app/ledger/utils.ts', 'const a = 1', 'const a = 1'],
  'verbs-that-say-something': [
    'app/ledger/a.ts',
    'export function getFund() {}',
    'export function readFund() {}',
  ],
  'header-sentence': ['app/ledger/a.ts', 'const a = 1', '/** Reads a thing. */\nconst a = 1'],
  'nothing-left-over': ['app/ledger/a.ts', `// ${'TO'}${'DO'}: later`, '// later'],
  'no-silenced-checker': ['app/ledger/a.ts', `// @ts-${'ignore'}`, '// ignore'],
  'no-expected-error': ['app/ledger/a.ts', `// @ts-${'expect-error'}`, '// an error is expected'],
  'no-any': ['app/ledger/a.ts', 'let a: any', 'let a: unknown'],
  'no-machine-in-the-sources': ['app/ledger/a.ts', `const a = '${'/ro'}${'ot'}/a'`, `const a = '/c/a'`],
  'doors-name-what-they-open': [
    'app/ledger/index.ts',
    `export * from './a.ts'`,
    `export { a } from './a.ts'`,
  ],
  'rooms-do-not-print': ['app/ledger/a.ts', `console.log('a')`, `logger.info('a')`],
  'office-asks-who-is-there': [
    'app/routes/c.$slug.office.a.tsx',
    'export async function action() { return null }',
    'export async function action() { await enterOffice(request) }',
  ],
  'owners-pages-ask-who-is-there': [
    'app/routes/c.$slug.votes.$poll.receipts.$seq.json.ts',
    'export async function loader() { return null }',
    'export async function loader() { await enterOwner(request) }',
  ],
  'public-pages-only-read': [
    'app/routes/c.$slug.a.tsx',
    'export async function action() { return null }',
    'export async function loader() { return null }',
  ],
  'tests-run-and-do-not-sleep': ['tests/a.test.ts', `it.${'skip'}('a')`, `it('a')`],
  'properties-repeat': [
    'tests/votes/a.test.ts',
    `import fc from 'fast-check'`,
    `import { fc } from '../support/properties.ts'`,
  ],
}

describe('each check', () => {
  it('has a planted line', () => {
    expect(Object.keys(PLANTS).sort()).toEqual(CHECKS.map(({ name }) => name).sort())
  })

  it.each(CHECKS.map(check => [check.name, check] as const))(
    '%s fires on it and not beside it',
    (name, check) => {
      const [file, bad, good] = PLANTS[name]!
      expect(check.of(file)).toBe(true)
      expect(check.find(sourceOf(file, bad)).length).toBeGreaterThan(0)
      const beside = name === 'no-junk-drawer' ? 'app/ledger/common-passwords.ts' : file
      expect(check.find(sourceOf(beside, good))).toEqual([])
    },
  )
})
