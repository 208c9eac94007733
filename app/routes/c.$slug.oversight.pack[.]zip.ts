/** /c/SLUG/oversight/pack.zip?period=2026-06: the inspection pack, for overseers and the auditor. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MessageKey, translate } from '#i18n'
import { addMonths, dateOf, parsePeriod, periodOf } from '#kernel'
import { readInspectionPack } from '#oversight/server'
import { enterOffice } from './office/visit.server.ts'
import { itemText } from './oversight/item-words.ts'
import { publicFile } from './votes/public-file.ts'

const inBoth = (key: MessageKey & ('oversight.packReadme' | 'cli.archiveReadme')) =>
  `${translate('zh-CN')(key)}\n${translate('en')(key)}`

export async function loader({ params, request }: LoaderFunctionArgs) {
  const { portal, actor, community } = await enterOffice(request, params.slug, 'oversight:pack')
  const asked = parsePeriod(new URL(request.url).searchParams.get('period') ?? '')
  const period = asked.ok ? asked.value : addMonths(periodOf(dateOf(portal.clock.now())), -1)
  const t = translate('zh-CN')
  const pack = await readInspectionPack(portal, actor, community, {
    period,
    readme: inBoth('oversight.packReadme'),
    archiveReadme: inBoth('cli.archiveReadme'),
    say: item => itemText(item, t, 'zh-CN'),
  })
  if (pack.ok) return publicFile(pack.value, 'application/zip', `${community.slug}-${period}-pack.zip`)
  // Nothing is public before the first checkpoint is signed.
  throw new Response(null, { status: 404 })
}
