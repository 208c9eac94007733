/** /account/messages: on which way one wants to be told, and how often. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { translate } from '#i18n'
import { MESSAGE_CHANNELS } from '#people'
import { chooseMessages, readOwnMessageChoice } from '#people/server'
import { readForm, respond } from '#platform'
import { Button, Card, CheckboxField, ErrorSummary, Notice, RadioGroup, TextField, useT, viewerOf } from '#ui'
import { AccountPage, CsrfInput } from './account/account-page.tsx'
import { enterAccount } from './account/visit.server.ts'

const Choice = z.object({
  channel: z.enum(MESSAGE_CHANNELS),
  addressCode: z.string().max(300).default(''),
  digest: z.literal('yes').optional(),
})

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('messages.title')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { portal, actor, frame } = await enterAccount(request)
  const { production, gatewayUrls } = portal.settings
  const offered = MESSAGE_CHANNELS.filter(
    channel => channel === 'none' || !production || gatewayUrls[channel] !== null,
  )
  return { frame, offered, choice: await readOwnMessageChoice(portal, actor) }
}

export async function action({ request }: ActionFunctionArgs) {
  const { portal, actor } = await enterAccount(request)
  const form = await readForm(request, portal.settings, Choice)
  if (!form.ok) throw new Response(null, { status: 400 })
  const { channel, addressCode: address, digest } = form.value
  const done = await chooseMessages(portal, actor, { channel, address, isDigest: digest === 'yes' })
  if (done.ok) return data({ refusal: undefined })
  return respond(done.error, { 'address-malformed': 422, 'address-missing': 422 })
}

export default function Messages() {
  const t = useT()
  const { frame, offered, choice } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const refusal = answered?.refusal
  const error = refusal === undefined ? undefined : t(`messages.problem.${refusal.code}`)
  const kept = choice.address
  return (
    <AccountPage frame={frame} place="messages" title={t('messages.title')} lead={t('messages.lead')}>
      {answered !== undefined && refusal === undefined && (
        <Notice tone="success" title={t('messages.saved')} live="status" />
      )}
      <ErrorSummary errors={error === undefined ? [] : [{ field: 'addressCode', message: error }]} />
      <Card>
        <form method="post">
          <CsrfInput frame={frame} />
          <RadioGroup
            name="channel"
            label={t('messages.channel')}
            defaultValue={choice.channel}
            choices={MESSAGE_CHANNELS.map(channel => ({
              value: channel,
              label: t(`messages.channel.${channel}`),
              disabled: !offered.includes(channel),
              hint: offered.includes(channel) ? undefined : t('messages.channelAbsent'),
            }))}
          />
          <TextField
            name="addressCode"
            label={t('messages.address')}
            hint={kept === null ? t('messages.addressHint') : t('messages.addressKept', { address: kept })}
            autoComplete="off"
            maxLength={254}
            width="half"
            error={error}
          />
          <CheckboxField name="digest" label={t('messages.digest')} defaultChecked={choice.isDigest} />
          <div>
            <Button>{t('messages.save')}</Button>
          </div>
        </form>
      </Card>
    </AccountPage>
  )
}
