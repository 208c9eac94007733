export const gallery = { title: '组件' } as const
