/** /c/SLUG/vouchers.csv: the rows of the voucher list as a file; with `all=1` every row that fits. */
import { Readable } from 'node:stream'
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '#i18n'
import { formatVoucherKey } from '#ledger'
import { readChart } from '#ledger/server'
import { currentPortal } from '#platform'
import { viewerOf } from '#ui'
import { communityAt, maySeeDetail, withheldFile } from './public/community.server.ts'
import { voucherCsvHead, voucherCsvLine } from './public/voucher-csv.ts'
import { parseListQuery } from './public/voucher-filter.ts'
import { readAllVoucherRows, readVoucherRows } from './public/voucher-list.server.ts'
import type { VoucherRow } from './public/voucher-row.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const url = new URL(request.url)
  const query = parseListQuery(url.searchParams)
  if (query === null) throw new Response(null, { status: 404 })
  if (!(await maySeeDetail(portal, request, community))) return withheldFile()
  const t = translate(viewerOf(url).lang)
  const { accounts } = await readChart(portal.db, community.communityId)
  const isAll = url.searchParams.get('all') === '1'
  const rows: Iterable<VoucherRow> | AsyncIterable<VoucherRow> = isAll
    ? readAllVoucherRows(portal, community, accounts, query.filter)
    : (await readVoucherRows(portal, community, accounts, query)).rows
  const lines = async function* () {
    yield voucherCsvHead(t)
    for await (const row of rows) yield voucherCsvLine(row, t)
  }
  const before = query.before === null || isAll ? '' : `-before-${formatVoucherKey(query.before)}`
  return new Response(createReadableStreamFromReadable(Readable.from(lines())), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${community.slug}-vouchers${before}.csv"`,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
