/** Finding two words among ten thousand public texts of a community, against fetching one row by its key. */
import { civilDate } from '#kernel'
import { parseSearch, SEARCH_KINDS } from '#search'
import { searchCommunity } from '#search/server'
import { foldedText, gramsOf } from '../../app/search/grams.ts'
import { upsertSearchDocuments } from '../../db/search.server.ts'
import { type Comparison, timeInTurns } from './measure.ts'
import type { BenchWorld } from './world.ts'

const TEXTS = 10_000
const WORDS = [
  '电梯',
  '消防',
  '绿化',
  '保洁',
  '维保',
  '改造',
  '会议',
  '纪要',
  '预算',
  '门禁',
  '排水',
  '屋面',
  '照明',
  '监控',
]

/** A text of some sixty words, as minutes have; every hundredth speaks of the lift's shaft. */
function textOf(index: number): string {
  const word = (at: number) => WORDS[(index * 7 + at * 5) % WORDS.length]!
  const text = Array.from({ length: 60 }, (_, at) => word(at)).join('')
  return index % 100 === 0 ? `${text}井道渗水` : text
}

export async function benchSearching({ portal, sample }: BenchWorld): Promise<Comparison[]> {
  const { communityId } = sample.community
  for (let at = 0; at < TEXTS; at += 500) {
    const rows = Array.from({ length: 500 }, (_, index) => {
      const folded = foldedText(textOf(at + index))
      return {
        community_id: communityId,
        kind: 'motion',
        document_key: `bench${at + index}`,
        title: '第几次会议',
        body: folded,
        folded,
        grams: gramsOf(folded),
        happened_on: civilDate(`20${10 + ((at + index) % 15)}-03-01`),
      }
    })
    await upsertSearchDocuments(portal.db, rows)
  }
  const search = async (typed: string, least: number) => {
    const asked = { search: parseSearch(typed)!, kinds: SEARCH_KINDS, after: null, limit: 20 }
    const { found } = await searchCommunity(portal, sample.community, asked)
    if (found.length < least) throw new Error(`found ${found.length} of ${typed}`)
  }
  const byKey = (index: number) =>
    portal.db
      .selectFrom('search_document')
      .selectAll()
      .where('community_id', '=', communityId)
      .where('kind', '=', 'motion')
      .where('document_key', '=', `bench${index}`)
      .executeTakeFirstOrThrow()
  const rare = await timeInTurns(30, () => search('井道 渗水', 20), byKey)
  const common = await timeInTurns(30, () => search('电梯 消防', 20), byKey)
  const bare = 'one SELECT by key'
  return [
    { name: 'finding what a hundredth of 10,000 texts say', ...rare, bare, timesAtMost: 100 },
    { name: 'finding what nearly all of them say', ...common, bare, timesAtMost: 400 },
  ]
}
