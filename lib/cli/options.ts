import { Option } from 'commander'

/** Of commands that act on one organization. */
export type Organization = { readonly organization?: string }

export const ORGANIZATION = () => new Option('--organization <slug or id>', "another organization than the token's own")
