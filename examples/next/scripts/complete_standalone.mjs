// Adds what `output: 'standalone'` leaves to a content delivery network: the files that browsers ask for.
import { cpSync } from 'node:fs';

const site = new URL('../', import.meta.url);
const standalone = new URL('.next/standalone/', site);

cpSync(new URL('.next/static/', site), new URL('.next/static/', standalone), { recursive: true });
cpSync(new URL('public/', site), new URL('public/', standalone), { recursive: true });
