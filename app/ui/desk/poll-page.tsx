/** The frame of a page of one poll: its way back, and what officers' pages of votes never contain. */
import type { ComponentProps } from 'react'
import { OfficePage, officePath } from '../office/office-page.tsx'
import { useT } from '../viewer.tsx'

type Framed = Pick<
  ComponentProps<typeof OfficePage>,
  'frame' | 'kicker' | 'title' | 'lead' | 'actions' | 'children'
>

/** A page below the list of polls; with `poll` below that poll's own page. */
export function PollPage(
  props: Framed & {
    readonly poll?: { readonly pollId: string; readonly title: string }
    /** Said at the foot instead of the general sentence. */
    readonly notContained?: string
  },
) {
  const t = useT()
  const { poll, notContained, ...framed } = props
  const { slug } = props.frame
  return (
    <OfficePage
      {...framed}
      place="polls"
      crumbs={[
        { label: t('officePolls.listTitle'), href: officePath(slug, 'polls') },
        ...(poll === undefined ? [] : [{ label: poll.title, href: officePath(slug, 'polls', poll.pollId) }]),
      ]}
      notContained={[notContained ?? t('officePolls.notContained')]}
    />
  )
}
