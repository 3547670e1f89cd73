import { describe } from 'vitest';
import { ENDPOINTS } from './endpoints.ts';
import { testFaults } from './fault-matrix.ts';

describe.each(ENDPOINTS.filter(({ mode }) => mode === 'full'))('a rebuild that asks for $name', testFaults);
