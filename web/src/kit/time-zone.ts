import { createContext, useContext } from 'react';

/** IANA name of the zone in which every time on the page is written. */
export const TimeZone = createContext<string>('UTC');

export const useTimeZone = (): string => useContext(TimeZone);
