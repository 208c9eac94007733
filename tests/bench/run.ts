/**
 * `npm run bench`: what the portal does against the least that could do the same, as ratios of one run on one machine. Exit
 * 1 when one is over its bound. Milliseconds differ from machine to machine, the ratios hardly do.
 */
import { benchBankImport } from './bank-import.ts'
import { benchCasting } from './casting.ts'
import { benchFundPage } from './fund-page.ts'
import { report } from './measure.ts'
import { benchPosting } from './posting.ts'
import { benchStatement } from './statement.ts'
import { benchTallying } from './tallying.ts'
import { openWorld } from './world.ts'

const world = await openWorld()
let isWithin = true
try {
  const benches = [
    benchPosting,
    benchFundPage,
    benchBankImport,
    benchStatement,
    benchTallying,
    // Last: it moves the clock on to the days of a vote.
    benchCasting,
  ]
  for (const bench of benches) {
    for (const comparison of await bench(world)) isWithin = report(comparison) && isWithin
  }
} finally {
  await world.close()
}
process.exitCode = isWithin ? 0 : 1
