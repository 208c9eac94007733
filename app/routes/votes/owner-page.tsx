/** The frame of an owner's own pages: the public menu, who is signed in, and the field that every form carries. Decides nothing. */
import type { ReactNode } from 'react'
import { Anchor, Button, PageShell, useT, useViewer } from '#ui'
import { communityName, type PublicArea, usePublicNav } from '../public/frame.tsx'
import type { OwnerFrame } from './owner-visit.server.ts'

/** A page for one owner. */
export function OwnerPage(props: {
  readonly frame: OwnerFrame
  /** Where the page stands in the menu; votes when not given. */
  readonly area?: PublicArea
  readonly crumbs?: readonly { readonly label: string; readonly href: string }[]
  readonly kicker?: ReactNode
  readonly title: ReactNode
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly notContained: readonly ReactNode[]
  readonly children: ReactNode
}) {
  const { frame, area = 'votes', crumbs, ...page } = props
  const t = useT()
  const { lang } = useViewer()
  const { community } = frame
  const nav = usePublicNav(community, area)
  const home = `/c/${community.slug}`
  return (
    <PageShell
      {...page}
      community={{ name: communityName(lang, community), href: home }}
      nav={nav}
      breadcrumb={crumbs && [{ href: `${home}/me`, label: t('ballot.meTitle') }, ...crumbs]}
      account={
        <>
          <span>
            {t('ballot.signedInAs', { name: frame.displayName })}{' '}
            <Anchor href={`${home}/me`}>{t('ballot.meTitle')}</Anchor>
          </span>
          <form method="post" action="/sign-out">
            <OwnFormField frame={frame} />
            <Button tone="quiet">{t('office.signOut')}</Button>
          </form>
        </>
      }
    />
  )
}

/** The hidden field that proves a form came from a page of this session. */
export function OwnFormField(props: { readonly frame: Pick<OwnerFrame, 'csrf'> }) {
  return <input type="hidden" name={props.frame.csrf.name} value={props.frame.csrf.value} />
}
