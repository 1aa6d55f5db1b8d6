import { registerHooks } from 'node:module'

// Preloaded into every process of the tests. Of each file Node reads anew whether its package is made of modules, and
// drizzle-orm's package.json is 179 kB: that takes most of what a verifier needs to start. All that it imports is one.
registerHooks({
  resolve(specifier, context, next) {
    const { parentURL, conditions } = context
    const isInside = specifier.startsWith('.') && parentURL?.includes('/node_modules/drizzle-orm/')
    if (!isInside || !conditions.includes('import')) return next(specifier, context)
    return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true }
  },
})
