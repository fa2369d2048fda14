import { configure } from '@testing-library/react';

// A busy machine makes no test fail.
configure({ asyncUtilTimeout: 30_000 });
