/** Pages that list ten thousand minutes (the council, register, meetings, topics), each rendered anew, against plain node:http that sends the same bytes. */
import { EMPTY_SECTION, encodeMinutes, encodeNotice, type Minutes, type Notice } from '#council'
import { enterSeat } from '#council/server'
import { addDays, civilDate, sha256Hex, utf8 } from '#kernel'
import type { Actor } from '#people'
import { appendLeaf } from '#tlog/server'
import { type Comparison, timeInTurns } from './measure.ts'
import { servePages } from './pages.ts'
import type { BenchWorld } from './world.ts'

const MEETINGS = 10_000
const BATCH = 500
const TIMES = 30
const headers = { 'Accept-Encoding': 'br, gzip' }

const idOfNumber = (kind: string, no: number) => `${kind}${String(no).padStart(25, '0')}`
/** One a day, back from the day before the bench's clock. */
const dayOf = (no: number) => addDays(civilDate('2025-02-09'), -no)

function noticeOf(no: number): Notice {
  return {
    v: 1,
    meeting: idOfNumber('1', no),
    version: 1,
    kind: no % 3 === 0 ? 'owners-committee' : 'council',
    title: `第 ${no} 次会议`,
    place: '党群服务站',
    startsAt: `${dayOf(no)}T19:30:00+08:00`,
    endsAt: `${dayOf(no)}T21:00:00+08:00`,
    quorum: 'more-than-half',
    agenda: [1, 2].map(item => ({
      no: item,
      topicId: item === 1 ? idOfNumber('2', no) : null,
      title: `议题 ${no}`,
      source: 'request' as const,
      minutes: 30,
    })),
    papers: [],
    cancelled: null,
  }
}

function minutesOf(notice: Notice, seat: string): Minutes {
  const { meeting, kind, title, place, startsAt, endsAt, papers } = notice
  return {
    ...{ v: 1, t: 'minutes', meeting, kind, title, place, startsAt, endsAt, papers },
    seats: [
      {
        ...{ seat, organisation: '居委会', office: '主任', name: '马主任' },
        ...{ presence: 'present', interest: '', isRecused: false },
      },
    ],
    quorum: { rule: 'more-than-half', needed: 1, isMet: true },
    signIns: null,
    items: notice.agenda.map(item => ({
      ...EMPTY_SECTION,
      ...{ no: item.no, topic: item.topicId, title: item.title, source: item.source },
      background: '情况说明。'.repeat(60),
      opinion: 'unanimous',
      conclusion: '会议建议两周内办完，费用在日常维修预算里列支，不另收钱。',
      actions: [{ no: 1, text: '办完这一件', seat, dueOn: addDays(dayOf(1), 10) }],
    })),
    rawRecord: null,
  }
}

