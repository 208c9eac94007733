/** Communities for tests of the platform and of people: bare rows, without books. */
import type { Tx } from '#db'
import { insertCommunity } from '#db/platform'

/** Enters a community and gives its id. */
export function enterTestCommunity(db: Tx, slug = 'demo'): Promise<number> {
  return db.transaction().execute(tx =>
    insertCommunity(tx, {
      slug,
      name: `${slug}小区`,
      name_en: `${slug} Court`,
      district: '示例区',
      charging_model: 'trust',
      log_origin: `portal.example/c/${slug}`,
      created_at: new Date('2026-01-01T00:00:00Z'),
    }),
  )
}
