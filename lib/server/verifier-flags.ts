/**
 * What Node is told where a verifier has a process of its own, as `npm run verifier` has it in package.json: what is noted
 * of a use lives until it is written, and a young generation of the usual size would copy it again and again.
 */
export const VERIFIER_FLAGS = ['--max-semi-space-size=64']
