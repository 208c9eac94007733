/**
 * The areas of the Chinese source. To add an area: `zh-cn/<area>.ts` exports an object `as const`, `en/<area>.ts` the same keys
 * with `satisfies Translation<typeof …>`, and one line in this file and in `en/index.ts`.
 */
import { gallery } from './gallery.ts'
import { site } from './site.ts'
import { ui } from './ui.ts'
import { votes } from './votes.ts'

export const zhCN = { gallery, site, ui, votes } as const
