/** Prints the digest of the June sheet: run by the test in a process of another time zone. */
import { sha256Hex } from '#kernel'
import { buildFundStatement, encodeFundStatement } from '../../app/statements/fund-statement.ts'
import { renderFundStatement } from '../../app/statements/render-fund-statement.server.ts'
import { juneSource, proveInLog, say } from './statement-world.ts'

const built = buildFundStatement(juneSource())
if (!built.ok) throw new Error(JSON.stringify(built.error))
const leaf = new TextEncoder().encode('{"t":"statement"}')
const rendered = await renderFundStatement({
  model: encodeFundStatement(built.value),
  leaf,
  proof: await proveInLog(leaf),
  position: { index: 4, size: 7 },
  lang: 'zh-CN',
  say,
})
if (!rendered.ok) throw new Error(JSON.stringify(rendered.error))
process.stdout.write(sha256Hex(rendered.value))
