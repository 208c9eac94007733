/**
 * The door of the ui room: server-rendered components that need no script and carry no style. More names than other doors, by file.
 * All of them, in every state: /ui-components. Text given to them comes from i18n (`const t = useT()`); every `href` is a plain path
 * of this site and keeps `?lang=en&mode=elder` by itself. `?` marks optional props; `Node` is anything React draws.
 *
 * Page    PageShell {title, notContained: Node[], community? {name, href}, nav? NavItem[] {href, label, icon, current?}, breadcrumb?
 *           {label, href}[], kicker?, lead?, asOf? AsOfProps, actions?, account?, verifyHref?, sourceHref?, width? standard|wide}
 *         Section {title, id?, lead?, actions?} · Card {tone? plain|quiet} · Columns · ErrorPage {status} · errorTitle(status)
 * Money   Money {amount: Fen, flow? in|out|red|neutral, size? sm|md|lg|xl, bare?} (out shows − for a positive amount)
 *         LedgerAmount {amount} · BalanceEquation {opening, received, spent, closing} · HeroFigure {label, amount, asOf, href?,
 *         linkText?, children? (beside it)} · KeyFigures {figures: {label, value, note?, href?}[], label?}
 * When    AsOf {at: CivilDate|Date, reconciledThrough?: CivilDate|null} · DateText {date, short?} · PeriodText {period, short?} ·
 *         InstantText {at}
 * State   StatePill {tone: done|waiting|attention|stopped|draft, label, next? (who acts)} · Timeline {label, entries: {key, title,
 *         state: done|now|next|stopped, who?, at?, note?}[]} · Stepper {label, steps: string[], current: number}
 * Table   DataTable<Row> {caption, captionHidden?, columns: Column[] {key, label, type? text|money|number|date, cell(row), total?,
 *           card? title|amount|line|plain|hidden}, rows, rowKey, rowHref?, rowTone? → attention|muted, empty?, phone? cards|keep, dense?}
 *         DefinitionList {items: {term, detail}[]}
 * Form    TextField TextAreaField MoneyField DateField {month?} SelectField {choices, prompt?} FileField {accept?, multiple?, limit?}
 *         RadioGroup CheckboxGroup {choices} CheckboxField: all {name, label, id?, hint?, error?, required?, optional?, disabled?,
 *         defaultValue?} · ErrorSummary {errors: {field?, message}[]} · KeepViewer (in GET forms) · ConfirmPanel {title, figures:
 *         {label, ours, theirs, difference?}[], name, tick, confirm, cancel {label, href}, error?} (wrap it in a form)
 * Keys    FactorFields {kinds {totp, passkey}, script, asks, passkeyLabel, intent?, error?, children: the form's button} · CodeField ·
 *         PasskeyButton {asks, script, label} · PasskeyScriptTag {script} (once a page) · FACTOR_FIELDS
 * Button  Button {tone? primary|secondary|danger|quiet, icon?, name?, value?, type?, …} · LinkButton {href, tone?, icon?, download?} ·
 *         ButtonRow · BigActions {label, actions: {href, icon, label, hint?}[]}
 * Tell    Notice {tone? info|success|warning|danger, title?, live? status|alert} · Progress {label, done?, total?, detail?} ·
 *         RefreshNotice {seconds} with refreshMeta(seconds) in `meta` · EmptyState, ErrorState {title, action?}
 * Ways    Anchor {href} · Breadcrumb {crumbs} · Tabs {label, tabs: {href, label, count?, current?}[]} · Pagination {newer?, older?}
 * Paper   DigestFigure {hash, label?} · QrCode {text, caption?}
 * Charts  MonthlyInOutChart {title, months: {period, received, spent, href?}[]} · BalanceLine {title, months: {period, balance}[]} ·
 *         CategoryBars {title, flow, categories: {key, label, amount, href?, note?}[]} · BudgetBar {label, budget, actual, href?,
 *         reason?} · FlowPicture {title, received, spent: categories}
 * Viewer  viewerOf(url) → {lang, mode} · href(path, viewer) (redirects) · useViewer() · useT() · usePagePath() · Sentence {text, values}
 */
export { type AuditRow, AuditTable } from './audit-table.tsx'
export { BudgetBasisWords } from './budget-basis.tsx'
export { BigActions, Button, ButtonRow, LinkButton } from './button.tsx'
export { BudgetBar, type CategoryAmount, CategoryBars } from './category-charts.tsx'
export { ConfirmPanel } from './confirm.tsx'
export { ChangeWords, ControlRules, type RuleNames, type ShownChange } from './control-rules.tsx'
export { DigestFigure, QrCode } from './digest.tsx'
export { ErrorPage, errorTitle } from './error-page.tsx'
export { FeeRates, feeRateText } from './fee-standard.tsx'
export {
  EmptyState,
  ErrorState,
  ErrorSummary,
  type FieldError,
  Notice,
  Progress,
  RefreshNotice,
  refreshMeta,
} from './feedback.tsx'
export { DefinitionList, HeroFigure, type KeyFigure, KeyFigures } from './figures.tsx'
export { FlowPicture } from './flow-picture.tsx'
export {
  CheckboxField,
  CheckboxGroup,
  type Choice,
  DateField,
  FileField,
  MoneyField,
  RadioGroup,
  SelectField,
  TextAreaField,
  TextField,
} from './form.tsx'
export { Gallery } from './gallery/gallery.tsx'
export { Icon, type IconName } from './icon.tsx'
export { AMOUNT_STYLES, MAPPABLE_ROLES, type MappableRole } from './mapped-file.tsx'
export { BalanceEquation, type Flow, LedgerAmount, Money } from './money.tsx'
export { BalanceLine, type MonthBalance, type MonthFlow, MonthlyInOutChart } from './month-charts.tsx'
export { Breadcrumb, type Crumb, Pagination, Tabs } from './navigation.tsx'
export { NonceProvider, useNonce } from './nonce.ts'
export { Card, Columns, type NavItem, PageShell, type PageShellProps, Section } from './page-shell.tsx'
export {
  CodeField,
  FACTOR_FIELDS,
  FactorFields,
  PasskeyButton,
  type PasskeyScript,
  PasskeyScriptTag,
} from './second-factor.tsx'
export {
  RecusalList,
  type ShownRecusal,
  type ShownSignal,
  SignalList,
  signalText,
} from './signals.tsx'
export { AsOf, type AsOfProps, DateText, InstantText, PeriodText } from './stamp.tsx'
export { StatePill, type StateTone } from './state.tsx'
export { type Column, DataTable } from './table.tsx'
export { Stepper, Timeline, type TimelineEntry } from './timeline.tsx'
export {
  Anchor,
  href,
  KeepViewer,
  Sentence,
  usePagePath,
  useT,
  useViewer,
  type Viewer,
  ViewerProvider,
  viewerOf,
} from './viewer.tsx'
