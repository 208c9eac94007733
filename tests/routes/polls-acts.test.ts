/** A vote as officers carry it through their pages: what they see, what they may press, what is refused and in which words. */
import { beforeAll, expect, it } from 'vitest'
import { readChanges } from '#people'
import { castPapers, objectTo, readPoll } from '#votes/server'
import * as polls from '../../app/routes/c.$slug.office.polls._index.tsx'
import * as course from '../../app/routes/c.$slug.office.polls.$poll._index.tsx'
import * as announce from '../../app/routes/c.$slug.office.polls.$poll.announce.tsx'
import * as count from '../../app/routes/c.$slug.office.polls.$poll.count.tsx'
import * as desk from '../../app/routes/c.$slug.office.polls.$poll.desk._index.tsx'
import * as unit from '../../app/routes/c.$slug.office.polls.$poll.desk.$unit.tsx'
import * as documents from '../../app/routes/c.$slug.office.polls.$poll.documents.$sha.ts'
import * as edit from '../../app/routes/c.$slug.office.polls.$poll.edit.tsx'
import * as extend from '../../app/routes/c.$slug.office.polls.$poll.extend.tsx'
import * as objections from '../../app/routes/c.$slug.office.polls.$poll.objections.tsx'
import * as papers from '../../app/routes/c.$slug.office.polls.$poll.papers._index.tsx'
import * as paper from '../../app/routes/c.$slug.office.polls.$poll.papers.$paper._index.tsx'
import * as paperScan from '../../app/routes/c.$slug.office.polls.$poll.papers.$paper.scan.ts'
import * as preview from '../../app/routes/c.$slug.office.polls.$poll.preview.tsx'
import * as proxies from '../../app/routes/c.$slug.office.polls.$poll.proxies.tsx'
import * as turnout from '../../app/routes/c.$slug.office.polls.$poll.turnout.tsx'
import * as newPoll from '../../app/routes/c.$slug.office.polls.new.tsx'
import * as publicDocuments from '../../app/routes/c.$slug.votes.$poll.documents.$sha.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import type { Answer, Fields, Who } from './office-world.ts'
import {
  announceThrough,
  CLOSES,
  draftThrough,
  MOTION,
  openPollsWorld,
  openThrough,
  type PollsWorld,
  scan,
} from './polls-world.ts'

type Errors = readonly { readonly field?: string; readonly message: string }[]
const fieldsOf = (answer: Answer) => (answer.data.errors as Errors).map(error => error.field)
const messagesOf = (answer: Answer) => (answer.data.errors as Errors).map(error => error.message).join(' ')

/** What the poll's page says comes next, and whether it is this person's. */
async function nextFor(world: PollsWorld, pollId: string, who: Who) {
  const { data } = await world.get(course.loader, `/polls/${pollId}`, who, { poll: pollId })
  const { next, isMine } = data.poll as { next: string; isMine: boolean }
  return [next, isMine]
}

const ownerOf = (world: PollsWorld, person: string) => ({
  userId: `user-of-${person}`,
  displayName: person,
  roles: [{ communityId: world.community.communityId, role: 'owner' as const }],
  sessionId: 'test',
})

