/** Words of strangers in pages: a memo of the bank, a file's name, a motion, an officer's remark. None of it becomes markup. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { EMPTY_SECTION, type Minutes } from '#council'
import { AuditTable, DataTable, ErrorSummary, Notice, PageShell, TextField } from '#ui'
import { MinutesText } from '#ui/council'
import { LetterTable, type OfficeFrame, officePath, PrintLettersForm } from '#ui/office'
import { sourcesBelow } from '../i18n/sources.ts'
import { htmlOf } from './render.tsx'

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '<svg/onload=alert(1)>',
  '</title><script>alert(1)</script>',
  '&lt;script&gt;',
  '\u202e<b>gpj.exe',
]

const frame = {
  slug: 'sample',
  name: '"><script>1</script>',
  nameEn: 'x',
  displayName: '<img src=x onerror=1>',
  csrf: { name: 'csrf', value: '"><b>' },
  may: {},
  onEmbeddedDatabase: false,
} as unknown as OfficeFrame

/** Minutes in which every word is the stranger's. */
function minutesSaying(text: string): Minutes {
  return {
    ...{ v: 1, t: 'minutes', meeting: 'm', kind: 'council', title: text, place: text, papers: [], items: [] },
    ...{ startsAt: '2026-07-02T19:30:00+08:00', endsAt: '2026-07-02T21:00:00+08:00', signIns: null },
    seats: [
      {
        ...{ seat: 's', organisation: text, office: text, name: text },
        ...{ presence: 'present', interest: text, isRecused: true },
      },
    ],
    quorum: { rule: 'more-than-half', needed: 1, isMet: true },
    rawRecord: null,
  }
}

/** Tags beside those that the page itself writes: there must be none. */
function foreignTags(html: string): readonly string[] {
  // React escapes > in values, so a tag ends at the first; what is in quotes is a value and no attribute.
  const tags = html.match(/<[a-z][^>]*>/gi) ?? []
  return tags.filter(tag => /^<(?:script|img|b|iframe)\b|\son[a-z]+\s*=/i.test(tag.replace(/"[^"]*"/g, '')))
}

describe('words of strangers', () => {
  test.each(HOSTILE)('%s', text => {
    const pages = [
      <PageShell key="p" title={text} lead={text} kicker={text} notContained={[text]}>
        <Notice title={text}>
          <p>{text}</p>
        </Notice>
        <ErrorSummary errors={[{ field: text, message: text }]} />
        <TextField name="memo" label={text} hint={text} defaultValue={text} error={text} />
      </PageShell>,
      <DataTable
        key="t"
        caption={text}
        rows={[{ memo: text }]}
        rowKey={row => row.memo}
        rowHref={row => officePath('sample', 'documents', encodeURIComponent(row.memo))}
        columns={[{ key: 'memo', label: text, cell: row => row.memo }]}
      />,
      <AuditTable
        key="a"
        caption={text}
        names={{ [text]: text }}
        acts={[
          {
            id: text,
            at: new Date('2026-07-01T00:00:00Z'),
            by: text,
            act: text,
            subject: text,
            change: { before: text, after: text },
            changes: {
              rows: [
                {
                  table: text,
                  op: 'update',
                  key: { number: text },
                  before: { name: text, [text]: 'x' },
                  after: { name: `${text}2`, content: JSON.stringify({ [text]: text }) },
                  sealed: [text],
                  decides: { table: text, values: { kind: text } },
                  concerns: [text],
                },
              ],
              more: [{ table: text, rows: 1 }],
            },
            decision: { table: 'control_change', kind: text, decision: 'confirmed' },
            detail: text,
            isReading: false,
            leafIndex: null,
          },
        ]}
      />,
      <LetterTable
        key="l"
        frame={frame}
        letters={[{ unitId: text, codes: 1, handedAt: null, handedBy: text, isJoined: false }]}
      />,
      <PrintLettersForm
        key="f"
        frame={frame}
        longestHelp={60}
        mayReplace
        buildings={[{ building: text, units: 1, joined: 0 }]}
        entered={{ building: text, help: text }}
      />,
      <MinutesText
        key="m"
        topicAt={() => '/'}
        minutes={{
          ...minutesSaying(text),
          items: [
            {
              ...{ ...EMPTY_SECTION, no: 1, topic: null, title: text, source: null, opinion: 'majority' },
              background: `${text}\n- ${text}\n1. ${text}\n2. ${text}\na | ${text}\nb | ${text}`,
              ...{ conclusion: text, options: [text], positions: [{ seat: 's', text }] },
              ...{ dissents: [{ seat: 's', text }], questions: [{ question: text, answer: text }] },
            },
          ],
        }}
      />,
    ]
    for (const page of pages) expect(foreignTags(htmlOf(page))).toEqual([])
  })

  test('are found when they do become markup', () => {
    expect(foreignTags('<p><script>alert(1)</script></p>')).toHaveLength(1)
    expect(foreignTags('<p title="" onload=alert(1)>')).toHaveLength(1)
  })

  test('are never handed to the browser as markup by a page of ours', () => {
    const raw = sourcesBelow('app').filter(file =>
      /dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|document\.write/.test(
        readFileSync(file, 'utf8'),
      ),
    )
    expect(raw).toEqual([])
  })
})
