/** Words of the forms that save by themselves. */
export const autosave = {
  ready: '写的时候会自动保存',
  keys: '随时按 Ctrl+S（苹果电脑按 ⌘S）保存。断网、没电也不怕：没保存上的文字留在这台设备上。',
  unsaved: '还没有保存，停一下就自动保存',
  saving: '正在保存……',
  saved: '已保存 {time}',
  offline: '没有网络，文字先留在这台设备上，有网了再保存',
  refused: '还没有保存：{problem}',
  conflicted: '别人也保存过，请把两边合在一起，再按“保存”',
  conflictBy: '同时在写这一项的人：',
  draft: '这台设备上有没保存上的文字，写于',
  restore: '放回表格里',
  discard: '不要了',
} as const
