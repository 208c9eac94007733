/** Tables, forms, confirmations, error pages and documents: what each promises its reader. */
import { describe, expect, test } from 'vitest'
import {
  CheckboxField,
  ConfirmPanel,
  DataTable,
  DigestFigure,
  ErrorPage,
  ErrorSummary,
  MoneyField,
  Notice,
  PageShell,
  Pagination,
  Progress,
  QrCode,
  RadioGroup,
  refreshMeta,
  StatePill,
  Stepper,
  Timeline,
} from '#ui'
import { barriersIn, elementsOf, forbiddenIn } from './markup.ts'
import { CHINESE, ENGLISH, htmlOf, VIEWERS, wordsOf } from './render.tsx'

interface Row {
  readonly id: string
  readonly amount: string
}

const table = (rows: readonly Row[], phone?: 'keep') => (
  <DataTable
    caption="凭证"
    rows={rows}
    phone={phone}
    rowKey={row => row.id}
    rowHref={row => `/v/${row.id}`}
    columns={[
      { key: 'id', label: '编号', cell: row => row.id },
      { key: 'amount', label: '金额', type: 'money', card: 'amount', cell: row => row.amount, total: '3.00' },
    ]}
  />
)

describe('DataTable', () => {
  test('names every cell after its column, so that cards need no script', () => {
    const cells = elementsOf(htmlOf(table([{ id: '1', amount: '3.00' }]))).filter(each => each.tag === 'td')
    expect(cells.map(each => [each.attributes.get('data-label'), each.text])).toEqual([
      ['金额', '3.00'],
      ['金额', '3.00'],
    ])
  })

  test('says that there is nothing instead of totalling nothing', () => {
    const html = htmlOf(table([]))
    expect(html).toContain('没有记录')
    expect(html).not.toContain('tfoot')
  })

  test('becomes cards in large type even where it would stay a table', () => {
    expect(htmlOf(table([], 'keep'), CHINESE)).toContain('data-phone="keep"')
    expect(htmlOf(table([], 'keep'), { lang: 'zh-CN', mode: 'elder' })).toContain('data-phone="cards"')
  })
})

describe('form fields', () => {
  test('tie hint and error to the control', () => {
    const html = htmlOf(<MoneyField name="amount" label="金额" error="太多位" />)
    const input = elementsOf(html).find(each => each.tag === 'input')!
    expect(input.attributes.get('aria-describedby')).toBe('amount-hint amount-error')
    expect(input.attributes.get('aria-invalid')).toBe('true')
    expect(html).toContain('有误：</span>太多位')
    expect(htmlOf(<MoneyField name="amount" label="金额" />)).not.toContain('aria-invalid')
  })

  test('the error summary leads to the first box of a group', () => {
    const html = htmlOf(
      <>
        <h1>x</h1>
        <ErrorSummary errors={[{ field: 'fund', message: '请选一项' }, { message: '整张表单' }]} />
        <RadioGroup
          name="fund"
          label="资金"
          choices={[
            { value: 'a', label: '甲' },
            { value: 'b', label: '乙' },
          ]}
        />
      </>,
    )
    expect(barriersIn(html)).toEqual([])
    expect(elementsOf(html).find(each => each.attributes.get('id') === 'fund')?.tag).toBe('input')
    expect(htmlOf(<ErrorSummary errors={[]} />)).toBe('')
  })

  test('a tick that must be made is required by the browser as well', () => {
    expect(htmlOf(<CheckboxField name="seen" label="看过" required />)).toContain('required=""')
  })
})

test('a confirmation shows both numbers and the difference, and never a lone button', () => {
  const html = htmlOf(
    <ConfirmPanel
      title="对不上"
      figures={[
        { label: '收入', theirs: '2.00', ours: '1.00', difference: '1.00' },
        { label: '支出', theirs: '3.00', ours: '3.00' },
      ]}
      name="seen"
      tick="我看过"
      confirm="导入"
      cancel={{ label: '不导入', href: '/import' }}
    />,
  )
  const words = html.replace(/<[^>]*>/g, '')
  expect(words).toContain('收入文件上写的 2.00按明细算得 1.00相差 1.00')
  expect(words).toContain('支出文件上写的 3.00按明细算得 3.00一致')
  expect(html).toMatch(/type="checkbox" name="seen" required="" value="yes"/)
})

describe.each(VIEWERS)('pages for what cannot be shown, $lang $mode', viewer => {
  test.each([400, 401, 403, 404, 429, 500, 503])('status %d', status => {
    const html = htmlOf(<ErrorPage status={status} />, viewer)
    expect(barriersIn(html)).toEqual([])
    expect(forbiddenIn(html)).toEqual([])
    expect(html).toContain(String(status))
  })
})

test('every page says what it does not contain, or that nothing was left out', () => {
  const page = (notContained: readonly string[]) =>
    wordsOf(
      <PageShell title="账目" notContained={notContained}>
        <p>x</p>
      </PageShell>,
    )
  expect(page(['未入账 3 笔'])).toContain('这一页不包含未入账 3 笔')
  expect(page([])).toContain('没有略去任何内容。')
})

test('states, steps and progress are words as well as colours', () => {
  expect(wordsOf(<StatePill tone="waiting" label="待放行" next="业委会" />)).toBe('待放行下一步：业委会')
  expect(wordsOf(<Stepper label="导入" steps={['甲', '乙']} current={1} />)).toBe(
    '第 2 步，共 2 步乙甲 已完成2乙',
  )
  expect(wordsOf(<Progress label="签发" done={3} total={5} />)).toBe('签发3 / 5')
  expect(wordsOf(<Notice tone="danger" title="对不上" />, ENGLISH)).toBe('Important 对不上')
  expect(wordsOf(<Timeline label="经过" entries={[{ key: 'a', title: '复核', state: 'stopped' }]} />)).toBe(
    '复核 已停止',
  )
  expect(refreshMeta(3)).toEqual({ httpEquiv: 'refresh', content: '3' })
})

test('paging shows only the ways that exist', () => {
  expect(htmlOf(<Pagination />)).toBe('')
  expect(wordsOf(<Pagination older="?after=1" />)).toBe('较早的')
})

test('a fingerprint starts the full hash, and a QR code names what it holds', () => {
  const hash = 'ab'.repeat(32)
  expect(wordsOf(<DigestFigure hash={hash} />)).toContain('abab abab abab abab')
  expect(htmlOf(<DigestFigure hash={hash} />)).toContain(`>${hash}<`)
  const html = htmlOf(<QrCode text="https://portal.example/s/1?a=1&b=2" caption="扫" />)
  expect(html).toContain('aria-label="二维码，内容是：https://portal.example/s/1?a=1&amp;b=2"')
  expect(html).toMatch(/viewBox="0 0 (33|37) /)
})
