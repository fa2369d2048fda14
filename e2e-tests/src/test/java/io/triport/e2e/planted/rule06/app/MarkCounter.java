package io.triport.e2e.planted.rule06.app;

import io.triport.domain.identity.NonceLedger;
import java.time.Instant;

/** Planted: an app that touches the marks of identity. */
record MarkCounter(NonceLedger marks) {
    long forgetAll() {
        return marks.forget(Instant.MAX);
    }
}
