/** The list of what the portal is made of: complete, true to the lockfile, the same every time. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256Hex, utf8 } from '#kernel'
import { projectRoot } from '#platform'
import { type Lockfile, sbomOf } from '../../app/cli/sbom.ts'

interface Sbom {
  readonly serialNumber: string
  readonly components: readonly {
    readonly 'bom-ref': string
    readonly name: string
    readonly version: string
    readonly scope: string
    readonly purl: string
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
    readonly licenses?: readonly { readonly expression: string }[]
  }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const text = readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8')
const lockfile = JSON.parse(text) as Lockfile
const made = () => sbomOf(JSON.parse(text) as Lockfile, sha256Hex(utf8(text))) as Sbom

describe('the list of packages', () => {
  it('is the same every time, and names the lockfile it was made from', () => {
    expect(JSON.stringify(made())).toBe(JSON.stringify(made()))
    expect(made().serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    const other = sbomOf(lockfile, 'f'.repeat(64)) as Sbom
    expect(other.serialNumber).not.toBe(made().serialNumber)
  })

  it('holds every installed package once, with version, digest and place among the others', () => {
    const { components, dependencies } = made()
    const installed = Object.entries(lockfile.packages).filter(([path, entry]) => path !== '' && !entry.link)
    expect(components).toHaveLength(installed.length)
    const refs = components.map(component => component['bom-ref'])
    expect(new Set(refs).size).toBe(refs.length)
    expect(components.filter(component => !/^\d+\.\d+\.\d+/.test(component.version))).toEqual([])
    expect(components.filter(component => component.hashes?.[0]?.alg !== 'SHA-512')).toEqual([])
    expect(components.every(({ hashes }) => /^[0-9a-f]{128}$/.test(hashes![0]!.content))).toBe(true)
    const known = new Set([...refs, dependencies[0]!.ref])
    expect(dependencies.flatMap(each => each.dependsOn).filter(ref => !known.has(ref))).toEqual([])
  })

  it('tells what runs from what only builds, and names what we chose ourselves', () => {
    const { components, dependencies } = made()
    const scopeOf = (name: string) => components.find(component => component.name === name)?.scope
    expect([scopeOf('postgres'), scopeOf('vitest')]).toEqual(['required', 'excluded'])
    const own = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
      devDependencies: Record<string, string>
    }
    const chosen = { ...own.dependencies }
    const direct = dependencies[0]!.dependsOn.join('\n')
    for (const [name, version] of Object.entries(chosen)) {
      const aliased = /^npm:(.+)@(.+)$/.exec(version)
      const purl = `pkg:npm/${(aliased?.[1] ?? name).replace('@', '%40')}@${aliased?.[2] ?? version}`
      expect(direct).toContain(purl)
    }
  })

  it('carries only licences that a portal under the AGPL may stand on', () => {
    const running = made().components.filter(component => component.scope !== 'excluded')
    const known =
      /\b(MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|OFL-1\.1|CC0-1\.0|CC-BY-[34]\.0|Python-2\.0|MPL-2\.0|BlueOak-1\.0\.0|Unlicense)\b/
    const unknown = running.filter(each => !known.test(each.licenses?.[0]?.expression ?? ''))
    // Their manifests name none; the files that come with them carry the MIT licence.
    expect(unknown.map(each => each.name).sort()).toEqual(['eval', 'format', 'png-js', 'require-like'])
  })

  it('looks a needed package up from the innermost folder outwards', () => {
    const packages = {
      '': { name: 'own', version: '1.0.0', dependencies: { a: '1', b: '2' } },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1', absent: '1' } },
      'node_modules/a/node_modules/b': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0' },
    }
    const { dependencies } = sbomOf({ packages }, '0'.repeat(64)) as Sbom
    expect(Object.fromEntries(dependencies.map(each => [each.ref, each.dependsOn]))).toEqual({
      'pkg:npm/own@1.0.0': ['pkg:npm/a@1.0.0', 'pkg:npm/b@2.0.0'],
      'pkg:npm/a@1.0.0': ['pkg:npm/b@1.0.0#node_modules/a/node_modules/b'],
      'pkg:npm/b@1.0.0#node_modules/a/node_modules/b': [],
      'pkg:npm/b@2.0.0': [],
    })
  })
})
