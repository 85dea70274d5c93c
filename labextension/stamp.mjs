// Writes beside the bundle of which sources it was built, so that a test without Node sees when it is out of date.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const { jupyterlab } = JSON.parse(readFileSync('package.json', 'utf8'));
const files = ['src', 'style', 'schema'].flatMap(folder => readdirSync(folder).map(name => `${folder}/${name}`));
const sources = createHash('sha256');
for (const file of [...files, 'package.json', 'package-lock.json', 'tsconfig.json'].sort()) {
  sources.update(`${file}\n`).update(readFileSync(file));
}
writeFileSync(`${jupyterlab.outputDir}/sources.sha256`, `${sources.digest('hex')}\n`);
