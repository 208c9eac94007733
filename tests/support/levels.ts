/** A district, subdistrict and neighbourhood above a community, for tests that need somebody who oversees from there. */
import { civilDate } from '#kernel'
import { addJurisdiction, appointLevelOverseer, placeCommunity } from '#people/server'
import type { TestPortal } from './portal.ts'

/** Makes the three levels once, puts the community into the neighbourhood, and appoints the account to the subdistrict. */
export async function overseeFromAbove(
  portal: TestPortal,
  communityId: number,
  login: string,
): Promise<void> {
  const levels = [
    ['test-district', 'district', null],
    ['test-subdistrict', 'subdistrict', 'test-district'],
    ['test-neighbourhood', 'neighbourhood', 'test-subdistrict'],
  ] as const
  for (const [code, level, parent] of levels) {
    const added = await addJurisdiction(portal, { code, level, name: code, nameEn: code, parent })
    if (!added.ok && added.error.code !== 'code-taken') throw new Error(added.error.code)
  }
  const placed = await placeCommunity(portal, communityId, 'test-neighbourhood')
  if (!placed.ok) throw new Error(placed.error.code)
  const from = civilDate('2020-01-01')
  const title = 'test post'
  const done = await appointLevelOverseer(portal, {
    code: 'test-subdistrict',
    login,
    title,
    from,
    until: null,
  })
  if (!done.ok) throw new Error(done.error.code)
}
