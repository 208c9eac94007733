/**
 * The door of the ui room: server-rendered components that need no script. Text given to them comes from i18n.
 */
export { BigActions, Button, ButtonRow, LinkButton } from './button.tsx'
export { BudgetBar, type CategoryAmount, CategoryBars } from './category-charts.tsx'
export { ConfirmPanel } from './confirm.tsx'
export { DigestFigure, QrCode } from './digest.tsx'
export { ErrorPage } from './error-page.tsx'
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
export { BalanceEquation, type Flow, LedgerAmount, Money } from './money.tsx'
export { BalanceLine, type MonthBalance, type MonthFlow, MonthlyInOutChart } from './month-charts.tsx'
export { Breadcrumb, type Crumb, Pagination, Tabs } from './navigation.tsx'
export { NonceProvider, useNonce } from './nonce.ts'
export { Card, Columns, type NavItem, PageShell, type PageShellProps, Section } from './page-shell.tsx'
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
