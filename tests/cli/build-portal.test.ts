/** The build before the start: made once for the same sources, whoever asks and however many at once; never half. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPortal } from '../../app/cli/build-portal.ts'

const directories: string[] = []
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

describe('building the portal', () => {
  let root: string
  let builds: string[]

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mingzhang-build-'))
    directories.push(root)
    mkdirSync(join(root, 'app'))
    writeFileSync(join(root, 'app', 'page.tsx'), 'one')
    builds = []
  })

  const build = (succeeds = true) => {
    let running = 0
    return async (at: string) => {
      running += 1
      builds.push(running === 1 ? 'alone' : 'beside another')
      mkdirSync(join(at, 'build', 'server'), { recursive: true })
      writeFileSync(join(at, 'build', 'server', 'index.js'), '')
      await new Promise(resolve => setImmediate(resolve))
      running -= 1
      return succeeds
    }
  }
  const silent = () => {}

  it('is done once when several ask at the same time', async () => {
    const one = build()
    const asked = Array.from({ length: 5 }, () => buildPortal(silent, root, one))
    expect(await Promise.all(asked)).toEqual([true, true, true, true, true])
    expect(builds).toEqual(['alone'])
  })

  it('is done again when a source changed, and only then', async () => {
    await buildPortal(silent, root, build())
    await buildPortal(silent, root, build())
    expect(builds).toHaveLength(1)
    writeFileSync(join(root, 'app', 'page.tsx'), 'two')
    await buildPortal(silent, root, build())
    expect(builds).toHaveLength(2)
  })

  it('is not taken for done when it failed or broke off, also when it was done before', async () => {
    await buildPortal(silent, root, build())
    writeFileSync(join(root, 'app', 'page.tsx'), 'two')
    expect(await buildPortal(silent, root, build(false))).toBe(false)
    await expect(buildPortal(silent, root, () => Promise.reject(new Error('broken off')))).rejects.toThrow(
      'broken off',
    )
    writeFileSync(join(root, 'app', 'page.tsx'), 'one')
    await buildPortal(silent, root, build())
    expect(builds).toEqual(['alone', 'alone', 'alone'])
  })
})
