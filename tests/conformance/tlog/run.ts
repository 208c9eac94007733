/**
 * Serves a log of ours out of an embedded database over HTTP on the loopback, and lets the Go program beside this file
 * judge it, sound and then tampered with. Exit code 0 only when the first is accepted and the second refused.
 */

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '#db'
import { formatVkey } from '#tlog'
import {
  answerTlogRequest,
  appendLeaf,
  createLog,
  createLogSigner,
  fileSignGuard,
  publishCheckpoint,
  readInclusionProof,
} from '#tlog/server'

const here = dirname(fileURLToPath(import.meta.url))
const SIZES = [300, 70_000]
const INDICES = [0, 255, 256, 299, 65_535, 65_536, 69_999]
const ORIGIN = 'log.example.cn/c/1'

function run(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: here, stdio: 'inherit' })
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 1))
  })
}

async function main(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'tlog-judge-'))
  const judge = join(directory, 'judge')
  if (spawnSync('go', ['build', '-o', judge, '.'], { cwd: here, stdio: 'inherit' }).status !== 0) return 1
  const database = await openDatabase({ url: null, ownerUrl: null, embeddedDirectory: null })
  const { db } = database
  await db
    .insertInto('community')
    .values({
      community_id: 1,
      slug: 'judged',
      name: '明账小区',
      name_en: 'Mingzhang Gardens',
      district: 'demo',
      charging_model: 'trust',
      log_origin: ORIGIN,
      created_at: new Date('2026-01-01T00:00:00Z'),
    })
    .execute()
  await createLog(db, 1, ORIGIN)
  const signer = createLogSigner(new Uint8Array(32).fill(7), ORIGIN)
  const publisher = {
    db,
    now: () => new Date('2026-06-30T16:00:00Z'),
    signerOf: async () => signer,
    guard: fileSignGuard(join(directory, 'guard')),
  }
  // Index 5 is an empty entry: some readers stumble over it.
  const entryOf = (i: number) => new TextEncoder().encode(i === 5 ? '' : `{"n":${i},"t":"test"}`)
  let size = 0
  for (const next of SIZES) {
    const entries = Array.from({ length: next - size }, (_, i) => entryOf(size + i))
    await db.transaction().execute(tx => appendLeaf(tx, 1, entries))
    const published = await publishCheckpoint(publisher, 1)
    if (!published.ok) throw new Error(published.error.code)
    writeFileSync(join(directory, `checkpoint-${next}`), published.value.note)
    size = next
  }
  // Appended and not published: nobody may see it.
  await db.transaction().execute(tx => appendLeaf(tx, 1, [entryOf(size)]))
  for (const index of INDICES) {
    const proof = await readInclusionProof(db, 1, index)
    if (!proof.ok) throw new Error(proof.error)
    writeFileSync(join(directory, `${index}.tlog-proof`), proof.value)
    writeFileSync(join(directory, `${index}.entry`), entryOf(index))
  }

  let isTampered = false
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').replace(/^\/c\/1\//, '')
    const answer = await answerTlogRequest(db, 1, path, String(request.headers['accept-encoding'] ?? ''))
    const body = Buffer.from(answer.body)
    if (isTampered && path === 'tile/0/100') body[4000]! ^= 1
    response.writeHead(answer.status, answer.headers).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const args = [
    '-url',
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/c/1/`,
    '-vkey',
    formatVkey(signer.key),
    '-proofs',
    directory,
    '-older',
    join(directory, `checkpoint-${SIZES[0]}`),
  ]
  const sound = await run(judge, args)
  isTampered = true
  const tampered = await run(judge, args)
  server.close()
  server.closeAllConnections()
  await database.close()
  rmSync(directory, { recursive: true })
  if (tampered === 0) process.stderr.write('the tampered log was accepted\n')
  return sound === 0 && tampered !== 0 ? 0 : 1
}

process.exitCode = await main()
