/** The frame of the officers' pages: their menu, who is signed in, and the fields every form of theirs carries. Decides nothing. */
import type { ReactNode } from 'react'
import { Button } from '../button.tsx'
import { Notice } from '../feedback.tsx'
import type { Crumb } from '../navigation.tsx'
import { PageShell } from '../page-shell.tsx'
import { Anchor, useT, useViewer } from '../viewer.tsx'

/** What the person may do in this community; pages show only what can be done, the use cases decide. */
export interface OfficePermissions {
  readonly import: boolean
  readonly explain: boolean
  readonly teach: boolean
  readonly draft: boolean
  readonly review: boolean
  readonly reverse: boolean
  readonly close: boolean
  readonly issue: boolean
  /** The officers' pages of the books. */
  readonly full: boolean
  readonly roll: boolean
  readonly importRoll: boolean
  readonly inviteOwners: boolean
}

export interface OfficeFrame {
  readonly slug: string
  readonly name: string
  readonly nameEn: string
  readonly displayName: string
  readonly csrf: { readonly name: string; readonly value: string }
  readonly may: OfficePermissions
  /** A production portal on the database that can lose its last moments in a power cut. */
  readonly onEmbeddedDatabase: boolean
}

export type OfficePlace = 'workbench' | 'import' | 'lines' | 'close' | 'statements' | 'roll'

/** The address of an officers' page: `officePath('demo', 'drafts', id)`. */
export function officePath(slug: string, ...parts: readonly string[]): string {
  return ['/c', slug, 'office', ...parts].join('/')
}

/** A page of the officers. `place` marks the menu; pages below a menu entry give `crumbs`. */
export function OfficePage(props: {
  readonly frame: OfficeFrame
  readonly place?: OfficePlace
  readonly crumbs?: readonly Crumb[]
  readonly kicker?: ReactNode
  readonly title: ReactNode
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly notContained?: readonly ReactNode[]
  readonly width?: 'standard' | 'wide'
  readonly children: ReactNode
}) {
  const t = useT()
  const { lang } = useViewer()
  const { frame } = props
  const at = (...parts: string[]) => officePath(frame.slug, ...parts)
  const entry = (
    place: OfficePlace,
    href: string,
    label: string,
    icon: 'home' | 'upload' | 'ledger' | 'calendar' | 'statement' | 'person',
  ) => ({
    href,
    label,
    icon,
    current: props.place === place,
  })
  const books = [
    entry('workbench', at(), t('office.navWorkbench'), 'home'),
    entry('import', at('import'), t('office.navImport'), 'upload'),
    entry('lines', at('lines'), t('office.navLines'), 'ledger'),
    entry('close', at('close'), t('office.navClose'), 'calendar'),
    entry('statements', at('statements'), t('office.navStatements'), 'statement'),
  ]
  const roll = entry('roll', at('roll'), t('roll.nav'), 'person')
  return (
    <PageShell
      community={{ name: lang === 'en' ? frame.nameEn : frame.name, href: `/c/${frame.slug}` }}
      nav={[...(frame.may.full ? books : []), ...(frame.may.roll ? [roll] : [])]}
      breadcrumb={
        props.crumbs
          ? [...(frame.may.full ? [{ label: t('office.navWorkbench'), href: at() }] : []), ...props.crumbs]
          : undefined
      }
      kicker={props.kicker}
      title={props.title}
      lead={props.lead}
      actions={props.actions}
      account={<SignedIn frame={frame} />}
      notContained={props.notContained ?? [t('office.notContained')]}
      width={props.width ?? 'wide'}
    >
      {frame.onEmbeddedDatabase && (
        <Notice tone="warning" title={t('office.embeddedTitle')}>
          {props.place === 'workbench' && <p>{t('office.embeddedText')}</p>}
        </Notice>
      )}
      {props.children}
    </PageShell>
  )
}

function SignedIn(props: { readonly frame: OfficeFrame }) {
  const t = useT()
  return (
    <>
      <span>{t('office.signedInAs', { name: props.frame.displayName })}</span>
      <Anchor href={officePath(props.frame.slug, 'people')}>{t('officers.link')}</Anchor>
      <Anchor href="/account">{t('account.link')}</Anchor>
      <form method="post" action="/sign-out">
        <CsrfField frame={props.frame} />
        <Button tone="quiet">{t('office.signOut')}</Button>
      </form>
    </>
  )
}

/** The hidden field that proves a form came from a page of this session. */
export function CsrfField(props: { readonly frame: Pick<OfficeFrame, 'csrf'> }) {
  return <input type="hidden" name={props.frame.csrf.name} value={props.frame.csrf.value} />
}