async function seedBatch(
  { portal, sample }: BenchWorld,
  numbers: readonly number[],
  seat: string,
  leaf: bigint,
) {
  const community_id = sample.community.communityId
  const at = portal.clock.now()
  const rows = numbers.map(no => {
    const notice = noticeOf(no)
    const content = encodeMinutes(minutesOf(notice, seat))
    const posted = encodeNotice(notice)
    return { no, notice, content, posted, digest: sha256Hex(content), meeting_id: notice.meeting }
  })
  const by = 'bench'
  await portal.db.transaction().execute(async tx => {
    const insert = async (table: string, values: object[]) => {
      await tx
        .insertInto(table as 'council_topic')
        .values(values as never)
        .execute()
    }
    await insert(
      'council_topic',
      rows.map(({ no }) => ({
        ...{
          community_id,
          topic_id: idOfNumber('2', no),
          number: MEETINGS - no + 1,
          title: `议题 ${no}`,
          summary: '',
        },
        ...{ source: 'request', source_reference: null, opened_by: by, opened_at: at, leaf_index: leaf },
      })),
    )
    await insert(
      'council_meeting',
      rows.map(({ meeting_id, notice }) => ({
        ...{ community_id, meeting_id, kind: notice.kind, opened_by: by, opened_at: at },
      })),
    )
    await insert(
      'council_notice',
      rows.map(({ meeting_id, posted, notice }) => ({
        ...{ community_id, meeting_id, version: 1, content: posted, digest: sha256Hex(posted) },
        ...{ starts_at: new Date(notice.startsAt), leaf_index: leaf, posted_by: by, posted_at: at },
      })),
    )
    const version = 1
    await insert(
      'council_minutes',
      rows.map(({ meeting_id, content, digest }) => ({
        ...{ community_id, meeting_id, version, content, digest, raw_salt: utf8('salt'), reason: null },
        ...{ corrections_until: at, leaf_index: leaf, circulated_by: by, circulated_at: at },
      })),
    )
    await insert(
      'council_sign_off',
      rows.map(({ meeting_id, digest }) => ({
        ...{ community_id, meeting_id, version, seat_id: seat, digest, stance: 'agrees', reason: null },
        ...{ method: 'own-key', scan_sha256: null, signed_by: by, signed_at: at, leaf_index: leaf },
      })),
    )
    await insert(
      'council_publication',
      rows.map(({ meeting_id, digest }) => ({
        ...{ community_id, meeting_id, issue: 1, version, digest, leaf_index: leaf },
        ...{ published_by: by, published_at: at },
      })),
    )
    const items = rows.flatMap(row => row.notice.agenda.map(item => ({ ...row, item })))
    const due_on = addDays(dayOf(1), 10)
    await insert(
      'council_action',
      items.map(({ meeting_id, item }) => ({
        ...{ community_id, meeting_id, version, item_no: item.no, action_no: 1, topic_id: item.topicId },
        ...{ seat_id: seat, text: '办完这一件', due_on },
      })),
    )
    await insert(
      'council_outcome',
      items.map(({ meeting_id, notice, item, no }) => ({
        ...{ community_id, meeting_id, item_no: item.no, topic_id: item.topicId, kind: notice.kind },
        ...{
          held_on: dayOf(no),
          title: item.title,
          conclusion: '会议建议两周内办完。',
          opinion: 'unanimous',
        },
        ...{ clause: null, published_at: at },
      })),
    )
    // One item in five hundred is still open.
    const done = items.filter(({ no }) => no % 500 !== 0)
    await insert(
      'council_action_event',
      done.map(({ meeting_id, item }) => ({
        ...{
          community_id,
          meeting_id,
          item_no: item.no,
          action_no: 1,
          event_no: 1,
          kind: 'done',
          text: '办完了',
        },
        ...{ proof_sha256: null, entered_by: by, entered_at: at, leaf_index: leaf },
      })),
    )
    const open = items.filter(({ no }) => no % 500 === 0)
    if (open.length > 0)
      await insert(
        'council_open_action',
        open.map(({ meeting_id, item }) => ({
          ...{ community_id, meeting_id, item_no: item.no, action_no: 1, version, due_on },
        })),
      )
  })
}

async function seed(world: BenchWorld): Promise<void> {
  const { portal, sample } = world
  const { communityId } = sample.community
  const clerk: Actor = { ...sample.overseer, roles: [{ communityId, role: 'overseer' }] }
  const entered = await enterSeat(portal, clerk, sample.community, {
    ...{
      body: 'council',
      kind: 'residents-committee',
      organisation: '居委会',
      office: '主任',
      holderName: '马主任',
    },
    ...{ deputyName: '', userId: '', isVoting: true, termFrom: '1990-01-01', termUntil: '', contact: '' },
  })
  if (!entered.ok) throw new Error(entered.error.code)
  const leaf = await portal.db
    .transaction()
    .execute(async tx => (await appendLeaf(tx, communityId, [utf8('{"t":"bench"}')])).firstIndex)
  for (let from = 1; from <= MEETINGS; from += BATCH) {
    const numbers = Array.from({ length: BATCH }, (_, index) => from + index)
    await seedBatch(world, numbers, entered.value.seatId, BigInt(leaf))
  }
}

export async function benchCouncilLists(world: BenchWorld): Promise<Comparison[]> {
  await seed(world)
  const { portal, sample } = world
  const pages = await servePages(portal, 1)
  try {
    const council = `/c/${sample.community.slug}/council`
    const middle = idOfNumber('1', MEETINGS / 2)
    const comparisons: Comparison[] = []
    for (const [name, path] of [
      ['the council', council],
      ['register', `${council}/register`],
      ['register, deep', `${council}/register?after=${dayOf(MEETINGS / 2)}.${middle}.1`],
      ['meetings', `${council}/meetings`],
      ['topics', `${council}/topics`],
      ['one topic', `${council}/topics/${idOfNumber('2', MEETINGS / 2)}`],
      ['one meeting', `${council}/meetings/${middle}`],
    ] as const) {
      const read = async (ask: typeof pages.ours) => {
        const answer = await ask({ path, headers })
        if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
        return answer
      }
      const bare = await pages.plainly(await read(pages.ours))
      const turns = await timeInTurns(
        TIMES,
        () => read(pages.ours),
        () => read(bare),
      )
      const note = 'of 10,000 minutes, rendered anew; the aim is 100 ms'
      comparisons.push({ name: `page: ${name}`, ...turns, bare: 'plain node:http', timesAtMost: 200, note })
    }
    return comparisons
  } finally {
    await pages.close()
  }
}
