import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { z } from 'zod';
import { type Desk, WorkerRefusal } from '../../app/locations/desk.ts';
import { messageOf } from '../../lib/errors.ts';
import { sentence } from '../../messages/sentence.ts';
import type { StoredWorker } from '../../work/ports.ts';
import {
  aliveRequest,
  documentRequest,
  joinRequest,
  leaseRequest,
  partRequest,
  rejectedRequest,
  releaseRequest,
  signRequest,
  workPath,
} from '../../work/wire.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { type App, bearerOf, type RequestContext } from '../http/request.ts';

const unzip = promisify(gunzip);
/** Of what a worker sends, packed and unpacked: answers that are wanted whole are in it. */
const mostBytes = 64 * 1024 * 1024;
const mostUnpackedBytes = 256 * 1024 * 1024;

/** What workers ask. They sign in with what they were given when they joined, and with nothing else. */
export function workRoutes(app: App, desk: () => Desk | undefined): void {
  const at = (path: string): string => `${workPath}${path}`;
  app.post(at('/join'), async (request) =>
    answered(async () => request.json(await theDesk(desk).join(await bodyOf(request, joinRequest)))),
  );
  app.post(at('/lease'), (request) =>
    asWorker(request, desk, async (own, worker) => {
      const leased = await own.lease(worker, await bodyOf(request, leaseRequest), request.req.raw.signal);
      return leased === undefined ? new Response(null, { status: 204 }) : request.json(leased);
    }),
  );
  app.post(at('/alive'), (request) =>
    asWorker(request, desk, async (own, worker) =>
      request.json(await own.alive(worker, await bodyOf(request, aliveRequest))),
    ),
  );
  app.post(at('/release'), (request) =>
    asWorker(request, desk, async (own, worker) => {
      await own.release(worker, await bodyOf(request, releaseRequest));
      return new Response(null, { status: 204 });
    }),
  );
  app.post(at('/results'), (request) =>
    asWorker(request, desk, async (own, worker) =>
      request.json({ isYours: await own.part(worker, await bodyOf(request, partRequest)) }),
    ),
  );
  app.post(at('/sign'), (request) =>
    asWorker(request, desk, async (own, worker) => {
      const asked = await bodyOf(request, signRequest);
      return request.json({ sealed: await own.sign(worker, asked, request.req.raw.signal) });
    }),
  );
  app.post(at('/rejected'), (request) =>
    asWorker(request, desk, async (own, worker) => {
      const asked = await bodyOf(request, rejectedRequest);
      return request.json({ renewed: await own.rejected(worker, asked, request.req.raw.signal) });
    }),
  );
  app.post(at('/documents'), (request) =>
    asWorker(request, desk, async (own) => {
      const { hash } = await bodyOf(request, documentRequest);
      const data = await own.document(hash);
      if (data === undefined) throw new HttpProblem(404, sentence('nothingAt', { path: request.req.path }));
      return request.body(new Uint8Array(data), 200, { 'content-type': 'application/octet-stream' });
    }),
  );
}

function asWorker(
  request: RequestContext,
  desk: () => Desk | undefined,
  answer: (own: Desk, worker: StoredWorker) => Promise<Response>,
): Promise<Response> {
  return answered(async () => {
    const own = theDesk(desk);
    return answer(own, await own.workerOf(bearerOf(request.req.header('authorization'))));
  });
}

function theDesk(desk: () => Desk | undefined): Desk {
  const own = desk();
  if (own !== undefined) return own;
  throw new WorkerRefusal(404, sentence('noLocationsHere'), sentence('writeLocations'));
}

async function answered(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WorkerRefusal) throw new HttpProblem(error.status, error.said, { hint: error.hint });
    throw error;
  }
}

async function bodyOf<S extends z.ZodType>(request: RequestContext, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(await jsonOf(request));
  if (parsed.success) return parsed.data;
  throw new HttpProblem(422, sentence('givenNotValid'), { hint: sentence('joinWithProgram') });
}

async function jsonOf(request: RequestContext): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (request.req.raw.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new HttpProblem(413, sentence('requestTooLarge', { limit: mostBytes / 1024 }));
    chunks.push(chunk);
  }
  try {
    const given = Buffer.concat(chunks);
    const isPacked = request.req.header('content-encoding') === 'gzip';
    const text = isPacked ? await unzip(given, { maxOutputLength: mostUnpackedBytes }) : given;
    return JSON.parse(text.toString('utf8')) as unknown;
  } catch (error) {
    throw new HttpProblem(400, sentence('requestNotJson', { why: messageOf(error) }));
  }
}
