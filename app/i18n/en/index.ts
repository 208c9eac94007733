/** The areas of the English translation: the same as `zh-cn/index.ts`, or this file does not compile. */
import type { zhCN } from '../zh-cn/index.ts'
import { bankImport } from './bank-import.ts'
import { gallery } from './gallery.ts'
import { site } from './site.ts'
import { statements } from './statements.ts'
import { ui } from './ui.ts'
import { verify } from './verify.ts'
import { votes } from './votes.ts'

export const en = { bankImport, gallery, site, statements, ui, verify, votes } satisfies Record<
  keyof typeof zhCN,
  Record<string, string>
>
