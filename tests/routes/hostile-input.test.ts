/**
 * What strangers write and upload, through the forms and back out of the pages: words that would like to be markup, files
 * that would like to be another kind of file or to lie at another place.
 */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openTopic, postNotice, saveSection } from '#council/server'
import { concatBytes, DOCUMENT_LIMIT_BYTES, utf8 } from '#kernel'
import { createPeopleKey } from '#people/server'
import * as item from '../../app/routes/c.$slug.office.council.meetings.$meeting.items.$item._index.tsx'
import * as topicDesk from '../../app/routes/c.$slug.office.council.topics.$topic.tsx'
import * as documents from '../../app/routes/c.$slug.office.documents.$sha.tsx'
import * as draft from '../../app/routes/c.$slug.office.drafts.$id._index.tsx'
import * as newDraft from '../../app/routes/c.$slug.office.drafts.new.tsx'
import * as imports from '../../app/routes/c.$slug.office.import._index.tsx'
import * as oneImport from '../../app/routes/c.$slug.office.import.$id.tsx'
import * as lines from '../../app/routes/c.$slug.office.lines._index.tsx'
import * as line from '../../app/routes/c.$slug.office.lines.$line.tsx'
import * as preview from '../../app/routes/c.$slug.office.polls.$poll.preview.tsx'
import { conclusion, noticeInput } from '../council/council-texts.ts'
import { must } from '../council/council-world.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { pngOf } from '../support/pictures.ts'
import { PNG } from './office-world.ts'
import { announceThrough, draftThrough, openPollsWorld, type PollsWorld } from './polls-world.ts'
import { openPublicSite, type PublicSite } from './public-site.ts'

const SCRIPT = `<script>alert('x')</script>`
const IMAGE = `"><img src=x onerror=alert(1)>`
const OFFICE = {
  'c/:slug/office/lines': lines,
  'c/:slug/office/lines/:line': line,
  'c/:slug/office/import/:id': oneImport,
  'c/:slug/office/drafts/:id': draft,
  'c/:slug/office/polls/:poll/preview': preview,
  'c/:slug/office/council/topics/:topic': topicDesk,
  'c/:slug/office/council/meetings/:meeting/items/:item': item,
}
const PAYMENT = {
  intent: 'save',
  rows: '4',
  occurredOn: '2025-03-21',
  narration: `${SCRIPT}${IMAGE}`,
  payee: `成都绿源园林绿化有限公司${IMAGE}`,
  'account-1': '5104',
  'fund-1': 'trust',
  'debit-1': '24,092.43',
  'account-3': '100201',
  'fund-3': 'trust',
  'credit-3': '24092.43',
}

