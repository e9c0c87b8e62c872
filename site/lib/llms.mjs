// For readers that are programs: llms.txt, a list of what there is (https://llmstxt.org), and llms-full.txt, the guides and the errors whole.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUT, ROOT } from './paths.mjs';

const { name, description, homepage } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

export function writeLlms(pages, { guides, labelOf }) {
  const inSection = (section) => pages.filter((page) => page.section === section);
  const entries = inSection('api').filter(({ source }) => source.endsWith('index.md'));
  const list = (title, listed) =>
    `## ${title}\n\n${listed.map((page) => `- [${labelOf(page)}](${homepage}/${page.path})`).join('\n')}\n`;
  const lists = [
    list('Guides', guides),
    list(
      'Tools',
      inSection('tools').filter(({ path }) => path !== 'index.html'),
    ),
    list('API reference', entries),
    list('Errors and explanations', inSection('errors')),
    list('Optional', inSection('project')),
  ];
  writeFileSync(
    join(OUT, 'llms.txt'),
    `# ${name}\n\n> ${description}\n\nThe texts of guides and errors in one file: ${homepage}/llms-full.txt\n\n${lists.join('\n')}`,
  );
  const whole = [...guides, ...inSection('errors')].map(
    ({ path, text }) => `<!-- ${homepage}/${path} -->\n\n${text.trim()}\n`,
  );
  writeFileSync(join(OUT, 'llms-full.txt'), whole.join('\n'));
}
