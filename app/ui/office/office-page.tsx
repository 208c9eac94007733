/** The frame of the officers' pages: their menu, who is signed in, and the fields every form of theirs carries. Decides nothing. */
import type { ReactNode } from 'react'
import type { Translate } from '#i18n'
import { Button } from '../button.tsx'
import { Notice } from '../feedback.tsx'
import type { Crumb } from '../navigation.tsx'
import { type NavItem, PageShell } from '../page-shell.tsx'
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
  /** Everything of the books; a volunteer teller has not. */
  readonly readBooks: boolean
  readonly roll: boolean
  readonly importRoll: boolean
  readonly inviteOwners: boolean
  readonly askCodes: boolean
  readonly audit: boolean
  readonly erasePersons: boolean
  readonly setRetention: boolean
  readonly letters: boolean
  readonly printLetters: boolean
  readonly chooseProof: boolean
  readonly readPolls: boolean
  readonly pollDraft: boolean
  readonly pollAnnounce: boolean
  readonly deliver: boolean
  readonly enter: boolean
  readonly proxy: boolean
  readonly pollClose: boolean
  readonly certify: boolean
  readonly signOff: boolean
  readonly witness: boolean
  readonly answer: boolean
  /** Seats, meetings and minutes: to read, to keep, and to speak for an own seat. */
  readonly council: boolean
  readonly councilKeep: boolean
  readonly councilSit: boolean
  /** The residents' requests and challenges. */
  readonly voice: boolean
  readonly handleRequests: boolean
  readonly arrangeVoice: boolean
  /** The residents' proposals: rounds, shortlist, money, results. */
  readonly arrangeProjects: boolean
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

export type OfficePlace =
  | 'workbench'
  | 'import'
  | 'lines'
  | 'close'
  | 'statements'
  | 'roll'
  | 'polls'
  | 'council'

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
  return (
    <PageShell
      community={{ name: lang === 'en' ? frame.nameEn : frame.name, href: `/c/${frame.slug}` }}
      nav={menuOf(frame, props.place, t)}
      breadcrumb={
        props.crumbs
          ? [
              ...(frame.may.readBooks ? [{ label: t('office.navWorkbench'), href: at() }] : []),
              ...props.crumbs,
            ]
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

/** What this person's offices come to, five entries at most: where one only looks, the entry is left out. */
function menuOf(frame: OfficeFrame, place: OfficePlace | undefined, t: Translate): readonly NavItem[] {
  const { may } = frame
  const entries: readonly (NavItem & { readonly place: OfficePlace; readonly shown: boolean })[] = [
    {
      place: 'workbench',
      href: officePath(frame.slug),
      label: t('office.navWorkbench'),
      icon: 'home',
      shown: may.readBooks,
    },
    {
      place: 'import',
      href: officePath(frame.slug, 'import'),
      label: t('office.navImport'),
      icon: 'upload',
      shown: may.import,
    },
    {
      place: 'lines',
      href: officePath(frame.slug, 'lines'),
      label: t('office.navLines'),
      icon: 'ledger',
      shown: may.readBooks,
    },
    {
      place: 'close',
      href: officePath(frame.slug, 'close'),
      label: t('office.navClose'),
      icon: 'calendar',
      shown: may.close,
    },
    {
      place: 'statements',
      href: officePath(frame.slug, 'statements'),
      label: t('office.navStatements'),
      icon: 'statement',
      shown: may.readBooks,
    },
    {
      place: 'roll',
      href: officePath(frame.slug, 'roll'),
      label: t('roll.nav'),
      icon: 'person',
      shown: may.roll,
    },
    {
      place: 'polls',
      href: officePath(frame.slug, 'polls'),
      label: t('office.navPolls'),
      icon: 'vote',
      shown: may.readPolls,
    },
    {
      place: 'council',
      href: officePath(frame.slug, 'council'),
      label: t('councilDesk.nav'),
      icon: 'council',
      shown: may.council,
    },
  ]
  return entries
    .filter(entry => entry.shown || entry.place === place)
    .map(({ href, label, icon, place: its }) => ({ href, label, icon, current: its === place }))
}

function SignedIn(props: { readonly frame: OfficeFrame }) {
  const t = useT()
  return (
    <>
      <span>{t('office.signedInAs', { name: props.frame.displayName })}</span>
      {props.frame.may.readBooks && (
        <>
          <Anchor href={officePath(props.frame.slug, 'people')}>{t('officers.link')}</Anchor>
          <Anchor href={officePath(props.frame.slug, 'controls')}>{t('controls.link')}</Anchor>
        </>
      )}
      {props.frame.may.readBooks && (
        <Anchor href={officePath(props.frame.slug, 'oversight')}>{t('oversight.link')}</Anchor>
      )}
      {props.frame.may.audit && (
        <Anchor href={officePath(props.frame.slug, 'audit')}>{t('audit.link')}</Anchor>
      )}
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
