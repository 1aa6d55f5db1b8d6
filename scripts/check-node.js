// Loaded before everything else, by whatever Node there is: plain JavaScript that Node 20 understands.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Tokenry runs on Node 24, which npm install brings along, but this is Node ${process.versions.node}: ` +
      'the install script of the package "node" was blocked. Run: npm rebuild node --ignore-scripts=false',
  )
  process.exit(1)
}
