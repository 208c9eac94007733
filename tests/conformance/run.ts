/**
 * `npm run conformance`: every outside judge in turn. Fails when one disagrees, and when one is missing: a judge that is not
 * there has not agreed.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { judgeJournals } from './journals.ts'
import { judgePdf } from './pdf.ts'

async function judgeLog(): Promise<readonly string[]> {
  const path = fileURLToPath(new URL('./tlog/run.ts', import.meta.url))
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', path], { stdio: 'inherit' })
  if (status !== 0)
    throw new Error('the judges of the log do not accept it, or are not installed (Go 1.24 or later)')
  return ['independent readers accept the log and refuse it tampered with']
}

const JUDGES: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  log: judgeLog,
  statement: judgePdf,
  journals: judgeJournals,
}

let passed = 0
let failed = 0
for (const [name, judge] of Object.entries(JUDGES)) {
  try {
    for (const line of await judge()) process.stdout.write(`ok   ${name}: ${line}\n`)
    passed += 1
  } catch (error) {
    process.stdout.write(`FAIL ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    failed += 1
  }
}
process.stdout.write(`conformance: ${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
