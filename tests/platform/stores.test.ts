import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256Hex, utf8 } from '#kernel'
import { createFileDurably, replaceFileDurably } from '../../app/platform/durable-file.server.ts'
import { directoryKeyStore, KeyPermissionsTooWide } from '../../app/platform/key-store.server.ts'
import { directoryObjectStore, ObjectDamaged } from '../../app/platform/object-store.server.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mingzhang-stores-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('the object store', () => {
  it('keeps bytes under their digest, once, for nobody else to read', async () => {
    const store = directoryObjectStore(join(directory, 'objects'))
    const bytes = utf8('发票')
    const digest = await store.put(bytes)
    expect(digest).toBe(sha256Hex(bytes))
    expect(await store.put(bytes)).toBe(digest)
    expect(await store.read(digest)).toEqual(bytes)
    expect(await store.has(digest)).toBe(true)
    const path = join(directory, 'objects', digest.slice(0, 2), digest.slice(2, 4), digest)
    expect(modeOf(path)).toBe('600')
    expect(modeOf(join(directory, 'objects'))).toBe('700')
    expect(readdirSync(join(path, '..'))).toEqual([digest])
    const digests: string[] = []
    for await (const each of store.digests()) digests.push(each)
    expect(digests).toEqual([digest])
  })

  it('has no object that was never put', async () => {
    const store = directoryObjectStore(join(directory, 'objects'))
    const digest = sha256Hex(utf8('other'))
    expect(await store.read(digest)).toBeNull()
    expect(await store.has(digest)).toBe(false)
    for await (const each of store.digests()) throw new Error(each)
  })

  it('refuses to show an object that was tampered with', async () => {
    const store = directoryObjectStore(join(directory, 'objects'))
    const digest = await store.put(utf8('paid 100'))
    writeFileSync(join(directory, 'objects', digest.slice(0, 2), digest.slice(2, 4), digest), 'paid 900')
    await expect(store.read(digest)).rejects.toThrow(ObjectDamaged)
  })

  it('never takes a path for a digest', async () => {
    const store = directoryObjectStore(join(directory, 'objects'))
    await expect(store.read('../../../etc/passwd')).rejects.toThrow(/not a digest/)
    await expect(store.has('A'.repeat(64))).rejects.toThrow(/not a digest/)
  })
})

describe('the key store', () => {
  it('makes a key once and keeps it for its owner alone', async () => {
    const keys = directoryKeyStore(join(directory, 'keys'))
    expect(await keys.read('log')).toBeNull()
    const made = await keys.readOrCreate('log', () => Uint8Array.of(1, 2, 3))
    expect(await keys.readOrCreate('log', () => Uint8Array.of(9))).toEqual(made)
    expect(modeOf(join(directory, 'keys'))).toBe('700')
    expect(modeOf(join(directory, 'keys', 'log'))).toBe('600')
  })

  it('gives all who ask at once the same key', async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        directoryKeyStore(join(directory, 'keys')).readOrCreate('log', () => Uint8Array.of(i)),
      ),
    )
    expect(new Set(asked.map(key => key[0])).size).toBe(1)
  })

  it('refuses a key or a directory that others may read', async () => {
    const keys = directoryKeyStore(join(directory, 'keys'))
    await keys.readOrCreate('log', () => Uint8Array.of(1))
    chmodSync(join(directory, 'keys', 'log'), 0o644)
    await expect(keys.read('log')).rejects.toThrow(KeyPermissionsTooWide)
    await expect(keys.readOrCreate('log', () => Uint8Array.of(2))).rejects.toThrow(/chmod go-rwx/)
    chmodSync(join(directory, 'keys', 'log'), 0o600)
    chmodSync(join(directory, 'keys'), 0o750)
    await expect(keys.read('log')).rejects.toThrow(KeyPermissionsTooWide)
  })

  it('does not quietly narrow a directory that was there', async () => {
    mkdirSync(join(directory, 'keys'), { mode: 0o755 })
    await expect(directoryKeyStore(join(directory, 'keys')).read('log')).rejects.toThrow(
      KeyPermissionsTooWide,
    )
  })

  it('never takes a path for a name', async () => {
    await expect(directoryKeyStore(directory).read('../log')).rejects.toThrow(/key name/)
  })
})

describe('a durable file', () => {
  it('is replaced whole, leaving nothing beside it', async () => {
    const path = join(directory, 'deep', 'guard')
    await replaceFileDurably(path, utf8('1'))
    await replaceFileDurably(path, utf8('2'))
    expect(readFileSync(path, 'utf8')).toBe('2')
    expect(readdirSync(join(directory, 'deep'))).toEqual(['guard'])
    expect(modeOf(path)).toBe('600')
  })

  it('is created once only', async () => {
    const path = join(directory, 'once')
    expect(await createFileDurably(path, utf8('1'))).toBe(true)
    expect(await createFileDurably(path, utf8('2'))).toBe(false)
    expect(readFileSync(path, 'utf8')).toBe('1')
    expect(readdirSync(directory)).toEqual(['once'])
  })
})
