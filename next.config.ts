import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  // Would write a file for coding agents into the folder.
  agentRules: false,
  // The arguments of server functions hold passwords and keys.
  logging: { serverFunctions: false },
  serverExternalPackages: ['postgres'],
  experimental: { taint: true },
}

export default config
