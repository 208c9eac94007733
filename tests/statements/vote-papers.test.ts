/** The papers of a vote: every unit has its own number and code, nothing on them tells who voted what, all fits its page. */
import { describe, expect, it } from 'vitest'
import { areaCentiM2, sha256Hex } from '#kernel'
import { paperAddress, parsePaperAddress } from '../../app/statements/paper-address.ts'
import { type LobbySheet, renderLobbySheet } from '../../app/statements/render-lobby-sheet.server.ts'
import {
  type PaperBallots,
  type PrintedQuestion,
  renderDeliveryList,
  renderPaperBallots,
  renderProxyForm,
} from '../../app/statements/render-paper-ballots.server.ts'
import { parseTallyCertificate } from '../../app/statements/tally-certificate.ts'
import { read } from './forge.ts'
import { pageTexts } from './pdf-text.ts'
import { say } from './statement-world.ts'
import { certificateBytes, certificateSource, lawn, POLL, retrofit } from './vote-world.ts'

const PLAIN: PrintedQuestion['choices'] = ['FOR', 'AGAINST', 'ABSTAIN'].map(choice => ({
  choice,
  label: null,
}))
const question = (title: string, text = ''): PrintedQuestion => ({ title, text, choices: PLAIN })
const FIRE = question('消防设施改造', '是否同意从信托基金支出 386,000.00 元？\n预算见附件。')

const rows = Array.from({ length: 12 }, (_, index) => ({
  paperNumber: index + 1,
  unit: `3栋-2单元-${101 + index}`,
  area: areaCentiM2(8_950n + BigInt(index)),
  code: `code${String(index).padStart(22, '0')}`,
}))

const ballots: PaperBallots = {
  communityName: '示范小区（虚构）',
  slug: 'demo',
  pollId: POLL,
  title: '2026 年第二次业主大会表决',
  opensAt: new Date('2026-06-17T00:00:00Z'),
  closesAt: new Date('2026-07-02T10:00:00Z'),
  handInAt: '物业服务中心一楼投票箱',
  portalUrl: 'https://mingzhang.example.org/',
  lang: 'zh-CN',
  say,
  createdAt: new Date('2026-06-01T01:00:00Z'),
  questions: [FIRE],
  policy: { blankPolicy: 'abstain', overvotePolicy: 'invalid' },
  rows,
}

async function textsOf(
  rendered: ReturnType<typeof renderPaperBallots>,
): Promise<{ readonly pages: readonly string[]; readonly bytes: Uint8Array }> {
  const result = await rendered
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return { pages: pageTexts(read(result.value)).map(text => text.replace(/\s/g, '')), bytes: result.value }
}

describe('ballots', () => {
  it('are one sheet a unit, each with its own number, unit and area, and the same questions', async () => {
    const { pages } = await textsOf(renderPaperBallots(ballots))
    expect(pages).toHaveLength(rows.length)
    for (const [index, page] of pages.entries()) {
      const { unit, paperNumber } = rows[index]!
      expect(page).toContain(`编号№${String(paperNumber).padStart(4, '0')}`)
      expect(page).toContain(unit)
      expect(page).toContain(`89.${50 + index}㎡`)
      expect(page).toContain('2026年7月2日18:00')
      expect(page).toContain('收票回执')
      for (const word of ['同意', '反对', '弃权']) expect(page).toContain(word)
      const others = rows.filter(row => row.paperNumber !== paperNumber)
      expect(others.filter(row => page.includes(`${row.unit}　`))).toEqual([])
    }
  })

  it('are the same file for the same papers, and another for another code', async () => {
    const { bytes } = await textsOf(renderPaperBallots(ballots))
    expect(sha256Hex((await textsOf(renderPaperBallots(ballots))).bytes)).toBe(sha256Hex(bytes))
    const changed = rows.map((row, index) => (index === 3 ? { ...row, code: 'another' } : row))
    const { bytes: other } = await textsOf(renderPaperBallots({ ...ballots, rows: changed }))
    expect(sha256Hex(other)).not.toBe(sha256Hex(bytes))
  })

  it('say what becomes of a paper without a mark, and of one with several, as the policy has it', async () => {
    const [page] = (await textsOf(renderPaperBallots(ballots))).pages
    expect(page).toContain('签了名没有打勾的算弃权。同一题勾了几项的无效。')
    const strict = { ...ballots, policy: { blankPolicy: 'invalid', overvotePolicy: 'abstain' } } as const
    const [other] = (await textsOf(renderPaperBallots(strict))).pages
    expect(other).toContain('签了名没有打勾的无效。同一题勾了几项的算弃权。')
  })

  it('of twenty questions run over sheets that each bear the number; nothing is left out', async () => {
    const questions = Array.from({ length: 20 }, (_, index) => question(`候选人第${index + 1}号`))
    const { pages } = await textsOf(renderPaperBallots({ ...ballots, questions, rows: rows.slice(0, 2) }))
    expect(pages.length % 2).toBe(0)
    const own = pages.slice(0, pages.length / 2)
    expect(own.every(page => page.includes('编号№0001'))).toBe(true)
    for (const { title } of questions) expect(own.filter(page => page.includes(`．${title}`))).toHaveLength(1)
  })

  it('offer plans by their words, and none of them', async () => {
    const plans: PrintedQuestion = {
      title: '门禁',
      text: '',
      choices: [
        { choice: 'PLAN-A', label: '刷卡门禁，一次投入 12 万元' },
        { choice: 'NONE', label: null },
        { choice: 'ABSTAIN', label: null },
      ],
    }
    const [page] = (await textsOf(renderPaperBallots({ ...ballots, questions: [plans] }))).pages
    expect(page).toContain('刷卡门禁，一次投入12万元')
    expect(page).toContain('都不同意')
  })

  it('are refused by name for a character that cannot be drawn', async () => {
    const rendered = await renderPaperBallots({ ...ballots, title: '表决 😀' })
    expect(rendered).toMatchObject({ ok: false, error: { code: 'glyph-missing', character: '😀' } })
  })
})

