import { z } from 'zod';

/** The section `server`. */
export const serverKeys = {
  host: z.string().min(1).prefault('127.0.0.1').describe('Address to listen on.'),
  port: z.int().min(0).max(65_535).prefault(8420).describe('Port to listen on; 0 takes any that is free.'),
};
