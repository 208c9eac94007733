/** The areas of the English translation: the same as `zh-cn/index.ts`, or this file does not compile. */
import type { zhCN } from '../zh-cn/index.ts'
import { account } from './account.ts'
import { archive } from './archive.ts'
import { audit } from './audit.ts'
import { auditChange } from './audit-change.ts'
import { autosave } from './autosave.ts'
import { ballot } from './ballot.ts'
import { bankImport } from './bank-import.ts'
import { books } from './books.ts'
import { budget } from './budget.ts'
import { cli } from './cli.ts'
import { columns } from './columns.ts'
import { community } from './community.ts'
import { controls } from './controls.ts'
import { council } from './council.ts'
import { councilDesk } from './council-desk.ts'
import { councilRefusal } from './council-refusal.ts'
import { councilTemplate } from './council-template.ts'
import { desk } from './desk.ts'
import { fees } from './fees.ts'
import { fund } from './fund.ts'
import { gallery } from './gallery.ts'
import { home } from './home.ts'
import { ledger } from './ledger.ts'
import { letters } from './letters.ts'
import { log } from './log.ts'
import { merges } from './merges.ts'
import { messages } from './messages.ts'
import { office } from './office.ts'
import { officePolls } from './office-polls.ts'
import { officers } from './officers.ts'
import { oversight } from './oversight.ts'
import { people } from './people.ts'
import { personal } from './personal.ts'
import { platform } from './platform.ts'
import { points } from './points.ts'
import { pollRefusal } from './poll-refusal.ts'
import { polls } from './polls.ts'
import { projects } from './projects.ts'
import { roll } from './roll.ts'
import { search } from './search.ts'
import { signals } from './signals.ts'
import { site } from './site.ts'
import { sms } from './sms.ts'
import { statements } from './statements.ts'
import { statementsPage } from './statements-page.ts'
import { survey } from './survey.ts'
import { ui } from './ui.ts'
import { verify } from './verify.ts'
import { verifyPage } from './verify-page.ts'
import { voice } from './voice.ts'
import { votes } from './votes.ts'
import { vouchers } from './vouchers.ts'

export const en = {
  account,
  archive,
  audit,
  auditChange,
  autosave,
  ballot,
  bankImport,
  books,
  cli,
  budget,
  columns,
  community,
  controls,
  council,
  councilDesk,
  councilRefusal,
  councilTemplate,
  desk,
  fees,
  fund,
  gallery,
  home,
  ledger,
  letters,
  log,
  merges,
  messages,
  office,
  officers,
  oversight,
  people,
  personal,
  platform,
  roll,
  officePolls,
  pollRefusal,
  points,
  polls,
  projects,
  signals,
  search,
  site,
  sms,
  statements,
  statementsPage,
  survey,
  ui,
  verify,
  verifyPage,
  voice,
  votes,
  vouchers,
} satisfies Record<keyof typeof zhCN, Record<string, string>>
