/**
 * `npm run bench`: what the portal does against the least that could do the same, as ratios of one run on one machine. Exit
 * 1 when one is over its bound. Milliseconds differ from machine to machine, the ratios hardly do. With names
 * (`npm run bench -- casting tallying`) only those.
 */
import { benchBankImport } from './bank-import.ts'
import { benchCasting } from './casting.ts'
import { benchCouncilLists } from './council-lists.ts'
import { benchFundPage } from './fund-page.ts'
import { report } from './measure.ts'
import { benchPosting } from './posting.ts'
import { benchSearching } from './searching.ts'
import { benchStatement } from './statement.ts'
import { benchTallying } from './tallying.ts'
import { openWorld } from './world.ts'

const world = await openWorld()
let isWithin = true
try {
  const benches = {
    posting: benchPosting,
    'fund-page': benchFundPage,
    'bank-import': benchBankImport,
    statement: benchStatement,
    tallying: benchTallying,
    searching: benchSearching,
    'council-lists': benchCouncilLists,
    // Last: it moves the clock on to the days of a vote.
    casting: benchCasting,
  }
  const asked = process.argv.slice(2)
  const unknown = asked.filter(name => !(name in benches))
  if (unknown.length > 0) throw new Error(`no bench of the name ${unknown.join(', ')}`)
  for (const [name, bench] of Object.entries(benches)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    for (const comparison of await bench(world)) isWithin = report(comparison) && isWithin
  }
} finally {
  await world.close()
}
process.exitCode = isWithin ? 0 : 1
