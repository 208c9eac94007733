/**
 * The owners of the demo: a roll of 439 units as a file of our own making, taken in through the door its committee uses, and
 * the few owners who have accounts. Fictional throughout; telephone numbers cannot exist.
 */
import { civilDate, dateOf, instantOf, utf8 } from '#kernel'
import type { Actor } from '#people'
import {
  acceptInvite,
  confirmRoll,
  issueOwnerCode,
  readRegister,
  readRollImport,
  readUnit,
  settleRoll,
  uploadRoll,
} from '#people/server'
import { DEMO_OWNERS, DEMO_PASSWORD, type Demo, must } from './demo-officers.ts'
import { runDueJobs } from './job-handlers.ts'

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏'
const GIVEN = '桂芳 建国 雅琴 志强 玉兰 晓东 淑珍 文博 梓涵 德明 春燕 国庆 思远 秀英 浩然'.split(' ')
const DEVELOPER = '清和置业（演示）有限公司'
const AREAS = ['89.50', '105.30', '118.60', '136.20'] as const
const HEADER = '楼栋,单元,房号,房屋类型,建筑面积,业主姓名,联系电话,交付状态'
const EFFECTIVE_ON = civilDate('2025-02-01')

/** Units of the owner who has several, from the first of them on. */
const SEVERAL = new Set(['3-1-101', '3-1-103', '3-2-201', '4-1-501', '5-2-902'])
/** What the developer has not sold. */
const UNSOLD = new Set(['6-2-901', '6-2-902', '6-2-903', '6-2-904', '7--106', '7--107'])

/** A name of the demo: different for every number below 540. */
function nameOf(index: number): string {
  const surname = SURNAMES[index % SURNAMES.length]!
  return `${surname}${GIVEN[(index + Math.floor(index / SURNAMES.length)) % GIVEN.length]!}`
}

/** The units in the order of the file: six towers with two entrances of nine floors, and seven shops. */
function unitsOf(): { readonly place: readonly [string, string, string]; readonly area: string }[] {
  const flats = [1, 2, 3, 4, 5, 6].flatMap(building =>
    [1, 2].flatMap(entrance =>
      [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap(floor =>
        AREAS.map((area, index) => ({
          place: [`${building}`, `${entrance}`, `${floor}0${index + 1}`] as const,
          area,
        })),
      ),
    ),
  )
  const shops = [1, 2, 3, 4, 5, 6, 7].map(index => ({
    place: ['7', '', `10${index}`] as const,
    area: `${50 + index * 6}.40`,
  }))
  return [...flats, ...shops]
}

/** The roll as the committee keeps it: CSV, one unit a row. The same to the byte on every machine. */
export function demoRollFile(): string {
  let person = 0
  const next = () => nameOf(person++)
  const several = next()
  const rows = unitsOf().map(({ place, area }, index) => {
    const key = place.join('-')
    const isShop = place[0] === '7'
    const isUnsold = UNSOLD.has(key)
    const isCouple = index % 9 === 0 && !isShop && !SEVERAL.has(key)
    const owners = isUnsold
      ? DEVELOPER
      : SEVERAL.has(key)
        ? several
        : isCouple
          ? `${next()}、${next()}`
          : next()
    const phone =
      isUnsold || isCouple ? '' : `0280${String(SEVERAL.has(key) ? 0 : index + 1).padStart(7, '0')}`
    return [...place, isShop ? '商铺' : '住宅', area, owners, phone, isUnsold ? '未售' : '已交付'].join(',')
  })
  return `\ufeff${[HEADER, ...rows].join('\r\n')}\r\n`
}

/** The committee takes the roll in. */
export async function importRoll({ portal, community, officers }: Demo): Promise<void> {
  portal.clock.moveTo(instantOf(civilDate('2025-02-01'), 10 * 3600))
  const { importId } = must(
    await uploadRoll(portal, officers.chair, community, {
      name: '业主名册.csv',
      bytes: utf8(demoRollFile()),
      effectiveOn: EFFECTIVE_ON,
      areaSource: 'register',
    }),
    'roll',
  )
  await runDueJobs(portal)
  const answers = { samePersons: {}, developerName: DEVELOPER, removesMissing: false }
  must(await settleRoll(portal, officers.chair, community, importId, answers), 'roll')
  const preview = await readRollImport(portal, officers.chair, community, importId)
  const seenDigest = preview?.plan?.digest
  if (seenDigest === undefined) throw new Error(`demo: the roll is ${JSON.stringify(preview?.state)}`)
  must(await confirmRoll(portal, officers.chair, community, { importId, seenDigest }), 'roll')
}

/** Gives the owners of `DEMO_OWNERS` their accounts, by the code that the committee hands them; in that order. */
export async function addOwners({ portal, community, officers }: Demo): Promise<readonly Actor[]> {
  const { communityId } = community
  const actors: Actor[] = []
  for (const { login, unit, place } of DEMO_OWNERS) {
    const page = await readUnit(portal, officers.chair, community, unit)
    const named = page!.unit.owners.map(personId => page!.cards.get(personId)!)
    const { personId } = named.sort((a, b) => (a.name < b.name ? -1 : 1))[place]!
    const { code } = must(await issueOwnerCode(portal, officers.chair, community, { personId }), login)
    const { userId } = must(await acceptInvite(portal, { code, login, password: DEMO_PASSWORD }), login)
    const roles = [{ communityId, role: 'owner' as const }]
    actors.push({ userId, displayName: login, roles, sessionId: 'demo' })
  }
  const register = await readRegister(portal.db, communityId, dateOf(portal.clock.now()))
  if (register.units.length !== 439) throw new Error(`demo: ${register.units.length} units`)
  return actors
}
