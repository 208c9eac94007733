/** Offices that nobody holds: the keys they hold are held by nobody either. */
import { daysBetween } from '#kernel'
import { readOfficeBoard } from '#people/server'
import { itemOf } from '../item.ts'
import type { Source } from '../source.server.ts'

export const offices: Source = async ({ portal, community, today }) => {
  const board = await readOfficeBoard(portal, community.communityId)
  return board
    .filter(state => state.isVacant && state.holders.length === 0)
    .map(state =>
      itemOf('office-vacant', 'oversight#offices', {
        subject: state.role,
        days: state.vacantSince === null ? 0 : daysBetween(state.vacantSince, today),
      }),
    )
}
