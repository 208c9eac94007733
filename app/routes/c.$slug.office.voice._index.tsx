/** /c/:slug/office/voice: the residents' requests and challenges, overdue first, for whoever answers, handles or watches. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { LinkButton, Section, useT, viewerOf } from '#ui'
import { OfficePage, officePath } from '#ui/office'
import { CaseList } from '#ui/voice'
import { isOver } from '#voice'
import { readVoiceDesk } from '#voice/server'
import { enterOffice } from './office/visit.server.ts'
import { subjectNames } from './voice/subject-names.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOffice(request, params.slug, 'voice:read')
  const cases = (await readVoiceDesk(portal, actor, community)) ?? []
  const subjects = cases.map(view => view.subject)
  return { frame, cases, names: await subjectNames(portal, community, subjects) }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('voice.deskTitle')} · ${t('site.name')}` }]
}

export default function VoiceDeskPage() {
  const { frame, cases, names } = useLoaderData<typeof loader>()
  const t = useT()
  const below = officePath(frame.slug, 'voice')
  return (
    <OfficePage
      frame={frame}
      crumbs={[]}
      title={t('voice.deskTitle')}
      lead={t('voice.deskLead')}
      notContained={[t('voice.deskOmit')]}
      actions={
        <>
          {frame.may.handleRequests && (
            <LinkButton href={`${below}/new`} icon="ask">
              {t('voice.deskOnBehalf')}
            </LinkButton>
          )}
          {frame.may.arrangeVoice && (
            <>
              <LinkButton href={`${below}/arrange`} icon="calendar">
                {t('voice.deskArrange')}
              </LinkButton>
              <LinkButton href={`${below}/surveys`} icon="health">
                {t('survey.deskTitle')}
              </LinkButton>
            </>
          )}
        </>
      }
    >
      <Section title={t('voice.deskOpen')}>
        <CaseList
          cases={cases.filter(view => !isOver(view.state))}
          names={names}
          below={below}
          empty={t('voice.deskNone')}
        />
      </Section>
      <Section title={t('voice.deskOver')}>
        <CaseList
          cases={cases.filter(view => isOver(view.state))}
          names={names}
          below={below}
          empty={t('voice.deskNone')}
        />
      </Section>
    </OfficePage>
  )
}
