import { parentPort } from 'node:worker_threads';
import { formats } from '../formats/registry.ts';
import { serve } from './serve.ts';

if (parentPort !== null) serve(parentPort, formats);
