/** The fund page of the built portal, rendered and kept, against plain node:http that sends the same bytes. */
import { type Comparison, timeInTurns, timeTogether } from './measure.ts'
import { type Client, servePages } from './pages.ts'
import type { BenchWorld } from './world.ts'

const CALLERS = 8
/** Requests of all callers in one turn. */
const COLD = 40
const WARM = 600
const headers = { 'Accept-Encoding': 'br, gzip' }

/** Asks for a page many times; each answer must be a whole page. */
async function timePages(count: number, read: Client, path: (index: number) => string): Promise<number> {
  return timeTogether(count, CALLERS, async index => {
    const { status, bytes } = await read({ path: path(index), headers })
    if (status !== 200 || bytes.length < 1000) throw new Error(`${path(index)}: ${status}`)
  })
}

export async function benchFundPage({ portal, sample }: BenchWorld): Promise<Comparison[]> {
  const pages = await servePages(portal, CALLERS)
  try {
    const { ours } = pages
    const address = `/c/${sample.community.slug}/fund`
    const page = await ours({ path: address, headers })
    const bare = await pages.plainly(page)
    // A parameter that nobody knows makes every rendering a first one.
    const cold = (index: number) => `${address}?bench=${index}`
    const plainly = () => timePages(WARM, bare, () => address)
    const rendered = await timeInTurns(
      5,
      turn => timePages(COLD, ours, index => cold(turn * COLD + index)),
      plainly,
      1,
    )
    const kept = await timeInTurns(5, () => timePages(WARM, ours, () => address), plainly, 1)
    const name = `${(page.bytes.length / 1024).toFixed(0)} kB as sent`
    return [
      {
        name: 'fund page, rendered',
        oursMs: rendered.oursMs / COLD,
        bareMs: rendered.bareMs / WARM,
        bare: 'plain node:http',
        timesAtMost: 120,
        note: name,
      },
      {
        name: 'fund page, kept',
        oursMs: kept.oursMs / WARM,
        bareMs: kept.bareMs / WARM,
        bare: 'plain node:http',
        timesAtMost: 8,
      },
    ]
  } finally {
    await pages.close()
  }
}