describe('the address in a QR code', () => {
  it('holds the poll and the code, and is read back', () => {
    const address = paperAddress('https://a.example/', 'demo', POLL, 'c0de')
    expect(address).toBe(`https://a.example/c/demo/votes/${POLL}?paper=c0de`)
    expect(parsePaperAddress(` ${address}\n`)).toEqual({ pollId: POLL, code: 'c0de' })
  })

  it.each(['', 'https://a.example/c/demo/votes/x', 'https://a.example/c/demo/votes/x?paper=', 'c0de'])(
    '%s is none',
    text => {
      expect(parsePaperAddress(text)).toBeNull()
    },
  )
})

describe('what goes with them', () => {
  it('a list of deliveries has a row for every paper, over as many pages as it takes', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ paperNumber: index + 1, unit: `1栋-${index}` }))
    const { pages } = await textsOf(renderDeliveryList({ ...ballots, rows: many }))
    expect(pages.length).toBeGreaterThan(1)
    const all = pages.join('')
    for (const { unit } of many) expect(all).toContain(unit)
    expect(all).toContain('共60户')
    expect(pages.every(page => page.includes('签收人签名') || page.includes('本表送达合计'))).toBe(true)
  })

  it('a proxy names the vote, its questions, the limit, and is for one unit or any', async () => {
    const form = { ...ballots, proxyLimit: 3, unit: '3栋-2单元-101' }
    const { pages } = await textsOf(renderProxyForm(form))
    expect(pages).toHaveLength(1)
    expect(pages[0]).toContain('3栋-2单元-101')
    expect(pages[0]).toContain('消防设施改造')
    expect(pages[0]).toContain('最多接受3位业主')
    const [blank] = (await textsOf(renderProxyForm({ ...form, unit: null }))).pages
    expect(blank).not.toContain('3栋')
  })
})

describe('the lobby sheet', () => {
  const certified = parseTallyCertificate(
    certificateBytes(certificateSource({ questions: [retrofit(), lawn()] })),
  )
  if (!certified.ok) throw new Error('certified')
  const counted: LobbySheet = {
    communityName: ballots.communityName,
    title: ballots.title,
    stage: 'counted',
    questions: certified.value.questions.map(({ title, text, options }) => ({
      title,
      text,
      verdicts: options.map(({ label, verdict, outcome }) => ({
        label,
        outcome,
        gates: verdict.map(gate => ({ ...gate, part: BigInt(gate.part), whole: BigInt(gate.whole) })),
      })),
    })),
    turnout: null,
    noticeAt: new Date('2026-06-01T01:00:00Z'),
    opensAt: ballots.opensAt,
    closesAt: ballots.closesAt,
    objectionsUntil: '2026-07-18',
    address: `https://mingzhang.example.org/c/demo/votes/${POLL}`,
    digest: 'c0ffee'.padEnd(64, '0'),
    printedAt: new Date('2026-07-05T10:00:00Z'),
    lang: 'zh-CN',
    say,
  }

  it('is one page with the verdict in one sentence, the days and the fingerprint', async () => {
    const { pages } = await textsOf(renderLobbySheet(counted))
    expect(pages).toHaveLength(1)
    expect(pages[0]).toContain('参与面积68.59%≥2/3✓')
    expect(pages[0]).toContain('未通过，不等于作出相反决定')
    expect(pages[0]).toContain('c0ffee0000000000')
    expect(pages[0]).toContain('2026年7月18日')
  })

  it('shows turnout and no result while the poll is open', async () => {
    const open: LobbySheet = {
      ...counted,
      stage: 'open',
      questions: counted.questions.map(each => ({ ...each, verdicts: [] })),
      turnout: { area: { part: 2n, whole: 3n }, heads: { part: 1n, whole: 3n } },
      objectionsUntil: null,
    }
    const { pages } = await textsOf(renderLobbySheet(open))
    expect(pages[0]).toContain('参与面积66.66%')
    expect(pages[0]).toContain('参与人数33.33%')
    expect(pages[0]).not.toMatch(/通过|同意面积/)
  })

  it('of twenty questions still is one page', async () => {
    const many = { ...counted, questions: Array.from({ length: 20 }, () => counted.questions[0]!) }
    expect((await textsOf(renderLobbySheet(many))).pages).toHaveLength(1)
  })
})
