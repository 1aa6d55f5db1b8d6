import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  // The types are checked by npm test, over the whole project; a build is to be quick.
  typescript: { ignoreBuildErrors: true },
  // Would write a file for coding agents into the folder.
  agentRules: false,
  // The arguments of server functions hold passwords and keys.
  logging: { serverFunctions: false },
  serverExternalPackages: ['postgres', 'pg-boss'],
  experimental: { serverActions: { bodySizeLimit: '64kb' } },
}

export default config
