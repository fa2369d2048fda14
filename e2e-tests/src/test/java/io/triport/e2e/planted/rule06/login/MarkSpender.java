package io.triport.e2e.planted.rule06.login;

import io.triport.domain.identity.NonceLedger;

/** Allowed: a mechanism spends marks. */
record MarkSpender(NonceLedger marks) {}
