/**
 * `sbom [--out PATH]`: what the portal is made of, as a CycloneDX 1.6 document from the lockfile: every package with its version,
 * licence, digest and what it needs. The same lockfile gives the same bytes. Asks no network and no database.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromBase64, sha256Hex, toHex, utf8 } from '#kernel'
import { projectRoot } from '#platform'
import { type ExitCode, inBothLanguages, print, readArguments, WrongUse } from './command-line.ts'

interface LockedPackage {
  readonly version?: string
  readonly name?: string
  readonly license?: string
  readonly integrity?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly link?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** The parts of a `package-lock.json` (version 3) that count here. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>
}

function nameOf(path: string, entry: LockedPackage): string {
  return entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** The package address (purl) of a name and version. */
function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}

/** Where the package that `from` means by a name is installed: as Node looks for it, from the innermost folder outwards. */
function resolveFrom(packages: Lockfile['packages'], from: string, name: string): string | null {
  let folder = from
  for (;;) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (packages[path] !== undefined) return path
    if (folder === '') return null
    const cut = folder.lastIndexOf('/node_modules/')
    folder = cut < 0 ? '' : folder.slice(0, cut)
  }
}

/** SHA-512 and the like as CycloneDX names them; a digest that is not base64 is left out. */
function hashesOf(integrity: string | undefined) {
  return (integrity ?? '').split(' ').flatMap(each => {
    const [algorithm, digest] = each.split('-', 2)
    const bytes = digest === undefined ? null : fromBase64(digest)
    const alg = algorithm === 'sha512' ? 'SHA-512' : algorithm === 'sha1' ? 'SHA-1' : null
    return bytes === null || alg === null ? [] : [{ alg, content: toHex(bytes) }]
  })
}

function refOf(path: string, entry: LockedPackage): string {
  const purl = purlOf(nameOf(path, entry), entry.version ?? '')
  return path.indexOf('/node_modules/') < 0 ? purl : `${purl}#${path}`
}

function needsOf(packages: Lockfile['packages'], path: string, entry: LockedPackage): string[] {
  const names = Object.keys({
    ...entry.dependencies,
    ...entry.optionalDependencies,
    ...entry.peerDependencies,
  })
  const refs = names.flatMap(name => {
    const at = resolveFrom(packages, path, name)
    return at === null ? [] : [refOf(at, packages[at]!)]
  })
  return [...new Set(refs)].sort()
}

/** The document of a lockfile. `digest` is the lockfile's own, from which the serial number follows: no clock, no chance. */
export function sbomOf(lockfile: Lockfile, digest: string): object {
  const { packages } = lockfile
  const root = packages[''] ?? {}
  const entries = Object.entries(packages)
    .filter(([path, entry]) => path !== '' && entry.link !== true)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const component = ([path, entry]: [string, LockedPackage]) => {
    const name = nameOf(path, entry)
    const hashes = hashesOf(entry.integrity)
    return {
      type: 'library',
      'bom-ref': refOf(path, entry),
      name,
      version: entry.version ?? '',
      scope: entry.dev === true ? 'excluded' : entry.optional === true ? 'optional' : 'required',
      ...(hashes.length > 0 ? { hashes } : {}),
      ...(entry.license === undefined ? {} : { licenses: [{ expression: entry.license }] }),
      purl: purlOf(name, entry.version ?? ''),
    }
  }
  const own = purlOf(root.name ?? 'mingzhang', root.version ?? '0')
  const hex = digest.slice(0, 32)
  const uuid = hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-5$3-8$4-$5')
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuid}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: root.name ?? 'mingzhang',
        version: root.version ?? '0',
        purl: own,
      },
      properties: [{ name: 'mingzhang:lockfile-sha256', value: digest }],
    },
    components: entries.map(component),
    dependencies: [
      { ref: own, dependsOn: needsOf(packages, '', root) },
      ...entries.map(([path, entry]) => ({
        ref: refOf(path, entry),
        dependsOn: needsOf(packages, path, entry),
      })),
    ],
  }
}

/** Runs the command; resolves to the exit code. */
export async function sbomCommand(args: string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { out: { type: 'string' } })
  if (positionals.length > 0) throw new WrongUse('cli.usage')
  const text = readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8')
  const document = JSON.stringify(sbomOf(JSON.parse(text) as Lockfile, sha256Hex(utf8(text))), null, 2)
  if (values.out === undefined) await print(document)
  else {
    writeFileSync(values.out, `${document}\n`)
    await print(inBothLanguages('cli.written', { path: values.out }))
  }
  return 0
}
