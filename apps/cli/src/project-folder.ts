import { fileURLToPath } from 'node:url';

/** The project's own folder: this file lies three folders below it, in `src` as in `dist`. */
export const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));
