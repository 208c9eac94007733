/** The areas of the English translation: the same as `zh-cn/index.ts`, or this file does not compile. */
import type { zhCN } from '../zh-cn/index.ts'
import { gallery } from './gallery.ts'
import { site } from './site.ts'
import { ui } from './ui.ts'
import { votes } from './votes.ts'

export const en = { gallery, site, ui, votes } satisfies Record<keyof typeof zhCN, Record<string, string>>
