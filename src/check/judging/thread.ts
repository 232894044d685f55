import { parentPort } from 'node:worker_threads';
import { expectations } from '../expectations/registry.ts';
import { serve } from './serve.ts';

if (parentPort !== null) serve(parentPort, expectations);
