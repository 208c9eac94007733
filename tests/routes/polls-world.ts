/** The office world with a register of owners, and the forms of a poll as officers fill them in. */
import type { AreaCentiM2 } from '#kernel'
import { runNextJob } from '#platform/process'
import type { Unit } from '#votes'
import { sealPerson } from '../../app/people/person.server.ts'
import { openPersonSealer } from '../../app/people/person-seal.server.ts'
import * as announce from '../../app/routes/c.$slug.office.polls.$poll.announce.tsx'
import * as newPoll from '../../app/routes/c.$slug.office.polls.new.tsx'
import type { TestDatabase } from '../support/database.ts'
import { HANDLERS, register } from '../votes/village.ts'
import { type Fields, type OfficeWorld, openOfficeWorld, PNG } from './office-world.ts'

export interface PollsWorld extends OfficeWorld {
  /** Moves the clock, has everybody sign in again and does what the clock of polls has to do. */
  until(instant: Date): Promise<void>
}

/** The day on which drafts of this world are written, and the window that they have. */
export const DRAFTED = new Date('2026-03-01T02:00:00Z')
export const OPENS = new Date('2026-03-20T01:00:00Z')
export const CLOSES = new Date('2026-03-31T10:00:00Z')

const UNITS: readonly Unit[] = ['1栋', '2栋'].flatMap(building =>
  ['1单元', '2单元'].flatMap(entrance =>
    ['101', '102', '201', '202', '301', '302'].map((number, index): Unit => {
      const id = `${building}-${entrance}-${number}`
      return {
        id,
        building,
        entrance,
        area: (8_950n + BigInt(index) * 311n) as AreaCentiM2,
        areaSource: 'register',
        kind: 'residence',
        status: 'delivered',
        owners: number === '202' ? [`P-${id}`, `Q-${id}`] : [`P-${id}`],
      }
    }),
  ),
)

/** Opens the world: 24 units in two buildings of two entrances, number 202 of each entrance owned by two. */
export async function openPollsWorld(database: TestDatabase): Promise<PollsWorld> {
  const world = await openOfficeWorld(database)
  await world.moveTo(DRAFTED)
  await register(world.portal, world.community, UNITS, null, [])
  await nameEverybody(world)
  return {
    ...world,
    async until(instant) {
      await world.moveTo(instant)
      while (await runNextJob(world.portal, HANDLERS));
    },
  }
}

/** Gives every person of the register a name, sealed as an import would. */
async function nameEverybody({ portal, community }: OfficeWorld): Promise<void> {
  const sealer = await openPersonSealer(portal)
  const { communityId: community_id } = community
  const rows = UNITS.flatMap(unit => unit.owners).map(person_id => ({
    community_id,
    person_id,
    sealed: sealPerson(sealer, community_id, person_id, { name: `业主${person_id}`, phone: null }),
    name_hash: new Uint8Array(32),
    phone_hash: null,
    identity_hash: null,
    identity_last4: null,
  }))
  await portal.db.insertInto('person_private').values(rows).execute()
}

/** A motion as a committee member types it: one ordinary question, all owners. */
export const MOTION: Fields = {
  intent: 'save',
  rows: '1',
  revision: '0',
  title: '用共有基金做消防改造',
  summary: '喷淋管网锈蚀，消防检查两次不合格。',
  kind: 'questions',
  'question-1': '是否同意用共有基金 48 万元做全小区消防改造？',
  'text-1': '',
  'form-1': 'plain',
  'plans-1': '',
  'clause-1': '9',
  scope: 'all',
  amount: '480000',
  payer: '共有基金',
  payerOther: '',
  budgetLine: '',
  projectText: '2026 年消防改造',
  pros: '消除隐患\n检查合格',
  cons: '基金余额减少',
  officialVoting: 'on',
  officialSystem: '',
  rulesVersion: '2024-1',
  silentPolicy: 'none',
  blankPolicy: 'abstain',
  overvotePolicy: 'invalid',
  duplicatePolicy: 'latest_valid',
  coOwnerConflict: 'invalid',
  withdrawAllowed: 'true',
  countSpecialSpaces: 'false',
  proxyLimit: '3',
  extensionAllowed: 'yes',
  noticeDays: '15',
  objectionDays: '15',
  postingDays: '3',
  opensOn: '2026-03-20',
  opensHour: '09:00:00',
  closesOn: '2026-03-31',
  closesHour: '18:00:00',
}

/** Drafts a poll through its form; gives its id. */
export async function draftThrough(world: OfficeWorld, changes: Fields = {}): Promise<string> {
  const answer = await world.post(newPoll.action, '/polls/new', 'committee_member', { ...MOTION, ...changes })
  const id = /\/polls\/([0-9a-z]+)/.exec(answer.location ?? '')?.[1]
  if (id === undefined) throw new Error(`not drafted: ${JSON.stringify(answer.data.errors)}`)
  return id
}

/** Announces a draft through its form. */
export async function announceThrough(world: OfficeWorld, pollId: string): Promise<void> {
  const answer = await world.post(
    announce.action,
    `/polls/${pollId}/announce`,
    'committee_chair',
    { confirms: 'yes', revision: '1' },
    { poll: pollId },
  )
  if (answer.status !== 303) throw new Error(`not announced: ${JSON.stringify(answer.data.errors)}`)
}

/** A poll whose window is open. */
export async function openThrough(world: PollsWorld, changes: Fields = {}): Promise<string> {
  const pollId = await draftThrough(world, changes)
  await announceThrough(world, pollId)
  await world.until(OPENS)
  return pollId
}

/** A photograph of a paper. */
export function scan(name = 'paper.png'): File {
  return new File([PNG], name, { type: 'image/png' })
}
