/** A community with a council of five seats on a database: four with accounts, a lawyer without one. */
import { type Section, type SectionInput, signOffPurpose } from '#council'
import { enterSeat, openTopic, postNotice, saveSection, signOffMinutes } from '#council/server'
import { type CivilDate, instantOf } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Actor, Role } from '#people'
import { addUser, createPeopleKey } from '#people/server'
import { openSampleCommunity } from '../support/community.ts'
import type { TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { passkeyFactor } from '../support/second-factor.ts'
import { conclusion, noticeInput } from './council-texts.ts'

export const HELD = new Date('2026-07-03T11:30:00Z')
export const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])

export interface CouncilWorld {
  readonly portal: TestPortal
  readonly database: TestDatabase
  readonly community: LedgerCommunity
  readonly branch: Actor
  readonly residents: Actor
  readonly chair: Actor
  readonly manager: Actor
  readonly owner: Actor
  readonly bookkeeper: Actor
  /** Seat ids by who holds them; the lawyer has no account. */
  readonly seats: Readonly<Record<'branch' | 'residents' | 'chair' | 'manager' | 'lawyer', string>>
}

type Refusable<T> = Promise<
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly code: string } }
>

/** The value of a step that must succeed. */
export async function must<T>(result: Refusable<T>): Promise<T> {
  const done = await result
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}

/** The code of a refusal, or `ok`. */
export async function codeOf(result: Refusable<unknown>): Promise<string> {
  const done = await result
  return done.ok ? 'ok' : done.error.code
}

async function addActor(portal: TestPortal, communityId: number, login: string, role: Role): Promise<Actor> {
  const user = { login, displayName: `person ${login}`, password: `a long pass phrase of ${login}` }
  const terms = [{ communityId, role, from: '2020-01-01' as CivilDate, until: null }]
  const userId = await must(addUser(portal, user, terms))
  return {
    userId,
    displayName: user.displayName,
    roles: [{ communityId, role }],
    sessionId: `session-${login}`,
  }
}

/** Opens the world; the clock stands two days before the meeting. */
export async function openCouncilWorld(database: TestDatabase): Promise<CouncilWorld> {
  const portal = openTestPortal(database, { now: new Date('2026-07-01T01:00:00Z') })
  await createPeopleKey(portal)
  const { community, overseer: branch, manager, bookkeeper } = await openSampleCommunity(portal)
  const { communityId } = community
  const residents = await addActor(portal, communityId, 'juweihui', 'residents_committee')
  const chair = await addActor(portal, communityId, 'zhuren', 'committee_chair')
  const owner = await addActor(portal, communityId, 'yezhu', 'owner')
  const seat = async (kind: string, holder: Actor | null, name: string) => {
    const { seatId } = await must(
      enterSeat(portal, residents, community, {
        body: 'council',
        kind,
        organisation: `${kind} of the place`,
        office: 'head',
        holderName: name,
        deputyName: '',
        userId: holder?.userId ?? '',
        isVoting: true,
        termFrom: '2026-01-01',
        termUntil: '',
        contact: holder === null ? '13800138000' : '',
      }),
    )
    portal.clock.advance(1000)
    return seatId
  }
  const seats = {
    branch: await seat('party', branch, '何书记'),
    residents: await seat('residents-committee', residents, '马主任'),
    chair: await seat('owners-committee', chair, '刘主任'),
    manager: await seat('property-company', manager, '王经理'),
    lawyer: await seat('other', null, '钱律师'),
  }
  return { portal, database, community, branch, residents, chair, manager, owner, bookkeeper, seats }
}

/** A topic from a request, and the notice of a meeting about it. */
export async function callMeeting(world: CouncilWorld, change: Parameters<typeof noticeInput>[0] = {}) {
  const { portal, community, residents } = world
  const topic = { title: '电梯大修', summary: '两部电梯常停', source: 'request', reference: '2026-017' }
  const { topicId } = await must(openTopic(portal, residents, community, topic))
  const input = noticeInput({
    startsAt: HELD,
    endsAt: new Date(HELD.getTime() + 5_400_000),
    agenda: [
      { no: 1, topicId, title: '电梯大修', source: 'request', minutes: 30 },
      { no: 2, topicId: null, title: '夜间停车', source: 'committee', minutes: 20 },
    ],
    ...change,
  })
  const { meetingId } = await must(postNotice(portal, residents, community, input))
  return { topicId, meetingId, input }
}

/** A section as a form sends it. */
export function entered(section: Section): SectionInput {
  const { vote, ...rest } = section
  return { ...rest, clause: vote?.clause ?? null }
}

/** Writes both topics of the meeting. */
export async function writeSections(world: CouncilWorld, meetingId: string): Promise<void> {
  const { portal, community, residents, seats } = world
  const first = conclusion('建议更换两部电梯', {
    background: '使用十八年，年检不合格',
    positions: [{ seat: seats.manager, text: '同意，配合施工' }],
    vote: { clause: 5, class: 'ordinary' },
    money: { amountFen: '60000000', ceilingFen: '66000000' },
    actions: [{ no: 1, text: '询价三家', seat: seats.manager, dueOn: '2026-07-20' }],
    questions: [{ question: '谁出钱？', answer: '维修资金，业主表决后使用' }],
  })
  for (const [item, section] of [first, conclusion('试行错时停车')].entries()) {
    const text = entered(section)
    await must(saveSection(portal, residents, community, { meetingId, item: item + 1, revision: 0, text }))
  }
}

/** Signs off in the name of a seat: with the holder's passkey, or on paper for the lawyer. */
export async function signOff(
  world: CouncilWorld,
  who: keyof CouncilWorld['seats'],
  text: { readonly meetingId: string; readonly version: number; readonly seenDigest: string },
) {
  const { portal, community, seats, residents } = world
  const seat = seats[who]
  const actor = who === 'lawyer' ? residents : world[who]
  const purpose = signOffPurpose({ communityId: community.communityId, seat, ...text })
  return signOffMinutes(portal, actor, community, {
    ...text,
    seat,
    stance: 'agrees',
    reason: '',
    factor: who === 'lawyer' ? null : await passkeyFactor(portal, actor, purpose),
    scan: who === 'lawyer' ? PNG : null,
  })
}

/** The first moment of a day in Shanghai. */
export const dayAt = (day: string) => instantOf(day as CivilDate, 9 * 3600)
