/**
 * The areas of the Chinese source. To add an area: `zh-cn/<area>.ts` exports an object `as const`, `en/<area>.ts` the same keys
 * with `satisfies Translation<typeof …>`, and one line in this file and in `en/index.ts`.
 */
import { bankImport } from './bank-import.ts'
import { gallery } from './gallery.ts'
import { site } from './site.ts'
import { statements } from './statements.ts'
import { ui } from './ui.ts'
import { verify } from './verify.ts'
import { votes } from './votes.ts'

export const zhCN = { bankImport, gallery, site, statements, ui, verify, votes } as const
