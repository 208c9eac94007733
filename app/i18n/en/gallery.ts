export const gallery = { title: 'Components' }
