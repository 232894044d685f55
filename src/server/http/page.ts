import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sha256 } from '../../lib/text/text.ts';

/** What `npm run build` makes of `web/`; the same place seen from `src/` and from `dist/`. */
const builtPage = path.resolve(import.meta.dirname, '../../../dist/web');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly etag: string;
  gzipped: Buffer | undefined;
}

/** The files of the page, held in memory. Every address that is not a file of it is the page itself: deep links. */
export class Page {
  readonly #folder: string;
  #files: Promise<ReadonlyMap<string, PageFile>> | undefined;
  /** By how many steps below the top. */
  readonly #deep = new Map<number, PageFile>();

  constructor(folder = builtPage) {
    this.#folder = folder;
  }

  /** `undefined`: no file of the page, and nothing that a browser would show as a page. */
  /** @param pathname Of the request, below the path at which a proxy has the server. */
  async answer(request: Request, pathname = new URL(request.url).pathname): Promise<Response | undefined> {
    this.#files ??= readFiles(this.#folder);
    const files = await this.#files;
    const asked = pathname === '/index.html' ? undefined : files.get(pathname);
    const file = asked ?? (isPage(pathname, request) ? this.#pageAt(pathname, files) : undefined);
    if (file === undefined) return undefined;
    const headers = new Headers({
      'content-type': file.type,
      // Names below assets/ hold a hash of what is in them.
      'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: file.etag,
      vary: 'Accept-Encoding',
    });
    if (request.headers.get('if-none-match') === file.etag)
      return new Response(null, { status: 304, headers });
    if (!/\bgzip\b/.test(request.headers.get('accept-encoding') ?? ''))
      return new Response(new Uint8Array(file.bytes), { headers });
    headers.set('content-encoding', 'gzip');
    file.gzipped ??= await promisify(gzip)(file.bytes, { level: 9 });
    return new Response(new Uint8Array(file.gzipped), { headers });
  }

  /** Nothing but steps up leads to its files wherever a proxy has put it. */
  #pageAt(pathname: string, files: ReadonlyMap<string, PageFile>): PageFile | undefined {
    const steps = Math.min(pathname.split('/').length - 2, mostSteps);
    const known = this.#deep.get(steps);
    const index = files.get('/index.html');
    if (known !== undefined || index === undefined) return known;
    const page = below(index, steps);
    this.#deep.set(steps, page);
    return page;
  }
}

/** No address of the page is so deep. */
const mostSteps = 10;

/** What the page is built with: it stands at the top. */
const builtBase = '<base href="./" />';

/** The page as it has to be at a deep link: its files are so many steps up. */
function below(file: PageFile, steps: number): PageFile {
  if (steps === 0) return file;
  const text = file.bytes.toString('utf8').replace(builtBase, `<base href="${'../'.repeat(steps)}" />`);
  const bytes = Buffer.from(text);
  return { ...file, bytes, etag: `"${sha256(bytes).slice(0, 20)}"`, gzipped: undefined };
}

/** Whether a browser wants to show it: deep links have no ending, and scripts do not ask for HTML. */
const isPage = (pathname: string, request: Request): boolean =>
  !pathname.startsWith('/api/') &&
  !pathname.startsWith('/assets/') &&
  (request.headers.get('accept') ?? '').includes('text/html');

async function readFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, PageFile>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const type = types[path.extname(entry.name)];
    if (type === undefined) continue;
    const bytes = await readFile(file);
    const name = `/${path.relative(folder, file).split(path.sep).join('/')}`;
    files.set(name, { type, bytes, etag: `"${sha256(bytes).slice(0, 20)}"`, gzipped: undefined });
  }
  return files;
}