describeOnOneDatabase('hostile input', open => {
  let database: TestDatabase
  let world: PollsWorld
  let site: PublicSite

  beforeAll(async () => {
    database = await open()
    world = await openPollsWorld(database)
    await createPeopleKey(world.portal)
    site = openPublicSite(world.portal, OFFICE)
  }, 60_000)

  /** The page as this officer gets it; it shows the words, as words. */
  const shows = async (
    path: string,
    who: 'bookkeeper' | 'committee_chair' | 'nobody',
    ...texts: string[]
  ) => {
    const response = await site.ask(`/c/office/${path}`, world.headersOf(who))
    const html = await response.text()
    expect([path, response.status]).toEqual([path, 200])
    expect(html).not.toMatch(/<script>alert|<img src=x/)
    for (const text of texts) expect([path, html.includes(text)]).toEqual([path, true])
  }
  const send = (file: File, more: Record<string, string> = {}) =>
    world.post(newDraft.action, '/drafts/new', 'bookkeeper', { ...PAYMENT, ...more, files: file })
  const stored = () =>
    database.asOwner(
      'select file_name, sha256, media_type from source_document order by uploaded_at, file_name',
    )

  it('in a bank’s memo is text', async () => {
    const text = new TextDecoder('gb18030').decode(
      readFileSync(new URL('../vectors/bank/00-base-valid-gb18030.csv', import.meta.url)),
    )
    const file = new File(
      [text.replace('绿化养护', SCRIPT).replace('蒋萍晨', `"${IMAGE.replaceAll('"', '""')}"`)],
      `${IMAGE}.csv`,
    )
    const uploaded = await world.post(imports.action, '/import', 'bookkeeper', { account: '100201', file })
    await world.work()
    const id = uploaded.location!.split('/').at(-1)!
    await shows(`office/import/${id}`, 'bookkeeper', '&lt;img src=x')
    const fields = { intent: 'confirm', confirms: 'yes', reason: '核对无误' }
    expect((await world.post(oneImport.action, `/import/${id}`, 'bookkeeper', fields, { id })).status).toBe(
      303,
    )
    await world.work()
    await shows('office/lines', 'bookkeeper', '&lt;script&gt;')
    const [paid] = await database.asOwner(
      `select bank_line_id from bank_line order by amount_fen desc limit 1`,
    )
    await shows(`office/lines/${paid!.bank_line_id}`, 'bookkeeper')
    await shows('unmatched', 'nobody')
  })

  it('in a motion is text', async () => {
    const poll = await draftThrough(world, {
      title: SCRIPT,
      summary: IMAGE,
      'question-1': SCRIPT,
      pros: IMAGE,
    })
    await shows(`office/polls/${poll}/preview`, 'committee_chair', '&lt;script&gt;', '&lt;img src=x')
    await announceThrough(world, poll)
    await shows(`votes/${poll}`, 'nobody', '&lt;script&gt;', '&lt;img src=x')
    await shows('votes', 'nobody', '&lt;script&gt;')
  })

  it('in a topic and in minutes is text', async () => {
    const { portal, community, people } = world
    const clerk = people.committee_chair
    const raised = { title: SCRIPT, summary: IMAGE, source: 'request', reference: '' }
    const { topicId } = await must(openTopic(portal, clerk, community, raised))
    const agenda = [{ no: 1, topicId, title: SCRIPT, source: 'request' as const, minutes: 30 }]
    const [startsAt, endsAt] = [new Date('2026-03-20T11:00:00Z'), new Date('2026-03-20T12:00:00Z')]
    const notice = noticeInput({ kind: 'open-air', quorum: 'none', startsAt, endsAt, agenda })
    const { meetingId } = await must(postNotice(portal, clerk, community, notice))
    const { vote, ...text } = conclusion(SCRIPT, { background: IMAGE })
    await must(
      saveSection(portal, clerk, community, {
        meetingId,
        item: 1,
        revision: 0,
        text: { ...text, clause: null },
      }),
    )
    await shows(`council/topics/${topicId}`, 'nobody', '&lt;script&gt;', '&lt;img src=x')
    await shows(`council/meetings/${meetingId}`, 'nobody', '&lt;script&gt;')
    await shows(`office/council/topics/${topicId}`, 'committee_chair', '&lt;script&gt;')
    await shows(
      `office/council/meetings/${meetingId}/items/1`,
      'committee_chair',
      '&lt;script&gt;',
      '&lt;img src=x',
    )
  })

  it('in a file’s name is text, and no path', async () => {
    const names = [
      `../../../etc/${IMAGE}`,
      'C:\\keys\\a\u0000b.png',
      '..',
      `gpj\u202egnp.exe`,
      '长'.repeat(300),
    ]
    let drafted = ''
    for (const [at, name] of names.entries()) {
      const answer = await send(new File([PNG, String(at)], name))
      expect([name, answer.status]).toEqual([name, 303])
      if (at === 0) drafted = answer.location!.split('/').at(-1)!
    }
    const kept = (await stored()).map(row => String(row.file_name))
    expect(kept).toEqual(expect.arrayContaining([IMAGE, 'ab.png', '..', 'gpjgnp.exe', '长'.repeat(120)]))
    expect(kept.join('')).not.toMatch(/[\\/\p{Cc}\u202e]/u)
    await shows(`office/drafts/${drafted}`, 'bookkeeper', '&lt;script&gt;', '&quot;&gt;&lt;img src=x')
  })

  it.each([
    ['a GIF that is a script', concatBytes(utf8('GIF89a/*'), utf8('*/=1;alert(1)'))],
    ['an SVG', utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a page', utf8('<!doctype html><script>alert(1)</script>')],
    ['a page before a PDF', utf8('<script>alert(1)</script>%PDF-1.7')],
    ['an archive', utf8('PK\u0003\u0004')],
    ['more than fits', new Uint8Array(DOCUMENT_LIMIT_BYTES + 1)],
  ])('as a file is refused, whatever it calls itself: %s', async (_, bytes) => {
    const before = (await stored()).length
    const answer = await send(
      new File([bytes as Uint8Array<ArrayBuffer>], 'invoice.png', { type: 'image/png' }),
    )
    expect(answer.status).toBe(422)
    expect(await stored()).toHaveLength(before)
  })

  it('hidden in a picture is served as the picture it begins as, never as a page', async () => {
    const html = utf8(SCRIPT)
    const jpeg = concatBytes(
      Uint8Array.from([0xff, 0xd8, 0xff, 0xfe, 0, html.length + 2]),
      html,
      Uint8Array.from([0xff, 0xd9]),
    )
    await send(new File([jpeg as Uint8Array<ArrayBuffer>], 'page.html', { type: 'text/html' }))
    const sha = String((await stored()).find(row => row.file_name === 'page.html')!.sha256)
    const { data } = await world.get(documents.loader, `/documents/${sha}`, 'bookkeeper', { sha })
    const { headers } = data.response as Response
    expect([headers.get('Content-Type'), headers.get('Cache-Control')]).toEqual([
      'image/jpeg',
      'private, no-store',
    ])
    for (const wrong of ['..', '%2e%2e%2fkeys', `../${sha}`, `${sha}\u0000`, sha.toUpperCase()]) {
      expect((await world.get(documents.loader, '/documents/x', 'bookkeeper', { sha: wrong })).status).toBe(
        404,
      )
    }
  })

  describe('to be published', () => {
    const pdf = utf8('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n9\n%%EOF\n')
    it.each([
      ['a PDF with an archive behind it', concatBytes(pdf, utf8('PK\u0003\u0004 PK\u0005\u0006')), 422],
      ['a PDF with a page behind it', concatBytes(pdf, utf8(SCRIPT)), 422],
      ['a picture cut short', PNG, 422],
      ['a whole PDF', pdf, 303],
      ['a picture with a page behind it', concatBytes(pngOf(), utf8(SCRIPT)), 303],
    ])('%s', async (_, bytes, status) => {
      const [original] = await stored()
      const [row] = await database.asOwner('select draft_id from voucher_draft order by opened_at limit 1')
      const id = String(row!.draft_id)
      const files = new File([bytes as Uint8Array<ArrayBuffer>], 'copy.pdf')
      const fields = { intent: 'public-copy', original: String(original!.sha256), files }
      expect((await world.post(draft.action, `/drafts/${id}`, 'bookkeeper', fields, { id })).status).toBe(
        status,
      )
      const copies = await database.asOwner('select public_sha256 from source_document_public_copy')
      for (const { public_sha256 } of copies) {
        const kept = await world.portal.objects.read(String(public_sha256))
        expect(Buffer.from(kept!).includes('<script>')).toBe(false)
      }
    })
  })

  it('in a field that no keyboard can type is no form at all', async () => {
    expect((await send(new File([PNG], 'a.png'), { narration: 'a\u0000b' })).status).toBe(400)
  })

  it('held nothing of all the fields that no form has', async () => {
    expect(await world.forged()).toEqual([])
  })
})