describeOnOneDatabase('a motion', open => {
  let world: PollsWorld
  beforeAll(async () => {
    world = await openPollsWorld(await open())
  })
  const draft = (fields: Fields) =>
    world.post(newPoll.action, '/polls/new', 'committee_member', { ...MOTION, ...fields })

  it('begins with buildings, their units and area, and the earliest opening', async () => {
    const { data } = await world.get(newPoll.loader, '/polls/new', 'committee_member')
    const { buildings, whole, earliestOpening } = data.parts as {
      buildings: { name: string; units: number; entrances: { units: number; area: bigint }[] }[]
      whole: { units: number; area: bigint }
      earliestOpening: string
    }
    expect(whole).toEqual({ units: 24, area: 4n * (6n * 8950n + 15n * 311n) })
    expect(buildings.map(({ name, units, entrances }) => [name, units, entrances.length])).toEqual([
      ['1栋', 12, 2],
      ['2栋', 12, 2],
    ])
    expect(earliestOpening).toBe('2026-03-17')
  })

  it('keeps what was typed and uploaded when something is wrong, each error at its field', async () => {
    const refused = await draft({
      title: '',
      'clause-1': '',
      amount: '48万',
      officialVoting: 'import',
      proxyLimit: 'three',
      files: scan('报价.png'),
    })
    expect([refused.status, fieldsOf(refused)]).toEqual([422, ['amount']])
    const entered = refused.data.entered as { title: string; documents: { name: string }[] }
    expect(entered.documents.map(document => document.name)).toEqual(['报价.png'])
    const judged = await draft({ title: '', 'clause-1': '', officialVoting: 'import' })
    expect([judged.status, fieldsOf(judged)]).toEqual([422, ['title', 'clause-1', 'officialSystem']])
    const limit = await draft({ proxyLimit: 'three', silentPolicy: 'always' })
    expect([limit.status, fieldsOf(limit)]).toEqual([422, ['silentPolicy', 'proxyLimit']])
    const reversed = await draft({ closesOn: '2026-03-19' })
    expect([reversed.status, fieldsOf(reversed)]).toEqual([422, ['closesOn']])
    const nowhere = await draft({ scope: 'part' })
    expect([nowhere.status, fieldsOf(nowhere)]).toEqual([422, ['scope']])
    const forged = await draft({ files: new File(['MZ not a picture'], 'x.exe') })
    expect([forged.status, fieldsOf(forged)]).toEqual([422, ['files']])
  })

  it('takes more questions by a button, without judging', async () => {
    const more = await draft({ intent: 'add-question', title: '' })
    expect(more.status).toBe(200)
    expect((more.data.entered as { questions: unknown[] }).questions).toHaveLength(2)
  })

  it('may be an election, plans, or a part of the buildings', async () => {
    const election = await draftThrough(world, {
      kind: 'election',
      candidates: '张一\n李二\n王三',
      seats: '2',
    })
    const elected = await readPoll(world.portal, world.community, world.people.committee_member, election)
    expect(elected!.motion.election).toEqual({ seats: 2 })
    expect(elected!.motion.questions.map(question => [question.title, question.matter.clause])).toEqual([
      ['张一', 3],
      ['李二', 3],
      ['王三', 3],
    ])
    const plans = await draftThrough(world, {
      'form-1': 'plans',
      'plans-1': '方案一\n方案二',
      scope: 'part',
      building: '1栋',
      entrance: [JSON.stringify(['1栋', '2单元']), JSON.stringify(['2栋', '1单元']), 'nonsense'],
    })
    const { motion } = (await readPoll(world.portal, world.community, world.people.committee_member, plans))!
    expect(motion.questions[0]!.plans).toEqual([
      { id: 'PLAN-A', label: '方案一' },
      { id: 'PLAN-B', label: '方案二' },
    ])
    expect(motion.questions[0]!.matter.scope).toEqual({
      buildings: ['1栋'],
      entrances: [{ building: '2栋', entrance: '1单元' }],
    })
    const { data } = await world.get(announce.loader, `/polls/${plans}/announce`, 'committee_chair', {
      poll: plans,
    })
    expect((data.view as { figures: object }).figures).toMatchObject({
      units: 18,
      unitsNotCounted: 6,
      heads: 18,
    })
  })

  it('is revised by what was shown, previewed, and its papers are read by officers only', async () => {
    const pollId = await draftThrough(world, { files: scan('报价.png') })
    const params = { poll: pollId }
    const { data } = await world.get(edit.loader, `/polls/${pollId}/edit`, 'committee_member', params)
    const { documents: kept, money } = data.entered as {
      documents: { sha256: string; name: string }[]
      money: object
    }
    expect(money).toMatchObject({ amount: '480000.00', payer: '共有基金', projectText: '2026 年消防改造' })
    const revise = (fields: Fields) =>
      world.post(edit.action, `/polls/${pollId}/edit`, 'committee_member', { ...MOTION, ...fields }, params)
    const documentsField = kept.map(({ sha256, name }) => `${sha256} ${name}`)
    const revised = await revise({
      revision: '1',
      title: '消防改造',
      documents: documentsField,
      intent: 'preview',
    })
    expect([revised.status, revised.location]).toEqual([303, `/c/office/office/polls/${pollId}/preview`])
    const stale = await revise({ revision: '1' })
    expect([stale.status, messagesOf(stale)]).toEqual([409, '草稿刚被别人改过。请重新打开，看过最新的再办。'])
    const shown = await world.get(preview.loader, `/polls/${pollId}/preview`, 'committee_chair', params)
    expect((shown.data.poll as { motion: { documents: object[] } }).motion.documents).toHaveLength(1)
    const at = { poll: pollId, sha: kept[0]!.sha256 }
    const file = await world.get(documents.loader, `/polls/${pollId}/documents/x`, 'committee_member', at)
    expect((file.data.response as Response).headers.get('Cache-Control')).toBe('private, no-store')
    expect((await world.get(documents.loader, '/x', 'overseer', at)).status).toBe(404)
    expect(
      (await world.get(documents.loader, '/x', 'committee_member', { ...at, sha: '0'.repeat(64) })).status,
    ).toBe(404)
    expect((await world.get(publicDocuments.loader, '/x', 'nobody', at)).status).toBe(404)
    const announced = await world.post(
      announce.action,
      `/polls/${pollId}/announce`,
      'committee_chair',
      { confirms: 'yes', revision: '2' },
      params,
    )
    expect(announced.status).toBe(303)
    const open = (await world.get(publicDocuments.loader, '/x', 'nobody', at)).data.response as Response
    expect(open.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(
      (await world.get(publicDocuments.loader, '/x', 'nobody', { ...at, sha: '0'.repeat(64) })).status,
    ).toBe(404)
  })

  it('is announced with a tick, not too early, and frozen from then on', async () => {
    const early = await draftThrough(world, { opensOn: '2026-03-10' })
    expect(await nextFor(world, early, 'committee_member')).toEqual(['revise', true])
    const post = (pollId: string, fields: Fields) =>
      world.post(announce.action, `/polls/${pollId}/announce`, 'committee_chair', fields, { poll: pollId })
    const refused = await post(early, { confirms: 'yes', revision: '1' })
    expect([refused.status, messagesOf(refused)]).toEqual([
      422,
      '公示的天数不够，最早 2026年3月17日 开始。请改开始的日子。',
    ])
    const pollId = await draftThrough(world)
    expect(await nextFor(world, pollId, 'committee_chair')).toEqual(['announce', true])
    expect(await nextFor(world, pollId, 'committee_member')).toEqual(['announce', false])
    expect((await post(pollId, { revision: '1' })).status).toBe(422)
    expect((await post(pollId, { confirms: 'yes', revision: '7' })).status).toBe(409)
    expect((await post(pollId, { confirms: 'yes', revision: '1' })).status).toBe(303)
    expect(await nextFor(world, pollId, 'committee_chair')).toEqual(['await-opening', false])
    const late = await world.post(
      edit.action,
      `/polls/${pollId}/edit`,
      'committee_member',
      { ...MOTION, revision: '1' },
      { poll: pollId },
    )
    expect([late.status, messagesOf(late)]).toEqual([
      409,
      '这次表决现在是“公示中，还没开始”，不能办这件事。请回到表决页看下一步。',
    ])
    const { data } = await world.get(edit.loader, `/polls/${pollId}/edit`, 'committee_member', {
      poll: pollId,
    })
    expect(data.frozen).toContain('公示中')
    const { data: list } = await world.get(polls.loader, '/polls', 'committee_chair')
    const rows = list.polls as { pollId: string; state: string }[]
    expect(rows.find(row => row.pollId === pollId)?.state).toBe('notice')
  })
})

describeOnOneDatabase('the desk', open => {
  let world: PollsWorld
  let pollId: string
  const U = '1栋-1单元-101'
  beforeAll(async () => {
    world = await openPollsWorld(await open())
    pollId = await openThrough(world)
  })
  const unitPage = (who: Who, name: string) =>
    world.get(unit.loader, `/polls/${pollId}/desk/x`, who, { poll: pollId, unit: name })
  const onUnit = (who: Who, name: string, fields: Fields) =>
    world.post(unit.action, `/polls/${pollId}/desk/x`, who, fields, { poll: pollId, unit: name })
  const stateOf = async (name: string) => {
    const { data } = await world.get(desk.loader, `/polls/${pollId}/desk`, 'teller', { poll: pollId })
    return (data.units as { unitId: string; state: string }[]).find(each => each.unitId === name)?.state
  }
  const numberOf = async (name: string) =>
    ((await unitPage('teller', name)).data.unit as { paperNumber: number }).paperNumber
  const reading = (name: string, answer = 'FOR'): Fields => ({
    intent: 'enter',
    signedBy: `owner:P-${name}`,
    signedOn: '2026-03-21',
    'answer-q1': answer,
  })
  const onPaper = async (who: Who, name: string, answer: string) => {
    const number = String(await numberOf(name))
    return world.post(paper.action, `/polls/${pollId}/papers/${number}`, who, reading(name, answer), {
      poll: pollId,
      paper: number,
    })
  }

  it('finds a unit by building, entrance and number, and by the number of its paper', async () => {
    const { data } = await world.get(desk.loader, `/polls/${pollId}/desk?building=1栋`, 'teller', {
      poll: pollId,
    })
    expect(data.units).toHaveLength(24)
    expect((data.units as object[])[0]).toEqual({
      unitId: U,
      building: '1栋',
      entrance: '1单元',
      number: '101',
      state: 'not-delivered',
    })
    const found = await world.get(desk.loader, `/polls/${pollId}/desk?find=${await numberOf(U)}`, 'teller', {
      poll: pollId,
    })
    expect([found.status, decodeURIComponent(found.location ?? '')]).toEqual([
      303,
      `/c/office/office/polls/${pollId}/desk/${U}`,
    ])
    const lost = await world.get(desk.loader, `/polls/${pollId}/desk?find=9999`, 'teller', { poll: pollId })
    expect(lost.data.notFound).toBe('9999')
    expect((await unitPage('teller', '9栋-1单元-101')).status).toBe(404)
  })

  it('names who may have signed, and writes that into the audit', async () => {
    const { data } = await unitPage('teller', '1栋-1单元-202')
    expect((data.unit as { signers: { label: string }[] }).signers.map(signer => signer.label)).toEqual([
      '业主P-1栋-1单元-202（业主）',
      '业主Q-1栋-1单元-202（业主）',
    ])
    const audited = await world.portal.db
      .selectFrom('audit_event')
      .select(['act', 'detail'])
      .where('act', '=', 'read-voters')
      .where('actor_user_id', '=', world.people.teller.userId)
      .execute()
    expect(audited.at(-1)).toEqual({ act: 'read-voters', detail: '{"from":"local","names":2}' })
  })

  it('delivers once', async () => {
    const done = await onUnit('teller', U, { intent: 'deliver', method: 'handed' })
    expect(done.status).toBe(303)
    expect(new URL(done.location!, 'http://x').searchParams.get('done')).toBe('deliveredNow')
    expect(await stateOf(U)).toBe('delivered')
    const again = await onUnit('teller', U, { intent: 'deliver', method: 'handed' })
    expect([again.status, messagesOf(again)]).toEqual([409, '这一户已经登记过送达。'])
    expect((await onUnit('teller', U, { intent: 'deliver', method: 'thrown' })).status).toBe(400)
  })

  it('wants a picture, a signer, a date and a mark with the first reading', async () => {
    const bare = await onUnit('teller', U, {
      intent: 'enter',
      signedBy: `owner:P-${U}`,
      signedOn: '2026-03-21',
    })
    expect([bare.status, fieldsOf(bare)]).toEqual([422, ['answer-q1']])
    const { signedBy: _, ...unsigned } = reading(U)
    expect(fieldsOf(await onUnit('teller', U, { ...unsigned, scan: scan() }))).toContain('signedBy')
    expect(fieldsOf(await onUnit('teller', U, reading(U)))).toEqual(['scan'])
    const undated = await onUnit('teller', U, { ...reading(U), signedOn: '21 March', scan: scan() })
    expect([undated.status, fieldsOf(undated)]).toEqual([422, ['signedOn', 'scan']])
    const forged = await onUnit('teller', U, { ...reading(U), scan: new File(['MZ'], 'x.png') })
    expect([forged.status, messagesOf(forged)]).toContain(422)
    expect(await stateOf(U)).toBe('delivered')
  })

  it('has a paper read twice by two people, the second from the image alone', async () => {
    const first = await onUnit('teller', U, { ...reading(U), scan: scan() })
    expect(new URL(first.location!, 'http://x').searchParams.get('done')).toBe('enteredNow')
    expect(await stateOf(U)).toBe('received')
    const number = String(await numberOf(U))
    const params = { poll: pollId, paper: number }
    const { data: mine } = await world.get(papers.loader, `/polls/${pollId}/papers`, 'teller', params)
    expect((mine.view as { second: { href: string | null }[] }).second.map(each => each.href)).toEqual([null])
    const { data: other } = await world.get(
      papers.loader,
      `/polls/${pollId}/papers`,
      'committee_member',
      params,
    )
    expect((other.view as { second: { href: string | null }[] }).second[0]!.href).toContain(
      `/papers/${number}`,
    )
    const own = await onPaper('teller', U, 'FOR')
    expect([own.status, messagesOf(own)]).toEqual([403, '您录过这张票，要由另一个人来录。'])
    const sheet = await world.get(
      paper.loader,
      `/polls/${pollId}/papers/${number}`,
      'committee_member',
      params,
    )
    expect(JSON.stringify(sheet.data)).not.toContain('2026-03-21')
    expect(Object.keys(sheet.data.view as object)).not.toContain('answers')
    expect(sheet.data.view).toMatchObject({ reading: 'second', scan: { isPicture: true } })
    const image = await world.get(paperScan.loader, '/x', 'committee_member', params)
    const response = image.data.response as Response
    expect([response.headers.get('Content-Type'), response.headers.get('Cache-Control')]).toEqual([
      'image/png',
      'private, no-store',
    ])
    expect((await world.get(paperScan.loader, '/x', 'manager', params)).status).toBe(403)
    const cast = await onPaper('committee_member', U, 'FOR')
    expect(cast.location).toContain('done=castNow')
    expect(await stateOf(U)).toBe('voted')
    const twice = await onPaper('committee_chair', U, 'FOR')
    expect([twice.status, messagesOf(twice)]).toEqual([409, '这张票已经计入，不能再录。'])
  })

  it('has a third person decide where two readings differ', async () => {
    const name = '1栋-1单元-102'
    await onUnit('teller', name, { ...reading(name, 'FOR'), scan: scan() })
    expect((await onPaper('committee_member', name, 'AGAINST')).location).toContain('done=differsNow')
    const number = String(await numberOf(name))
    const { data } = await world.get(paper.loader, '/x', 'committee_chair', { poll: pollId, paper: number })
    expect(data.view).toMatchObject({ reading: 'third' })
    const neither = await onPaper('committee_chair', name, 'ABSTAIN')
    expect(neither.status).toBe(409)
    expect((await onPaper('committee_chair', name, 'AGAINST')).location).toContain('done=castNow')
  })

  it('takes a paper in for later, shows it to whoever reads first', async () => {
    const name = '1栋-1单元-201'
    const done = await onUnit('teller', name, { intent: 'receive' })
    expect(done.location).toContain('done=receivedNow')
    const { data } = await world.get(papers.loader, `/polls/${pollId}/papers`, 'teller', { poll: pollId })
    expect((data.view as { first: { place: string }[] }).first.map(each => each.place)).toEqual([name])
    const { data: page } = await unitPage('committee_member', name)
    expect(page.unit).toMatchObject({ state: 'received', canBeRead: true, window: 'open' })
  })

  it('registers a proxy up to the limit, a representative once, and a buyer', async () => {
    const act = (fields: Fields) =>
      world.post(proxies.action, `/polls/${pollId}/proxies`, 'teller', fields, { poll: pollId })
    const proxyFor = (name: string, fields: Fields = {}) =>
      act({ intent: 'proxy', unit: name, to: 'P-2栋-2单元-302', document: scan(), ...fields })
    const bare = await proxyFor('2栋-1单元-101', { document: [] })
    expect([bare.status, fieldsOf(bare)]).toEqual([422, ['proxy-document']])
    for (const number of ['101', '102', '201']) {
      expect((await proxyFor(`2栋-1单元-${number}`)).status).toBe(303)
    }
    const beyond = await proxyFor('2栋-1单元-301')
    expect([beyond.status, fieldsOf(beyond)]).toEqual([422, ['proxy-to']])
    const self = await proxyFor('2栋-1单元-302', { to: 'P-2栋-1单元-302' })
    expect([self.status, messagesOf(self)]).toEqual([422, '这个人就是这一户的业主，不用委托。'])
    const stranger = { to: '', name: '外地儿子', phone: '138 0013 8000' }
    expect(fieldsOf(await proxyFor('1栋-2单元-301', { to: '' }))).toEqual(['proxy-to'])
    expect(fieldsOf(await proxyFor('1栋-2单元-301', { to: 'typed-by-hand' }))).toEqual(['proxy-to'])
    expect(fieldsOf(await proxyFor('1栋-2单元-301', { ...stranger, phone: '12' }))).toEqual(['proxy-phone'])
    expect(fieldsOf(await proxyFor('1栋-2单元-301', { ...stranger, name: '' }))).toEqual(['proxy-name'])
    for (const number of ['301', '302', '101']) {
      expect((await proxyFor(`1栋-2单元-${number}`, stranger)).status).toBe(303)
    }
    const fourth = await proxyFor('1栋-2单元-102', { ...stranger, phone: '13800138000' })
    expect([fourth.status, messagesOf(fourth)]).toEqual([422, '这个人已经代理了 3 位业主，不能再多。'])
    const shared = '2栋-1单元-202'
    const named = { intent: 'representative', unit: shared, to: `Q-${shared}`, document: scan() }
    expect((await act(named)).status).toBe(303)
    expect((await act(named)).status).toBe(409)
    const { data } = await world.get(proxies.loader, `/polls/${pollId}/proxies?unit=${shared}`, 'teller', {
      poll: pollId,
    })
    const view = data.view as { rows: { kind: string }[]; chosen: { owners: object[]; persons: object[] } }
    expect(view.rows.map(row => row.kind).sort()).toEqual([...Array(6).fill('proxy'), 'representative'])
    expect(view.chosen.owners).toHaveLength(2)
    const sale = { intent: 'transfer', unit: '2栋-2单元-101', to: 'P-1栋-1单元-101', document: scan() }
    const wrong = await act({ ...sale, from: 'P-1栋-1单元-102' })
    expect([wrong.status, fieldsOf(wrong)]).toEqual([422, ['transfer-from']])
    expect((await act({ ...sale, from: 'P-2栋-2单元-101' })).status).toBe(303)
    expect((await act({ ...sale, intent: 'gift' })).status).toBe(400)
  })

  it('lists who has not voted and reminds nobody else', async () => {
    const { data } = await world.get(turnout.loader, `/polls/${pollId}/turnout`, 'teller', { poll: pollId })
    expect((data.view as { silent: unknown[] }).silent).toHaveLength(22)
    expect(JSON.stringify(data.view)).not.toMatch(/FOR|AGAINST|业主P/)
    const reminded = await world.post(
      turnout.action,
      `/polls/${pollId}/turnout`,
      'teller',
      {},
      { poll: pollId },
    )
    expect(reminded.location).toContain('reminded=22')
  })

  it('refuses and records a paper that comes after the close', async () => {
    await world.until(new Date(CLOSES.getTime() + 1000))
    const name = '2栋-2单元-302'
    const late = await onUnit('teller', name, { intent: 'receive', signedOn: '2026-04-01' })
    expect(late.location).toContain('done=refusedNow')
    expect(await stateOf(name)).toBe('refused')
    const { data } = await world.get(papers.loader, `/polls/${pollId}/papers`, 'teller', { poll: pollId })
    const [refused] = (data.view as { refused: { place: string; reason: string }[] }).refused
    expect(refused).toMatchObject({ place: name, reason: '晚于表决截止时间' })
    const again = await onUnit('teller', name, { intent: 'receive' })
    expect(again.status).toBe(409)
  })

  it('is sealed only when what lay there in time is read, or left out in the open', async () => {
    const seal = (fields: Fields) =>
      world.post(
        count.action,
        `/polls/${pollId}/count`,
        'committee_chair',
        { intent: 'seal', ...fields },
        { poll: pollId },
      )
    expect(await nextFor(world, pollId, 'committee_chair')).toEqual(['seal', true])
    const pending = await seal({})
    expect([pending.status, fieldsOf(pending)]).toEqual([409, ['refusesPending']])
    expect((await seal({ refusesPending: 'yes' })).status).toBe(303)
    await world.until(new Date(CLOSES.getTime() + 5000))
    expect((await nextFor(world, pollId, 'teller'))[0]).toBe('teller-1')
  })
})

describeOnOneDatabase('a count', open => {
  let world: PollsWorld
  let pollId: string
  beforeAll(async () => {
    world = await openPollsWorld(await open())
    pollId = await draftThrough(world)
    await announceThrough(world, pollId)
    const objected = await objectTo(world.portal, ownerOf(world, 'P-1栋-1单元-101'), world.community, {
      pollId,
      unit: '1栋-1单元-101',
      text: '面积不对',
    })
    if (!objected.ok) throw new Error(objected.error.code)
    await world.until(new Date('2026-03-20T01:00:00Z'))
    for (const building of ['1栋', '2栋']) {
      for (const entrance of ['1单元', '2单元']) {
        for (const number of ['101', '102', '201', '301', '302']) {
          const name = `${building}-${entrance}-${number}`
          const cast = await castPapers(world.portal, ownerOf(world, `P-${name}`), world.community, {
            pollId,
            units: [name],
            answers: { q1: building === '1栋' ? 'FOR' : 'AGAINST' },
            asProxy: false,
          })
          if (!cast.ok) throw new Error(cast.error.code)
        }
      }
    }
  })
  const at = () => ({ poll: pollId })
  const act = (who: Who, fields: Fields) =>
    world.post(count.action, `/polls/${pollId}/count`, who, fields, at())
  const digest = async () =>
    (
      (await world.get(count.loader, `/polls/${pollId}/count`, 'teller', at())).data.view as {
        digest: string
      }
    ).digest

  it('shows nothing before the close, and can be extended with a published reason', async () => {
    const { data } = await world.get(count.loader, `/polls/${pollId}/count`, 'committee_chair', at())
    expect([data.view, JSON.stringify(data)]).toEqual([null, expect.not.stringMatching(/FOR|outcome/)])
    const longer = (fields: Fields) =>
      world.post(
        extend.action,
        `/polls/${pollId}/extend`,
        'committee_chair',
        { closesOn: '2026-04-02', closesHour: '18:00:00', decision: '人数不够', ...fields },
        at(),
      )
    expect(fieldsOf(await longer({ closesOn: '' }))).toEqual(['closesOn'])
    expect(fieldsOf(await longer({ decision: ' ' }))).toEqual(['decision'])
    expect(fieldsOf(await longer({ closesOn: '2026-03-30' }))).toEqual(['closesOn'])
    expect((await longer({})).status).toBe(303)
  })

  it('answers an objection once, with a judgement and words', async () => {
    const { data } = await world.get(
      objections.loader,
      `/polls/${pollId}/objections`,
      'committee_chair',
      at(),
    )
    const [objection] = data.objections as { objectionId: string; stage: string; text: string }[]
    expect(objection).toMatchObject({ stage: 'roll', text: '面积不对' })
    const answer = (fields: Fields) =>
      world.post(
        objections.action,
        `/polls/${pollId}/objections`,
        'committee_chair',
        { objection: objection!.objectionId, isUpheld: 'no', answer: '与登记簿一致', ...fields },
        at(),
      )
    expect(fieldsOf(await answer({ isUpheld: '' }))).toEqual([`isUpheld-${objection!.objectionId}`])
    expect(fieldsOf(await answer({ answer: ' ' }))).toEqual([`answer-${objection!.objectionId}`])
    expect((await answer({ objection: 'none' })).status).toBe(404)
    expect((await answer({})).status).toBe(303)
    expect((await answer({})).status).toBe(409)
  })

  it('is signed by three people in their offices, over the digest they saw', async () => {
    await world.until(new Date('2026-04-02T10:00:01Z'))
    const page = await world.get(count.loader, `/polls/${pollId}/count`, 'teller', at())
    expect(page.data.view).toMatchObject({ mine: 'teller-1', importedFrom: null })
    const seen = await digest()
    const stale = await act('teller', { intent: 'sign', step: 'teller-1', seen: '0'.repeat(64) })
    expect([stale.status, messagesOf(stale)]).toEqual([
      409,
      '结果和您看到的不一样了。请重新打开这一页，核对以后再签。',
    ])
    expect((await act('teller', { intent: 'sign', step: 'teller-1', seen })).status).toBe(303)
    const same = await act('teller', { intent: 'sign', step: 'teller-2', seen })
    expect([same.status, messagesOf(same)]).toEqual([403, '您已经签过另一步，三步要三个不同的人。'])
    expect((await act('committee_member', { intent: 'sign', step: 'party-branch', seen })).status).toBe(403)
    expect((await act('committee_member', { intent: 'sign', step: 'teller-2', seen })).status).toBe(303)
    expect(await nextFor(world, pollId, 'overseer')).toEqual(['party-branch', true])
    expect((await act('overseer', { intent: 'sign', step: 'party-branch', seen })).status).toBe(303)
    expect((await act('overseer', { intent: 'sign', step: 'nobody', seen })).status).toBe(400)
  })

  it('has one certificate, asked for by the chair alone', async () => {
    expect((await act('teller', { intent: 'certify' })).status).toBe(403)
    const minutes = {
      'minutes-place': '小区活动室',
      'minutes-day': '2026-03-31',
      'minutes-from': '14:00',
      'minutes-until': '13:00',
      'minutes-persons': '张丽',
    }
    const slips = await act('committee_chair', { intent: 'certify', ...minutes })
    expect([slips.status, fieldsOf(slips)]).toEqual([422, ['minutes-until', 'minutes-persons']])
    const whole = { ...minutes, 'minutes-until': '16：30', 'minutes-persons': '计票人 张丽\n监票人 王敏' }
    const asked = await act('committee_chair', { intent: 'certify', ...whole })
    expect([asked.status, asked.location]).toEqual([303, expect.stringMatching(/\/count\?job=[0-9a-z]{26}$/)])
    expect((await act('residents_committee', { intent: 'certify' })).location).toBe(asked.location)
    const watched = async (address: string) => {
      const { data } = await world.get(count.loader, address, 'teller', at())
      return (data.view as { certificate: unknown }).certificate
    }
    const none = { href: null, version: null, isMaking: false, failure: null, mayIssue: false }
    const address = asked.location!.slice(asked.location!.indexOf('/polls/'))
    expect(await watched(address)).toEqual({ ...none, isMaking: true })
    expect(await watched(`/polls/${pollId}/count?job=nothing`)).toEqual(none)
  })

  it('is posted, waits for objections, and becomes final', async () => {
    expect(await nextFor(world, pollId, 'committee_chair')).toEqual(['post', true])
    expect(fieldsOf(await act('committee_chair', { intent: 'post', place: ' ' }))).toEqual(['place'])
    expect((await act('committee_chair', { intent: 'post', place: '北门公告栏' })).status).toBe(303)
    expect((await act('committee_chair', { intent: 'post', place: '北门公告栏' })).status).toBe(409)
    expect(await nextFor(world, pollId, 'committee_chair')).toEqual(['await-objections', false])
    const end = () =>
      world.post(course.action, `/polls/${pollId}`, 'committee_chair', { intent: 'finalize' }, at())
    const running = await end()
    expect([running.status, messagesOf(running)]).toEqual([409, '异议期到 2026年4月17日 才满。'])
    await world.until(new Date('2026-04-18T02:00:00Z'))
    expect(await nextFor(world, pollId, 'committee_chair')).toEqual(['finalize', true])
    expect((await end()).status).toBe(303)
    expect(await nextFor(world, pollId, 'committee_chair')).toEqual(['nothing', false])
    const { data } = await world.get(course.loader, `/polls/${pollId}`, 'overseer', at())
    const steps = (data.poll as { steps: { step: string; state: string }[] }).steps
    expect(steps.every(step => step.state === 'done')).toBe(true)
  })

  it('left a trace of every act in the audit', async () => {
    expect(await world.audited()).toEqual(
      expect.arrayContaining([
        'certificate:issue',
        'objection:answer',
        'poll:announce',
        'poll:close',
        'poll:draft',
        'tally:sign-off',
        'tally:witness',
      ]),
    )
  })

  it('left what was before and after each act, and no owner’s name', async () => {
    const acts = (await world.noted()).map(({ act, changes }) => ({ act, ...readChanges(changes) }))
    const longer = acts.flatMap(({ rows }) => rows).find(row => row.before?.closes_at)!
    expect(longer).toMatchObject({ table: 'poll', op: 'update', key: { poll_id: expect.any(String) } })
    expect(longer.after!.closes_at! > longer.before!.closes_at!).toBe(true)
    expect(JSON.stringify(acts)).not.toMatch(/业主[A-Z]/)
  })

  it('held nothing of all the fields that no form has', async () => {
    expect(await world.forged()).toEqual([])
  })
})
